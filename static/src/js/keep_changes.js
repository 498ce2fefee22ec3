// What a person changes in a form while its request is on its way stays when the answer takes the form's place; so does what stands
// unsent in another form of that place. A field is the same where its id and the address of its form are: what was typed for one
// measure never comes into the next one's form.
const FIELDS = "input[id]:not([type=hidden]), select[id], textarea[id]";
const ADDRESS = ["hx-post", "action"];

const sent = new WeakMap(); // request: what stood in each field when it went out
const changed = new WeakMap(); // request: the fields that were changed since

const addressOf = (form) => ADDRESS.map((name) => form.getAttribute(name)).find(Boolean);
const nameOf = (field) => `${addressOf(field.form)}#${field.id}`;
const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
const valueOf = (field) => {
  if (isTicked(field)) return field.checked;
  return field.type === "file" ? field.files : field.value;
};
const isSame = (one, other) => (one instanceof FileList
  ? one.length === other.length && Array.from(one).every((file, at) => file === other[at])
  : one === other);

// Fields may stand outside their form (form="…").
function fieldsByName() {
  return new Map(Array.from(document.querySelectorAll(FIELDS)).filter((field) => field.form).map((field) => [nameOf(field), field]));
}

function isUnsent(field) {
  if (isTicked(field)) return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  const usual = Array.from(field.options).find((option) => option.defaultSelected) || field.options[0];
  return Boolean(usual) && field.value !== usual.value;
}

// What was unfolded to be written in is so again.
function unfold(field, old) {
  const [fold, before] = [field, old].map((one) => one.closest("details"));
  if (fold && before && before.open) fold.open = true;
}

function setValue(field, value) {
  if (isTicked(field)) field.checked = value;
  else if (field.type === "file") field.files = value;
  else field.value = value;
}

document.addEventListener("htmx:beforeSend", ({ detail }) => {
  sent.set(detail.xhr, new Map(Array.from(fieldsByName(), ([name, field]) => [name, valueOf(field)])));
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const before = sent.get(detail.xhr);
  if (!before) return;
  const { elt, verb } = detail.requestConfig;
  const own = verb === "post" && (elt.form || elt.closest("form")); // a link may be there to give up what was written
  const isKept = ([name, field]) => before.has(name)
    && (!isSame(before.get(name), valueOf(field)) || (own && field.form !== own && isUnsent(field)));
  changed.set(detail.xhr, Array.from(fieldsByName()).filter(isKept));
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const kept = changed.get(detail.xhr);
  if (!kept) return;
  changed.delete(detail.xhr);
  const fields = fieldsByName();
  kept.forEach(([name, old]) => {
    const field = fields.get(name);
    if (!field || field === old || isSame(valueOf(field), valueOf(old))) return;
    setValue(field, valueOf(old));
    unfold(field, old);
    ["input", "change"].forEach((type) => field.dispatchEvent(new Event(type, { bubbles: true })));
  });
});
