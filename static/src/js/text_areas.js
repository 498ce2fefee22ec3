// A text area that is marked so (data-grows) is as tall as what is written in it, whoever writes: a person, or a script.
function fit(area) {
  area.style.height = "";
  if (area.scrollHeight > area.clientHeight) area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

function fitAll(root) {
  root.querySelectorAll("textarea[data-grows]").forEach(fit);
}

document.addEventListener("input", (event) => {
  if (event.target.matches("textarea[data-grows]")) fit(event.target);
});
document.addEventListener("DOMContentLoaded", () => fitAll(document));
document.addEventListener("htmx:load", (event) => fitAll(event.detail.elt.parentNode || document));
window.addEventListener("resize", () => fitAll(document));
