/** The text of a step, as a page shows it that numbers its steps. */

const NUMBER = /^\s*(\d{1,3})[.)]\s+(?=\S)/;
const ANOTHER_ENTRY = /\n\s*\d{1,3}[.)]\s/;

/** Without the number that it begins with where the page says the same; a list stays a list. */
export function unnumbered(text, step) {
  const found = NUMBER.exec(text);
  const isSaidTwice = Number(found?.[1]) === Number(step) && !ANOTHER_ENTRY.test(text.trim());
  return isSaidTwice ? text.slice(found[0].length) : text;
}
