/**
 * MathLive beside the typed field, on demand. The field stays the one truth: what is written in
 * the editor is typed into it, and the editor shows how the server read the field.
 */

let library; // loaded once, by the first who wants it

async function load(box) {
  library ??= import(box.dataset.library);
  const { MathfieldElement } = await library;
  MathfieldElement.fontsDirectory = new URL(box.dataset.fonts, location.origin).href;
  MathfieldElement.soundsDirectory = null;
  return MathfieldElement;
}

export async function openEditor(button) {
  const form = button.closest("form");
  const box = form.querySelector("[data-part=editor]");
  if (!box.firstElementChild) await fill(box, form);
  box.hidden = !box.hidden;
  button.setAttribute("aria-expanded", String(!box.hidden));
  (box.hidden ? form.querySelector("#response") : box.firstElementChild).focus();
}

async function fill(box, form) {
  const Mathfield = await load(box);
  const field = new Mathfield();
  const response = form.querySelector("#response");
  field.setAttribute("aria-label", box.dataset.label);
  field.mathVirtualKeyboardPolicy = "manual";
  field.value = readingIn(form) || response.value;
  field.addEventListener("input", () => {
    response.value = field.getValue("latex-without-placeholders");
    response.dispatchEvent(new Event("input", { bubbles: true }));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    form.requestSubmit();
  });
  // Who types in the field sees it in the editor as it was understood.
  form.addEventListener("htmx:afterSettle", () => {
    const reading = readingIn(form);
    if (!field.hasFocus() && reading) field.value = reading;
  });
  box.append(field);
}

/** The LaTeX of the last echo. */
function readingIn(form) {
  return form.querySelector("#echo [data-tex]")?.dataset.tex ?? "";
}
