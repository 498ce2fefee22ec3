// Says on a button, and in the question that it asks, how many boxes of its form are ticked.
function countTicked(form) {
  const number = form.querySelectorAll("[name=read]:checked").length;
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
