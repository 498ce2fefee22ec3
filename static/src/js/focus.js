// Puts the reader where the news is: at an error summary, or at whatever a fragment marks with data-focus. Who has gone on typing
// since it was asked for stays in his field.
const NEWS = ".error-summary, [data-focus]";

let askedAt = 0;
let typedAt = 0;

// When it was pressed, that is: it may be sent later, behind another, and is then announced once more.
document.addEventListener("htmx:confirm", ({ detail: { elt, triggeringEvent } }) => {
  if (triggeringEvent && !("quiet" in elt.dataset)) askedAt = triggeringEvent.timeStamp;
});
document.addEventListener("input", (event) => {
  if (event.isTrusted) typedAt = event.timeStamp;
});

const isTypedOn = () => typedAt > askedAt && document.activeElement.matches("input, textarea, select");

function focusNews(root) {
  const news = root.matches && root.matches(NEWS) ? root : root.querySelector(NEWS);
  if (news && !isTypedOn()) news.focus();
}

document.addEventListener("DOMContentLoaded", () => focusNews(document));
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) focusNews(event.detail.elt);
});
