import assert from "node:assert/strict";
import { test } from "node:test";

import { forgetUnsent, keepUnsent, unsentFor, unsentOf } from "../../static/js/unsent.js";
import { storage } from "./support/storage.js";

const NOW = 1_800_000_000_000;
const DAY_MS = 24 * 60 * 60 * 1000;

const draft = (text, at = NOW) => ({ url: "/draft/", fields: [["response", text]], at });

test("the drafts of a user come back, the oldest first, and those of others are forgotten", () => {
  const device = storage();
  device.setItem("theme", "dark");
  keepUnsent(device, "7/item/1", draft("younger"));
  keepUnsent(device, "7/other/1", draft("older", NOW - 1000));
  keepUnsent(device, "70/item/1", draft("somebody else's"));
  assert.deepEqual(unsentOf(device, "7", NOW).map(({ key }) => key), ["7/other/1", "7/item/1"]);
  assert.deepEqual(unsentOf(device, "70", NOW), []);
  assert.equal(device.length, 1);
});

test("what was sent, what is very old and what is broken is forgotten", () => {
  const device = storage();
  keepUnsent(device, "7/sent/1", draft("x"));
  forgetUnsent(device, "7/sent/1");
  keepUnsent(device, "7/old/1", draft("x", NOW - 15 * DAY_MS));
  device.setItem("lemma.unsent.7/broken/1", "{");
  assert.deepEqual(unsentOf(device, "7", NOW), []);
  assert.equal(device.length, 0);
});

test("a form gets its text back, unless the server has a younger draft", () => {
  const device = storage();
  keepUnsent(device, "7/item/1", draft("x = 3", NOW - 60_000));
  assert.deepEqual(unsentFor(device, "7/item/1", NOW), [["response", "x = 3"]]);
  assert.deepEqual(unsentFor(device, "7/item/1", NOW, 61), [["response", "x = 3"]]);
  assert.equal(unsentFor(device, "7/item/1", NOW, 59), null);
  assert.equal(unsentFor(device, "7/item/2", NOW), null);
});
