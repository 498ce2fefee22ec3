// A box that saves itself sends its words again where no answer came, or the log-in had ended: as soon as there is a connection, when
// somebody comes back to the window from logging in, and with the token that the page was handed then.
import htmx from "htmx.org";
import { recall } from "./store.js";

const RETRY_SECONDS = 10;
const ANSWERED = [200, 204, 409, 422];
const untaken = new Map(); // forms whose words were sent and not taken: the status of the answer, nothing where none came

const isBox = (element) => element.matches("form[data-saves-itself]");

document.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => {
  if (isBox(elt)) untaken.set(elt, 0);
});
document.addEventListener("htmx:beforeOnLoad", ({ detail: { elt, xhr } }) => {
  if (!isBox(elt)) return;
  if (ANSWERED.includes(xhr.status)) {
    untaken.delete(elt);
    delete elt.dataset.hasNewToken;
  } else untaken.set(elt, xhr.status);
});

function send(form) {
  htmx.trigger(form.querySelector("textarea"), "change");
}

function resend(isWanted = () => true) {
  Array.from(untaken).filter(([form, status]) => form.isConnected && !form.matches(".htmx-request") && isWanted(status))
    .forEach(([form]) => send(form));
}

setInterval(() => resend((status) => !status), RETRY_SECONDS * 1000);
window.addEventListener("focus", () => resend());
document.addEventListener("token", ({ target }) => {
  if (!isBox(target) || target.dataset.hasNewToken) return;
  target.dataset.hasNewToken = "yes";
  setTimeout(() => send(target));
});
// What was kept here without ever having been sent goes too.
window.addEventListener("online", () => {
  Array.from(document.querySelectorAll("form[data-saves-itself]")).filter((form) => recall(form.dataset.kept)).forEach(send);
});
