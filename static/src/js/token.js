// After a new log-in in another window the server hands this page the new token: HX-Trigger: {"token": "…"}.
document.addEventListener("token", (event) => {
  const token = event.detail.value;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  document.querySelectorAll("input[name=csrf_token]").forEach((field) => {
    field.value = token;
  });
});
