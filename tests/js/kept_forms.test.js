import assert from "node:assert/strict";
import { test } from "node:test";

import { forgetForms, keepForm, keptForm, noteSent, settleSent } from "../../static/js/kept_forms.js";
import { storage } from "./support/storage.js";

const NOW = 1_800_000_000_000;
const KEY = "7/problem/new";
const WRITTEN = [["title", "Thirds"]];

test("what was written is offered where the form shows something else, for two weeks", () => {
  const device = storage();
  keepForm(device, KEY, [["csrfmiddlewaretoken", "x"], ...WRITTEN], NOW);
  assert.deepEqual(keptForm(device, KEY, [["title", ""]], NOW), { fields: WRITTEN, at: NOW });
  assert.equal(keptForm(device, KEY, WRITTEN, NOW), null);
  assert.equal(keptForm(device, KEY, [["title", ""]], NOW + 15 * 24 * 60 * 60 * 1000), null);
  forgetForms(device, (user) => user !== "7");
  assert.equal(device.length, 1);
  forgetForms(device, (user) => user === "7");
  assert.equal(device.length, 0);
});

test("what was sent is forgotten once the server has led on to another page", () => {
  for (const [navigation, path, isForgotten] of [
    [{ redirectCount: 1, responseStatus: 200 }, "/problems/1/", true],
    [{ redirectCount: 1 }, "/problems/1/", true], // of a browser that tells no status
    [{ redirectCount: 0, responseStatus: 200 }, "/problems/new/", false], // with mistakes
    [{ redirectCount: 1, responseStatus: 200 }, "/accounts/login/", false],
    [{ redirectCount: 1, responseStatus: 500 }, "/problems/1/", false],
  ]) {
    const [tab, device] = [storage(), storage()];
    keepForm(device, KEY, WRITTEN, NOW);
    noteSent(tab, KEY);
    settleSent(tab, device, navigation, path);
    assert.equal(keptForm(device, KEY, [], NOW) === null, isForgotten, path);
  }
});
