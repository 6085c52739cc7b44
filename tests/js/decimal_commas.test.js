import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { withDecimalCommas } from "../../static/js/decimal_commas.js";

const ROWS = JSON.parse(readFileSync(new URL("../data/decimal_commas.json", import.meta.url)));

test("a formula has the commas that a problem would have", () => {
  for (const [tex, written] of ROWS) assert.equal(withDecimalCommas(tex), written);
});
