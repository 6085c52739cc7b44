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
  form.addEventListener("focusin", ({ target }) => {
    field = target.matches(FIELDS) ? target : null;
    bar.hidden = !field;
    moveBar();
  });
  form.addEventListener("focusout", () => {
    bar.hidden = true;
  });
  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the keyboard stays
  bar.addEventListener("click", ({ target }) => {
    const key = target.closest("button");
    if (key && field) press(field, key.dataset);
  });
  const growing = new ResizeObserver((echoes) => bar.hidden || lift(echoes.at(-1).target, bar));
  for (const echo of form.querySelectorAll(".echo")) growing.observe(echo);
  form.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.matches(".echo") && !bar.hidden) lift(target, bar);
  });
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

/** How an answer was read is seen above the keys, as far as its field stays on the screen. */
function lift(echo, bar) {
  const field = document.activeElement.getBoundingClientRect();
  const below = echo.getBoundingClientRect().bottom - bar.getBoundingClientRect().top + MARGIN_PX;
  const by = Math.min(below, field.top - visualViewport.offsetTop - MARGIN_PX);
  if (by > 0) scrollBy({ top: by, behavior: "instant" });
}
