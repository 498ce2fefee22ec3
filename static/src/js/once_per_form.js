// A form sent twice by an impatient double click is sent once. Coming back to the page, or staying on it, frees it again.
// Where the answer comes into a tab of its own, such as a file, this page stays as it is.
// Browsers before Chromium 81 do not say which button was pressed: it has the focus.
export const opensTab = ({ submitter }) => (submitter || document.activeElement).formTarget === "_blank";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || opensTab(event)) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});

function free() {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
}

window.addEventListener("pageshow", free);
document.addEventListener("stayed", free);
