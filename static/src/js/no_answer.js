// Where no answer came at all, the page says so and keeps what was typed. Answers with an error code are swapped into the same
// place by htmx itself (responseHandling in _htmx_config.html). The place is a live region and stays in view, so the focus stays
// with the person who is typing.
function show(templateId) {
  const place = document.getElementById("problem");
  place.textContent = "";
  place.append(document.getElementById(templateId).content.cloneNode(true));
}

// What is marked data-quiet works by itself, and says at its own place how it fares.
const isQuiet = (event) => "quiet" in event.detail.requestConfig.elt.dataset;

["htmx:sendError", "htmx:timeout"].forEach((trouble) => document.addEventListener(trouble, (event) => {
  if (!isQuiet(event)) show("problem-offline");
}));
document.addEventListener("htmx:responseError", (event) => {
  if (!isQuiet(event) && !document.getElementById("problem").firstElementChild) show("problem-server");
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.isError && isQuiet(event)) event.detail.shouldSwap = false;
});
// Whatever the reader does next takes the words away; what the page asks for by itself, such as progress, does not.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.triggeringEvent && !isQuiet(event)) document.getElementById("problem").textContent = "";
});
