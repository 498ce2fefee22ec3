// Files that are too large are named before they travel; how far the others have come is shown. Where a form is for files alone
// (data-at-once) they travel as soon as they are chosen, and what is handed in meanwhile waits: no file that was chosen is left behind.
import htmx from "htmx.org";

const SUBMITTING = /\/submit$/;
const AT_ONCE = "[data-at-once]";
const chooser = () => document.querySelector(AT_ONCE);
const pressOf = (form) => form.querySelector("button[type=submit]");

let travelling = null; // the form whose files are on their way
let held = null; // what waits for them

function refusal(field) {
  const { mostBytes, mostInAll, tooLarge, tooMuch } = field.dataset;
  const files = Array.from(field.files);
  const large = files.find((file) => file.size > Number(mostBytes));
  if (large) return tooLarge.replace("{name}", large.name);
  return files.reduce((sum, file) => sum + file.size, 0) > Number(mostInAll) ? tooMuch : "";
}

document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.dataset.mostBytes) return;
  field.setCustomValidity(refusal(field));
  if (field.reportValidity() && field.files.length && field.matches(AT_ONCE)) htmx.trigger(field.form, "submit");
});

// The button is for those without this script, and to try again.
function hideButtons(root) {
  root.querySelectorAll(AT_ONCE).forEach((field) => { pressOf(field.form).hidden = true; });
}
document.addEventListener("DOMContentLoaded", () => hideButtons(document));
document.addEventListener("htmx:load", (event) => hideButtons(event.detail.elt.parentNode || document));

const isUpload = (event) => Boolean(event.target.querySelector(AT_ONCE));

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches("form") && isUpload(event)) travelling = event.target;
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.requestConfig.elt;
  if (form !== travelling) return;
  travelling = null;
  if (!event.detail.successful && form.isConnected) pressOf(form).hidden = false;
  const goOn = held;
  held = null;
  if (event.detail.successful && goOn) goOn();
});

// Handing in waits for files on their way, and for those that did not arrive until they do or are given up.
document.addEventListener("htmx:confirm", (event) => {
  const { path, issueRequest } = event.detail;
  const field = chooser();
  if (!SUBMITTING.test(path) || !field || !field.files.length) return;
  event.preventDefault();
  if (travelling) held = () => issueRequest(true);
  else {
    field.setCustomValidity(refusal(field) || field.dataset.notThere);
    field.reportValidity();
    pressOf(field.form).hidden = false;
    field.addEventListener("change", () => field.setCustomValidity(refusal(field)), { once: true });
  }
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector("progress");
  if (bar && event.detail.lengthComputable) bar.value = event.detail.loaded / event.detail.total;
});
