/**
 * Lines of working as rows, apart from the page. A state is { lines, row, caret }: the texts, and
 * where the keyboard is. What cannot be done leaves the state as it is.
 */

const LINE_END = /\r\n|\r|\n/;

export const linesOf = (text) => text.split(LINE_END);

export const textOf = (lines) => lines.join("\n");

/** Lines that are not empty; only these are counted, submitted and checked. */
export const written = (lines) => lines.filter((line) => line.trim());

const spliced = (list, start, gone, ...come) => [
  ...list.slice(0, start),
  ...come,
  ...list.slice(start + gone),
];

/** Enter: an empty row below. */
export function below(state, maxLines) {
  if (state.lines.length >= maxLines) return state;
  return { lines: spliced(state.lines, state.row + 1, 0, ""), row: state.row + 1, caret: 0 };
}

/**
 * Whether Enter leads to the row below, which is empty, or comes after a line that was mended.
 * isEdited: whether something was typed into the row since the keyboard came to it.
 */
export function leadsDown({ lines, row }, isEdited) {
  return row < lines.length - 1 && (isEdited || !lines[row + 1].trim());
}

/** Backspace in an empty row: it goes, and the keyboard to the end of the row above. */
export function removed(state) {
  const { lines, row } = state;
  if (lines[row] || lines.length === 1) return state;
  const up = Math.max(0, row - 1);
  const rest = spliced(lines, row, 1);
  return { lines: rest, row: up, caret: row ? rest[up].length : 0 };
}

/** An arrow: the row above (-1) or below (1), at the same column. */
export function moved(state, by) {
  const row = state.row + by;
  if (row < 0 || row >= state.lines.length) return state;
  return { ...state, row, caret: Math.min(state.caret, state.lines[row].length) };
}

/** Text of several lines replaces what is selected in a row, from start to end. */
export function pasted(state, text, start, end, maxLines) {
  const { lines, row } = state;
  const added = linesOf(text.replace(/(?:\r\n|\r|\n)+$/, ""));
  const before = lines[row].slice(0, start);
  const after = lines[row].slice(end);
  const caret = (added.length > 1 ? 0 : before.length) + added.at(-1).length;
  added[0] = before + added[0];
  added[added.length - 1] += after;
  const all = spliced(lines, row, 1, ...added);
  if (all.length > maxLines) return state;
  return { lines: all, row: row + added.length - 1, caret };
}

/** What differs between two lists: from `start` on, `gone` rows make way for `come`. */
export function change(before, after) {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let same = 0;
  const length = Math.min(before.length, after.length) - start;
  while (same < length && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { start, gone: before.length - start - same, come: after.slice(start, after.length - same) };
}

/** For each row the position of its line among the written ones; -1 for an empty row. */
export function positions(lines) {
  let next = 0;
  return lines.map((line) => (line.trim() ? next++ : -1));
}

/** How many of the checked lines stand there unchanged, counted from the first. */
export function stillTrue(lines, checked) {
  const now = written(lines);
  const differs = checked.findIndex((line, index) => line !== now[index]);
  return differs < 0 ? checked.length : differs;
}
