import htmx from "htmx.org";

export const theForm = () => document.getElementById("filing-form");

export const autosaver = () => document.getElementById("filing-autosave");

export const canSaveByItself = () => autosaver() && autosaver().hasAttribute("hx-post");

export function save() {
  if (canSaveByItself()) htmx.trigger(autosaver(), "autosave");
}
