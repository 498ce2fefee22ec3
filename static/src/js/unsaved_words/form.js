// What a form holds. Hidden fields (token, version, marks, what was shown) and buttons are nobody's words and stay out of it.
const NO_WORDS = ["hidden", "submit"];

function fields(form) {
  return Array.from(form.elements).filter((field) => field.name && !NO_WORDS.includes(field.type));
}

// On what the words in the form were written: the version that was read, or the mark of the only text.
export function basisOf(form) {
  const basis = form.elements.version || form.elements.mark;
  return basis ? basis.value : undefined;
}

// Pairs of name and value, in the order of the form; boxes and buttons only where they are ticked.
export function values(form) {
  const names = new Set(fields(form).map((field) => field.name));
  return Array.from(new FormData(form)).filter(([name]) => names.has(name));
}

export function same(some, others) {
  return JSON.stringify(some) === JSON.stringify(others);
}

// The names of what is not the same in both.
export function changed(some, others) {
  const of = (pairs, name) => pairs.filter((pair) => pair[0] === name);
  const names = new Set(some.concat(others).map(([name]) => name));
  return Array.from(names).filter((name) => !same(of(some, name), of(others, name)));
}

// Puts values into the form, into the fields called `names` alone.
export function fill(form, pairs, names) {
  fields(form).filter((field) => names.includes(field.name)).forEach((field) => {
    const given = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
    else field.value = given.length ? given[0] : "";
  });
}

// What is in the form as people read it: words by label; of the fields called `names` alone where such are given.
export function inWords(form, names) {
  const words = {};
  fields(form).filter((field) => !names || names.includes(field.name)).forEach((field) => {
    const name = field.labels[0].firstChild.textContent.trim();
    if (field.type === "checkbox") words[name] = field.checked ? "✓" : "";
    else if (field.type !== "radio") words[name] = field.tagName === "SELECT" ? field.selectedOptions[0].text : field.value;
    else if (field.checked) words[field.closest("fieldset").querySelector("legend").firstChild.textContent.trim()] = name;
  });
  return words;
}
