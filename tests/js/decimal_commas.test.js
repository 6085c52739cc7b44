import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { withCommasInProse, withDecimalCommas } from "../../static/js/decimal_commas.js";

const rowsOf = (name) => JSON.parse(readFileSync(new URL(`../data/${name}.json`, import.meta.url)));

test("a formula has the commas that a problem would have", () => {
  for (const [tex, written] of rowsOf("decimal_commas")) assert.equal(withDecimalCommas(tex), written);
});

test("prose has the commas that a problem would have", () => {
  for (const [text, written] of rowsOf("decimal_commas_in_prose")) {
    assert.equal(withCommasInProse(text), written);
  }
});
