// The preview of a plan: which block the tools work on, where it would be cut, and the keys that press the tools' buttons. Keys work
// only while a block has the focus, and none of them is one that browsers use. Everything that is done goes to the server.
const BLOCK = "[data-block]";
const CLAUSE_ENDS = "，；：。！？、”）》\n";
const tools = () => document.getElementById("preview-tools");
const blockOf = (element) => element.closest && element.closest(`#preview-text ${BLOCK}`);
const wordsOf = (block) => block.querySelector(".preview-words");
const inCharacters = (text) => Array.from(text).length; // the server counts characters, not UTF-16 units

const mark = document.createElement("span");
mark.className = "preview-cut";
mark.setAttribute("aria-hidden", "true");
let chosen = null;
let cut = 0; // in UTF-16 units of the chosen block's words; 0 is nowhere

function describe() {
  const line = tools().querySelector("[data-chosen]");
  const name = chosen.querySelector(".preview-role").getAttribute("aria-label");
  const text = wordsOf(chosen).textContent;
  const form = cut ? line.dataset.cut : line.dataset.words;
  line.textContent = form.replace("{block}", name).replace("{after}", text.slice(cut, cut + 10));
}

function removeMark() {
  const words = mark.parentNode;
  if (!words) return;
  mark.remove();
  words.normalize();
}

function placeCut(place) {
  removeMark();
  const words = wordsOf(chosen);
  const { length } = words.textContent;
  cut = Math.max(0, Math.min(place, length));
  if (cut === length) cut = 0;
  if (cut) words.insertBefore(mark, words.firstChild.splitText(cut));
  tools().elements.at.value = cut ? Number(chosen.dataset.block) + inCharacters(words.textContent.slice(0, cut)) : "";
  describe();
}

// How far a change goes is told with how many blocks that are; each block begins with itself alone.
function offerScopes() {
  const { scope } = tools().elements;
  scope.selectedIndex = 0;
  for (const option of scope.options) {
    const count = Number(chosen.getAttribute(`data-scope-${option.value}`) || 1);
    if (option.dataset.words) option.textContent = option.dataset.words.replace("{count}", count);
    option.disabled = Boolean(option.dataset.words) && count < 2;
  }
}

function chooseNext(list) {
  const options = Array.from(list.options);
  const from = list.selectedIndex + 1;
  const next = options.slice(from).concat(options.slice(0, from)).find((option) => !option.disabled);
  list.value = next.value;
}

function choose(block) {
  if (chosen === block) return;
  if (chosen) chosen.classList.remove("preview-current");
  chosen = block;
  block.classList.add("preview-current");
  tools().elements.start.value = block.dataset.block;
  offerScopes();
  placeCut(0);
}

const beginsClause = (text, place) => CLAUSE_ENDS.includes(text[place - 1]) && !CLAUSE_ENDS.includes(text[place]);

function nextClause(text, from, step) {
  let place = from + step;
  while (place > 0 && place < text.length && !beginsClause(text, place)) place += step;
  return place;
}

function moveCut(step, byCharacter) {
  const text = wordsOf(chosen).textContent;
  const from = cut || (step < 0 ? text.length : 0);
  placeCut(byCharacter ? from + step : nextClause(text, from, step));
}

function goTo(block) {
  if (!block) return;
  block.querySelector(".preview-role").focus();
}

function press(key) {
  const button = document.querySelector(`#preview [data-key="${CSS.escape(key)}"]`);
  if (button instanceof HTMLSelectElement) chooseNext(button);
  else if (button) button.click();
  return Boolean(button);
}

const MOVES = {
  ArrowUp: () => goTo(chosen.previousElementSibling),
  ArrowDown: () => goTo(chosen.nextElementSibling),
  ArrowLeft: (event) => moveCut(-1, event.shiftKey),
  ArrowRight: (event) => moveCut(1, event.shiftKey),
};

document.addEventListener("keydown", (event) => {
  if (!blockOf(event.target) || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const move = MOVES[event.key];
  if (move) move(event);
  if (move || (event.key.length === 1 && event.key !== " " && press(event.key.toLowerCase()))) event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const block = blockOf(event.target);
  if (block) choose(block);
});

// Where the text is clicked it would be cut; what is marked with the mouse is left alone.
document.addEventListener("click", (event) => {
  const block = blockOf(event.target);
  if (!block || event.target.closest("a")) return;
  const selection = window.getSelection();
  if (!selection.isCollapsed) return;
  const before = document.createRange();
  before.selectNodeContents(wordsOf(block));
  const inWords = selection.rangeCount && wordsOf(block).contains(selection.anchorNode);
  if (inWords) before.setEnd(selection.anchorNode, selection.anchorOffset);
  const place = inWords ? before.toString().length : 0;
  goTo(block);
  placeCut(place);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("[data-jump]");
  const block = link && document.getElementById(`block-${link.dataset.jump}`);
  if (!block) return;
  event.preventDefault();
  block.scrollIntoView({ block: "center" });
  goTo(block);
});

// A change answered with the text anew: the block that was worked on is there again, and the next change is for it alone.
document.addEventListener("htmx:afterSwap", (event) => {
  if (!document.getElementById("preview-text")) return;
  chosen = null;
  if (tools()) tools().elements.scope.selectedIndex = 0;
});

// Without a chosen block there is nothing to change.
document.addEventListener("htmx:confirm", (event) => {
  if (event.target === tools() && !tools().elements.start.value) event.preventDefault();
});

document.addEventListener("DOMContentLoaded", () => {
  if (tools()) tools().hidden = false;
});
