// Where no answer came at all, the page says so and keeps what was typed. Answers with an error code are swapped into the same
// place by htmx itself (responseHandling in _htmx_config.html). The place is a live region and stays in view, so the focus stays
// with whoever is typing.
function show(templateId) {
  const place = document.getElementById("problem");
  place.textContent = "";
  place.append(document.getElementById(templateId).content.cloneNode(true));
}

document.addEventListener("htmx:sendError", () => show("problem-offline"));
document.addEventListener("htmx:responseError", () => {
  if (!document.getElementById("problem").firstElementChild) show("problem-server");
});
document.addEventListener("htmx:timeout", () => show("problem-offline"));
// Whatever the reader does next takes the words away; what the page asks for by itself, such as progress, does not.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.triggeringEvent) document.getElementById("problem").textContent = "";
});
