// Ctrl+Enter (on a Mac ⌘+Enter) submits the filing, by the button that says so (aria-keyshortcuts).
import { theForm } from "./filing_form.js";

document.addEventListener("keydown", (event) => {
  const form = theForm();
  if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !form.contains(event.target)) return;
  event.preventDefault();
  form.querySelector("[aria-keyshortcuts]").click();
});
