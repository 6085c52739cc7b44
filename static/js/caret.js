/**
 * Where somebody types in a form, so that they go on there in the form that replaces it: the field,
 * by its index among those of the form, and what is selected in it, in characters.
 */

const FIELDS = ":is(#answer-field, [data-part=working]) :is(input, textarea, select)";
const TEXT = "textarea, [type=text]";

/** Null where the keyboard is in no field of the form. From the math editor it goes to the field's end. */
export function caretIn(form) {
  const { activeElement: focused } = document;
  if (!form.contains(focused)) return null;
  const isEditor = focused.matches("math-field");
  const field = isEditor ? focused.closest("[data-part=answer]").querySelector("[data-part=response]") : focused;
  const index = [...form.querySelectorAll(FIELDS)].indexOf(field);
  if (index < 0) return null;
  if (!field.matches(TEXT)) return { index };
  const { length } = field.value;
  return { index, start: isEditor ? length : field.selectionStart, end: isEditor ? length : field.selectionEnd };
}

export function putCaret(form, { index, start, end }) {
  const field = form.querySelectorAll(FIELDS)[index];
  if (!field) return;
  field.focus({ preventScroll: true });
  if (field.matches(TEXT)) field.setSelectionRange(start, end);
}
