// Says quietly how saving stands: the words wait hidden in the template. A screen reader hears the same words only once.
export function say(words) {
  const status = document.getElementById("status");
  if (status.textContent !== words) status.textContent = words;
}

// `why`: "offline", "signed-out", "nowhere", or "" where the page says it otherwise. While words are at risk, who would log out is
// asked first.
export function markUnsaved(why, areAtRisk = Boolean(why)) {
  const place = document.getElementById("filing-unsaved");
  if (!place) return;
  Array.from(place.children).forEach((words) => { words.hidden = words.dataset.unsaved !== why; });
  document.getElementById("filing-saved").hidden = Boolean(why);
  document.querySelectorAll("form[data-leaves]").forEach((form) => {
    if (areAtRisk) form.dataset.confirm = place.dataset.leaving;
    else delete form.dataset.confirm;
  });
}
