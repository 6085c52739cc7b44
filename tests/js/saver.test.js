import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { Saver, timeOf } from "../../static/js/saver.js";

const form = { dataset: { save: "/draft/" } };
const { setInterval: everySecond, FormData: realFormData, fetch: realFetch } = globalThis;

/** A saver whose requests are answered by `answers`, one after the other; an error is no network. */
function saving(answers) {
  const sent = [];
  globalThis.setInterval = () => 0; // looks when the test does
  globalThis.FormData = class {};
  globalThis.fetch = async (url, options) => {
    sent.push({ url, keepalive: options.keepalive });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { saver: new Saver(() => form), sent };
}

afterEach(() => {
  Object.assign(globalThis, { setInterval: everySecond, FormData: realFormData, fetch: realFetch });
});

test("what nobody typed is not sent, and what was typed is sent once", async () => {
  const { saver, sent } = saving([{ ok: true }]);
  await saver.save();
  assert.equal(sent.length, 0);
  saver.note();
  await saver.save();
  await saver.save();
  assert.deepEqual(sent, [{ url: "/draft/", keepalive: true }]);
});

test("what the fields' own requests have brought is not sent again", async () => {
  const { saver, sent } = saving([]);
  saver.note();
  saver.heard(1);
  await saver.save();
  assert.equal(sent.length, 0);
});

test("what did not get through is tried again", async () => {
  const offline = new TypeError("offline");
  const { saver, sent } = saving([offline, offline, { ok: false }, { ok: true, redirected: true }, { ok: true }]);
  saver.note();
  for (let tries = 0; tries < 5; tries++) await saver.save();
  assert.equal(sent.length, 5); // the first try asks twice, the last is not needed
});

test("what is typed while a draft is on its way is sent after it", async () => {
  const { saver, sent } = saving([{ ok: true }, { ok: true }]);
  saver.note();
  const first = saver.save();
  saver.note();
  await first;
  await saver.save();
  assert.equal(sent.length, 2);
});

test("a text too long to outlive the page is sent without that", async () => {
  const { saver, sent } = saving([new TypeError("too long"), { ok: true }]);
  saver.note();
  await saver.save();
  assert.deepEqual(sent.map(({ keepalive }) => keepalive), [true, false]);
});

test("it says up to when what is typed is saved, as long as it is not", async () => {
  const { saver } = saving([new TypeError("offline"), new TypeError("offline"), { ok: false }, { ok: true }]);
  const atFirst = saver.savedAt;
  assert.equal(saver.says(true), "");
  assert.equal(saver.says(false), "offline");
  saver.note();
  await saver.save();
  assert.equal(saver.says(true), "offline"); // whatever the browser thinks
  await saver.save();
  assert.equal(saver.says(true), "failed");
  assert.equal(saver.savedAt, atFirst);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await saver.save();
  assert.equal(saver.says(true), "");
  assert.ok(saver.savedAt > atFirst);
});

test("a submitted answer moves no time of saving", () => {
  const { saver } = saving([]);
  const atFirst = saver.savedAt;
  saver.note();
  saver.heard(saver.noted);
  assert.equal(saver.savedAt, atFirst);
});

test("a time follows the clock of the class", () => {
  const instant = new Date("2031-04-12T18:00:05Z");
  const zone = "Europe/Berlin";
  assert.equal(timeOf(instant, { zone }, "en"), "20:00:05");
  assert.match(timeOf(instant, { zone, hasHalfDays: "yes" }, "en"), /^8:00:05\spm$/);
  assert.equal(timeOf(instant, { zone, hasHalfDays: "yes" }, "zh-hans"), "下午8:00:05");
});
