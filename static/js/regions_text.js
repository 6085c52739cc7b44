/**
 * The chosen regions of a picture as the text of an answer, and back, apart from the page.
 *
 * A picture is { sets, parts }: the letters of a Venn diagram, or none and the number of equal parts of a
 * whole. Chosen regions are the bits of a number: the bit n is part n, or the region that is in set m if the
 * bit m of n is set.
 */

import { fraction, readFraction, times } from "./fractions.js";

const LATEX = { "\\cap": "∩", "\\cup": "∪", "\\setminus": "∖", "\\backslash": "∖", "\\left": "", "\\right": "" };
const DEEPEST = 40; // brackets

export const toggled = (chosen, number) => chosen ^ (1 << number);

const count = (bits) => (bits ? (bits & 1) + count(bits >>> 1) : 0);

/** The text that is graded; empty where nothing is chosen. */
export function write({ sets, parts }, chosen) {
  if (!chosen) return "";
  return sets.length ? writeSets(sets, chosen) : `${count(chosen)}/${parts}`;
}

/** The regions that a text chooses, of equal parts those that are chosen already if they may; null for none. */
export function read({ sets, parts }, text, chosen = 0) {
  const typed = text.replace(/\\[a-z]+/g, (word) => LATEX[word] ?? word).replace(/\s+/g, "");
  if (!typed) return 0;
  return sets.length ? readSets(sets, typed) : readPart(parts, typed, chosen);
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
