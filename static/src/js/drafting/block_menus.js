// The menu of a draft's block closes by Escape, by a choice, and by a click elsewhere.
const openMenus = () => Array.from(document.querySelectorAll(".draft-more[open]"));
document.addEventListener("click", (event) => {
  openMenus()
    .filter((menu) => !menu.querySelector("summary").contains(event.target) || event.target.closest(".draft-more") !== menu)
    .forEach((menu) => menu.removeAttribute("open"));
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest(".draft-more[open]");
  if (!menu) return;
  menu.removeAttribute("open");
  menu.querySelector("summary").focus();
});
