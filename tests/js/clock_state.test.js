import assert from "node:assert/strict";
import { test } from "node:test";

import { faceOf, hasSlept, savesBetween, warningAt } from "../../static/js/clock_state.js";

test("the clock shows hours only where there are some, and ends at nothing", () => {
  const faces = [[3723, "1:02:03"], [3600, "1:00:00"], [245, "4:05"], [59.2, "1:00"], [0.1, "0:01"], [0, "0:00"], [-9, "0:00"]];
  for (const [left, face] of faces) assert.equal(faceOf(left), face);
});

test("it warns at five minutes, at one, and at the end", () => {
  const warnings = [[301, ""], [300, "five"], [61, "five"], [60, "one"], [0.01, "one"], [0, "over"], [-60, "over"]];
  for (const [left, warning] of warnings) assert.equal(warningAt(left), warning);
});

test("no warning begins a sitting: a short one has fewer of them", () => {
  const warnings = [[300, 300, ""], [299, 359, ""], [300, 360, "five"], [60, 60, ""], [60, 359, "one"], [0, 60, "over"]];
  for (const [left, whole, warning] of warnings) assert.equal(warningAt(left, whole), warning);
});

test("what is typed is saved once more shortly before the end, however coarse the looks", () => {
  assert.equal(savesBetween(16, 14.9), true);
  assert.equal(savesBetween(14.9, 14.6), false);
  assert.equal(savesBetween(2.1, 1.9), true);
  assert.equal(savesBetween(100, -5), true);
  assert.equal(savesBetween(1.9, -5), false);
  assert.equal(savesBetween(Infinity, 10), true);
});

test("a computer that slept, or whose clock was set, asks the server", () => {
  assert.equal(hasSlept(250, 251), false);
  assert.equal(hasSlept(1_200, 1_000), false);
  assert.equal(hasSlept(250, 3_600_000), true);
  assert.equal(hasSlept(250, -3_600_000), true);
  assert.equal(hasSlept(60_000, 60_000), true);
});
