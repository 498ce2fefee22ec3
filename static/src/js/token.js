// After a new log-in in another window the page's token is worth nothing. The server hands it the new one, if the page was opened by
// the same account: HX-Trigger: {"token": "…"}.
export function adopt(token) {
  const headers = JSON.parse(document.body.getAttribute("hx-headers"));
  document.body.setAttribute("hx-headers", JSON.stringify({ ...headers, "X-CSRFToken": token }));
  document.querySelectorAll("[name=csrf_token]").forEach((field) => {
    field.value = token;
  });
}

document.addEventListener("token", (event) => adopt(event.detail.value));
