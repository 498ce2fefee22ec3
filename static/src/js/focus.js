// Puts the reader where the news is: at an error summary, or at whatever a fragment marks with data-focus.
const NEWS = ".error-summary, [data-focus]";

function focusNews(root) {
  const news = root.matches && root.matches(NEWS) ? root : root.querySelector(NEWS);
  if (news) news.focus();
}

document.addEventListener("DOMContentLoaded", () => focusNews(document));
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) focusNews(event.detail.elt);
});
