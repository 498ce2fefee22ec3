// Asks before a page is left on which something was typed that was not sent: in forms with data-unsaved.
const typed = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-unsaved]");
  if (form) typed.add(form);
});
// A form that htmx sends stays until the answer is there.
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) typed.delete(event.target);
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.status < 400) typed.delete(event.detail.elt);
});
window.addEventListener("beforeunload", (event) => {
  if (![...typed].some((form) => form.isConnected)) return;
  event.preventDefault();
  event.returnValue = "";
  // Runs once the question is answered: whoever is still here can send a form again.
  setTimeout(() => document.dispatchEvent(new Event("stayed")));
});
