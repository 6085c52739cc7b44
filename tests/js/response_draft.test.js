import assert from "node:assert/strict";
import { test } from "node:test";

import { forgetOthers, keep, keepForNext, storedFields } from "../../static/js/response_draft.js";
import { storage } from "./support/storage.js";

const KEY = "7/item/1";
const NEXT = "7/item/2";
const form = (response) => [["csrfmiddlewaretoken", "x"], ["number", "1"], ["response", response]];

test("what is typed while an attempt is sent is kept for the next one", () => {
  const tab = storage();
  keep(tab, KEY, form("wrong"));
  assert.equal(keepForNext(tab, KEY, [["response", "6"]], form("wrong")), true);
  forgetOthers(tab, NEXT); // as the form of the next attempt does
  assert.deepEqual(storedFields(tab, NEXT), [["response", "wrong"]]);
  assert.equal(storedFields(tab, KEY), null);
});

test("an empty field is kept, too", () => {
  const tab = storage();
  assert.equal(keepForNext(tab, KEY, [["response", "6"]], form("")), true);
  assert.deepEqual(storedFields(tab, NEXT), [["response", ""]]);
});

test("of an answer that was only sent, nothing is kept", () => {
  const tab = storage();
  assert.equal(keepForNext(tab, KEY, [["response", "6"]], form("6")), false);
  assert.equal(storedFields(tab, NEXT), null);
});
