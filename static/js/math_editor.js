/** Makes the editor of response_editor.js; only those who open one load this. */

let library; // loaded once, by the first who wants it

const NO_MEANING = ["mode", "color", "background-color", "variant", "decoration", "insert"];

async function load(box) {
  library ??= import(box.dataset.library);
  const { MathfieldElement } = await library;
  MathfieldElement.fontsDirectory = new URL(box.dataset.fonts, location.origin).href;
  MathfieldElement.soundsDirectory = null;
  MathfieldElement.locale = { "zh-hans": "zh-cn" }[document.documentElement.lang] ?? "en";
  return MathfieldElement;
}

export async function makeEditor(box, { field, reading, enter }) {
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
  editor.reading = reading;
  editor.focus();
}
