// The outline beside a draft's blocks marks the heading under which the reader is, and keeps it in sight.
const READ_AT = 1 / 3; // the part of the window's height above which a heading has been reached

const outline = () => document.getElementById("draft-outline");
const lineOf = (link) => document.getElementById(`block-${link.dataset.block}`);

function isReached(link) {
  const line = lineOf(link);
  return Boolean(line) && line.getBoundingClientRect().top <= window.innerHeight * READ_AT;
}

function keepInSight(link) {
  const [frame, place] = [outline(), link].map((element) => element.getBoundingClientRect());
  if (place.top < frame.top || place.bottom > frame.bottom) outline().scrollTop += place.top - frame.top - frame.height / 2;
}

function markCurrent() {
  if (!outline()) return;
  const links = Array.from(outline().querySelectorAll("[data-block]"));
  const current = links.filter(isReached).pop() || links[0];
  links.forEach((link) => (link === current ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current")));
  if (current) keepInSight(current);
}

let isAsked = false;
function markSoon() {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    markCurrent();
  });
}
document.addEventListener("scroll", markSoon, { passive: true });
document.addEventListener("htmx:load", markSoon);
document.addEventListener("DOMContentLoaded", markSoon);
