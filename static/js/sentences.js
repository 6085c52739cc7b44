/** Every sentence is in the page already; scripts show the one that is true. */

/** Show the one element whose data-`kind` is `name`; says whether there is one. */
export function show(root, kind, name) {
  let found = false;
  for (const element of root.querySelectorAll(`[data-${kind}]`)) {
    element.hidden = element.dataset[kind] !== name;
    found ||= !element.hidden;
  }
  return found;
}

export function setText(element, text) {
  if (element.textContent !== String(text)) element.textContent = text;
}
