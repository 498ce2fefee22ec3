// Says that files are too large before they travel, and shows how far those that travel have come.
function refusal(field) {
  const { mostBytes, mostInAll, tooLarge, tooMuch } = field.dataset;
  const files = Array.from(field.files);
  const large = files.find((file) => file.size > Number(mostBytes));
  if (large) return tooLarge.replace("{name}", large.name);
  return files.reduce((sum, file) => sum + file.size, 0) > Number(mostInAll) ? tooMuch : "";
}

document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.dataset.mostBytes) return;
  field.setCustomValidity(refusal(field));
  field.reportValidity();
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector("progress");
  if (bar && event.detail.lengthComputable) bar.value = event.detail.loaded / event.detail.total;
});
