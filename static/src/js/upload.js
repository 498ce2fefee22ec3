// Says that a file is too large before it travels, and shows how far those that travel have come.
document.addEventListener("change", (event) => {
  const field = event.target;
  const most = Number(field.dataset.mostBytes);
  if (!most) return;
  const tooLarge = Array.from(field.files).find((file) => file.size > most);
  field.setCustomValidity(tooLarge ? field.dataset.tooLarge.replace("{name}", tooLarge.name) : "");
  field.reportValidity();
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector("progress");
  if (bar && event.detail.lengthComputable) bar.value = event.detail.loaded / event.detail.total;
});
