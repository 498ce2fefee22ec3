// The pages beside a draft's text follow the block that is being looked at; a click on a page leads back to its block. Where the
// pages are not shown beside the text, the links lead to the pages on a page of their own.
const pages = () => document.querySelector(".draft-pages");
const areBeside = () => pages() && pages().offsetParent !== null;
const hasStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

let current = ""; // the block that is being looked at

function mark() {
  pages().querySelectorAll("[data-block]").forEach((place) => {
    place.classList.toggle("draft-place-current", place.dataset.block === current);
  });
}

function follow(block) {
  current = block;
  mark();
  const first = document.getElementById(`place-${block}`);
  if (!first) return;
  const [frame, place] = [pages(), first].map((element) => element.getBoundingClientRect());
  if (place.top >= frame.top && place.top + Math.min(place.height, frame.height / 2) <= frame.bottom) return;
  pages().scrollBy({ top: place.top - frame.top - frame.height / 4, behavior: hasStill() ? "auto" : "smooth" });
}

function followLine(event) {
  const line = event.target.closest(".draft-line");
  if (line && areBeside()) follow(line.id.replace("block-", ""));
}
document.addEventListener("focusin", followLine);

function goTo(line) {
  const field = line.querySelector("textarea") || line;
  if (field === line) line.tabIndex = -1;
  field.focus({ preventScroll: true });
  line.scrollIntoView({ block: "center", behavior: hasStill() ? "auto" : "smooth" });
}

document.addEventListener("click", (event) => {
  const toPlace = event.target.closest("[data-place]");
  const toBlock = event.target.closest("[data-block]");
  const line = toBlock && document.getElementById(`block-${toBlock.dataset.block}`);
  if (line) {
    event.preventDefault();
    goTo(line);
  } else if (toPlace && areBeside()) {
    event.preventDefault();
    follow(toPlace.dataset.place);
  } else followLine(event);
});

// New pages came: the block that is being looked at may stand elsewhere now. Until the picture of a page is there, the one before
// it stays in sight.
let before = new Map();
document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  if (target.id !== "pages") return;
  const seen = Array.from(target.querySelectorAll("img[src]")).filter((picture) => picture.complete);
  before = new Map([...before, ...seen.map((picture) => [picture.alt, picture.src])]);
});
function keepInSight(picture) {
  if (picture.complete || !before.has(picture.alt)) return;
  picture.style.background = `url("${before.get(picture.alt)}") 0 0 / 100% 100%`;
  picture.addEventListener("load", () => picture.style.removeProperty("background"), { once: true });
}
// The server draws one page at a time: those in sight are asked for first, the others when these are there.
function askInOrder(pictures) {
  const isInSight = (picture) => {
    const { top, bottom } = picture.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  };
  const [first, later] = [pictures.filter(isInSight), pictures.filter((picture) => !isInSight(picture))];
  const addresses = later.map((picture) => picture.getAttribute("src"));
  // Without an address a picture has another size, and every page below it another place.
  const sizes = later.map(({ offsetWidth, offsetHeight }) => ({ width: `${offsetWidth}px`, height: `${offsetHeight}px` }));
  later.forEach((picture, index) => {
    picture.removeAttribute("src");
    Object.assign(picture.style, sizes[index]);
  });
  Promise.allSettled(first.map((picture) => picture.decode())).then(() => {
    later.forEach((picture, index) => {
      picture.setAttribute("src", addresses[index]);
      Object.assign(picture.style, { width: "", height: "" });
    });
  });
}
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt.id !== "pages") return;
  const pictures = Array.from(event.detail.elt.querySelectorAll("img"));
  pictures.forEach(keepInSight);
  askInOrder(pictures);
  if (areBeside() && current) follow(current);
});
document.addEventListener("DOMContentLoaded", () => {
  if (areBeside() && /^#block-\d+$/.test(location.hash)) follow(location.hash.replace("#block-", ""));
});
