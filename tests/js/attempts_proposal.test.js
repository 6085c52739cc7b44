import assert from "node:assert/strict";
import { test } from "node:test";

import { proposed } from "../../static/js/attempts_proposal.js";

test("a time limit proposes one attempt, and without it the former number is back", () => {
  const timed = proposed(true, { attempts: "5", before: null });
  assert.deepEqual(timed, { attempts: "1", before: "5" });
  assert.deepEqual(proposed(true, timed), timed);
  assert.deepEqual(proposed(false, timed), { attempts: "5", before: null });
});

test("no limit of attempts comes back as well", () => {
  const timed = proposed(true, { attempts: "", before: null });
  assert.deepEqual(timed, { attempts: "1", before: "" });
  assert.deepEqual(proposed(false, timed), { attempts: "", before: null });
});
