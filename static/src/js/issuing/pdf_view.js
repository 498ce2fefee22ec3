// On a tablet, and where a browser has no viewer for PDF, the pages of a document stand as pictures in the viewer's place: a viewer
// makes every page as narrow as one of A4 beside the annex's widest.
function hasViewer() {
  if ("pdfViewerEnabled" in navigator) return navigator.pdfViewerEnabled;
  return Boolean(navigator.mimeTypes && navigator.mimeTypes["application/pdf"]);
}

function showPictures(root) {
  if (hasViewer() && !matchMedia("(pointer: coarse)").matches) return;
  root.querySelectorAll("[data-pdf-view] > template").forEach((pictures) => {
    const view = pictures.parentNode;
    view.textContent = "";
    view.appendChild(pictures.content);
  });
}

document.addEventListener("DOMContentLoaded", () => showPictures(document));
document.addEventListener("htmx:load", (event) => showPictures(event.detail.elt.parentNode || document));
