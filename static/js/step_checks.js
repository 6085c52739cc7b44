/**
 * How the check of a step is shown, as pure functions of what the worker found.
 * The server's counterpart is tutor/solutions/dispatch/shown_steps.py; both keep to
 * tests/data/shown_checks.json.
 */

const UNCHECKED = Object.freeze({ verdict: "unchecked", claims: [], rests_on: null });

// What claims that two sides agree; the others say something about what came before.
const OF_TWO_SIDES = ["equal", "substitute", "evaluate", "approximate"];

/** proved, refuted, resting or unchecked. */
export function markOf(check) {
  return check.rests_on !== null && check.verdict !== "refuted" ? "resting" : check.verdict;
}

/**
 * What to show of each step: its check; null while it may still come, or where there is none.
 * A solution that has ended without a single check was not checked at all.
 */
export function shownChecks({ steps, end }) {
  const fallback = end && steps.some(({ check }) => check) ? UNCHECKED : null;
  return steps.map(({ check }) => check ?? fallback);
}

/** How many complete steps there are and how many have which mark, or null before any has one. */
export function tally(state) {
  const checks = shownChecks(state);
  const counts = { steps: 0, proved: 0, refuted: 0, resting: 0, unchecked: 0 };
  state.steps.forEach(({ settled }, step) => {
    counts.steps += Number(settled);
    if (checks[step]) counts[markOf(checks[step])] += 1;
  });
  return checks.some(Boolean) ? counts : null;
}

/** A claim with its mark, the sentence that tells how it fails, and the formulas of that. */
export function shownClaim({ verdict, relation, claim, slip, witness }) {
  const sentence = sentenceOf(verdict, relation, witness);
  const isDefinition = relation === "define" && verdict === "unchecked";
  return {
    mark: isDefinition ? "" : verdict,
    relation,
    text: claim,
    slip,
    sentence,
    at: sentence ? valuesTex(witness.values) : "",
    left: sentence ? witness.left : "",
    right: sentence ? witness.right : "",
  };
}

function sentenceOf(verdict, relation, witness) {
  if (verdict !== "refuted" || !witness) return "";
  const hasSides = Boolean(witness.left && witness.right);
  if (!Object.keys(witness.values).length) return hasSides ? "sides" : "";
  if (OF_TWO_SIDES.includes(relation)) return hasSides ? "sides_at" : "";
  const fails = witness.failing === "premise" ? "premise_fails" : "claim_fails";
  return hasSides ? `${fails}_sides` : fails;
}

function valuesTex(values) {
  return Object.entries(values).map(([name, value]) => `${name} = ${value}`).join(",\\; ");
}
