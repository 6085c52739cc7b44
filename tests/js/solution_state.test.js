import assert from "node:assert/strict";
import { test } from "node:test";

import { apply, compareIds, ending, isRefusal, NOTHING, phase } from "../../static/js/solution_state.js";

const CODE = "0b6f2f52-3c55-4b7e-9d0c-3f6a5e2d7f01";
const OTHER = "7c1e9a44-8d12-4f0b-a1b2-9e8d7c6b5a40";
const STEPS = ["First \\(x\\).\n\n", "Then \\[ y \\] and\n\n", "so \\(\\boxed{7}\\)."];
const PROVED = { verdict: "proved", claims: [], rests_on: null };
const REFUTED = { verdict: "refuted", claims: [], rests_on: 0 };
const UNCHECKED = { verdict: "unchecked", claims: [], rests_on: null };
const CHECKS = [PROVED, REFUTED, UNCHECKED];
const END = {
  ...{ outcome: "finished", verdict: "correct", rule: "exact", feedback: "" },
  ...{ answer: "7", tokens: 9, seconds: 1.5, model: "a-model" },
};

const status = (state, waiting_for = null, solution = CODE) => ({
  type: "solution.status",
  ...{ solution, state, waiting_for },
});
const run = (messages, state = NOTHING) => messages.reduce(apply, state);

/** A log whose ids sort differently as text: 9-9, 9-10, 10-0, … A check comes when it is ready. */
function log() {
  const entries = [
    { type: "reasoning.delta", text: "Hm", tokens: 1 },
    { type: "reasoning.delta", text: ", well.", tokens: 2 },
  ];
  STEPS.forEach((text, step) => {
    entries.push({ type: "step.delta", step, text: text.slice(0, 4), tokens: 1 });
    if (step) entries.push({ type: "step.checked", step: step - 1, check: CHECKS[step - 1] });
    entries.push({ type: "step.delta", step, text: text.slice(4), tokens: 1 });
    entries.push({ type: "step.settled", step });
  });
  entries.push({ type: "step.checked", step: 2, check: CHECKS[2] });
  entries.push({ type: "solution.end", ...END });
  return entries.map((entry, index) => ({
    id: index < 2 ? `9-${9 + index}` : `10-${index - 2}`,
    ...entry,
  }));
}

const WHOLE = run([status("streaming"), ...log()]);

test("a whole log makes the whole solution", () => {
  assert.equal(WHOLE.reasoning, "Hm, well.");
  assert.equal(WHOLE.reasoningTokens, 3);
  assert.equal(WHOLE.tokens, 9);
  assert.deepEqual(WHOLE.steps.map(({ text }) => text), STEPS);
  assert.ok(WHOLE.steps.every(({ settled }) => settled));
  assert.deepEqual(WHOLE.steps.map(({ check }) => check), CHECKS);
  assert.deepEqual(WHOLE.end, END);
});

test("a text that goes on from an earlier place is taken back to it", () => {
  const seen = run([status("streaming"), ...log().slice(0, 7)]);
  const whole = {
    ...{ type: "solution.whole", id: "11-6", reasoning: "Hm", reasoning_tokens: 1 },
    ...{ steps: STEPS.slice(0, 2), checks: [PROVED], end: null, settled: 1, tokens: 4 },
  };
  const state = apply(seen, whole);
  assert.deepEqual(state.steps.map(({ text }) => text), STEPS.slice(0, 2));
  assert.deepEqual(state.steps.map(({ settled }) => settled), [true, false]);
  assert.deepEqual(state.steps.map(({ check }) => check), [PROVED, null]);
  assert.equal(state.tokens, 4);
  const next = { type: "step.delta", step: 1, text: "more", tokens: 1, id: "11-7" };
  assert.equal(apply(state, next).steps[1].text, `${STEPS[1]}more`);
});

test("a text that Lemma took back is known to be corrected, whatever follows", () => {
  const seen = run([status("streaming"), ...log().slice(0, 7)]);
  assert.equal(seen.corrections, 0);
  const whole = {
    ...{ type: "solution.whole", id: "11-6", reasoning: "Hm", reasoning_tokens: 1 },
    ...{ steps: STEPS.slice(0, 1), checks: [], end: null, settled: 0, tokens: 4 },
    corrections: [{ step: 0, refuted: "1 + 1 = 3", value: "2", start: 8, taken_back: "3" }],
  };
  const next = { type: "step.delta", step: 0, text: "more", tokens: 1, id: "11-7" };
  assert.equal(apply(apply(seen, whole), next).corrections, 1);
});

test("for every point of interruption, what was seen and the rest make the whole", () => {
  const entries = log();
  for (let cut = 0; cut <= entries.length; cut += 1) {
    const seen = run([status("streaming"), ...entries.slice(0, cut)]);
    const rest = entries.filter(({ id }) => !seen.lastId || compareIds(id, seen.lastId) > 0);
    assert.equal(rest.length, entries.length - cut);
    assert.deepEqual(run([status("streaming"), ...rest], seen), WHOLE, `cut after ${cut}`);
  }
});

test("whatever is sent again changes nothing", () => {
  const entries = log();
  for (let from = 0; from <= entries.length; from += 1) {
    for (let to = from; to <= entries.length; to += 1) {
      const seen = run([status("streaming"), ...entries.slice(0, to)]);
      assert.deepEqual(run(entries.slice(from), seen), WHOLE, `again from ${from} after ${to}`);
    }
  }
});

test("an applied message gives back the very same state", () => {
  const entries = log();
  const seen = run([status("streaming"), ...entries.slice(0, 5)]);
  for (const entry of entries.slice(0, 5)) assert.equal(apply(seen, entry), seen);
});

test("ids are compared as two numbers", () => {
  assert.ok(compareIds("9-0", "10-0") < 0);
  assert.ok(compareIds("10-2", "10-10") < 0);
  assert.ok(compareIds("10-10", "10-2") > 0);
  assert.equal(compareIds("10-2", "10-2"), 0);
  assert.ok(compareIds("1700000000000-18446744073709551614", "1700000000000-18446744073709551615") < 0);
});

test("a finished solution from the record equals the one from the log", () => {
  const whole = {
    ...{ type: "solution.whole", id: WHOLE.lastId, solution: CODE },
    ...{ reasoning: WHOLE.reasoning, reasoning_tokens: 3, steps: STEPS, checks: CHECKS, end: END },
  };
  assert.deepEqual(run([status("streaming"), whole]), WHOLE);
  const entries = log();
  for (let cut = 0; cut <= entries.length; cut += 1) {
    const seen = run([status("streaming"), ...entries.slice(0, cut)]);
    assert.deepEqual(apply(seen, whole), WHOLE, `cut after ${cut}`);
  }
  assert.equal(apply(WHOLE, whole), WHOLE);
});

test("a record that comes after its log expired still ends the solution", () => {
  const seen = run([status("streaming"), ...log().slice(0, 6)]);
  const whole = { type: "solution.whole", id: "0-0", reasoning: "", reasoning_tokens: 0, steps: STEPS, end: END };
  const state = apply(seen, whole);
  assert.deepEqual(state.end, END);
  assert.equal(state.lastId, seen.lastId);
});

test("a record without checks, as those of earlier versions, has none", () => {
  const whole = { type: "solution.whole", id: "1-0", reasoning: "", reasoning_tokens: 0, steps: STEPS, end: END };
  for (const checks of [undefined, []]) {
    const state = run([status("ended"), { ...whole, checks }]);
    assert.deepEqual(state.steps.map(({ check }) => check), [null, null, null]);
  }
});

test("a solution that begins anew replaces what was seen, checks too, and goes on", () => {
  const seen = run([status("streaming"), ...log().slice(0, 9)]);
  assert.deepEqual(seen.steps[0].check, PROVED);
  const anew = { type: "solution.whole", id: "11-0", reasoning: "", reasoning_tokens: 0, steps: ["Anew. "], end: null };
  const state = run([anew, { type: "step.delta", id: "11-1", step: 1, text: "On.", tokens: 1 }], seen);
  assert.deepEqual(state.steps, [
    { text: "Anew. ", settled: true, check: null },
    { text: "On.", settled: false, check: null },
  ]);
  assert.equal(state.end, null);
  assert.equal(apply(state, anew), state);
});

test("unknown types and entries without an id are ignored", () => {
  const seen = run([status("streaming"), ...log().slice(0, 4)]);
  assert.equal(apply(seen, { type: "step.verdict", id: "99-0", step: 0 }), seen);
  assert.equal(apply(seen, { type: "reasoning.delta", text: "x", tokens: 1 }), seen);
  assert.equal(apply(seen, { type: "reasoning.delta", id: "soon", text: "x", tokens: 1 }), seen);
});

test("another solution starts from nothing, the same one keeps what it has", () => {
  assert.deepEqual(apply(WHOLE, status("queued", "turn", OTHER)).steps, []);
  assert.equal(apply(WHOLE, status("ended")).steps, WHOLE.steps);
});

test("settled steps stay the same objects while others grow", () => {
  const entries = log();
  const before = run([status("streaming"), ...entries.slice(0, 5)]);
  const after = apply(before, entries[5]);
  assert.equal(after.steps[0], before.steps[0]);
  assert.ok(before.steps[0].settled);
});

test("a check changes its own step and no text", () => {
  const entries = log();
  const checked = entries.findIndex(({ type, step }) => type === "step.checked" && step === 1);
  const before = run([status("streaming"), ...entries.slice(0, checked)]);
  const after = apply(before, entries[checked]);
  assert.deepEqual(after.steps[1], { ...before.steps[1], check: REFUTED });
  assert.equal(after.steps[0], before.steps[0]);
  assert.equal(after.steps[2], before.steps[2]);
});

test("an end settles what was still open", () => {
  const state = run([status("streaming"), log()[2], { type: "solution.end", id: "12-0", ...END, outcome: "aborted" }]);
  assert.ok(state.steps[0].settled);
});

test("phase says what a viewer is told", () => {
  const entries = log();
  const streaming = run([status("streaming")]);
  const table = [
    [NOTHING, "connecting", "asking"],
    [run([status("queued", "worker")]), "live", "worker"],
    [run([status("queued", "model")]), "live", "model"],
    [run([status("queued", "server")]), "live", "server"],
    [run([status("queued", "turn")]), "live", "turn"],
    [run([status("queued", "resume")]), "live", "resume"],
    [run([status("queued")]), "live", "turn"],
    [streaming, "live", "beginning"],
    [run(entries.slice(0, 1), streaming), "live", "thinking"],
    [run(entries.slice(0, 3), streaming), "live", "writing"],
    [streaming, "reconnecting", "reconnecting"],
    [streaming, "offline", "offline"],
    [streaming, "signed_out", "signed_out"],
    [apply(NOTHING, { type: "request.refused", reason: "not_found", message: "No." }), "closed", "refused"],
    [WHOLE, "offline", "ended"],
  ];
  for (const [state, connection, expected] of table) {
    assert.equal(phase(state, connection), expected);
  }
});

test("a refusal is one by its outcome alone, and nothing is none", () => {
  assert.equal(isRefusal({ outcome: "declined", verdict: "incorrect" }), true);
  assert.equal(isRefusal({ outcome: "finished", verdict: "incorrect" }), false);
  assert.equal(isRefusal(undefined), false);
  assert.equal(isRefusal(null), false);
});

test("ending has one word for each way to end", () => {
  const table = [
    ["finished", "correct", "7", "correct"],
    ["finished", "incorrect", "6", "incorrect"],
    ["finished", "undecided", "6", "undecided"],
    ["finished", "unreadable", "6..", "unreadable"],
    ["finished", "unreadable", "", "no_answer"],
    ["finished", "", "", "no_answer"],
    ["budget_exhausted", "unreadable", "", "budget_exhausted"],
    ["looping", "", "", "looping"],
    ["aborted", "", "", "aborted"],
    ["engine_failed", "", "", "engine_failed"],
    ["looping", "incorrect", "6", "incorrect"],
    ["declined", "unreadable", "", "declined"],
    ["declined", "incorrect", "I cannot.", "declined"],
  ];
  for (const [outcome, verdict, answer, expected] of table) {
    assert.equal(ending({ outcome, verdict, answer }), expected);
  }
});
