// Says quietly how saving stands: the words wait hidden in the template. A screen reader hears the same words only once.
export function say(words) {
  const status = document.getElementById("status");
  if (status.textContent !== words) status.textContent = words;
}

// `why`: "offline", "signed-out", "nowhere", or "" when all is saved. Who would log out meanwhile is asked first.
export function markUnsaved(why) {
  const place = document.getElementById("filing-unsaved");
  if (!place) return;
  Array.from(place.children).forEach((words) => { words.hidden = words.dataset.unsaved !== why; });
  document.getElementById("filing-saved").hidden = Boolean(why);
  document.querySelectorAll("form[data-leaves]").forEach((form) => {
    if (why) form.dataset.confirm = place.dataset.leaving;
    else delete form.dataset.confirm;
  });
}
