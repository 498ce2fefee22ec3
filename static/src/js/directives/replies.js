// Saves a reply to a directive while it is being written. What is not acknowledged stays in the browser (drafting/unsaved_words.js
// keeps and offers it, by the form's data-kept); filing/states.js says how saving stands of each form.
import htmx from "htmx.org";
import { adopt } from "../token.js";
import { forget } from "../unsaved_words/store.js";
import { HANDED_OVER, IDLE, OFFLINE, REFUSED, SAVING, SIGNED_OUT, savingState } from "../filing/states.js";

const RETRY_SECONDS = 10;
const savings = new WeakMap(); // by form: its state, the words that the server has, and those that were sent last

const replyForms = () => Array.from(document.querySelectorAll("form[data-reply]"));
const formOf = (element) => element.closest("form[data-reply]");
const isAutosaver = (element) => element.matches("[data-saves-reply]");
const wordsIn = (form) => form.elements.text.value;
const isUnsaved = (form) => wordsIn(form) !== savings.get(form).acknowledged;

// What stands in the form when it arrives is what the server has, unless it came back with what was refused.
function open(form) {
  if (savings.has(form)) return;
  const saving = { ...savingState(), acknowledged: "answered" in form.dataset ? null : form.elements.text.defaultValue };
  savings.set(form, saving);
  saving.happen("opened");
}
document.addEventListener("DOMContentLoaded", () => replyForms().forEach(open));
document.addEventListener("htmx:load", () => replyForms().forEach(open));

function show(form) {
  const { isIn } = savings.get(form);
  const offline = isIn(OFFLINE) ? "offline" : "";
  const note = isIn(SIGNED_OUT) ? "signed-out" : offline;
  form.querySelectorAll("[data-unsaved]").forEach((words) => { words.hidden = words.dataset.unsaved !== note; });
  form.querySelector("[data-saved-reply]").hidden = Boolean(note);
}

function save(form) {
  htmx.trigger(form.querySelector("[data-saves-reply]"), "autosave");
}

document.addEventListener("input", (event) => {
  const form = formOf(event.target);
  if (form) savings.get(form).happen("typed");
});

document.addEventListener("htmx:configRequest", (event) => {
  const { elt, headers } = event.detail;
  const form = elt.matches("form[data-reply]") || isAutosaver(elt) ? formOf(elt) : null;
  if (!form) return;
  const saving = savings.get(form);
  if (isAutosaver(elt)) {
    headers["X-Reply-Autosave"] = "true";
    if (!isUnsaved(form) || saving.isIn(HANDED_OVER)) event.preventDefault();
  }
  if (event.defaultPrevented) return;
  saving.sent = wordsIn(form);
  saving.happen("sent");
});

document.addEventListener("htmx:afterOnLoad", (event) => {
  const { elt, requestConfig, xhr } = event.detail;
  if (!requestConfig.headers["X-Reply-Autosave"] || !isAutosaver(elt) || xhr.status !== 200) return;
  const form = formOf(elt);
  const saving = savings.get(form);
  const isSaved = form.querySelector("[data-saved-reply]").dataset.savedReply === "yes";
  saving.happen(isSaved ? "saved" : "refused");
  if (isSaved) saving.acknowledged = saving.sent;
  show(form);
  if (!isUnsaved(form)) forget(form.dataset.kept);
  else if (saving.isIn(IDLE)) {
    saving.happen("typed");
    save(form);
  }
});

function fail(event, how) {
  const form = isAutosaver(event.detail.elt) && formOf(event.detail.elt);
  if (!form) return;
  savings.get(form).happen(how);
  show(form);
}
document.addEventListener("htmx:responseError", (event) => fail(event, event.detail.xhr.status === 401 ? "signedOut" : "unanswered"));
["htmx:sendError", "htmx:timeout"].forEach((trouble) => document.addEventListener(trouble, (event) => fail(event, "unanswered")));

// After a new log-in the page's token is worth nothing: a fresh one is read from the page as it is now, if it is the same person's.
async function renewToken(form) {
  const answer = await fetch(window.location.href, { credentials: "same-origin", cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.body.getAttribute("hx-headers").includes(`"X-Account": "${form.dataset.kept.split(":")[1]}"`)) adopt(page.querySelector("[name=csrf_token]").value);
}

function retry() {
  replyForms().filter((form) => savings.get(form).isIn(OFFLINE, SIGNED_OUT)).forEach((form) => {
    renewToken(form).then(() => save(form), () => {});
  });
}
setInterval(retry, RETRY_SECONDS * 1000);
window.addEventListener("online", retry);
window.addEventListener("focus", retry);

// Who leaves the page within the seconds before a save takes the last words along.
window.addEventListener("pagehide", () => {
  replyForms().filter((form) => isUnsaved(form) && !savings.get(form).isIn(SAVING, REFUSED)).forEach((form) => {
    navigator.sendBeacon(form.dataset.reply, new FormData(form));
  });
});
