// What is typed into a block of a draft, into a reply or a contribution, stays in this browser until the server has it: an expired
// session, a closed tab or a failed save loses no word. It is offered again when the block is opened, and the draft's page says at
// which blocks words are waiting.
import htmx from "htmx.org";
import { basisOf, inWords, values } from "../unsaved_words/form.js";
import { compare, dated, offer } from "../unsaved_words/offer.js";
import { forget, keep, keysUnder, recall } from "../unsaved_words/store.js";

const formOf = (element) => element.closest("form[data-kept]");

document.addEventListener("input", (event) => {
  const form = formOf(event.target);
  if (!form) return;
  keep(form.dataset.kept, { version: basisOf(form), values: values(form), words: inWords(form) });
});

// The server has it, or the person gave it up. What was typed into a box while it was being saved is not there yet.
const isTypedOn = ({ elements: { text } }, sent) => Boolean(text) && "savesItself" in text.form.dataset && text.value !== sent;
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { elt, requestConfig, xhr } = event.detail;
  if (elt.matches("form[data-kept]") && xhr.status < 400 && !isTypedOn(elt, requestConfig.parameters.text)) forget(elt.dataset.kept);
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-gives-up]")) forget(formOf(event.target).dataset.kept);
});

const isTyped = (field) => field.tagName === "TEXTAREA" && field.value !== field.defaultValue;

// A form that came back with what was typed, or was typed into before this ran, has nothing to be offered.
function offerIn(form) {
  if ("answered" in form.dataset || Array.from(form.elements).some(isTyped)) return;
  offer({ place: form.querySelector("[data-kept-here]"), form, field: form.querySelector("textarea") }, form.dataset.kept);
}

function open(line, address) {
  htmx.ajax("GET", address, { target: line, swap: "outerHTML" });
}

function mark(place, key) {
  const block = key.replace(place.dataset.keptUnder, "").split(":")[0];
  const line = document.getElementById(`block-${block.replace("after-", "")}`);
  if (!line || block.startsWith("after-")) compare({ place, form: null }, key);
  else if (!line.querySelector("form, [data-kept-note]")) {
    const note = dated(document.getElementById("kept-note").content.firstElementChild.cloneNode(true), recall(key));
    note.querySelector("button").addEventListener("click", () => open(line, `${place.dataset.address}/${block}`));
    line.append(note);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("form[data-kept]").forEach(offerIn);
  const place = document.getElementById("draft-unsaved");
  if (place) keysUnder(place.dataset.keptUnder).forEach((key) => mark(place, key));
});
document.addEventListener("htmx:load", (event) => {
  const { elt } = event.detail;
  if (elt === document.body) return;
  const form = elt.matches("form[data-kept]") ? elt : elt.querySelector("form[data-kept]");
  if (form) offerIn(form);
});

// The page is older than the draft: what a moved block should stand beside is not on it. It is loaded again; what was typed is kept.
document.addEventListener("htmx:oobErrorNoTarget", (event) => {
  if (event.detail.target.startsWith("#block-")) window.location.reload();
});
