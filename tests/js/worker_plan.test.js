import assert from "node:assert/strict";
import { test } from "node:test";

import { cacheName, outdated, pageIn, Plan, planFor } from "../../static/js/worker_plan.js";

const ORIGIN = "https://lemma.example";
const plan = (path, request = {}) =>
  planFor({ url: new URL(path, ORIGIN).href, method: "GET", mode: "cors", ...request }, ORIGIN);

test("only files whose name has a hash are kept", () => {
  assert.equal(plan("/static/bundled/page-5N776IH4.js"), Plan.FILE);
  assert.equal(plan("/static/bundled/KaTeX_Main-Regular-ABCDEFGH.woff2"), Plan.FILE);
  for (const path of [
    ...["/static/js/page.js", "/static/bundled/manifest.json", "/items/1/", "/accounts/profile/"],
    ...["/static/bundled/page-5N776IH4.js?x", "https://other.example/bundled/page-5N776IH4.js"],
  ]) {
    assert.equal(plan(path), Plan.PASS, path);
  }
});

test("a page comes from the network; what a form sends is left alone", () => {
  assert.equal(plan("/items/1/", { mode: "navigate" }), Plan.PAGE);
  assert.equal(plan("/items/1/", { mode: "navigate", method: "POST" }), Plan.PASS);
});

test("the caches of other bundles go, and nothing else does", () => {
  assert.deepEqual(outdated([cacheName("new"), cacheName("old"), "another"], "new"), ["lemma-old"]);
});

test("the page without a network is in the reader's language", () => {
  const pages = { en: "/offline/en/", "zh-hans": "/offline/zh-hans/" };
  for (const [languages, language] of [
    [["zh-hans"], "zh-hans"],
    [["", "zh-CN", "en"], "zh-hans"],
    [["en", "zh-CN"], "en"],
    [["", "de-AT", "en-GB"], "en"],
    [["", "fr"], "en"],
  ]) {
    assert.equal(pageIn(languages, pages), pages[language]);
  }
});
