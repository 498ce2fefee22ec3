// What could not be saved yet stays in this browser, by person and what it belongs to (the page names the key), for seven days at
// most.
const DAYS = 7;
const KEPT = ["filing:", "block:", "reply:", "contribution:"];
const LEAVING = "leaving";

// Returns whether there was room.
export function keep(key, entry) {
  try {
    localStorage.setItem(key, JSON.stringify(Object.assign({ at: Date.now() }, entry)));
    return true;
  } catch (full) {
    return false;
  }
}

export function recall(key) {
  const text = localStorage.getItem(key);
  return text && JSON.parse(text);
}

export function forget(key) {
  localStorage.removeItem(key);
}

export function keysUnder(prefix) {
  return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
}

function forgetOld() {
  const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
  KEPT.forEach((prefix) => keysUnder(prefix).filter((key) => recall(key).at < oldest).forEach(forget));
}

// Who logs out leaves nothing behind. Only at the door is it certain that the log-out came about; on any other page it did not.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.leaves) localStorage.setItem(LEAVING, event.target.dataset.leaves);
});
document.addEventListener("DOMContentLoaded", () => {
  const prefixes = localStorage.getItem(LEAVING);
  if (prefixes && document.getElementById("login")) prefixes.split(" ").forEach((prefix) => keysUnder(prefix).forEach(forget));
  forget(LEAVING);
  forgetOld();
});
