/**
 * How the check of a step is shown, as pure functions of the check that the worker sent.
 * tutor/solutions/dispatch/shown_steps.py does the same on the server;
 * tests/data/shown_checks.json and tests/data/shown_marks.json test both.
 */

const UNCHECKED = Object.freeze({ verdict: "unchecked", claims: [], rests_on: null });

// Relations of two expressions; the others hold between two statements.
const RELATIONS_OF_SIDES = ["equal", "substitute", "evaluate", "approximate"];

// Relations of claims that need no proof of their own.
const REPEATING = ["restate", "define"];

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

/** The mark of each step; "" where it has none. In a solution with a wrong answer no step is praised. */
export function shownMarks({ steps, end }) {
  const last = steps.length - 1;
  return shownChecks({ steps, end }).map((check, step) =>
    check ? markIn(check, end?.verdict, givesAnswer(steps[step], step === last, end)) : "",
  );
}

function givesAnswer({ text }, isLast, end) {
  return Boolean(isLast && end?.answer && text.includes(end.answer));
}

function markIn(check, verdict, answers) {
  const mark = markOf(check);
  if (verdict === "incorrect" && mark !== "refuted") {
    if (answers) return "wrong_answer";
    return mark === "proved" ? "neutral" : mark;
  }
  const onlyRepeats = check.claims.every(({ relation }) => REPEATING.includes(relation));
  const isRight = verdict === "correct" && answers && onlyRepeats;
  return isRight && ["proved", "unchecked"].includes(mark) ? "right_answer" : mark;
}

/** How many complete steps there are and how many have which mark, or null before any has one. */
export function tally(state) {
  const marks = shownMarks(state);
  const count = (...names) => marks.filter((mark) => names.includes(mark)).length;
  if (!marks.some(Boolean)) return null;
  return {
    steps: state.steps.filter(({ settled }) => settled).length,
    proved: count("proved", "right_answer"),
    refuted: count("refuted"),
    resting: count("resting"),
    neutral: count("neutral", "wrong_answer"),
    unchecked: count("unchecked"),
  };
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

/** What was done to reach a step, as `move_phrases` of tutor/attempts/working/moves.py says it. */
export function movePhrases({ moves = [] }, phrases) {
  const text = moves
    .filter(({ name }) => phrases[name])
    .map(({ name, terms }) => phrases[name].replace(/\{(\d)\}/g, (_, index) => terms[index] ?? ""))
    .join(phrases.between ?? "; ");
  return text.charAt(0).toUpperCase() + text.slice(1);
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
  return Object.entries(values).map(([name, value]) => `${nameTex(name)} = ${value}`).join(",\\; ");
}

const GREEK =
  /^(?:alpha|beta|gamma|delta|(?:var)?epsilon|zeta|eta|(?:var)?theta|iota|kappa|lambda|mu|nu|xi|(?:var)?rho|sigma|tau|upsilon|(?:var)?phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega)$/;

/** A variable as `latex` of tutor/grading/parsing/latex.py writes it: \\beta, x_{12}, \\mathrm{ab}. */
function nameTex(name) {
  const [stem, index] = name.split("_");
  const letters = GREEK.test(stem) ? `\\${stem}` : stem.replace(/^[A-Za-z]{2,}$/, "\\mathrm{$&}");
  return index ? `${letters}_{${index}}` : letters;
}
