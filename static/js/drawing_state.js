/** What a press or a key does to what is drawn, apart from the page; see drawing_text.js. */

import { missing, room } from "./drawing_text.js";

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

const within = (value, count) => Math.min(Math.max(value, 0), count);

const isTaken = (points, [i, j], index) =>
  points.some(([k, l], other) => other !== index && k === i && l === j);

/** The nearest crossing of the grid; on a number line j is 0. */
export const snapped = ({ shape, x, y }, [i, j]) => [
  within(Math.round(i), x.count),
  shape === "interval" ? 0 : within(Math.round(j), y.count),
];

/** With one point more, which belongs to an interval unless it is left out; the same state where that cannot be. */
export function placed(grid, state, point) {
  if (room(grid, state) < 1 || isTaken(state.points, point)) return state;
  return { ...state, points: [...state.points, point], closed: [...state.closed, !state.isWithout] };
}

/** Where a point is put that comes from a button: at the middle of the grid, or next to it. */
export function freePoint(grid, state) {
  const [i, j] = snapped(grid, [grid.x.count / 2, grid.y.count / 2]);
  const offsets = Array.from({ length: grid.x.count + 1 }, (_, n) => (n % 2 ? (n + 1) / 2 : -n / 2));
  const candidates = offsets.map((by) => [i + by, j]).filter(([k]) => k >= 0 && k <= grid.x.count);
  return candidates.find((point) => !isTaken(state.points, point)) ?? [i, j];
}

/** With a point somewhere else; the same state where another one is. */
export function moved(state, index, point) {
  if (!state.points[index] || isTaken(state.points, point, index)) return state;
  return { ...state, points: state.points.map((old, n) => (n === index ? point : old)) };
}

/** Moved by an arrow key, over a point that is in the way. Null for any other key. */
export function stepped(grid, state, index, key, by = 1) {
  const way = WAYS[key];
  if (!way || (grid.shape === "interval" && way[1])) return null;
  const [i, j] = state.points[index];
  for (const steps of [by, by + 1]) {
    const point = snapped(grid, [i + way[0] * steps, j + way[1] * steps]);
    if (!isTaken(state.points, point, index)) return moved(state, index, point);
  }
  return state;
}

export function removed(state, index) {
  const rest = (list) => list.filter((_, n) => n !== index);
  return { ...state, points: rest(state.points), closed: rest(state.closed), side: 0 };
}

/** The ends of an interval from left to right, as indices of points; null for one without end. */
export function endsOf({ points, ray, isWithout }) {
  if (isWithout) return [null, null];
  const order = points.map((_, n) => n).sort((m, n) => points[m][0] - points[n][0]);
  return [ray < 0 ? null : (order[0] ?? null), ray > 0 || order.length < 2 - Math.abs(ray) ? null : order.at(-1)];
}

/** With a filled circle for an open one, and the other way round. A point that is left out stays open. */
export const toggledEnd = (state, index) => ({
  ...state,
  closed: state.closed.map((isClosed, n) => !state.isWithout && (n === index ? !isClosed : isClosed)),
});

/** Without an end on one side (-1 left, 1 right), or again with both. */
export function toggledRay(state, ray) {
  if (state.ray === ray) return { ...state, ray: 0 };
  const dropped = state.points.length > 1 ? endsOf({ ...state, ray: 0 })[Number(ray > 0)] : null;
  return { ...(dropped === null ? state : removed(state, dropped)), ray, isOutside: false, isWithout: false };
}

/** With the parts outside both ends for the one between, and the other way round. */
export const toggledOutside = (state) => ({ ...state, isOutside: !state.isOutside, isWithout: false, ray: 0 });

/** With all but one point for what is marked, and the other way round. */
export const toggledWithout = (state) => ({
  ...state, points: state.points.slice(0, 1), closed: state.points.slice(0, 1).map(() => state.isWithout),
  isWithout: !state.isWithout, isOutside: false, ray: 0,
});

/** With three points of a parabola for its vertex and another one, and the other way round. */
export const toggledThrough = (state) => ({
  ...state, points: state.points.slice(0, 2), closed: state.closed.slice(0, 2), isThrough: !state.isThrough,
});

/** On which side of its border a point lies: 1 above or right, -1 below or left, 0 on it. */
export function sideOf({ points: [[i, j], [k, l]] }, [m, n]) {
  return Math.sign(i === k ? m - i : n - j - ((l - j) / (k - i)) * (m - i));
}

/** Points [i, j] along what is drawn, from edge to edge of the grid; empty before it is complete. */
export function curve(grid, state) {
  const { shape, x, y } = grid;
  const { points } = state;
  if (room(grid, state) || (shape === "parabola" && missing(grid, state))) return [];
  if (shape !== "parabola" && points[0][0] === points[1][0]) return [[points[0][0], 0], [points[0][0], y.count]];
  const steps = shape === "parabola" ? 160 : 1;
  const height = state.isThrough ? throughThree(points) : shape === "parabola" ? fromVertex(points) : straight(points);
  return Array.from({ length: steps + 1 }, (_, n) => (x.count * n) / steps).map((m) => [m, height(m)]);
}

const straight = ([[i, j], [k, l]]) => (m) => j + ((l - j) * (m - i)) / (k - i);
const fromVertex = ([[i, j], [k, l]]) => (m) => j + (l - j) * ((m - i) / (k - i)) ** 2;

function throughThree([[i, j], [k, l], [s, t]]) {
  const slope = (l - j) / (k - i);
  const bend = ((t - l) / (s - k) - slope) / (s - i);
  return (m) => j + (m - i) * (slope + (m - k) * bend);
}

/** The corners around the shaded part. */
export function shade(grid, state) {
  const border = state.side ? curve(grid, state) : [];
  if (!border.length) return [];
  const [[i], [k]] = [border[0], border.at(-1)];
  if (i === k) {
    const edge = state.side > 0 ? grid.x.count : 0;
    return [...border, [edge, grid.y.count], [edge, 0]];
  }
  const far = 1000 * state.side; // what lies outside is cut off
  return [...border, [k, far], [i, far]];
}
