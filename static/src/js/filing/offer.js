// Offers what an earlier visit could not save. Where the server still has what it was written on, it simply stands in the form
// again; where somebody saved since, or nothing can be written any more, both texts are shown and the person decides.
import { save } from "./autosave.js";
import { changed, fill, inWords, theForm, values } from "./form.js";
import { forget, keep, keysUnder, recall } from "./kept.js";

const copyOf = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
const CLOCK = { timeZone: "Asia/Shanghai", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false };

function put(pairs) {
  fill(theForm(), pairs, changed(pairs, values(theForm())));
  theForm().elements.progress.dispatchEvent(new Event("input", { bubbles: true }));
  save();
}

function show(place, template, entry, choices) {
  const notice = copyOf(template);
  notice.querySelector("[data-at]").textContent = new Date(entry.at).toLocaleString("zh-CN", CLOCK);
  Object.keys(choices).forEach((choice) => {
    const button = notice.querySelector(`[data-choice=${choice}]`);
    button.hidden = false;
    button.addEventListener("click", () => {
      choices[choice]();
      notice.remove();
      if (theForm()) theForm().elements.progress.focus();
    });
  });
  place.append(notice);
  return notice;
}

function restore(place, entry) {
  const theirs = values(theForm());
  show(place, "kept-restored", entry, { theirs: () => put(theirs) });
  put(entry.values);
}

function compare(place, entry, key) {
  const done = () => forget(key);
  const mine = () => { put(entry.values); done(); };
  const notice = show(place, "kept-differs", entry, theForm() ? { mine, theirs: done } : { drop: done });
  const theirs = theForm() ? inWords(theForm()) : {};
  Object.keys(entry.words).filter((name) => entry.words[name] !== (theirs[name] || "")).forEach((name) => {
    const row = copyOf("kept-row");
    row.querySelector("[data-name]").textContent = name;
    row.querySelector("[data-mine]").textContent = entry.words[name];
    row.querySelector("[data-theirs]").textContent = theirs[name] || "";
    notice.querySelector("[data-rows]").append(row);
  });
}

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("filing-kept");
  const key = place && place.dataset.kept;
  const entry = place && recall(key);
  if (entry) {
    forget(key);
    const isSaved = theForm() && !changed(entry.values, values(theForm())).length;
    const isNewest = theForm() && entry.version === theForm().elements.version.value;
    if (isNewest && !isSaved) restore(place, entry);
    else if (!isSaved) keep(`${key}:${entry.at}`, entry);
  }
  if (place) keysUnder(`${key}:`).forEach((aside) => compare(place, recall(aside), aside));
});
