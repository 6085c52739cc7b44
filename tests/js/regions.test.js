import assert from "node:assert/strict";
import { test } from "node:test";

import { read, toggled, write } from "../../static/js/regions_text.js";

const two = { sets: ["A", "B"], parts: 4 };
const three = { sets: ["A", "B", "C"], parts: 8 };
const bar = { sets: [], parts: 8 };

const TEXTS = [
  [two, [3], "A ∩ B"],
  [two, [1], "A ∖ B"],
  [two, [1, 3], "A"],
  [two, [1, 2, 3], "A ∪ B"],
  [two, [0], "(A ∪ B)'"],
  [two, [0, 2], "A'"],
  [two, [1, 2], "(A ∖ B) ∪ (B ∖ A)"],
  [two, [0, 1, 2], "A' ∪ B'"],
  [two, [0, 1, 2, 3], "A ∪ A'"],
  [three, [3], "(A ∩ B) ∖ C"],
  [three, [1], "A ∖ (B ∪ C)"],
  [three, [7], "A ∩ B ∩ C"],
];

const bits = (numbers) => numbers.reduce(toggled, 0);

test("regions are written in few words", () => {
  for (const [picture, regions, text] of TEXTS) assert.equal(write(picture, bits(regions)), text);
  assert.equal(write(two, 0), "");
});

test("what is written of regions is read again, whichever are chosen", () => {
  for (const [picture, count] of [[two, 2 ** 4], [three, 2 ** 8]]) {
    for (let chosen = 0; chosen < count; chosen += 1) assert.equal(read(picture, write(picture, chosen)), chosen);
  }
});

test("sets are read as they are typed, and others are not", () => {
  assert.equal(read(two, "A \\cap B"), 8);
  assert.equal(read(two, "A\\B"), 2);
  assert.equal(read(two, "A ∪ B ∖ A"), read(two, "A ∪ (B ∖ A)"));
  assert.equal(read(two, "∅"), 0);
  for (const text of ["A ∩ C", "A ∩", "(A", "A B", "A)", "(".repeat(200), "1/2"]) assert.equal(read(two, text), null, text);
});

test("of equal parts, their number is written, and those that are chosen stay", () => {
  const chosen = bits([1, 4, 6]);
  assert.equal(write(bar, chosen), "3/8");
  assert.equal(read(bar, "3/8", chosen), chosen);
  assert.equal(read(bar, "3/4", chosen), 0b111111);
  assert.equal(read(bar, "0,25"), 0b11);
  for (const text of ["1/3", "9/8", "-1/8", "x"]) assert.equal(read(bar, text), null, text);
});

const fields = { sets: [], parts: 4, texts: [
  "y ≥ x + 1 and x + y < 3", "y ≤ x + 1 and x + y < 3", "y ≥ x + 1 and x + y > 3", "y ≤ x + 1 and x + y > 3",
] };

test("of fields one is chosen, and its inequalities are written and read", () => {
  for (let n = 0; n < 4; n += 1) {
    assert.equal(write(fields, 1 << n), fields.texts[n]);
    assert.equal(read(fields, fields.texts[n]), 1 << n);
  }
  assert.equal(toggled(1, 2, fields), 4);
  assert.equal(toggled(4, 2, fields), 0);
  assert.equal(read(fields, ""), 0);
});

test("fields are read as they are typed, and others are not", () => {
  for (const text of [
    "x + 1 <= y < 3 - x", "y >= x+1, y < -x + 3", "2y ≥ 2x + 2 且 3 > y + x", "\\frac{1}{2}y \\ge x/2 + 0,5 \\land x+y<3",
  ]) assert.equal(read(fields, text), 1, text);
  for (const text of [
    "y >= x + 1", "y > x + 1 and x + y < 3", "y = x + 1", "x < 3", "y >= x^2 and x + y < 3", "1/0 < x", "<", "(".repeat(300),
  ]) assert.equal(read(fields, text), null, text);
  const brackets = { sets: [], parts: 1, texts: ["y > 2(x - 1) and y < 3", "y < 2(x - 1) and y < 3"] };
  assert.equal(read(brackets, "y > 2(x - 1) and y < 3"), 1);
  assert.equal(read(brackets, "y > 7"), null);
});
