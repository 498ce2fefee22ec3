// How the words in the form stand to those on the server: one state at a time, and what leads from one to the next.
export const IDLE = "idle"; // the server has every word
export const CHANGED = "changed"; // something was typed that was not sent yet
export const SAVING = "saving"; // a save is on its way
export const REFUSED = "refused"; // all is saved but a field that cannot be taken as it is, or that somebody else wrote in as well
export const CONFLICT = "conflict"; // it was handed in meanwhile: nothing can be saved any more
export const OFFLINE = "offline"; // no answer came, or a broken one: tried again
export const SIGNED_OUT = "signed-out"; // the session ended: tried again
export const HANDED_OVER = "handed-over"; // the server took the form and leads on
const ABSENT = "absent"; // there is no form on this page

const TRANSITIONS = {
  [ABSENT]: { opened: IDLE },
  [IDLE]: { typed: CHANGED, sent: SAVING },
  [CHANGED]: { sent: SAVING },
  [SAVING]: {
    saved: IDLE, refused: REFUSED, overtaken: CONFLICT, unanswered: OFFLINE, signedOut: SIGNED_OUT, handedOver: HANDED_OVER,
  },
  [REFUSED]: { typed: CHANGED, sent: SAVING },
  [CONFLICT]: { sent: SAVING },
  [OFFLINE]: { sent: SAVING },
  [SIGNED_OUT]: { sent: SAVING },
  [HANDED_OVER]: {},
};

// How saving stands of one form. What happens where the table has nothing for it changes nothing: typing while a save is on its way, say.
export function savingState() {
  let state = ABSENT;
  return {
    isIn: (...states) => states.includes(state),
    happen: (event) => { state = TRANSITIONS[state][event] || state; },
  };
}

export const { isIn, happen } = savingState(); // of the filing that a page is about
