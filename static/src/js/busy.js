// Whoever presses something that takes its time sees after a moment that it is being worked on; what a page does by itself stays quiet.
import { opensTab } from "./once_per_form.js";

const MOMENT = 300; // milliseconds
const MOST = 60000; // an answer that is a file leaves the page as it is

let waiting = 0;
let timers = [];

function show(words) {
  document.getElementById("busy").textContent = words;
}

function rest() {
  waiting = 0;
  timers.forEach(clearTimeout);
  timers = [];
  show("");
}

function start() {
  waiting += 1;
  if (waiting > 1) return;
  timers = [setTimeout(() => show(document.getElementById("busy").dataset.words), MOMENT), setTimeout(rest, MOST)];
}

function stop() {
  waiting -= 1;
  if (waiting < 1) rest();
}

const isPressed = ({ detail }) => detail.requestConfig.triggeringEvent && !("quiet" in detail.requestConfig.elt.dataset);
document.addEventListener("htmx:beforeSend", (event) => { if (isPressed(event)) start(); });
document.addEventListener("htmx:afterRequest", (event) => {
  const leadsOn = event.detail.xhr && event.detail.xhr.getResponseHeader("HX-Redirect");
  if (isPressed(event) && !leadsOn) stop();
});
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.method !== "dialog" && !opensTab(event)) start();
});
window.addEventListener("pageshow", rest);
document.addEventListener("stayed", rest);
