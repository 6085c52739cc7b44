/**
 * MathLive beside a typed field, on demand. The field stays the one truth: what is written in the
 * editor is typed into it, and the editor shows how the server read the field.
 */

let library; // loaded once, by the first who wants it

const NO_MEANING = ["mode", "color", "background-color", "variant", "decoration", "insert"];

const sources = new WeakMap(); // what the editor in a box belongs to

async function load(box) {
  library ??= import(box.dataset.library);
  const { MathfieldElement } = await library;
  MathfieldElement.fontsDirectory = new URL(box.dataset.fonts, location.origin).href;
  MathfieldElement.soundsDirectory = null;
  MathfieldElement.locale = { "zh-hans": "zh-cn" }[document.documentElement.lang] ?? "en";
  return MathfieldElement;
}

/** Opens an editor in `box` for `field`. reading: the LaTeX of its last echo. enter: what Enter does. */
export async function openEditor(box, { field, reading, enter }) {
  const Mathfield = await load(box);
  const editor = new Mathfield();
  editor.setAttribute("aria-label", box.dataset.label);
  editor.mathVirtualKeyboardPolicy = "manual";
  editor.value = reading() || field.value;
  editor.addEventListener("input", (event) => {
    event.stopPropagation(); // the field says it
    field.value = editor.getValue("latex-without-placeholders");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  editor.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    enter();
  });
  box.replaceChildren(editor);
  box.hidden = false;
  // An answer has no colours and no fonts; what can be inserted is named in English alone.
  editor.menuItems = editor.menuItems.filter(({ id }) => !NO_MEANING.includes(id));
  sources.set(box, reading);
  editor.focus();
}

export function closeEditor(box) {
  box.hidden = true;
  box.replaceChildren();
}

/** Who types in the field sees it in the editor as it was understood. */
export function showReading(box) {
  const editor = box?.firstElementChild;
  const reading = editor && sources.get(box)();
  if (reading && !editor.hasFocus()) editor.value = reading;
}
