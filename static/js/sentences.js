/** Sentences come from the server: most stand in the page, and scripts show the true one. */

/** Show the one element whose data-`kind` is `name`; says whether there is one. */
export function show(root, kind, name) {
  let isThere = false;
  for (const element of root.querySelectorAll(`[data-${kind}]`)) {
    element.hidden = element.dataset[kind] !== name;
    isThere ||= !element.hidden;
  }
  return isThere;
}

export function setText(element, text) {
  if (element.textContent !== String(text)) element.textContent = text;
}

/**
 * A sentence such as "For {at} this holds." in parts: texts, and `{ name, value }` for each name
 * in braces that `values` has.
 */
export function partsOf(sentence, values) {
  return sentence
    .split(/\{(\w+)\}/)
    .map((text, index) => (index % 2 ? { name: text, value: values[text] } : text))
    .filter((part) => part !== "");
}
