/**
 * Fields of several rows: add, remove and move them. Where a row with something in it was removed, a
 * note offers to bring it back. Without scripts one blank row is there.
 */

const FIELDS = "input, textarea, select";

for (const field of document.querySelectorAll("[data-rows]")) makeEditable(field);

function makeEditable(field) {
  const list = field.querySelector('[data-part="rows"]');
  const blank = field.querySelector('[data-part="blank"]');
  const note = field.querySelector('[data-part="removed"]');
  const add = field.querySelector('[data-do="add"]');
  const removed = new Map(); // the rows, by their notes
  add.hidden = false;
  for (const tools of field.querySelectorAll(".row-tools")) tools.hidden = false;

  const change = () => {
    const count = list.querySelectorAll(":scope > :not(.removed)").length;
    add.disabled = count >= Number(field.dataset.limit);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const actions = {
    add: () => {
      const added = blank.content.cloneNode(true);
      added.querySelector(".row-tools").hidden = false;
      list.append(added);
      change();
      list.lastElementChild.querySelector(FIELDS).focus();
    },
    remove: (row) => (isFilled(row) ? leaveNote(row) : drop(row)),
    undo: (remark) => {
      const row = removed.get(remark);
      removed.delete(remark);
      remark.replaceWith(row);
      change();
      row.querySelector(FIELDS).focus();
    },
    up: (row) => nextRow(row, "previousElementSibling")?.before(row),
    down: (row) => nextRow(row, "nextElementSibling")?.after(row),
  };

  function leaveNote(row) {
    const remark = note.content.cloneNode(true).firstElementChild;
    removed.set(remark, row);
    row.replaceWith(remark);
    change();
    remark.querySelector("button").focus();
  }

  function drop(row) {
    const next = nextRow(row, "nextElementSibling") ?? nextRow(row, "previousElementSibling");
    row.remove();
    change();
    (next?.querySelector(FIELDS) ?? add).focus();
  }

  field.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    if (!button) return;
    const act = button.dataset.do;
    actions[act](button.closest("li"));
    if (!["up", "down"].includes(act)) return;
    change();
    button.focus();
  });
}

/** Whether its writer would miss it. */
function isFilled(row) {
  return [...row.querySelectorAll("input, textarea")].some(({ value }) => value.trim());
}

/** The row beside it, beyond the notes. */
function nextRow(row, side) {
  let next = row[side];
  while (next?.matches(".removed")) next = next[side];
  return next;
}
