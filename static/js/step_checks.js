/**
 * How the check of a step is shown, as pure functions of the check that the worker sent.
 * tutor/solutions/dispatch/shown_steps.py does the same on the server;
 * tests/data/shown_checks.json tests both.
 */

const UNCHECKED = Object.freeze({ verdict: "unchecked", claims: [], rests_on: null });

// Relations of two expressions; the others hold between two statements.
const RELATIONS_OF_SIDES = ["equal", "substitute", "evaluate", "approximate"];

/** proved, refuted, resting or unchecked. */
export function markOf(check) {
  return check.rests_on !== null && check.verdict !== "refuted" ? "resting" : check.verdict;
}

/**
 * The check of each step; null while it may still come, or where there is none.
 * A solution that ended without a single check was not checked at all.
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

/** A claim with its mark, the reason why it fails, and the formulas of that reason. */
export function shownClaim({ verdict, relation, claim, slip, witness }) {
  const reason = reasonOf(verdict, relation, witness);
  const isDefinition = relation === "define" && verdict === "unchecked";
  return {
    mark: isDefinition ? "" : verdict,
    relation,
    text: claim,
    slip,
    reason,
    at: reason ? assignmentTex(witness.values) : "",
    left: reason ? witness.left : "",
    right: reason ? witness.right : "",
  };
}

function reasonOf(verdict, relation, witness) {
  if (verdict !== "refuted" || !witness) return "";
  const hasSides = Boolean(witness.left && witness.right);
  if (!Object.keys(witness.values).length) return hasSides ? "sides" : "";
  if (RELATIONS_OF_SIDES.includes(relation)) return hasSides ? "sides_at" : "";
  const fails = witness.failing === "premise" ? "premise_fails" : "claim_fails";
  return hasSides ? `${fails}_sides` : fails;
}

function assignmentTex(values) {
  return Object.entries(values).map(([name, value]) => `${name} = ${value}`).join(",\\; ");
}
