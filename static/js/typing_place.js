/**
 * Where somebody types in a form, so that they go on there in the form that replaces it: the field,
 * by its position among those of the form, and the caret.
 */

const FIELDS = ":is(#answer-field, [data-part=working]) :is(input, textarea, select)";

/** Null where the keyboard is in no field of the form. */
export function placeIn(form) {
  const { activeElement: typedIn } = document;
  if (!form.contains(typedIn)) return null;
  const field = typedIn.matches("math-field")
    ? typedIn.closest("[data-part=answer]")?.querySelector("[data-part=response]")
    : typedIn;
  const index = [...form.querySelectorAll(FIELDS)].indexOf(field);
  if (index < 0) return null;
  const { length } = field.value;
  const isText = typedIn === field && typeof field.selectionStart === "number";
  return { index, start: isText ? field.selectionStart : length, end: isText ? field.selectionEnd : length };
}

export function goOnAt(form, { index, start, end }) {
  const field = form.querySelectorAll(FIELDS)[index];
  if (!field) return;
  field.focus({ preventScroll: true });
  if (field.matches("textarea, [type=text]")) field.setSelectionRange(start, end);
}
