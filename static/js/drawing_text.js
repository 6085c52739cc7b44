/**
 * What is drawn on a grid as the text of an answer, and back, apart from the page.
 *
 * A grid is { shape, x, y, isDecimal, comma }; an axis is { first, step, count } in fractions. A
 * state is { points, closed, ray, side, isSolid }: points are [i, j] in steps from the corner of
 * the grid; closed says of each end of an interval whether it belongs to it; ray is -1 or 1 for
 * an interval without an end on the left or on the right; isOutside says that the two parts outside
 * the ends are meant, and not the one between; isWithout that all is meant but one point; side is -1 for the shaded part below or left of its
 * border, 1 above or right, and 0 before it is chosen; isThrough says of a parabola that three of
 * its points are chosen, and not its vertex and another one.
 */

import { fraction, isZero, minus, over, plus, readFraction, times, toNumber, written } from "./fractions.js";
import { pieces } from "./answer_text.js";
import { readPolynomial } from "./polynomials.js";

const MAX_POINTS = { points: 12, line: 2, parabola: 2, "half-plane": 2, interval: 2 };
const LINE = /^(x|y)(=)(.+)$/;
const BORDER = /^(x|y)(<=?|>=?)(.+)$/;
const INTERVAL = /^([[(])(.+)([\])])$/;

export const blank = (isThrough = false) => ({
  points: [], closed: [], ray: 0, isOutside: false, isWithout: false, side: 0, isSolid: true, isThrough,
});

export function readAxis(text) {
  const [first, last, step] = text.split(" ").map(readFraction);
  return { first, step, count: toNumber(over(minus(last, first), step)) };
}

export const room = ({ shape }, { points, ray, isWithout, isThrough }) =>
  MAX_POINTS[shape] + Number(isThrough) - Number(isWithout) - Math.abs(ray) - points.length;

const valueAt = ({ first, step }, index) => plus(first, times(step, fraction(index)));

/** The exact numbers of a point. */
export const numbersOf = ({ x, y }, [i, j]) => [valueAt(x, i), valueAt(y, j)];

export const say = (grid, value) => written(value, grid.isDecimal, grid.comma);

/** The step that a number is at; null where it is at none. */
function indexOf({ first, step, count }, value) {
  const [top, bottom] = over(minus(value, first), step);
  return bottom === 1 && top >= 0 && top <= count ? top : null;
}

function pointAt(grid, x, y) {
  const point = [indexOf(grid.x, x), indexOf(grid.y, y)];
  return point.includes(null) ? null : point;
}

/** What is missing: "first", "second", "side"; nothing once it is drawn. A parabola says why it is none. */
export function missing(grid, state) {
  if (!state.points.length) return "first";
  if (grid.shape === "points") return "";
  if (room(grid, state)) return "second";
  if (grid.shape === "parabola") return state.isThrough ? straight(state.points) : flat(state.points);
  return grid.shape === "half-plane" && !state.side ? "side" : "";
}

const flat = ([[i, j], [k, l]]) => (i === k || j === l ? "flat" : "");

/** Why no parabola goes through three points: two are "above" one another, or all in a "straight" line. */
function straight(points) {
  const [[i, j], [k, l], [m, n]] = points;
  if (new Set([i, k, m]).size < 3) return "above";
  return (l - j) * (m - i) === (n - j) * (k - i) ? "straight" : "";
}

/** The text that is graded; empty as long as something is missing. */
export function write(grid, state) {
  return missing(grid, state) ? "" : WRITERS[grid.shape](grid, state);
}

const separated = ({ comma }, texts) => texts.join(comma === "," ? ", " : "; ");

const writePoints = (grid, { points }) =>
  separated(grid, points.map((point) => `(${separated(grid, numbersOf(grid, point).map((n) => say(grid, n)))})`));

function writeInterval(grid, { points, closed, ray, isOutside, isWithout }) {
  const ends = points.map(([i], n) => ({ i, isClosed: closed[n] })).sort((a, b) => a.i - b.i);
  if (isOutside || isWithout) return `${between(grid, null, ends[0])} ∪ ${between(grid, ends.at(-1), null)}`;
  return between(grid, ray < 0 ? null : ends[0], ray > 0 ? null : ends.at(-1));
}

/** An interval of two ends; null for one without end. */
function between(grid, left, right) {
  const number = (end, sign) => (end ? say(grid, valueAt(grid.x, end.i)) : `${sign}∞`);
  const body = separated(grid, [number(left, "-"), number(right, "")]);
  return `${left?.isClosed ? "[" : "("}${body}${right?.isClosed ? "]" : ")"}`;
}

/** A number before a letter or bracket: 2x, -x, 3x/2. */
function multiple(grid, value, letter) {
  const [top, bottom] = value;
  const text = say(grid, value);
  if (bottom !== 1 && text.includes("/")) return `${multiple(grid, [top, 1], letter)}/${bottom}`;
  if (bottom === 1 && Math.abs(top) === 1) return (top < 0 ? "-" : "") + letter;
  return text + letter;
}

/** More behind a term, with its sign; nothing for 0. */
function added(grid, value) {
  if (isZero(value)) return "";
  const [top, bottom] = value;
  return `${top < 0 ? " - " : " + "}${say(grid, [Math.abs(top), bottom])}`;
}

function writeLine(grid, { points }, sign = "=") {
  const [[x, y], [u, v]] = points.map((point) => numbersOf(grid, point));
  if (isZero(minus(u, x))) return `x ${sign} ${say(grid, x)}`;
  const slope = over(minus(v, y), minus(u, x));
  const constant = minus(y, times(slope, x));
  if (isZero(slope)) return `y ${sign} ${say(grid, constant)}`;
  return `y ${sign} ${multiple(grid, slope, "x")}${added(grid, constant)}`;
}

const SIGNS = { "-1": ["<", "≤"], 1: [">", "≥"] };

const writeHalfPlane = (grid, state) => writeLine(grid, state, SIGNS[state.side][Number(state.isSolid)]);

function writeParabola(grid, state) {
  if (state.isThrough) return `y = ${expanded(grid, through(state.points.map((point) => numbersOf(grid, point))))}`;
  const [[h, k], [x, y]] = state.points.map((point) => numbersOf(grid, point));
  const width = minus(x, h);
  const square = isZero(h) ? "x^2" : `(x${added(grid, minus([0, 1], h))})^2`;
  return `y = ${multiple(grid, over(minus(y, k), times(width, width)), square)}${added(grid, k)}`;
}

/** The numbers [a, b, c] of a + bx + cx² through three points, by divided differences. */
function through([[x, y], [u, v], [s, t]]) {
  const slope = over(minus(v, y), minus(u, x));
  const c = over(minus(over(minus(t, v), minus(s, u)), slope), minus(s, x));
  const b = minus(slope, times(c, plus(x, u)));
  return [minus(y, times(x, plus(b, times(c, x)))), b, c];
}

function expanded(grid, [a, b, c]) {
  const [top, bottom] = b;
  const middle = isZero(b) ? "" : `${top < 0 ? " - " : " + "}${multiple(grid, [Math.abs(top), bottom], "x")}`;
  return `${multiple(grid, c, "x^2")}${middle}${added(grid, a)}`;
}

const WRITERS = {
  points: writePoints,
  line: (grid, state) => writeLine(grid, state),
  parabola: writeParabola,
  "half-plane": writeHalfPlane,
  interval: writeInterval,
};

const plain = (text) =>
  text
    .replace(/\s+/g, "")
    .replace(/[−–]/g, "-")
    .replace(/≤/g, "<=")
    .replace(/≥/g, ">=")
    .replace(/²/g, "^2");

/** The drawing of a text, of a parabola by three points where it may be; null where the grid cannot show it. */
export function read(grid, text, isThrough = false) {
  const typed = plain(text);
  if (!typed) return blank(isThrough);
  const drawn = READERS[grid.shape](grid, typed, isThrough);
  return drawn && { ...blank(), ...drawn };
}

/** What somebody drew as this text, from its JSON: other points make the same line. Null if it is something else. */
export function recalled(grid, json, text) {
  const state = JSON.parse(json ?? "null");
  const isOnGrid = ([i, j]) => i <= grid.x.count && j <= grid.y.count;
  return state?.points.every(isOnGrid) && text && write(grid, state) === text ? state : null;
}

function readPoints(grid, text) {
  const body = /^\{.*\}$/.test(text) ? text.slice(1, -1) : text;
  const points = pieces(body, ",;").map((piece) => {
    const [x, y, ...more] = pieces(piece.slice(1, -1), grid.comma).map(readFraction);
    const isPoint = /^\(.*\)$/.test(piece) && x && y && !more.length;
    return isPoint ? pointAt(grid, x, y) : null;
  });
  return points.includes(null) || points.length > MAX_POINTS.points ? null : { points };
}

function readInterval(grid, text) {
  const [left, right, ...more] = text.split("∪").map((part) => readOne(grid, part));
  if (!left || right === undefined) return left;
  if (!(left.ray < 0 && right?.ray > 0) || more.length) return null;
  const gap = right.points[0][0] - left.points[0][0];
  const both = (name) => [...left[name], ...right[name]];
  if (gap > 0) return { points: both("points"), closed: both("closed"), isOutside: true };
  return gap || both("closed").includes(true) ? null : { points: left.points, closed: left.closed, isWithout: true };
}

function readOne(grid, text) {
  const [, open, body, close] = INTERVAL.exec(text) ?? [];
  const [left, right, ...more] = pieces(body ?? "", grid.comma);
  if (!right || more.length) return null;
  const ray = Number(/^\+?(?:∞|oo|inf)$/.test(right)) - Number(/^-(?:∞|oo|inf)$/.test(left));
  const ends = [
    ray < 0 ? null : { text: left, isClosed: open === "[" },
    ray > 0 ? null : { text: right, isClosed: close === "]" },
  ].filter(Boolean);
  const values = ends.map((end) => readFraction(end.text));
  const points = values.map((value) => value && pointAt(grid, value, grid.y.first));
  if (points.some((point) => !point) || points[0][0] >= points[1]?.[0]) return null;
  return { points, closed: ends.map(({ isClosed }) => isClosed), ray };
}

/** The crossings of the grid on y = a + bx + cx², from the middle of the grid outwards. */
function crossings(grid, [a, b, c]) {
  const points = [];
  for (let i = 0; i <= grid.x.count; i += 1) {
    const x = valueAt(grid.x, i);
    const j = indexOf(grid.y, plus(a, times(x, plus(b, times(x, c)))));
    if (j !== null) points.push([i, j]);
  }
  const distance = ([i, j]) => Math.abs(i - grid.x.count / 2) + Math.abs(j - grid.y.count / 2);
  return points.sort((p, q) => distance(p) - distance(q));
}

function readLine(grid, text, pattern = LINE) {
  const [, letter, sign, body] = pattern.exec(text) ?? [];
  const polynomial = body && readPolynomial(body, grid.comma);
  if (!polynomial || !isZero(polynomial[2])) return null;
  const points = letter === "y" ? crossings(grid, polynomial).slice(0, 2) : upright(grid, polynomial);
  return points.length === 2 ? { points, sign } : null;
}

function upright(grid, [x, slope]) {
  const i = indexOf(grid.x, x);
  const middle = Math.floor(grid.y.count / 2);
  return i === null || !isZero(slope) ? [] : [[i, middle], [i, middle + 1]];
}

function readHalfPlane(grid, text) {
  const line = readLine(grid, text, BORDER);
  if (!line) return null;
  const { points, sign } = line;
  return { points, side: sign[0] === "<" ? -1 : 1, isSolid: sign.length > 1 };
}

function readParabola(grid, text, isThrough) {
  const [, letter, , body] = LINE.exec(text) ?? [];
  const polynomial = letter === "y" && readPolynomial(body, grid.comma);
  if (!polynomial || isZero(polynomial[2])) return null;
  const points = crossings(grid, polynomial);
  const three = points.length > 2 ? { points: points.slice(0, 3), isThrough: true } : null;
  return (isThrough && three) || withVertex(grid, polynomial, points) || three;
}

function withVertex(grid, [a, b, c], points) {
  const x = over(b, times([-2, 1], c));
  const vertex = pointAt(grid, x, plus(a, times(x, plus(b, times(x, c)))));
  const other = vertex && points.find(([i]) => i !== vertex[0]);
  return other ? { points: [vertex, other] } : null;
}

const READERS = {
  points: readPoints,
  line: (grid, text) => {
    const line = readLine(grid, text);
    return line && { points: line.points };
  },
  parabola: readParabola,
  "half-plane": readHalfPlane,
  interval: readInterval,
};
