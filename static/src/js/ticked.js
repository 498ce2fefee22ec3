// Says on a button, and in the question that it or its form asks, how many boxes of the form are ticked, wherever they stand.
function countTicked(form) {
  const number = Array.from(form.elements).filter((field) => field.name === "read" && field.checked).length;
  if (form.dataset.tickedConfirm && number) form.dataset.confirm = form.dataset.tickedConfirm.replace("{n}", number);
  form.querySelectorAll("[data-ticked]").forEach((button) => {
    button.dataset.unticked = button.dataset.unticked || button.textContent;
    button.textContent = number ? button.dataset.ticked.replace("{n}", number) : button.dataset.unticked;
    if (button.dataset.tickedConfirm) button.setAttribute("hx-confirm", button.dataset.tickedConfirm.replace("{n}", number));
  });
}

function countAll() {
  document.querySelectorAll("[data-ticked]").forEach((button) => countTicked(button.form));
}

document.addEventListener("change", (event) => {
  if (event.target.name === "read" && event.target.form) countTicked(event.target.form);
});
document.addEventListener("DOMContentLoaded", countAll);
document.addEventListener("htmx:load", countAll);
