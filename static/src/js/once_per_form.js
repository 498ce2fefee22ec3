// A form sent twice by an impatient double click is sent once. Coming back to the page, or staying on it, frees it again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});

function free() {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
}

window.addEventListener("pageshow", free);
document.addEventListener("stayed", free);
