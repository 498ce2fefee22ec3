// Offers what an earlier visit to this filing could not save; what is taken is saved at once.
import { save, theForm } from "./filing_form.js";
import { offer } from "../unsaved_words/offer.js";

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("filing-kept");
  const form = theForm();
  if (place) offer({ place, form, field: form && form.elements.progress, after: save }, place.dataset.kept);
});
