// Asks before something that cannot be taken back: hx-confirm on htmx elements, data-confirm on plain forms.
// data-confirm-action names it on the button; without it the button says what the template says.
// Of a form with a list the question names what is chosen there: data-chosen-confirm, "{chosen}".
// A form that lacks what it requires is sent without a question: the answer says what is missing.
// Browsers before Chromium 81 send such a form without the name of its button: what is to be done belongs in its address.
function ask(question, action, proceed) {
  const dialog = document.getElementById("confirm");
  const button = dialog.querySelector("[value=proceed]");
  dialog.querySelector("[data-question]").textContent = question;
  button.textContent = action || button.dataset.label;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue === "proceed" && proceed(), { once: true });
  dialog.showModal();
}

document.addEventListener("htmx:confirm", (event) => {
  const { question, elt, issueRequest } = event.detail;
  if (!question) return;
  event.preventDefault();
  ask(question, elt.dataset.confirmAction, () => issueRequest(true));
});

const agreed = new WeakSet();

function questionOf(form) {
  const list = form.querySelector("select");
  const { chosenConfirm, confirm } = form.dataset;
  return chosenConfirm && list.value ? chosenConfirm.replace("{chosen}", list.selectedOptions[0].text) : confirm;
}

function lacks(form) {
  return [...form.elements].some((field) => field.required && !field.value.trim());
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.confirm || lacks(form) || agreed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(questionOf(form), form.dataset.confirmAction, () => {
    agreed.add(form);
    if (form.requestSubmit) form.requestSubmit(event.submitter);
    else form.submit();
  });
}, true);
