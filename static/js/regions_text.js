/**
 * The chosen regions of a picture as the text of an answer. `chosen_regions` on the server reads it back.
 *
 * A picture is { sets, parts, texts }: the letters of a Venn diagram, or none and the number of equal parts of a
 * whole, or the inequalities of each field between lines, of which one is chosen. Chosen regions are the bits of a
 * number: the bit n is part n, or the region that is in set m if the bit m of n is set.
 */

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
