/** The text of a step, as a page shows it that numbers its steps. */

// "3. ", "3) ", "**Step 3.** ", "**第 3 步。**"
const NUMBER =
  /^\s*(?:(\d{1,3})[.)]\s+|\*\*(?:Step (\d{1,3})[.:)]?|第\s?(\d{1,3})\s?步[。：]?)\*\*[.:：]?\s*)(?=\S)/;
const ANOTHER_ENTRY = /\n\s*\d{1,3}[.)]\s/;

/** Without the number that it begins with where the page says the same; a list stays a list. */
export function unnumbered(text, step) {
  const found = NUMBER.exec(text);
  const number = Number(found?.slice(1).find(Boolean));
  const isSaidTwice = number === Number(step) && !ANOTHER_ENTRY.test(text.trim());
  return isSaidTwice ? text.slice(found[0].length) : text;
}
