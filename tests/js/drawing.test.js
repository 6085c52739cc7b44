import assert from "node:assert/strict";
import { test } from "node:test";

import {
  curve, endsOf, freePoint, moved, placed, removed, shade, sideOf, snapped, stepped, toggledEnd, toggledOutside,
  toggledRay, toggledThrough, toggledWithout,
} from "../../static/js/drawing_state.js";
import { blank, missing, read, readAxis, recalled, write } from "../../static/js/drawing_text.js";
import { readPolynomial } from "../../static/js/polynomials.js";
import { toNumber } from "../../static/js/fractions.js";

const grid = (shape, x = "-5 5 1", y = "-5 5 1", options = {}) => ({
  shape, x: readAxis(x), y: readAxis(y), isDecimal: true, comma: ",", ...options,
});
const drawn = (...points) => ({ ...blank(), points, closed: points.map(() => true) });

const SAME = [
  ["points", "(1, 2), (3, -1)"],
  ["line", "y = 2x - 1"],
  ["line", "y = -x"],
  ["line", "y = 3x/2 + 1/2", { isDecimal: false }],
  ["line", "y = 1.5x + 0.5"],
  ["line", "y = x/3"],
  ["line", "y = -2x/3 + 1/3"],
  ["line", "y = 2"],
  ["line", "x = -3"],
  ["parabola", "y = x^2"],
  ["parabola", "y = -2(x - 1)^2 + 3"],
  ["parabola", "y = -(x + 2)^2 - 1"],
  ["parabola", "y = (x - 1)^2/4", { isDecimal: false }],
  ["parabola", "y = x^2 + x - 1"],
  ["parabola", "y = -0.5x^2 + 0.5x + 3"],
  ["parabola", "y = x^2/6 - x/6 - 1"],
  ["half-plane", "y ≤ 2x - 1"],
  ["half-plane", "y > -x/3"],
  ["half-plane", "x < 3"],
  ["interval", "[-2, 3)"],
  ["interval", "(-∞, 3]"],
  ["interval", "(1, ∞)"],
  ["interval", "[-2; 3)", { comma: ";" }],
  ["interval", "(-∞, -2] ∪ (3, ∞)"],
  ["interval", "(-∞; -2) ∪ [3; ∞)", { comma: ";" }],
  ["interval", "(-∞, 2) ∪ (2, ∞)"],
  ["points", "(1; 2); (3; -1)", { comma: ";" }],
];

test("a text and its drawing are the same thing", () => {
  for (const [shape, text, options] of SAME) {
    const on = grid(shape, "-5 5 1", "-5 5 1", options);
    assert.equal(write(on, read(on, text)), text);
  }
});

test("other ways to write the same are read, and what the grid cannot show is not", () => {
  const line = grid("line");
  assert.equal(write(line, read(line, "y=(1/2)*x+1-3")), "y = 0.5x - 2");
  assert.equal(write(grid("parabola"), read(grid("parabola"), "y = x² - 4x + 1")), "y = (x - 2)^2 - 3");
  for (const text of ["y = 3x + 20", "2x - y = 1", "y = x^2", "y = (", "hello", "y = 1/0x", "x = y"]) {
    assert.equal(read(line, text), null, text);
  }
  assert.equal(read(grid("points"), "(1, 9)"), null);
  assert.equal(read(grid("interval"), "[3, 1]"), null);
  assert.equal(read(grid("interval"), "(-∞, ∞)"), null);
  const apart = ["[1, 2] ∪ [3, 4]", "(-∞, 2] ∪ (2, ∞)", "(-∞, 3) ∪ (1, ∞)", "(-∞, 1) ∪", "(-∞, 1) ∪ (2, ∞) ∪ (3, ∞)"];
  for (const text of apart) assert.equal(read(grid("interval"), text), null, text);
  assert.deepEqual(read(line, "  "), blank());
  assert.equal(readPolynomial("x".repeat(500), ","), null);
});

test("a grid has its own numbers", () => {
  const halves = grid("points", "-3 3 1/2", "0 100 10", { isDecimal: false });
  assert.equal(write(halves, drawn([5, 3])), "(-1/2, 30)");
  const comma = grid("points", "0 2 1/4", "0 1 1", { comma: ";" });
  assert.equal(write(comma, drawn([1, 1])), "(0,25; 1)");
  assert.equal(write(grid("line", "0 10 1", "0 100 10"), drawn([0, 1], [2, 5])), "y = 20x + 10");
});

test("a drawing says what is missing, and gives no text before it is complete", () => {
  const plane = grid("half-plane");
  assert.equal(missing(plane, blank()), "first");
  assert.equal(missing(plane, drawn([0, 0])), "second");
  const border = drawn([0, 0], [1, 1]);
  assert.deepEqual([missing(plane, border), write(plane, border)], ["side", ""]);
  assert.equal(write(plane, { ...border, side: 1, isSolid: false }), "y > x");
  assert.equal(missing(grid("parabola"), drawn([5, 5], [5, 7])), "flat");
  assert.equal(missing(grid("points"), drawn([0, 0])), "");
});

test("a parabola may go through three points, which fix it exactly", () => {
  const plane = grid("parabola", "-5 5 1", "-5 5 1", { isDecimal: false });
  const through = (...points) => ({ ...drawn(...points), isThrough: true });
  assert.equal(missing(plane, through([5, 5], [6, 6])), "second");
  assert.equal(write(plane, through([5, 5], [6, 6], [4, 6])), "y = x^2");
  assert.equal(write(plane, through([5, 4], [7, 5], [8, 2])), "y = -7x^2/6 + 17x/6 - 1");
  assert.equal(missing(plane, through([5, 5], [6, 6], [7, 7])), "straight");
  assert.equal(missing(plane, through([5, 5], [6, 6], [5, 7])), "above");
  assert.deepEqual(curve(plane, through([5, 5], [6, 6], [7, 7])), []);
  assert.deepEqual(curve(plane, through([5, 5], [6, 6], [4, 6])).at(-1), [10, 30]);
  const vertex = toggledThrough(through([5, 5], [6, 6], [4, 6]));
  assert.deepEqual([write(plane, vertex), missing(plane, toggledThrough(vertex))], ["y = x^2", "second"]);
  assert.equal(write(plane, read(plane, "y = (x - 1)^2", true)), "y = x^2 - 2x + 1");
  assert.equal(read(plane, "", true).isThrough, true);
  assert.equal(read(plane, "y = 6x^2", true), null);
});

test("points are placed on crossings, moved by a step, and over one another", () => {
  const line = grid("line");
  assert.deepEqual(snapped(line, [2.4, -3]), [2, 0]);
  const first = placed(line, blank(), freePoint(line, blank()));
  const both = placed(line, first, freePoint(line, first));
  assert.deepEqual(both.points, [[5, 5], [6, 5]]);
  assert.equal(placed(line, both, [1, 1]), both);
  assert.deepEqual(stepped(line, both, 0, "ArrowRight").points, [[7, 5], [6, 5]]);
  assert.deepEqual(stepped(line, both, 0, "ArrowUp", 5).points[0], [5, 10]);
  assert.equal(stepped(line, both, 0, "Enter"), null);
  assert.equal(stepped(grid("interval"), both, 0, "ArrowUp"), null);
  assert.deepEqual(stepped(line, drawn([10, 0]), 0, "ArrowRight").points, [[10, 0]]);
  assert.equal(moved(both, 0, [6, 5]), both);
  assert.deepEqual(removed(both, 0).points, [[6, 5]]);
});

test("an interval has ends, which belong to it or not, or none on a side", () => {
  const line = grid("interval");
  const both = drawn([8, 0], [3, 0]);
  assert.deepEqual(endsOf(both), [1, 0]);
  assert.equal(write(line, toggledEnd(both, 0)), "[-2, 3)");
  const ray = toggledRay(both, 1);
  assert.deepEqual([write(line, ray), endsOf(ray)], ["[-2, ∞)", [0, null]]);
  assert.equal(missing(line, toggledRay(ray, 1)), "second");
  assert.equal(write(line, toggledRay(toggledRay(drawn([3, 0]), 1), -1)), "(-∞, -2]");
});

test("the parts outside both ends may be meant", () => {
  const line = grid("interval");
  const outside = toggledOutside(toggledEnd(drawn([8, 0], [3, 0]), 1));
  assert.equal(write(line, outside), "(-∞, -2) ∪ [3, ∞)");
  assert.equal(write(line, toggledOutside(outside)), "(-2, 3]");
  assert.equal(write(line, toggledRay(outside, 1)), "(-2, ∞)");
  assert.equal(write(line, toggledOutside(toggledRay(outside, 1))), "");
  assert.equal(missing(line, toggledOutside(drawn([3, 0]))), "second");
});

test("all but one point may be meant", () => {
  const line = grid("interval");
  const empty = toggledWithout(blank());
  assert.equal(missing(line, empty), "first");
  const without = placed(line, empty, [7, 0]);
  assert.deepEqual([write(line, without), endsOf(without)], ["(-∞, 2) ∪ (2, ∞)", [null, null]]);
  assert.equal(placed(line, without, [3, 0]), without);
  assert.deepEqual(toggledEnd(without, 0), without);
  assert.equal(write(line, toggledWithout(drawn([8, 0], [3, 0]))), "(-∞, 3) ∪ (3, ∞)");
  assert.equal(missing(line, toggledWithout(without)), "second");
  assert.equal(missing(line, toggledOutside(without)), "second");
  assert.equal(write(line, toggledRay(without, 1)), "(2, ∞)");
});

test("curves reach from edge to edge, and a side is above or right of its border", () => {
  const rising = drawn([0, 1], [2, 5]);
  assert.deepEqual(curve(grid("line"), rising), [[0, 1], [10, 21]]);
  assert.deepEqual(curve(grid("line"), drawn([3, 1])), []);
  assert.deepEqual(curve(grid("parabola"), drawn([5, 5], [6, 6])).at(-1), [10, 30]);
  assert.deepEqual([sideOf(rising, [0, 3]), sideOf(rising, [9, 0]), sideOf(drawn([3, 0], [3, 1]), [4, 0])], [1, -1, 1]);
  assert.deepEqual(shade(grid("half-plane"), { ...drawn([3, 0], [3, 1]), side: 1 }).slice(2), [[10, 10], [10, 0]]);
  assert.deepEqual(shade(grid("half-plane"), rising), []);
});

test("polynomials are read as they are typed", () => {
  const at = (text) => readPolynomial(text, ",").map(toNumber);
  assert.deepEqual(at("-3(x+1)^2/4+4"), [3.25, -1.5, -0.75]);
  assert.deepEqual(at("1/2x-2*3"), [-6, 0.5, 0]);
  for (const text of ["x^3", "1/x", "2x)", "", "x*x*x", "3..1", "^2"]) assert.equal(readPolynomial(text, ","), null, text);
});

test("a line comes back with the points through which it was drawn", () => {
  const state = drawn([5, 6], [6, 8]); // (0, 1) and (1, 3)
  const text = write(grid("line"), state);
  assert.notDeepEqual(read(grid("line"), text).points, state.points);
  assert.deepEqual(recalled(grid("line"), JSON.stringify(state), text), state);
});

test("another text, another grid and nothing bring no drawing back", () => {
  const state = drawn([5, 6], [6, 8]);
  const json = JSON.stringify(state);
  const text = write(grid("line"), state);
  assert.equal(recalled(grid("line"), json, "y = 2x"), null);
  assert.equal(recalled(grid("line", "-5 0 1"), json, text), null);
  assert.equal(recalled(grid("line"), null, text), null);
  assert.equal(recalled(grid("line"), JSON.stringify(blank()), ""), null);
});
