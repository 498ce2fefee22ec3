// Saves the filing while it is being written. When to save stands in the template (hx-trigger of #filing-autosave); the form's own
// buttons and this stand in one line (hx-sync), so that two saves never cross. What is not acknowledged stays in the browser.
import htmx from "htmx.org";
import { theForm } from "./form.js";
import { markUnsaved, say } from "./state.js";
import { changed, fill, inWords, same, values } from "../kept/form.js";
import { forget, keep } from "../kept/store.js";
import { adopt } from "../token.js";

const RETRY_SECONDS = 10;

let acknowledged; // what the server has
let sent; // what was sent last
let underway = null; // what is on its way there now
let typed; // what stood in the form when another took its place
let readAt; // the version that the acknowledged words have
let leaving; // the form of logging out, while it waits for the last words
let isFailing = false;
let isDone = false;

const autosaver = () => document.getElementById("filing-autosave");
const key = () => document.getElementById("filing-kept").dataset.kept;
const isOurs = (element) => element === theForm() || element === autosaver();
// Words that were taken back while others are on their way are not on the server, though it has acknowledged them once.
const isUnsaved = () => theForm() && acknowledged && !isDone
  && [acknowledged, underway || acknowledged].some((there) => !same(values(theForm()), there));
const canSaveByItself = () => autosaver() && autosaver().hasAttribute("hx-post");

function acknowledge(words) {
  acknowledged = words;
  readAt = theForm().elements.version.value;
  isFailing = false;
  markUnsaved("");
  remember();
  if (isUnsaved()) save();
  else if (leaving) leaving.submit();
}

// Returns whether what is not saved is at least kept here.
function remember() {
  if (isUnsaved()) return keep(key(), { version: readAt, values: values(theForm()), words: inWords(theForm()) });
  forget(key());
  return true;
}

function fail(why) {
  isFailing = true;
  leaving = null;
  markUnsaved(remember() ? why : "nowhere");
}

export function save() {
  if (canSaveByItself()) htmx.trigger(autosaver(), "autosave");
}

document.addEventListener("DOMContentLoaded", () => {
  if (!theForm()) return;
  acknowledged = values(theForm());
  readAt = theForm().elements.version.value;
});

function onTyping(event) {
  if (!event.target.form || event.target.form !== theForm()) return;
  if (!remember()) markUnsaved("nowhere");
  else if (!isFailing && canSaveByItself()) markUnsaved("");
}
document.addEventListener("input", onTyping);
document.addEventListener("change", onTyping);

document.addEventListener("htmx:configRequest", (event) => {
  if (!isOurs(event.detail.elt)) return;
  if (event.detail.elt === autosaver()) {
    event.detail.headers["X-Autosave"] = "true";
    if (!isUnsaved()) event.preventDefault();
  }
  sent = values(theForm());
  if (!event.defaultPrevented) underway = sent;
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { requestConfig } = event.detail;
  if (requestConfig && (requestConfig.headers["X-Autosave"] || requestConfig.elt.id === "filing-form")) underway = null;
});

// An answer may bring the whole form again: what was typed since it was asked for goes into it before anybody can type on.
document.addEventListener("htmx:beforeSwap", (event) => {
  typed = event.detail.target === theForm() ? values(theForm()) : null;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (!typed || event.detail.elt.id !== "filing-form") return;
  const answered = values(theForm());
  fill(theForm(), typed, changed(sent, typed));
  typed = null;
  if (event.detail.xhr.status === 200) sent = answered;
});

document.addEventListener("htmx:afterOnLoad", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (!requestConfig.headers["X-Autosave"] && requestConfig.elt.id !== "filing-form") return;
  if (xhr.status === 204) {
    isDone = true;
    forget(key());
  } else if (xhr.status === 200) {
    acknowledge(sent);
    say(document.getElementById("filing-saved").textContent.trim());
  } else if (xhr.status === 409 || xhr.status === 422) {
    isFailing = false;
    leaving = null;
    markUnsaved("", isUnsaved());
    remember();
  }
});
document.addEventListener("htmx:responseError", (event) => {
  if (isOurs(event.detail.elt)) fail(event.detail.xhr.status === 401 ? "signed-out" : "offline");
});
["htmx:sendError", "htmx:timeout"].forEach((trouble) => document.addEventListener(trouble, (event) => {
  if (isOurs(event.detail.elt)) fail("offline");
}));

// After a new log-in the page's token is worth nothing: a fresh one is read from the page as it is now, if it is the same person's.
async function renewToken() {
  const answer = await fetch(theForm().action, { credentials: "same-origin", cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const place = page.getElementById("filing-kept");
  if (!place || place.dataset.kept !== key()) throw new Error("not signed in as the same person");
  adopt(page.querySelector("[name=csrf_token]").value);
}

let isRetrying = false;

async function retry() {
  if (!isFailing || isRetrying) return;
  isRetrying = true;
  await renewToken().then(save, () => {});
  isRetrying = false;
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
