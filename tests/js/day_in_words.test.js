import assert from "node:assert/strict";
import { test } from "node:test";

import { dayInWords } from "../../static/js/day_in_words.js";

test("a day has its weekday, in the language and order of the page", () => {
  assert.equal(dayInWords("2026-12-01T08:00", "en-US"), "Tuesday, Dec 1, 2026");
  assert.match(dayInWords("2026-12-01T23:59", "en-GB"), /^Tuesday,? 1 Dec 2026$/);
  assert.equal(dayInWords("2026-12-01T08:00", "zh-hans"), "2026年12月1日星期二");
});

test("a field that is empty or half filled has no day", () => {
  assert.equal(dayInWords("", "en-US"), "");
  assert.equal(dayInWords("2026-13-01T08:00", "en-US"), "");
});
