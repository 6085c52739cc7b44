import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { markOf, movePhrases, shownChecks, shownClaim, shownMarks, tally } from "../../static/js/step_checks.js";

const CASES = JSON.parse(readFileSync(new URL("../data/shown_checks.json", import.meta.url), "utf8"));

const MARKS = JSON.parse(readFileSync(new URL("../data/shown_marks.json", import.meta.url), "utf8"));

const check = (verdict, rests_on = null) => ({ verdict, claims: [], rests_on });
const step = (shown, settled = true) => ({ text: "x", settled, check: shown });

for (const { note, check, shown } of CASES) {
  test(`it is shown as the server shows it: ${note}`, () => {
    assert.equal(markOf(check), shown.mark);
    assert.deepEqual(check.claims.map(shownClaim), shown.claims);
  });
}

for (const { note, verdict, answer, steps, checks, marks } of MARKS) {
  test(`marks are those of the server: ${note}`, () => {
    const state = { steps: steps.map((text, step) => ({ text, settled: true, check: checks[step] })) };
    const ended = { ...state, end: { verdict, answer } };
    assert.deepEqual(shownMarks(ended), marks);
    const { steps: all, ...counts } = tally(ended);
    assert.equal(Object.values(counts).reduce((sum, count) => sum + count), all);
  });
}

test("every reason occurs in the table", () => {
  const reasons = new Set(CASES.flatMap(({ shown }) => shown.claims.map(({ reason }) => reason)));
  assert.equal(reasons.size, 7);
});

test("while it is written, what has no check has none to show", () => {
  const steps = [step(check("proved")), step(null), step(null, false)];
  assert.deepEqual(shownChecks({ steps, end: null }), [steps[0].check, null, null]);
  assert.deepEqual(tally({ steps, end: null }), { steps: 2, proved: 1, refuted: 0, resting: 0, neutral: 0, unchecked: 0 });
});

test("after the end, what was not checked says so", () => {
  const steps = [step(check("refuted", 0)), step(check("proved", 0)), step(null)];
  assert.equal(shownChecks({ steps, end: {} })[2].verdict, "unchecked");
  assert.deepEqual(tally({ steps, end: {} }), { steps: 3, proved: 0, refuted: 1, resting: 1, neutral: 0, unchecked: 1 });
});

test("where nothing was checked, nothing is said", () => {
  for (const end of [null, {}]) {
    assert.deepEqual(shownChecks({ steps: [step(null)], end }), [null]);
    assert.equal(tally({ steps: [step(null)], end }), null);
    assert.equal(tally({ steps: [], end }), null);
  }
});

test("the moves of a step are said in one sentence", () => {
  const phrases = { subtract: "subtract {0} from both sides", expand: "expand the brackets" };
  const moves = [
    { name: "expand", terms: [] },
    { name: "subtract", terms: ["3x"] },
    { name: "of a later version", terms: [] },
  ];
  assert.equal(movePhrases({ moves }, phrases), "Expand the brackets; subtract 3x from both sides");
  assert.equal(
    movePhrases({ moves }, { ...phrases, between: "；" }),
    "Expand the brackets；subtract 3x from both sides",
  );
  assert.equal(movePhrases({}, phrases), "");
});
