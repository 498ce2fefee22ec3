// The department that answers for all (主办) is not offered among those that add to it (协办).
function offerOthers(form) {
  const main = form.elements.main.value;
  form.querySelectorAll("[name=supports], [name=others]").forEach((tick) => {
    const isMain = tick.value === main;
    tick.closest(".form-check").hidden = isMain;
    if (isMain) tick.checked = false;
  });
}

const forms = () => Array.from(document.querySelectorAll("#main-department"), (choice) => choice.form);

document.addEventListener("change", (event) => {
  if (event.target.id === "main-department") offerOthers(event.target.form);
});
document.addEventListener("DOMContentLoaded", () => forms().forEach(offerOthers));
document.addEventListener("htmx:load", () => forms().forEach(offerOthers));
