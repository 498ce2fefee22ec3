// Where somebody else wrote in a field as well, both texts stand there: 用这个 takes one of them. What others stored in fields that
// were left alone here comes into the form by itself. The marks say what of the stored texts the form knows: with each save
// the server tells by them what was touched here.
import { save, theForm } from "./filing_form.js";
import { changed, fill, values } from "../unsaved_words/form.js";

let chosen = {}; // the marks of what was chosen since the last save was sent: its answer does not know of them

const marksField = () => theForm().elements.marks;

function know(marks) {
  marksField().value = JSON.stringify(Object.assign(JSON.parse(marksField().value), marks));
}

// `taken`: values and mark by the name of the field, as the server wrote them.
function put(taken, names) {
  const pairs = [];
  const marks = {};
  names.forEach((name) => {
    const [given, mark] = taken[name];
    given.forEach((value) => pairs.push([name, value]));
    marks[name] = mark;
  });
  fill(theForm(), pairs, names);
  know(marks);
  return pairs;
}

// Returns what was sent, with what others stored put in where nothing was typed since.
export function bring(sent) {
  const taken = JSON.parse(document.getElementById("filing-saved").dataset.brought);
  const typed = changed(sent, values(theForm()));
  const names = Object.keys(taken).filter((name) => !typed.includes(name));
  if (!names.length) return sent;
  return sent.filter(([name]) => !names.includes(name)).concat(put(taken, names));
}

// What was chosen is known to the form, and stands beside it no longer.
export function settle() {
  know(chosen);
  Object.keys(chosen).forEach((name) => {
    [`mine-${name}`, `theirs-${name}`].forEach((id) => { document.getElementById(id).textContent = ""; });
  });
}

export const sendChoices = () => { chosen = {}; };

function choose(button) {
  const name = button.dataset.use;
  const theirs = document.querySelector(`[data-use="${name}"][data-taken]`);
  const taken = JSON.parse(theirs.dataset.taken);
  const field = theForm().elements[name];
  if (button === theirs) put(taken, Object.keys(taken));
  Object.keys(taken).forEach((key) => { chosen[key] = taken[key][1]; });
  settle();
  (field.focus ? field : field[0]).focus();
  save();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-use]");
  if (button) choose(button);
});

// What is there already is not put there again: a button that has the focus keeps it, and nothing is read out twice.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  if (fragment.innerHTML !== undefined && fragment.innerHTML.trim() === asWritten(target)) event.detail.shouldSwap = false;
});

// Scripts show the buttons that would do nothing without them.
function asWritten(target) {
  const copy = target.cloneNode(true);
  copy.querySelectorAll("[data-use]").forEach((button) => { button.hidden = true; });
  return copy.innerHTML.trim();
}

// What is folded away cannot be seen.
function unfold(place) {
  const fold = place.closest("details");
  if (fold) fold.open = true;
}

// A field with a mistake looks like one, whether the page came with it or a save found it.
export function showMistakes() {
  theForm().querySelectorAll(".theirs-place:not(:empty)").forEach(unfold);
  theForm().querySelectorAll(".field-error").forEach((words) => {
    const field = words.closest(".field");
    const isWrong = Boolean(words.textContent.trim());
    field.classList.toggle("field-invalid", isWrong);
    if (isWrong) unfold(words);
    field.querySelectorAll("input, textarea, select").forEach((control) => {
      if (isWrong) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    });
  });
}

const TALL = 120; // pixels: of a long text one sees the line in which one types

// The bar below may have grown: a field that has the focus does not stay behind it.
export function keepInView() {
  const active = document.activeElement;
  const bar = theForm().querySelector(".form-actions");
  const box = active.getBoundingClientRect();
  const isBehind = getComputedStyle(bar).position === "sticky" && box.bottom > bar.getBoundingClientRect().top;
  if (isBehind && box.height < TALL && theForm().contains(active) && !bar.contains(active)) {
    window.scrollBy(0, box.bottom - bar.getBoundingClientRect().top + 8);
  }
}

function showButtons(root) {
  root.querySelectorAll("[data-use]").forEach((button) => { button.hidden = false; });
}
document.addEventListener("DOMContentLoaded", () => showButtons(document));
document.addEventListener("htmx:load", (event) => showButtons(event.detail.elt.parentNode || document));

// On paper a long text stands as it stands in its field now.
window.addEventListener("beforeprint", () => document.querySelectorAll("[data-prints]").forEach((copy) => {
  copy.textContent = document.getElementById(copy.dataset.prints).value || copy.dataset.blank;
}));
