// Takes a text that stands on the page over into a field of the form, behind what is written there, but not a second time; Ctrl+Z takes
// it back. A button that would send its form without this script does not.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take-into]");
  if (!button) return;
  event.preventDefault();
  const field = document.getElementById(button.dataset.takeInto);
  const text = button.closest("[data-offer]").querySelector("[data-words]").textContent;
  const say = (message) => document.dispatchEvent(new CustomEvent("toast", { detail: { message } }));
  field.focus();
  if (field.value.includes(text)) return say(button.dataset.again);
  const joint = field.value && !field.value.endsWith("\n") ? "\n" : "";
  field.setSelectionRange(field.value.length, field.value.length);
  document.execCommand("insertText", false, joint + text);
  return say(button.dataset.message);
});

// Without this script the buttons would do nothing, so that they are shown by it.
function show(root) {
  root.querySelectorAll("[data-take-into]").forEach((button) => { button.hidden = false; });
}
document.addEventListener("DOMContentLoaded", () => show(document));
document.addEventListener("htmx:load", (event) => show(event.detail.elt));
