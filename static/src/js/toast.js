// A short message that the server sends with a fragment: HX-Trigger: {"toast": {"message": "已保存"}}.
const SECONDS_SHOWN = 6;

document.addEventListener("toast", (event) => {
  const region = document.getElementById("toasts");
  const { message, tone = "good" } = event.detail;
  const toast = document.createElement("p");
  toast.className = `toast-message tone-${tone}`;
  toast.textContent = message;
  region.append(toast);
  setTimeout(() => toast.remove(), SECONDS_SHOWN * 1000);
});
