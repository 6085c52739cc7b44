import assert from "node:assert/strict";
import { test } from "node:test";

import { leftEdges, nearest, nearestNumber } from "../../static/js/skill_dots.js";

const dots = [
  { x: 0, y: 0 },
  { x: 16, y: 0 },
  { x: 0, y: 16 },
  { x: 20, y: 90 },
];

test("arrow keys go to the nearest dot that way", () => {
  assert.equal(nearest(dots, 0, "ArrowRight"), 1);
  assert.equal(nearest(dots, 0, "ArrowDown"), 2);
  assert.equal(nearest(dots, 2, "ArrowDown"), 3);
  assert.equal(nearest(dots, 1, "ArrowLeft"), 0);
});

test("at an edge and with other keys they stay", () => {
  assert.equal(nearest(dots, 0, "ArrowLeft"), null);
  assert.equal(nearest(dots, 0, "Enter"), null);
  assert.equal(nearest(dots, -1, "ArrowLeft"), null);
});

test("a picture begins where a column does, as near as can be to where it should", () => {
  const edges = leftEdges([50, 110, 170, 230]);
  assert.deepEqual(edges, [20, 80, 140, 200]);
  assert.equal(nearestNumber(edges, 100), 80);
  assert.equal(nearestNumber(edges, 115), 140);
  assert.equal(nearestNumber(edges, -40), 20);
  assert.equal(nearestNumber(edges, 900), 200);
});
