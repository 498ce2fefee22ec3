// The grid of duties: a column, or several, copied from a table is pasted into the fields below one another, a measure a row. What was
// copied from one cell is pasted as always.
const FIELD = ".preview-duty";
const measureRows = (table) => Array.from(table.querySelectorAll("tbody tr:not(.table-group)"));

function copiedCells(text) {
  const rows = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  return rows.map((row) => row.split("\t").map((cell) => cell.trim()));
}

// The head of a column may have been copied with it.
function withoutHead(cells, table) {
  const heads = Array.from(table.querySelectorAll("thead th"), (head) => head.textContent.trim());
  return cells.length > 1 && heads.includes(cells[0][0]) ? cells.slice(1) : cells;
}

function fillFrom(field, cells) {
  const rows = measureRows(field.closest("table"));
  const row = field.closest("tr");
  const column = Array.from(row.querySelectorAll(FIELD)).indexOf(field);
  const following = (one) => row === one || row.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  const below = rows.filter(following).slice(0, cells.length);
  below.forEach((one, place) => {
    const fields = one.querySelectorAll(FIELD);
    cells[place].forEach((cell, offset) => {
      if (fields[column + offset]) fields[column + offset].value = cell;
    });
  });
  return below.length;
}

document.addEventListener("paste", (event) => {
  const field = event.target.closest && event.target.closest(FIELD);
  const text = field && event.clipboardData ? event.clipboardData.getData("text/plain") : "";
  if (!field || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const cells = withoutHead(copiedCells(text), field.closest("table"));
  const count = fillFrom(field, cells);
  const status = document.getElementById("duties-pasted");
  const left = cells.length - count;
  status.textContent = status.dataset[left ? "left" : "words"].replace("{count}", count).replace("{left}", left);
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
