/** The items of a set, dragged into another order. Without a mouse their buttons move them. */

let dragged = null;

const row = (target) => target.closest?.("[data-item]");

document.addEventListener("dragstart", ({ target, dataTransfer }) => {
  dragged = row(target);
  if (!dragged) return;
  dragged.classList.add("dragged");
  dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const over = row(event.target);
  if (!dragged || !over) return;
  event.preventDefault();
  const { top, height } = over.getBoundingClientRect();
  if (over !== dragged) over[event.clientY < top + height / 2 ? "before" : "after"](dragged);
});

document.addEventListener("drop", (event) => {
  if (dragged) event.preventDefault();
});

document.addEventListener("dragend", () => {
  if (!dragged) return;
  dragged.classList.remove("dragged");
  const form = dragged.closest("form");
  dragged = null;
  form.requestSubmit(form.querySelector('[data-part="save"]'));
});
