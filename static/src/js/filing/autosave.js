// Saves the filing while it is being written. When to save stands in _autosave.html (hx-trigger of #filing-autosave); the form's own
// buttons and this stand in one line (hx-sync), so that two saves never cross. What is not acknowledged stays in the browser.
// states.js says what state saving is in; here stand what moves it on and what follows.
import { bring, keepInView, sendChoices, settle, showMistakes } from "./choices.js";
import { autosaver, canSaveByItself, save, theForm } from "./filing_form.js";
import { say, showState } from "./notes.js";
import { CONFLICT, HANDED_OVER, happen, IDLE, isIn, OFFLINE, REFUSED, SAVING, SIGNED_OUT } from "./states.js";
import { changed, inWords, values } from "../unsaved_words/form.js";
import { forget, keep } from "../unsaved_words/store.js";
import { adopt } from "../token.js";

const RETRY_SECONDS = 10;

let acknowledged; // what the server has
let readAt; // the version that the acknowledged words have
let sent; // what was sent last
let leaving; // the form of logging out, while it waits for the last words
let renewal; // a new token, while it is being fetched

const key = () => document.getElementById("filing-kept").dataset.kept;
const isOurs = (element) => element === theForm() || element === autosaver();
const isOurRequest = ({ headers, elt }) => headers["X-Autosave"] || elt.id === "filing-form";

// While it is not answered, the server may have what was sent last, or what it had before.
const onServer = () => (isIn(SAVING, OFFLINE, SIGNED_OUT) ? [acknowledged, sent] : [acknowledged]);
const isUnsaved = () => theForm() && acknowledged && !isIn(HANDED_OVER)
  && onServer().some((there) => changed(values(theForm()), there).length);

// Returns whether what is not saved is at least kept here.
function remember() {
  if (isUnsaved()) {
    const touched = changed(acknowledged, values(theForm()));
    return keep(key(), { version: readAt, touched, values: values(theForm()), words: inWords(theForm(), touched) });
  }
  forget(key());
  return true;
}

// What the server could not take stays unacknowledged: of those fields it has what it had.
function acknowledge(words, open = []) {
  const isOpen = ([name]) => open.includes(name);
  acknowledged = words.filter((pair) => !isOpen(pair)).concat((acknowledged || []).filter(isOpen));
  readAt = theForm().elements.version.value;
}

function show() {
  showState(remember(), isIn(REFUSED, CONFLICT) && isUnsaved());
}

document.addEventListener("DOMContentLoaded", () => {
  if (!theForm()) return;
  acknowledge(values(theForm()));
  happen("opened");
});

function onTyping(event) {
  if (!event.target.form || event.target.form !== theForm()) return;
  happen("typed");
  // A save on its way speaks when it arrives; until then a note of an earlier one stands.
  if (!isIn(SAVING)) show();
  else if (!remember()) showState(false);
}
document.addEventListener("input", onTyping);
document.addEventListener("change", onTyping);

document.addEventListener("htmx:configRequest", (event) => {
  if (!isOurs(event.detail.elt)) return;
  if (event.detail.elt === autosaver()) {
    event.detail.headers["X-Autosave"] = "true";
    if (!isUnsaved()) event.preventDefault();
  }
  if (event.defaultPrevented) return;
  sent = values(theForm());
  sendChoices();
  happen("sent");
});

// An answer may bring the whole form again; what was typed since it was asked for goes into it later (keep_changes.js).
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.elt.id === "filing-form" && detail.xhr.status === 200) sent = values(theForm());
});

const ANSWERED = [200, 204, 409, 422];

// Which fields are not stored as they stand in the form.
const openFields = () => document.getElementById("filing-saved").dataset.open.split(" ").filter(Boolean);

function hear(status) {
  if (status === 204) return happen("handedOver");
  if (!canSaveByItself()) return happen("overtaken");
  const open = openFields();
  happen(open.length ? "refused" : "saved");
  sent = bring(sent);
  acknowledge(sent, open);
  settle();
  showMistakes();
  return keepInView();
}

document.addEventListener("htmx:afterOnLoad", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (!isOurRequest(requestConfig) || !ANSWERED.includes(xhr.status)) return;
  hear(xhr.status);
  if (isIn(HANDED_OVER)) forget(key());
  else show();
  if (isIn(IDLE, REFUSED)) {
    say(document.getElementById("filing-saved").textContent.trim());
    goOn();
  } else leaving = null;
});

// What was typed while the save was on its way is sent now; who waits to log out is let go once nothing is left.
function goOn() {
  if (isUnsaved() && changed(sent, values(theForm())).length) {
    happen("typed");
    save();
  } else if (!isIn(IDLE)) leaving = null;
  else if (leaving) leaving.submit();
}

function fail(event) {
  happen(event);
  leaving = null;
  show();
}
document.addEventListener("htmx:responseError", (event) => {
  if (isOurs(event.detail.elt)) fail(event.detail.xhr.status === 401 ? "signedOut" : "unanswered");
});
["htmx:sendError", "htmx:timeout"].forEach((trouble) => document.addEventListener(trouble, (event) => {
  if (isOurs(event.detail.elt)) fail("unanswered");
}));

// After a new log-in the page's token is worth nothing: a fresh one is read from the page as it is now, if it is the same person's.
async function renewToken() {
  const answer = await fetch(theForm().action, { credentials: "same-origin", cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const place = page.getElementById("filing-kept");
  if (!place || place.dataset.kept !== key()) throw new Error("not signed in as the same person");
  adopt(page.querySelector("[name=csrf_token]").value);
}

function retry() {
  if (!isIn(OFFLINE, SIGNED_OUT) || renewal) return;
  renewal = renewToken().then(save, () => {}).then(() => { renewal = null; });
}
setInterval(retry, RETRY_SECONDS * 1000);
window.addEventListener("online", retry);
window.addEventListener("focus", retry);

// Who leaves the page within the seconds before a save takes the last words along; no answer can be waited for any more.
window.addEventListener("pagehide", () => {
  if (isUnsaved() && canSaveByItself()) navigator.sendBeacon(theForm().action, new FormData(theForm()));
});

// Who logs out is let go once the last words are saved; where they cannot be, the page says so, and the next press asks.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.leaves || form.dataset.confirm || !isUnsaved() || !canSaveByItself()) return;
  event.preventDefault();
  leaving = form;
  save();
});
