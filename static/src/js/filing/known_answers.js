// Takes known answers over into the form (沿用, 确认) without sending it.
import { fill } from "../unsaved_words/form.js";
import { theForm } from "./filing_form.js";

const FIRST = "percent"; // of what is taken over together, the one that a person may have to write

// `data-take`: values by the name of the field, as the server wrote them.
function take(values) {
  const names = Object.keys(values);
  const pairs = [].concat(...names.map((name) => values[name].map((value) => [name, value])));
  fill(theForm(), pairs, names);
  const field = theForm().elements[names.length > 1 ? FIRST : names[0]];
  const place = field.focus ? field : Array.from(field).find((choice) => choice.checked);
  place.focus();
  place.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-take]");
  if (!button) return;
  event.preventDefault();
  take(JSON.parse(button.dataset.take));
});
