/** Keys for phones: signs that write into the field with the keyboard, right above the keyboard. */

const FIELDS = "[data-part=response], .boxes input, .rows input, textarea";
const MARGIN_PX = 8;

export function showKeys(bar) {
  const form = bar.closest("form");
  let field = null;
  const moveBar = () => {
    const { offsetTop, height } = visualViewport;
    bar.style.transform = `translateY(${Math.round(offsetTop + height - innerHeight)}px)`;
  };
  const keepInView = () => field && document.activeElement === field && lift(field, bar);
  form.addEventListener("focusin", ({ target }) => {
    field = target.matches(FIELDS) ? target : null;
    bar.hidden = !field;
    moveBar();
    keepInView();
  });
  form.addEventListener("focusout", () => {
    bar.hidden = true;
  });
  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the keyboard stays
  bar.addEventListener("click", ({ target }) => {
    const key = target.closest("button");
    if (key && field) press(field, key.dataset);
  });
  // What comes below a line or an answer moves the field with the keyboard.
  new ResizeObserver(keepInView).observe(form);
  form.addEventListener("htmx:afterSettle", keepInView);
  for (const change of ["resize", "scroll"]) visualViewport.addEventListener(change, moveBar);
}

/** Writes around what is selected, and leaves the cursor behind it, or between the two texts. */
function press(field, { before, after = "" }) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const selected = value.slice(start, end);
  field.setRangeText(before + selected + after, start, end, "end");
  const caret = start + before.length + selected.length + (selected ? after.length : 0);
  field.setSelectionRange(caret, caret);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** A field is seen above the keys, and as far as there is room how it was read, or what to do with a line. */
function lift(field, bar) {
  const line = field.closest(".rows");
  const next = line ? line.closest(".working").querySelector(".actions") : field.closest("[data-part=answer]")?.querySelector(".echo");
  const { top, bottom } = field.getBoundingClientRect();
  const end = Math.max(bottom, next?.getBoundingClientRect().bottom ?? 0);
  const below = end - bar.getBoundingClientRect().top + MARGIN_PX;
  const by = Math.min(below, top - visualViewport.offsetTop - MARGIN_PX);
  if (by > 0) scrollBy({ top: by, behavior: "instant" });
}
