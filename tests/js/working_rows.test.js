import assert from "node:assert/strict";
import { test } from "node:test";

import {
  below,
  change,
  leadsDown,
  linesOf,
  moved,
  pasted,
  positions,
  removed,
  stillTrue,
  textOf,
  written,
} from "../../static/js/working_rows.js";

const at = (lines, row = 0, caret = 0) => ({ lines, row, caret });

test("a text and its lines are the same thing", () => {
  for (const text of ["", "x", "x\n", "\n\n", "2x=4\nx=2"]) assert.equal(textOf(linesOf(text)), text);
  assert.deepEqual(linesOf("a\r\nb\rc\nd"), ["a", "b", "c", "d"]);
  assert.deepEqual(linesOf("a\u2028b\u000bc"), ["a\u2028b\u000bc"]);
});

test("Enter makes an empty row below, wherever the caret is", () => {
  assert.deepEqual(below(at(["a", "b"], 0, 1), 40), at(["a", "", "b"], 1));
  assert.deepEqual(below(at(["a", "b"], 1, 0), 40), at(["a", "b", ""], 2));
});

test("Enter behind a mended line leads to the next one, without an empty row between them", () => {
  assert.ok(leadsDown(at(["a", "b"], 0), true));
  assert.ok(leadsDown(at(["a", ""], 0), false));
  assert.ok(!leadsDown(at(["a", "b"], 0), false)); // a row is to come between them
  assert.ok(!leadsDown(at(["a", "b"], 1), true));
});

test("there are never more rows than may be", () => {
  const full = at(["a", "b"], 1, 1);
  assert.equal(below(full, 2), full);
  assert.equal(pasted(full, "c\nd", 1, 1, 2), full);
  assert.deepEqual(pasted(full, "c", 1, 1, 2), at(["a", "bc"], 1, 2));
});

test("Backspace takes an empty row away and goes to the end of the one above", () => {
  assert.deepEqual(removed(at(["abc", "", "d"], 1)), at(["abc", "d"], 0, 3));
  assert.deepEqual(removed(at(["", "abc"], 0)), at(["abc"], 0, 0));
  const only = at([""]);
  assert.equal(removed(only), only);
  const written = at(["a", "b"], 1, 0);
  assert.equal(removed(written), written);
});

test("arrows move between rows and stop at the ends", () => {
  const middle = at(["abc", "abcdef", "a"], 1, 5);
  assert.deepEqual(moved(middle, -1), at(middle.lines, 0, 3));
  assert.deepEqual(moved(middle, 1), at(middle.lines, 2, 1));
  const first = at(["a", "b"], 0);
  assert.equal(moved(first, -1), first);
  const last = at(["a", "b"], 1);
  assert.equal(moved(last, 1), last);
});

test("a paste of several lines makes rows of them, and what stood around it stays", () => {
  const state = at(["before", "xyz", "after"], 1, 1);
  assert.deepEqual(
    pasted(state, "1\r\n2\n3", 1, 2, 40),
    at(["before", "x1", "2", "3z", "after"], 3, 1),
  );
  assert.deepEqual(pasted(at([""]), "a\nb\n\n", 0, 0, 40), at(["a", "b"], 1, 1));
  assert.deepEqual(pasted(at(["ab"], 0, 1), "c", 1, 1, 40), at(["acb"], 0, 2));
});

test("what changed is one run of rows, and putting it in place gives the new rows", () => {
  const table = [
    [["a", "b"], ["a", "", "b"]],
    [["a", "", "b"], ["a", "b"]],
    [["a", "a"], ["a", "a", "a"]],
    [["a", "b", "c"], ["a", "x", "y", "c"]],
    [[], ["a"]],
    [["a"], ["a"]],
  ];
  for (const [before, after] of table) {
    const { start, gone, come } = change(before, after);
    const made = [...before];
    made.splice(start, gone, ...come);
    assert.deepEqual(made, after);
    assert.ok(gone <= Math.max(1, before.length - 1) || !before.length);
  }
});

test("empty rows are not counted", () => {
  assert.deepEqual(written(["a", " ", "", "b"]), ["a", "b"]);
  assert.deepEqual(positions(["a", " ", "b"]), [0, -1, 1]);
});

test("marks stand as far as nothing before them was changed", () => {
  const checked = ["a", "b", "c"];
  assert.equal(stillTrue(["a", "b", "c"], checked), 3);
  assert.equal(stillTrue(["a", "", "b", "c"], checked), 3);
  assert.equal(stillTrue(["a", "b", "c", "d"], checked), 3);
  assert.equal(stillTrue(["a", "x", "c"], checked), 1);
  assert.equal(stillTrue(["a"], checked), 1);
  assert.equal(stillTrue([], checked), 0);
  assert.equal(stillTrue(["a"], []), 0);
});
