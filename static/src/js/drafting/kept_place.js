// What the lint finds stands at its block a moment after the page is there: the block that is being worked on keeps its place.
const worked = () => document.querySelector(".draft-line:focus-within") || document.querySelector(".draft-line:hover");

let line = null;
let top = 0;
document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  line = target.id === "findings" ? worked() : null;
  if (line) ({ top } = line.getBoundingClientRect());
});
document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  if (!line || target.id !== "findings") return;
  window.scrollBy(0, line.getBoundingClientRect().top - top);
  line = null;
});
