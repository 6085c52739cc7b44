/** The text of a step, without a number of its own, for pages that number the steps. */

// "3. ", "3) ", "**Step 3.** ", "**第 3 步。**"
const NUMBER =
  /^\s*(?:(\d{1,3})[.)]\s+|\*\*(?:Step (\d{1,3})[.:)]?|第\s?(\d{1,3})\s?步[。：]?)\*\*[.:：]?\s*)(?=\S)/;
const ANOTHER_ENTRY = /\n\s*\d{1,3}[.)]\s/;

/** Without its number where the page shows the same one; a list keeps its numbers. */
export function unnumbered(text, step) {
  const match = NUMBER.exec(text);
  const number = Number(match?.slice(1).find(Boolean));
  const isRepeated = number === Number(step) && !ANOTHER_ENTRY.test(text.trim());
  return isRepeated ? text.slice(match[0].length) : text;
}
