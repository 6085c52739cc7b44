import assert from "node:assert/strict";
import { test } from "node:test";

import { blank, read, resized, split, trouble, write } from "../../static/js/answer_text.js";

const SAME = [
  ["matrix", "[[1, 2], [3, 4]]"],
  ["matrix", "[[f(1, 2)], [x]]"],
  ["tuple", "(2, -3)"],
  ["tuple", "(1/2, , 3)"],
  ["interval", "[1, ∞)"],
  ["interval", "(-∞, 2] ∪ (3, 5]"],
  ["set", "{1, sqrt(2)}"],
  ["set", "{}"],
  ["ratio", "2 : 3 : 4"],
  ["division", "x + 1 R 3"],
  ["truth", "true, false"],
  ["solutions", "x = 2 or x = -2"],
  ["solutions", "2,5"],
];

test("a text and its boxes are the same thing", () => {
  for (const [shape, text] of SAME) assert.equal(write(shape, read(shape, text, ","), ","), text);
});

test("with a decimal comma a semicolon stands between entries", () => {
  assert.deepEqual(read("tuple", "(2,5; 3)", ";").rows, [["2,5", "3"]]);
  assert.equal(write("matrix", { rows: [["1,5", "2"]] }, ";"), "[[1,5; 2]]");
  assert.equal(read("tuple", "(2,5)", ";"), null);
});

test("other ways to write the same are read", () => {
  assert.deepEqual(read("matrix", "[1,2;3,4]", ",").rows, [["1", "2"], ["3", "4"]]);
  assert.deepEqual(read("matrix", "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", ";").rows, [["1", "2"], ["3", "4"]]);
  assert.deepEqual(read("interval", "]-2;2[", ",").ends, [["(", ")"]]);
  assert.deepEqual(read("set", "\\left\\{1,2\\right\\}", ",").rows, [["1", "2"]]);
});

test("a unit is read from the list", () => {
  const units = ["m", "cm", "cm²", "km/h"];
  assert.deepEqual(read("quantity", "5 cm^2", ",", units), { rows: [["5"]], unit: "cm²" });
  assert.deepEqual(read("quantity", "2*sqrt(3) km/h", ",", units).unit, "km/h");
  assert.equal(read("quantity", "5 yards", ",", units), null);
  assert.equal(write("quantity", { rows: [["5"]], unit: "" }, ","), "5");
});

test("solutions in other languages are joined by or", () => {
  assert.equal(write("solutions", read("solutions", "x=1或x=2", ","), ","), "x=1 or x=2");
});

test("what does not fit the boxes is left alone", () => {
  for (const [shape, text] of [["matrix", "2A"], ["matrix", "[[1],[2,3]]"], ["tuple", "x=2, y=3"], ["tuple", "(1+2)(3,4)"], ["interval", "x > 2"], ["set", "x = 1"], ["ratio", "2/3"]]) {
    assert.equal(read(shape, text, ","), null, text);
  }
});

test("nothing typed is no answer, and boxes grow and shrink", () => {
  assert.equal(write("matrix", blank("matrix"), ","), "");
  const wide = resized("matrix", read("matrix", "[[1],[2]]", ","), "columns", 1);
  assert.equal(write("matrix", wide, ","), "[[1, ], [2, ]]");
  const two = resized("interval", read("interval", "[1, 2]", ","), "rows", 1);
  assert.deepEqual(two.ends[1], ["(", ")"]);
  assert.equal(resized("tuple", blank("tuple"), "columns", -1).rows[0].length, 2);
});

test("a box says what is wrong with it", () => {
  assert.deepEqual(trouble("set", "2,5", ",", []), { code: "comma", meant: "2.5" });
  assert.equal(trouble("set", "2,5", ";", []), null);
  assert.equal(trouble("set", "2, 5x", ",", []).code, "several");
  assert.equal(trouble("set", "", ",", ["1"]).code, "empty");
  assert.equal(trouble("set", "", ",", [""]), null);
  assert.equal(trouble("set", "f(2,5)", ",", []), null);
});

test("entries in one box go into boxes of their own", () => {
  const inOneBox = (text, shape = "set") => ({ ...blank(shape), rows: [[text]] });
  assert.deepEqual(split("set", inOneBox("5;-3"), 0, 0, ",").rows, [["5", "-3"]]);
  assert.deepEqual(split("set", inOneBox("1/2, 3, sqrt(2)"), 0, 0, ",").rows, [["1/2", "3", "sqrt(2)"]]);
  assert.deepEqual(split("set", inOneBox("2,5; 3"), 0, 0, ";").rows, [["2,5", "3"]]);
  assert.deepEqual(split("tuple", { rows: [["5;-3", ""]] }, 0, 0, ",").rows, [["5", "-3"]]);
  assert.deepEqual(split("set", { rows: [["1; 2", "3"]] }, 0, 0, ",").rows, [["1", "2", "3"]]);
  assert.deepEqual(split("matrix", { rows: [["1", "2"], ["3; 4", ""]] }, 1, 0, ",").rows[1], ["3", "4"]);
});

test("a box that cannot be split stays as it is", () => {
  for (const [shape, row] of [
    ["set", ["2,5"]], // perhaps a decimal comma
    ["set", ["f(2, 5)"]],
    ["set", ["7"]],
    ["matrix", ["1; 2", "3"]],
    ["set", [Array(30).fill(1).join(";")]],
  ]) {
    const state = { rows: [row] };
    assert.equal(split(shape, state, 0, 0, ","), state);
  }
});

test("a decimal comma is asked about before a unit, too", () => {
  assert.deepEqual(trouble("quantity", "17,5%", ",", []), { code: "comma", meant: "17.5%" });
  assert.deepEqual(trouble("quantity", "17,5 km", ",", []), { code: "comma", meant: "17.5 km" });
  assert.deepEqual(trouble("set", "2,5°", ",", []), { code: "comma", meant: "2.5°" });
});
