// Says quietly how saving stands: the words wait hidden in the template. A screen reader hears the same words only once.
import { isIn, OFFLINE, SIGNED_OUT } from "./states.js";

export function say(words) {
  const status = document.getElementById("status");
  if (status.textContent !== words) status.textContent = words;
}

function noteOf(hasRoom) {
  if (!hasRoom) return "nowhere";
  if (isIn(OFFLINE)) return "offline";
  return isIn(SIGNED_OUT) ? "signed-out" : "";
}

// `hasRoom`: whether what is not saved is at least kept in this browser. While words are at risk, who would log out is asked first.
export function showState(hasRoom, areAtRisk) {
  const place = document.getElementById("filing-unsaved");
  if (!place) return;
  const note = noteOf(hasRoom);
  Array.from(place.children).forEach((words) => { words.hidden = words.dataset.unsaved !== note; });
  document.getElementById("filing-saved").hidden = Boolean(note);
  document.querySelectorAll("form[data-leaves]").forEach((form) => {
    if (note || areAtRisk) form.dataset.confirm = place.dataset.leaving;
    else delete form.dataset.confirm;
  });
}
