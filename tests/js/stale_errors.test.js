import assert from "node:assert/strict";
import { test } from "node:test";

import { staleErrors } from "../../static/js/stale_errors.js";

test("an error that the preview does not repeat is stale", () => {
  const errors = ["A quantity needs a unit.", "： 没有题目。"];
  assert.deepEqual(staleErrors(errors, ["unit: A quantity needs a unit."]), [errors[1]]);
  assert.deepEqual(staleErrors(errors, ["unit: A quantity needs a unit.", "题目: 没有题目。"]), []);
  assert.deepEqual(staleErrors(errors, []), errors);
});
