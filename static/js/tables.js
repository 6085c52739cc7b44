/**
 * Tables that scroll with the page. One that fits in width needs no box, and its head stays by
 * itself. A wider one scrolls sideways in its box, and its head is moved along. On a phone the rows
 * of a box with the class `cards` are cards: each cell says what it is, as its column's head does,
 * and those with nothing in them are left out.
 */

function measure(box) {
  const table = box.querySelector("table");
  box.dataset.table = table.scrollWidth <= box.clientWidth ? "fits" : "wide";
  follow(box);
}

function follow(box) {
  const head = box.querySelector("thead");
  const { top, height } = box.getBoundingClientRect();
  const room = height - 2 * head.offsetHeight;
  const shift = box.dataset.table === "wide" ? Math.min(Math.max(-top, 0), Math.max(room, 0)) : 0;
  head.style.transform = shift ? `translateY(${shift}px)` : "";
}

function label(box) {
  const heads = [...box.querySelectorAll("thead tr:last-child > *")];
  for (const { cells } of box.querySelectorAll("tbody tr")) {
    let column = 0;
    for (const cell of cells) {
      cell.dataset.label = heads[column]?.textContent.replace(/[↑↓]/, "").trim() ?? "";
      column += cell.colSpan;
      cell.toggleAttribute("data-blank", /^[—–]?$/.test(cell.textContent.trim()));
    }
  }
}

const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => measure(target)));

function prepare(part) {
  for (const box of part.querySelectorAll(".scroll:not([data-table]):has(thead)")) {
    if (box.classList.contains("cards")) label(box);
    measure(box);
    sizes.observe(box);
  }
}

prepare(document);
// What htmx puts into the page later has tables, too.
document.addEventListener("htmx:load", ({ target }) => prepare(target));
document.addEventListener("scroll", () => document.querySelectorAll("[data-table]").forEach(follow), { passive: true });
