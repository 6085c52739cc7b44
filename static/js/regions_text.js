/**
 * The chosen regions of a picture as the text of an answer, and back, apart from the page.
 *
 * A picture is { sets, parts, texts }: the letters of a Venn diagram, or none and the number of equal parts of a
 * whole, or the inequalities of each field between lines, of which one is chosen. Chosen regions are the bits of a number: the bit n is part n, or the region that is in set m if the
 * bit m of n is set.
 */

import { fraction, readFraction, times } from "./fractions.js";

const LATEX = { "\\cap": "∩", "\\cup": "∪", "\\setminus": "∖", "\\backslash": "∖", "\\left": "", "\\right": "" };
const DEEPEST = 40; // brackets

/** With a region chosen, or not any more; of fields, instead of the one before. */
export const toggled = (chosen, number, { texts = [] } = {}) =>
  texts.length && chosen !== 1 << number ? 1 << number : chosen ^ (1 << number);

const count = (bits) => (bits ? (bits & 1) + count(bits >>> 1) : 0);

/** The text that is graded; empty where nothing is chosen. */
export function write({ sets, parts, texts = [] }, chosen) {
  if (!chosen) return "";
  if (texts.length) return texts[Math.log2(chosen)];
  return sets.length ? writeSets(sets, chosen) : `${count(chosen)}/${parts}`;
}

/** The regions that a text chooses, of equal parts those that are chosen already if they may; null for none. */
export function read({ sets, parts, texts = [] }, text, chosen = 0) {
  if (texts.length) return readField(texts, text);
  const typed = text.replace(/\\[a-z]+/g, (word) => LATEX[word] ?? word).replace(/\s+/g, "");
  if (!typed) return 0;
  return sets.length ? readSets(sets, typed) : readPart(parts, typed, chosen);
}

/** The one field in which all typed inequalities hold that the lines decide. */
function readField(texts, text) {
  if (!text.trim()) return 0;
  if (texts.includes(text)) return 1 << texts.indexOf(text);
  const typed = conditions(text);
  const holds = (field) => [...typed].every((condition) => conditions(field)?.has(condition));
  const fitting = typed ? texts.filter(holds) : [];
  return fitting.length === 1 ? 1 << texts.indexOf(fitting[0]) : null;
}

const COMPARISON = [[/\\leq?(?![a-z])|≤/g, "<="], [/\\geq?(?![a-z])|≥/g, ">="], [/[−–]/g, "-"],
  [/\\frac\{(-?\d{1,6})\}\{(\d{1,6})\}/g, "$1/$2"], [/\\(?:left|right|,|;| )/g, ""]];

/** Each inequality in one notation, whichever side its terms are on; null for what is none. */
function conditions(text) {
  const plain = COMPARISON.reduce((rest, [sign, instead]) => rest.replace(sign, instead), text);
  const all = new Set();
  for (const part of plain.split(/\band\b|\\land(?![a-z])|[且∧;]|,(?!\d)/)) {
    const [first, ...rest] = part.split(/(<=|>=|<|>)/);
    if (!rest.length) return null;
    for (let left = first, i = 0; i < rest.length; left = rest[i + 1], i += 2) {
      const [from, to] = [linear(left), linear(rest[i + 1])];
      const greater = rest[i][0] === ">" ? 1 : -1;
      const form = from && to ? from.map((value, n) => greater * (value - to[n])) : [0];
      const size = Math.max(...form.map(Math.abs));
      if (!(size > 0)) return null;
      all.add(`${form.map((value) => (value / size + 0).toFixed(6)).join(" ").replaceAll("-0.000000", "0.000000")} ${rest[i].length}`);
    }
  }
  return all;
}

const TERM = /([-+]?)(\d{1,6}(?:[.,]\d{1,6}|\/\d{1,6})?)?[*·]?([xy]?)(?:\/(\d{1,6}))?/y;

/** The numbers [a, b, c] of ax + by + c; null for anything else. */
function linear(text) {
  const [form, typed] = [[0, 0, 0], text.replace(/\s+/g, "")];
  for (let at = 0; at < typed.length; at = TERM.lastIndex) {
    TERM.lastIndex = at;
    const [whole, sign, number, letter, bottom = 1] = TERM.exec(typed);
    if (!(number || letter) || (at && !sign) || whole.length === 0) return null;
    const [over, under] = number ? readFraction(number) ?? [0, 0] : [1, 1];
    form["xy".includes(letter) && letter ? "xy".indexOf(letter) : 2] += ((sign === "-" ? -1 : 1) * over) / under / bottom;
  }
  return typed && form.every(Number.isFinite) ? form : null;
}

function readPart(parts, text, chosen) {
  const [shaded, bottom] = times(readFraction(text) ?? [-1, 1], fraction(parts));
  if (bottom !== 1 || shaded < 0 || shaded > parts) return null;
  return count(chosen) === shaded ? chosen : 2 ** shaded - 1;
}

/** The regions of each set. */
const regionsOf = (sets) =>
  sets.map((_, m) => Array.from({ length: 2 ** sets.length }, (__, n) => ((n >> m) & 1) << n).reduce((a, b) => a | b));

/** All ways to say of each set that a region is in it (1), is not (0), or may be both (2), with their regions. */
function cubes(sets) {
  const all = 2 ** 2 ** sets.length - 1;
  const start = [{ sides: [], regions: all }];
  return regionsOf(sets).reduce(
    (list, regions) => list.flatMap((cube) => [1, 0, 2].map((side) => ({
      sides: [...cube.sides, side], regions: cube.regions & [all & ~regions, regions, all][side],
    }))),
    start,
  );
}

/** As few pieces as it takes, the largest first. */
function writeSets(sets, chosen) {
  const fitting = cubes(sets).filter(({ regions }) => !(regions & ~chosen));
  const texts = [];
  for (let rest = chosen; rest; ) {
    const gain = ({ regions }) => 10 * count(regions & rest) + count(regions);
    const best = fitting.reduce((least, cube) => (gain(cube) > gain(least) ? cube : least));
    texts.push(piece(sets, best.sides));
    rest &= ~best.regions;
  }
  return texts.length > 1 ? texts.map(bracketed).join(" ∪ ") : texts[0];
}

const bracketed = (text) => (text.includes(" ") && !text.endsWith("'") ? `(${text})` : text);

function piece(sets, sides) {
  const inside = sets.filter((_, m) => sides[m] === 1).join(" ∩ ");
  const outside = sets.filter((_, m) => sides[m] === 0).join(" ∪ ");
  if (!inside && !outside) return `${sets[0]} ∪ ${sets[0]}'`;
  if (!inside) return `${bracketed(outside)}'`;
  return outside ? `${bracketed(inside)} ∖ ${bracketed(outside)}` : inside;
}

class Unread extends Error {}

function readSets(sets, text) {
  const all = 2 ** 2 ** sets.length - 1;
  const known = Object.fromEntries(regionsOf(sets).map((regions, m) => [sets[m], regions]));
  const tokens = [...text.replace(/[\\-]/g, "∖").replace(/[′’]/g, "'")];
  try {
    const regions = union(tokens, { ...known, "∅": 0 }, all, 0);
    return tokens.length ? null : regions;
  } catch (error) {
    if (error instanceof Unread) return null;
    throw error;
  }
}

function union(tokens, known, all, depth) {
  let regions = intersection(tokens, known, all, depth);
  while (tokens[0] === "∪") {
    tokens.shift();
    regions |= intersection(tokens, known, all, depth);
  }
  return regions;
}

function intersection(tokens, known, all, depth) {
  let regions = operand(tokens, known, all, depth);
  while (tokens[0] === "∩" || tokens[0] === "∖") {
    const sign = tokens.shift();
    const right = operand(tokens, known, all, depth);
    regions &= sign === "∩" ? right : ~right;
  }
  return regions;
}

function operand(tokens, known, all, depth) {
  const token = tokens.shift();
  let regions = known[token];
  if (token === "(" && depth < DEEPEST) {
    regions = union(tokens, known, all, depth + 1);
    if (tokens.shift() !== ")") throw new Unread();
  }
  if (regions === undefined) throw new Unread();
  for (; tokens[0] === "'"; tokens.shift()) regions = all & ~regions;
  return regions;
}
