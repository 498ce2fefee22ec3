// What is folded is written out on paper, and folded again afterwards. What would have to be fetched first stays as it is.
let unfolded = [];

window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("main details:not([open]):not([hx-get])")];
  unfolded.forEach((one) => one.setAttribute("open", ""));
});
window.addEventListener("afterprint", () => {
  unfolded.forEach((one) => one.removeAttribute("open"));
  unfolded = [];
});
