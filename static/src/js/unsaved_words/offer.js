// Offers what an earlier visit could not save. Where the server still has what it was written on, it simply stands in the form
// again; where somebody saved since, or nothing can be written any more, both texts are shown and the person decides.
import { basisOf, changed, fill, inWords, values } from "./form.js";
import { forget, keep, keysUnder, recall } from "./store.js";

const copyOf = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
const CLOCK = { timeZone: "Asia/Shanghai", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false };

export function dated(notice, entry) {
  notice.querySelector("[data-at]").textContent = new Date(entry.at).toLocaleString("zh-CN", CLOCK);
  return notice;
}

// What is offered: `place` is where it is said, `form` into what it may be put (null where nothing can be written), `field` the one
// to go on writing in, `after` what is done once words were put into the form.
function put({ form, field, after }, pairs, touched) {
  fill(form, pairs, changed(pairs, values(form)).filter((name) => !touched || touched.includes(name)));
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (after) after();
}

function show({ place, field }, template, entry, choices) {
  const notice = dated(copyOf(template), entry);
  Object.keys(choices).forEach((choice) => {
    const button = notice.querySelector(`[data-choice=${choice}]`);
    button.hidden = false;
    button.addEventListener("click", () => {
      choices[choice]();
      notice.remove();
      if (field) field.focus();
    });
  });
  place.append(notice);
  for (let fold = place.closest("details"); fold; fold = fold.parentNode.closest("details")) fold.open = true;
  return notice;
}

function restore(offered, entry) {
  const theirs = values(offered.form);
  show(offered, "kept-restored", entry, { theirs: () => put(offered, theirs) });
  put(offered, entry.values, entry.touched);
}

// A text as the server stores it, without what only browsers add.
const plain = (text) => (text || "").replace(/\r\n?/g, "\n");

export function compare(offered, key) {
  const { form, place } = offered;
  const entry = recall(key);
  const done = () => forget(key);
  const mine = () => { done(); put(offered, entry.values, entry.touched); };
  const theirs = form ? inWords(form) : JSON.parse(place.dataset.stored || "{}");
  const differing = Object.keys(entry.words).filter((name) => plain(entry.words[name]) !== plain(theirs[name]));
  if (!differing.length) return done();
  const notice = show(offered, "kept-differs", entry, form ? { mine, theirs: done } : { drop: done });
  return differing.forEach((name) => {
    const row = copyOf("kept-row");
    row.querySelector("[data-name]").textContent = name;
    row.querySelector("[data-mine]").textContent = entry.words[name];
    row.querySelector("[data-theirs]").textContent = theirs[name] || "";
    notice.querySelector("[data-rows]").append(row);
  });
}

// Offers what is kept under a key, and what was put aside under it before.
export function offer(offered, key) {
  const { form } = offered;
  const entry = recall(key);
  if (entry) {
    forget(key);
    const isSaved = form && !changed(entry.values, values(form)).some((name) => !entry.touched || entry.touched.includes(name));
    const isNewest = form && entry.version === basisOf(form);
    if (isNewest && !isSaved) restore(offered, entry);
    else if (!isSaved) keep(`${key}:${entry.at}`, entry);
  }
  keysUnder(`${key}:`).forEach((aside) => compare(offered, aside));
}
