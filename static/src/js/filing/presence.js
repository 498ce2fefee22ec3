// The page of a filing asks who else has it open only while somebody looks at it. What is refused (no longer allowed, no longer
// there) is not asked again.
const place = () => document.getElementById("filing-presence");
let isOver = false;

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt === place() && (document.hidden || isOver)) event.preventDefault();
});
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.elt === place()) isOver = [403, 404].includes(event.detail.xhr.status);
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && place()) place().dispatchEvent(new CustomEvent("look"));
});
