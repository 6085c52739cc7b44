/** Fields of several rows: add, remove and move them. Without scripts one blank row is there. */

for (const field of document.querySelectorAll("[data-rows]")) makeEditable(field);

function makeEditable(field) {
  const list = field.querySelector('[data-part="rows"]');
  const blank = field.querySelector('[data-part="blank"]');
  const add = field.querySelector('[data-do="add"]');
  add.hidden = false;
  for (const tools of field.querySelectorAll(".row-tools")) tools.hidden = false;

  const change = (row) => {
    add.disabled = list.children.length >= Number(field.dataset.limit);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    row?.querySelector("textarea, select")?.focus();
  };
  field.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    if (!button) return;
    const row = button.closest("li");
    const actions = {
      add: () => {
        const added = blank.content.cloneNode(true);
        added.querySelector(".row-tools").hidden = false;
        list.append(added);
        change(list.lastElementChild);
      },
      remove: () => {
        const next = row.nextElementSibling ?? row.previousElementSibling;
        row.remove();
        change(next);
        if (!next) add.focus();
      },
      up: () => {
        row.previousElementSibling?.before(row);
        change();
        button.focus();
      },
      down: () => {
        row.nextElementSibling?.after(row);
        change();
        button.focus();
      },
    };
    actions[button.dataset.do]();
  });
}
