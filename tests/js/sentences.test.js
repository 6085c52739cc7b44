/** Scripts choose among sentences in the page: none may be missing, and none unused. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { partsOf } from "../../static/js/sentences.js";

const PHASES = [
  ...["asking", "worker", "model", "server", "turn", "resume", "beginning", "thinking", "writing"],
  ...["reconnecting", "offline", "signed_out", "refused", "ended"],
];
const ENDINGS = [
  ...["correct", "incorrect", "undecided", "unreadable", "no_answer", "declined"],
  ...["budget_exhausted", "looping", "aborted", "engine_failed"],
];

function names(template, kind) {
  const text = readFileSync(new URL(`../../templates/solutions/${template}`, import.meta.url), "utf8");
  return [...text.matchAll(new RegExp(`data-${kind}="([\\w-]*)"`, "g"))].map(([, name]) => name).sort();
}

test("every phase has its sentence", () => {
  assert.deepEqual(names("_status.html", "phase"), [...PHASES].sort());
});

test("every ending has its word above and its block below", () => {
  assert.deepEqual(names("_status.html", "ending"), [...ENDINGS].sort());
  assert.deepEqual(names("_endings.html", "ending"), [...ENDINGS].sort());
});

test("a rule without a sentence of its own has the general one", () => {
  assert.deepEqual(names("_rule.html", "rule"), [""]); // the server renders all others from a table
});

test("every part that the view looks for is in the page", () => {
  const scripts = ["solution_view.js", "check_view.js"].map((script) =>
    readFileSync(new URL(`../../static/js/${script}`, import.meta.url), "utf8"),
  );
  const templates = ["_solution", "_next_best", "_sheet", "_status", "_endings", "_details", "_check", "_claim"];
  const parts = new Set(templates.flatMap((template) => names(`${template}.html`, "part")));
  const lookUps = /(?:part|onSubmit)\((?:\w+, )?"([\w-]+)"/g;
  const needed = scripts.flatMap((script) => [...script.matchAll(lookUps)].map(([, name]) => name));
  assert.ok(needed.length > 20);
  for (const name of needed) assert.ok(parts.has(name), `no element with data-part="${name}"`);
});

test("a sentence is cut at its formulas, in whatever order a language has them", () => {
  const values = { at: "x = 2", left: "4", right: "5" };
  assert.deepEqual(partsOf("For {at} the left side is {left}.", values), [
    "For ", { name: "at", value: "x = 2" }, " the left side is ", { name: "left", value: "4" }, ".",
  ]);
  assert.deepEqual(partsOf("{right}", values), [{ name: "right", value: "5" }]);
  assert.deepEqual(partsOf("No formula.", values), ["No formula."]);
});
