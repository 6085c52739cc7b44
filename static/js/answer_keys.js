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

/** A field is seen above the keys, and as much of what goes with it as there is room for. */
function lift(field, bar) {
  const start = field.getBoundingClientRect().top - visualViewport.offsetTop;
  const below = [...whatGoesWith(field), field]
    .filter(Boolean)
    .map((element) => element.getBoundingClientRect().bottom - bar.getBoundingClientRect().top + MARGIN_PX);
  const by = below.find((distance) => distance <= start - MARGIN_PX) ?? start - MARGIN_PX;
  if (by > 0) scrollBy({ top: by, behavior: "instant" });
}

/** From the most that may be seen to the least: Submit, then how an answer was read, or what to do with a line. */
function whatGoesWith(field) {
  const working = field.closest(".rows")?.closest(".working");
  const next = working?.querySelector(".actions") ?? field.closest("[data-part=answer]")?.querySelector(".echo");
  return [field.form.querySelector("[data-part=submit]"), next];
}
