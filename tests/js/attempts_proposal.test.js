import assert from "node:assert/strict";
import { test } from "node:test";

import { proposalFor, proposed } from "../../static/js/attempts_proposal.js";

test("where the verdict comes after the end, a time limit proposes no limit of attempts", () => {
  assert.equal(proposalFor(true, true), "");
  assert.equal(proposalFor(true, false), "1");
  assert.equal(proposalFor(false, true), null);
});

test("without a time limit the former number is back", () => {
  const timed = proposed("", { attempts: "5", before: null });
  assert.deepEqual(timed, { attempts: "", before: "5" });
  assert.deepEqual(proposed("", timed), timed);
  assert.deepEqual(proposed("1", timed), { attempts: "1", before: "5" });
  assert.deepEqual(proposed(null, timed), { attempts: "5", before: null });
});

test("no limit of attempts comes back as well", () => {
  const timed = proposed("1", { attempts: "", before: null });
  assert.deepEqual(timed, { attempts: "1", before: "" });
  assert.deepEqual(proposed(null, timed), { attempts: "", before: null });
});
