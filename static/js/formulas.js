/**
 * Finds the formulas in a text before Markdown can read their underscores, stars and backslashes
 * as its own. Knows \( \), \[ \], $ $, $$ $$, and without any of them \boxed{ } and environments
 * such as align*; leaves code alone.
 */

export const MAX_FORMULA_LENGTH = 4_000; // characters
export const MAX_FORMULA_DEPTH = 50; // braces within braces
const MAX_DISTANCE = 4 * MAX_FORMULA_LENGTH; // an end that lies farther away is none
const MAX_BOX_LENGTH = 500; // of a bare one, which only a final answer is
export const MAX_FORMULAS = 200; // in one text
export const MAX_FORMULA_CHARACTERS = 40_000; // of all formulas in one text

// From the private use area. A text that brings its own loses them, so none can be forged.
const OPEN = "\uE000";
const CLOSE = "\uE001";
const RESERVED = /[\uE000\uE001]/g;
export const MARK = /\uE000(\d+)\uE001/g;

/** Code first, then what is escaped: neither has formulas. Then the openings of formulas. */
const TOKEN = new RegExp(
  [
    String.raw`(?<fence>^[ \t]{0,3}(?<ticks>\x60{3,12}|~{3,12})[^\n]*\n[\s\S]*?(?:^[ \t]{0,3}\k<ticks>[^\n]*$|(?![\s\S])))`,
    String.raw`(?<code>(?<!\x60)(?<tick>\x60+)(?!\x60)[\s\S]{1,2000}?(?<!\x60)\k<tick>(?!\x60))`,
    String.raw`(?<escaped>\\[\\$])`,
    String.raw`(?<open>\\\(|\\\[|\$\$|\$|\\boxed(?=\s?\{)|\\begin\{(?:equation|align|gather|aligned|gathered|cases|[pbBvV]?matrix)\*?\})`,
  ].join("|"),
  "gm",
);

/**
 * Returns the text with a mark in place of each formula, and the formulas that the marks count:
 * `{ source, tex, display }`, or `{ source }` alone for a delimiter that nothing closes, and for an
 * environment without an end, with its paragraph.
 */
export function cutFormulas(text) {
  const clean = text.replace(RESERVED, "");
  const formulas = [];
  let marked = "";
  let position = 0;
  let characters = 0;
  const token = new RegExp(TOKEN);
  const endOf = endFinder(clean);
  for (let match = token.exec(clean); match; match = token.exec(clean)) {
    const { open } = match.groups;
    if (!open) continue;
    let formula = formulaAt(clean, match.index, open, endOf);
    if (!formula) {
      if (!open.startsWith("\\")) continue; // a dollar sign is mostly just that
      formula = { source: unclosed(clean, match.index, open) };
    }
    characters += formula.tex?.length ?? 0;
    if (formulas.length >= MAX_FORMULAS || characters > MAX_FORMULA_CHARACTERS) {
      formula = { source: formula.source };
    }
    marked += clean.slice(position, match.index) + OPEN + formulas.length + CLOSE;
    formulas.push(formula);
    position = match.index + formula.source.length;
    token.lastIndex = position;
  }
  return { text: marked + clean.slice(position), formulas };
}

// A formula that says what a name stands for can be as long as one likes when it is written out.
const DEFINES =
  /(?<!\\)(?:\\\\)*\\(?:[gex]?def|(?:future)?let|global|long|newcommand|renewcommand|providecommand)(?![a-zA-Z])/;

/** Whether it would take long to typeset, or fill the page. */
export function isHeavy(tex) {
  return DEFINES.test(tex) || tex.length > MAX_FORMULA_LENGTH || depthOf(tex) > MAX_FORMULA_DEPTH;
}

/** How many braces, brackets that grow and environments stand within one another. */
function depthOf(tex) {
  let depth = 0;
  let deepest = 0;
  for (const [piece] of tex.matchAll(/\\(?:left|right|begin|end)(?![a-z])|\\.|[{}]/gs)) {
    if (piece === "{" || piece === "\\left" || piece === "\\begin") depth += 1;
    else if (piece === "}" || piece === "\\right" || piece === "\\end") depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** The text as it was before the marks were set. */
export function restore(text, formulas) {
  return text.replace(MARK, (_, index) => formulas[index].source);
}

function formulaAt(text, start, open, endOf) {
  if (open === "\\boxed") return boxedAt(text, start);
  if (open.startsWith("\\begin")) return environmentAt(text, start, open, endOf);
  const close = { "\\(": "\\)", "\\[": "\\]", $$: "$$", $: "$" }[open];
  const begin = start + open.length;
  const end = open === "$" ? endOfDollars(text, begin) : endOf(close, begin);
  if (end <= begin || end > begin + MAX_DISTANCE) return null;
  const tex = text.slice(begin, end);
  // An inline formula ends with its paragraph: beyond it the delimiter was meant as text.
  const display = open === "\\[" || open === "$$";
  if (!display && /\n[ \t]*\n/.test(tex)) return null;
  return { source: open + tex + close, tex, display };
}

function environmentAt(text, start, open, endOf) {
  const close = open.replace("begin", "end");
  const end = endOf(close, start);
  if (end > start + MAX_DISTANCE) return null;
  const tex = text.slice(start, end + close.length);
  return { source: tex, tex, display: true };
}

function unclosed(text, start, open) {
  if (!open.startsWith("\\begin")) return open;
  return text.slice(start, start + MAX_DISTANCE).split(/\n[ \t]*\n/, 1)[0];
}

/** Finds the next `close`; remembers it, so that a text of openings alone is searched once. */
function endFinder(text) {
  const known = {};
  return (close, begin) => {
    if (!(known[close] >= begin)) {
      const end = text.indexOf(close, begin);
      known[close] = end < 0 ? Infinity : end;
    }
    return known[close];
  };
}

/** Where the formula of `$x$` ends, by the usual rule that lets "$5 and $6" be prices. */
function endOfDollars(text, begin) {
  if (/\s/.test(text[begin] ?? " ")) return -1;
  for (let end = text.indexOf("$", begin); end >= 0; end = text.indexOf("$", end + 1)) {
    if (text[end - 1] === "\\") continue;
    return /\s/.test(text[end - 1]) || /\d/.test(text[end + 1] ?? "") ? -1 : end;
  }
  return -1;
}

function boxedAt(text, start) {
  let depth = 0;
  const last = Math.min(text.length, start + MAX_BOX_LENGTH);
  for (let end = text.indexOf("{", start); end < last; end += 1) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === "{") depth += 1;
    else if (text[end] === "}" && --depth === 0) {
      const source = text.slice(start, end + 1);
      return { source, tex: source, display: false };
    } else if (text[end] === "\n" && text[end + 1] === "\n") return null;
  }
  return null;
}
