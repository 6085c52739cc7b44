import assert from "node:assert/strict";
import { test } from "node:test";

import { nearest } from "../../static/js/skill_dots.js";

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
