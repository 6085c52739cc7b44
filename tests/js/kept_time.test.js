import assert from "node:assert/strict";
import { test } from "node:test";

import { dateAndTime } from "../../static/js/kept_time.js";

test("a kept form is dated as the server writes dates", () => {
  const evening = new Date(2031, 3, 12, 20, 0, 5);
  assert.match(dateAndTime(evening, { language: "en-US", hasHalfDays: "yes" }), /^Apr 12, 2031, 8:00\spm$/);
  assert.equal(dateAndTime(evening, { language: "en-GB" }), "12 Apr 2031, 20:00");
  assert.equal(dateAndTime(evening, { language: "zh-hans", hasHalfDays: "yes" }), "2031年4月12日 下午8:00");
});
