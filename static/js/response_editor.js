/**
 * MathLive beside a typed field, on demand. The field stays the one truth: what is written in the
 * editor is typed into it, and the editor shows how the server read the field.
 */

/** Opens an editor in `box` for `field`. reading: the LaTeX of its last echo. enter: what Enter does. */
export async function openEditor(box, options) {
  const { makeEditor } = await import("./math_editor.js");
  await makeEditor(box, options);
}

export function closeEditor(box) {
  box.hidden = true;
  box.replaceChildren();
}

/** Who types in the field sees it in the editor as it was understood. */
export function showReading(box) {
  const editor = box?.firstElementChild;
  const reading = editor?.reading?.();
  if (reading && !editor.hasFocus()) editor.value = reading;
}
