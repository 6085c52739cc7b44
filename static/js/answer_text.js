/**
 * The text of an answer as boxes, apart from the page. A state is { rows, ends, unit }: rows of
 * texts; of intervals, the two brackets of each row; of a quantity, its unit. `read` gives null
 * for a text that the boxes cannot show, and `write` gives the text that is graded.
 */

const OPENING = "([{";
const CLOSING = ")]}";
const MATRIX = /^\\begin\{([pbv]?matrix)\}(.*)\\end\{\1\}$/s;
const INTERVAL_END = { "[": "[", "(": "(", "]": "(" };
const INTERVAL_START = { "]": "]", ")": ")", "[": ")" };

/** LaTeX of the math editor as it would be typed. */
const plain = (text) =>
  text
    .trim()
    .replace(/\\(?:left|right)(?![a-z])\s*/g, "")
    .replace(/\\([{}])/g, "$1")
    .replace(/\\(?:infty|cup)(?![a-z])\s*/g, (name) => (name.startsWith("\\infty") ? "∞" : "∪"));

/** The pieces of a text between the signs that stand outside of all brackets. */
export function pieces(text, signs) {
  const parts = [""];
  let depth = 0;
  for (const sign of text) {
    if (OPENING.includes(sign)) depth += 1;
    else if (CLOSING.includes(sign)) depth -= 1;
    if (depth === 0 && signs.includes(sign)) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts.map((piece) => piece.trim());
}

/** What is between an opening and a closing sign that belong together; null without them. */
function inside(text, open, close) {
  if (text.length < 2 || !text.startsWith(open) || !text.endsWith(close)) return null;
  const body = text.slice(1, -1);
  let depth = 0;
  for (const sign of body) {
    if (OPENING.includes(sign)) depth += 1;
    else if (CLOSING.includes(sign)) depth -= 1;
    if (depth < 0) return null;
  }
  return depth === 0 ? body : null;
}

/** The sign between entries; with a decimal comma it is the semicolon. */
const separators = (comma) => (comma === "," ? ",;" : ";");

const isEven = (rows) => rows.every((row) => row.length === rows[0].length);

function readMatrix(text, comma) {
  const latex = MATRIX.exec(text);
  if (latex) {
    const rows = latex[2].split("\\\\").map((row) => row.split("&").map((entry) => entry.trim()));
    return isEven(rows) ? { rows } : null;
  }
  const body = inside(text, "[", "]");
  if (body === null) return null;
  const lines = pieces(body, separators(comma));
  const nested = lines.map((line) => inside(line, "[", "]"));
  const rows = nested.every((line) => line !== null)
    ? nested.map((line) => pieces(line, separators(comma)))
    : comma === "," && body.includes(";") && pieces(body, ";").map((line) => pieces(line, ","));
  return rows && isEven(rows) ? { rows } : null;
}

const listed = (open, close) => (text, comma) => {
  const body = inside(text, open, close);
  return body === null ? null : { rows: [body.trim() ? pieces(body, separators(comma)) : []] };
};

function readSet(text, comma) {
  if (text === "∅" || /^\\(?:emptyset|varnothing)$/.test(text)) return { rows: [[]] };
  return listed("{", "}")(text, comma);
}

function readTuple(text, comma) {
  const state = listed("(", ")")(text, comma);
  return state?.rows[0].length > 1 ? state : null;
}

function readIntervals(text, comma) {
  const rows = [];
  const ends = [];
  for (const piece of text.split(/\s*(?:∪|\bU\b)\s*/)) {
    const [left, right] = [INTERVAL_END[piece[0]], INTERVAL_START[piece.at(-1)]];
    const row = pieces(piece.slice(1, -1), separators(comma));
    if (!left || !right || row.length !== 2) return null;
    rows.push(row);
    ends.push([left, right]);
  }
  return { rows, ends };
}

function readRatio(text) {
  const row = pieces(text, ":");
  return row.length > 1 ? { rows: [row] } : null;
}

/** The unit at the end of a text is one of `units`, or there is none. */
function readQuantity(text, _comma, units) {
  const typed = text.replace(/\^2/g, "²").replace(/\^3/g, "³");
  const unit = [...units].sort((a, b) => b.length - a.length).find((name) => typed.endsWith(name)) ?? "";
  const number = typed.slice(0, typed.length - unit.length).trim();
  return /[^\d\s.,/()√π+*^−-]/.test(number.replace(/sqrt|pi/g, "")) ? null : { rows: [[number]], unit };
}

function readDivision(text) {
  const row = text.split(/\s*\bR\b\s*/);
  return row.length === 2 ? { rows: [row] } : null;
}

const TRUTH = { true: "true", t: "true", 对: "true", false: "false", f: "false", 错: "false" };

function readTruth(text) {
  const values = text.split(/[,;\s]+/).map((word) => TRUTH[word.toLowerCase()]);
  return values.every(Boolean) ? { rows: values.map((value) => [value]) } : null;
}

const readSolutions = (text) => ({
  rows: [text.split(/\s+(?:or|oder|ou|o)\s+|\s*或\s*/).map((solution) => solution.trim())],
});

const list = (comma) => (row) => row.join(comma === "," ? ", " : "; ");

/** How each shape is read and written, and what it looks like before anything is typed. */
const SHAPES = {
  matrix: {
    read: readMatrix,
    write: ({ rows }, join) => `[${join(rows.map((row) => `[${join(row)}]`))}]`,
    blank: { rows: [["", ""], ["", ""]] },
  },
  tuple: {
    read: readTuple,
    write: ({ rows }, join) => `(${join(rows[0])})`,
    blank: { rows: [["", ""]] },
  },
  interval: {
    read: readIntervals,
    write: ({ rows, ends }, join) =>
      rows.map((row, n) => ends[n][0] + join(row) + ends[n][1]).join(" ∪ "),
    blank: { rows: [["", ""]], ends: [["(", ")"]] },
  },
  set: {
    read: readSet,
    write: ({ rows }, join) => `{${join(rows[0])}}`,
    blank: { rows: [[""]] },
  },
  ratio: {
    read: readRatio,
    write: ({ rows }) => rows[0].join(" : "),
    blank: { rows: [["", ""]] },
  },
  quantity: {
    read: readQuantity,
    write: ({ rows, unit }) => `${rows[0][0]} ${unit}`.trim(),
    blank: { rows: [[""]], unit: "" },
  },
  division: {
    read: readDivision,
    write: ({ rows }) => rows[0].join(" R "),
    blank: { rows: [["", ""]] },
  },
  truth: {
    read: readTruth,
    write: ({ rows }) => rows.map(([value]) => value || "?").join(", "),
    blank: { rows: [[""]] },
  },
  solutions: {
    read: readSolutions,
    write: ({ rows }) => rows[0].join(" or "),
    blank: { rows: [[""]] },
  },
};

export const blank = (shape) => structuredClone(SHAPES[shape].blank);

/**
 * The boxes that show a text; those of an empty text are blank. comma: , or ; between entries.
 * units: those that can be chosen.
 */
export function read(shape, text, comma, units = []) {
  const typed = plain(text);
  return typed ? SHAPES[shape].read(typed, comma, units) : blank(shape);
}

/** The text of the boxes; empty as long as nothing is in them. */
export function write(shape, state, comma) {
  const isBlank = state.rows.flat().length > 0 && state.rows.flat().every((text) => !text.trim());
  if (isBlank) return "";
  const rows = state.rows.map((row) => row.map((text) => text.trim()));
  return SHAPES[shape].write({ ...state, rows }, list(comma));
}

const MAX = { matrix: 8, tuple: 12, interval: 8, set: 24, ratio: 8, truth: 24, solutions: 12 };
const MIN = { matrix: 1, tuple: 2, interval: 1, set: 0, ratio: 2, truth: 1, solutions: 1 };
const GROWS = ["tuple", "set"]; // by what is typed into a box
const IN_ONE_ROW = ["tuple", "set", "ratio", "solutions"];

/** One row or column more (by 1) or less (by -1); the same state where that cannot be. */
export function resized(shape, state, axis, by) {
  const count = (axis === "rows" ? state.rows : state.rows[0]).length + by;
  if (count < MIN[shape] || count > MAX[shape]) return state;
  if (axis === "columns") {
    return { ...state, rows: state.rows.map((row) => changed(row, by, "")) };
  }
  const empty = state.rows[0].map(() => "");
  const ends = state.ends && changed(state.ends, by, ["(", ")"]);
  return { ...state, rows: changed(state.rows, by, empty), ends };
}

/** Without one entry of the only row; the same state where it must stay. */
export function without(shape, state, column) {
  const [row] = state.rows;
  if (!IN_ONE_ROW.includes(shape) || row.length <= MIN[shape]) return state;
  return { ...state, rows: [row.filter((_, index) => index !== column)] };
}

/**
 * With each entry of one box in a box of its own: in the empty ones behind it, then in new ones.
 * The same state where it has one entry, asks about a decimal comma, or where there is no room.
 */
export function split(shape, state, row, column, comma) {
  const boxes = state.rows[row];
  const text = boxes[column];
  if (trouble(shape, text, comma, [])?.code !== "several") return state;
  const entries = pieces(text.trim(), separators(comma)).filter(Boolean);
  let end = column + 1;
  while (end < column + entries.length && boxes[end]?.trim() === "") end++;
  const next = [...boxes.slice(0, column), ...entries, ...boxes.slice(end)];
  const hasRoom = next.length === boxes.length || (GROWS.includes(shape) && next.length <= MAX[shape]);
  return hasRoom ? { ...state, rows: state.rows.map((old) => (old === boxes ? next : old)) } : state;
}

/** Where an arrow key leads from a box, as [row, column]; null where it stays in its text. */
export function neighbour({ rows }, row, column, key, isAtStart, isAtEnd) {
  const width = rows[0].length;
  if (key === "ArrowUp") return row > 0 ? [row - 1, column] : null;
  if (key === "ArrowDown") return row + 1 < rows.length ? [row + 1, column] : null;
  const isLeft = key === "ArrowLeft" && isAtStart;
  if (!isLeft && !(key === "ArrowRight" && isAtEnd)) return null;
  const index = row * width + column + (isLeft ? -1 : 1);
  if (index < 0 || index >= rows.length * width) return null;
  return [Math.floor(index / width), index % width];
}

const changed = (list, by, added) => (by > 0 ? [...list, added] : list.slice(0, -1));

/** What is wrong with a box: empty, several entries, or a decimal comma; nothing if it is fine. */
export function trouble(shape, text, comma, others) {
  const entry = text.trim();
  if (!entry) return others.some((other) => other.trim()) ? { code: "empty" } : null;
  const decimal = shape === "quantity" ? /^[-+−]?\d+,\d+\D*$/ : /^[-+−]?\d+,\d+\s?[%‰°€£$]?$/;
  if (comma === "," && decimal.test(entry)) {
    return { code: "comma", meant: entry.replace(",", ".") };
  }
  if (shape === "solutions") return null; // x = 1, y = 2 is one
  return pieces(entry, separators(comma)).length > 1 ? { code: "several" } : null;
}
