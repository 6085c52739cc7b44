import assert from "node:assert/strict";
import { test } from "node:test";

import { isLong, isTest, putOff, verdictFor } from "../../static/js/assignment_help.js";

test("a time limit or a single attempt makes a test", () => {
  assert.equal(isTest("20", "5"), true);
  assert.equal(isTest("", "1"), true);
  assert.equal(isTest("", "5"), false);
  assert.equal(isTest(" ", ""), false);
});

test("help that would come in a test comes after it, and what never comes stays away", () => {
  const policies = { hint_policy: "always", step_policy: "attempts", help_policy: "never" };
  assert.deepEqual(putOff(policies), {
    hint_policy: "after_due",
    step_policy: "after_due",
    help_policy: "never",
  });
});

test("with a time limit the verdict comes after the end, unless help tells it before", () => {
  const late = { hint_policy: "always", step_policy: "after_due", help_policy: "never", check_policy: "" };
  assert.equal(verdictFor(true, late), "after_end");
  assert.equal(verdictFor(false, late), "at_once");
  assert.equal(verdictFor(true, { ...late, check_policy: "always" }), "at_once");
  assert.equal(verdictFor(true, { ...late, step_policy: "attempts" }), "at_once");
});

test("a window of more than a day is long", () => {
  assert.equal(isLong("2026-12-03T08:00", "2026-12-10T20:00"), true);
  assert.equal(isLong("2026-12-03T08:00", "2026-12-03T08:45"), false);
  assert.equal(isLong("2026-12-03T08:00", ""), false);
});
