/**
 * Formulas and prose of a language model with decimal commas, for classes that write them. Problems come
 * with theirs: tutor/problems/class_numbers.py does the same, and tests/data/decimal_commas.json
 * tests both.
 */

const THOUSANDS = /(?<![\d.,])(?<!\\\{)(?<![^\\][([])\d{1,3}(?:(?:,|\{,\}|,\\!)\d{3})+(?![\d,])/g;
const GROUP_SIGN = /\{,\}|,\\!|,/g;
const SEPARATOR =
  /(?:(?<=[\d}])|(?<=\\infty)|(?<=\\pi)),(?=\s{0,3}(?:\\[,;: ]\s{0,3})?[-+−]?\s?(?:\d|\\(?:[dt]?frac|sqrt|pi|infty|[lc]?dots)(?![a-z])))/g;
const AFTER_DOTS = /(?<=;)(\s{0,3}\\[lc]?dots\s{0,3}),/g;
// A length of the page and 1.2.3 stay as they are.
const POINT =
  /(\d{0,3}\.\d{1,3}\s?(?:em|ex|mu|pt)(?![a-z])|(?<![\d.])\d{1,9}(?:\.\d{1,9}){2,9})|(?<=\d)\.(?=\d)/g;

// Code, addresses and 1.2.3 stay as they are; 1,000 would be one, to a reader with decimal commas.
const LITERAL = /`[^`\n]+`|\]\([^()\]\s]*\)|https?:\/\/\S+|\[\[[^[\]\n]*\]\]/u;
const PROSE = new RegExp(
  `(?<literal>${LITERAL.source})` +
    String.raw`|(?<![\p{L}\p{N}_.,])(?<thousands>\d{1,3}(?:,\d{3})+)(?![\d,])` +
    String.raw`|(?<![\p{L}\p{N}_.,])(?<whole>\d{1,30})\.(?<digits>\d{1,30})(?!\d|\.\d)`,
  "gu",
);
const NARROW_SPACE = "\u202f";

/** What stands between the formulas of a text, or all of one that is still being written. */
export function withCommasInProse(text) {
  return text.replace(PROSE, (match, ...rest) => {
    const { literal, thousands, whole, digits } = rest.at(-1);
    if (literal) return match;
    return thousands ? thousands.replaceAll(",", NARROW_SPACE) : `${whole},${digits}`;
  });
}

export function withDecimalCommas(tex) {
  return tex
    .replace(THOUSANDS, (number) => number.replace(GROUP_SIGN, "\\,"))
    .replace(SEPARATOR, ";")
    .replace(AFTER_DOTS, "$1;")
    .replace(POINT, (_, group) => group ?? "{,}");
}
