/**
 * Names for those fields of Django's administration that it leaves without one: dates and times,
 * the cells of inline tables, and Select2's boxes, which are made after the page has loaded. And a
 * stop of the Tab key where a table scrolls.
 */

const text = (node) => node?.textContent.trim().replace(/[:：]$/u, "") ?? "";

/** What is written above or beside a field, wherever Django puts it. */
function nameOf(field) {
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  if (label) return text(label);
  const cell = field.closest(".tabular td");
  if (cell) return text(cell.closest("table").tHead.rows[0].cells[cell.cellIndex]);
  return text(field.closest(".form-row, .fieldBox")?.querySelector("legend, label"));
}

function nameDate(input) {
  const name = [nameOf(input), text(input.previousSibling)].filter(Boolean).join(": ");
  input.setAttribute("aria-label", name);
}

function nameBox(container) {
  const name = nameOf(container.previousElementSibling);
  const box = container.querySelector("[role=combobox]");
  const shown = container.querySelector(".select2-selection__rendered");
  box.removeAttribute("aria-labelledby");
  box.setAttribute("aria-label", [name, shown?.title].filter(Boolean).join(": "));
  if (shown?.matches("span")) shown.setAttribute("aria-label", name);
  container.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
  // Its "clear" stands in the list of what is chosen, and is no item of it.
  const chosen = container.querySelector("ul");
  for (const part of chosen ? [chosen, ...chosen.querySelectorAll("li")] : []) {
    part.setAttribute("role", "presentation");
  }
}

function nameAll() {
  document.querySelectorAll(".datetime input[type=text]").forEach(nameDate);
  document.querySelectorAll(".tabular td :is(input, select, textarea)").forEach((field) => {
    if (field.type !== "hidden" && !field.closest(".datetime, .select2")) {
      field.setAttribute("aria-label", nameOf(field));
    }
  });
  document.querySelectorAll("select + .select2-container").forEach(nameBox);
  for (const empty of document.querySelectorAll("th:empty, .help-tooltip")) {
    empty.setAttribute("role", empty.matches("th") ? "presentation" : "img");
  }
}

/** What scrolls sideways and holds nothing to stop at is itself a stop of the Tab key. */
const fits = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
document.querySelectorAll(".inline-group").forEach((group) => fits.observe(group));

new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
nameAll();
