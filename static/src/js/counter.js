// Shows how many characters a field holds while it is being filled. The server counts the same way: code points, not UTF-16 units.
const NEARLY = 0.9;

function count(counter) {
  const field = document.getElementById(counter.dataset.countFor);
  const limit = Number(counter.dataset.limit);
  const length = Array.from(field.value).length;
  const words = length > limit ? counter.dataset.over : counter.dataset.within;
  counter.textContent = words.replace("{length}", length).replace("{left}", limit - length).replace("{over}", length - limit);
  counter.classList.toggle("field-count-near", length > limit * NEARLY && length <= limit);
  counter.classList.toggle("field-count-over", length > limit);
}

function countAll(root) {
  root.querySelectorAll("[data-count-for]").forEach(count);
}

document.addEventListener("input", (event) => {
  const counter = event.target.id && document.querySelector(`[data-count-for="${event.target.id}"]`);
  if (counter) count(counter);
});
document.addEventListener("DOMContentLoaded", () => countAll(document));
document.addEventListener("htmx:load", (event) => countAll(event.detail.elt.parentNode || document));
