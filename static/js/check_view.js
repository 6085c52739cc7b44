/** Shows the check of a step (templates/solutions/_check.html and _tally.html). */

import { markWide, typesetAnswer } from "./render.js";
import { partsOf, setText, show } from "./sentences.js";
import { movePhrases, shownClaim } from "./step_checks.js";

/**
 * Show the check of a step and its mark beside it, with `claimTemplate` for each of its claims.
 * `sentences`: as tutor/attempts/working/check_sentences.py wrote them.
 */
export function drawCheck(entry, check, mark, claimTemplate, sentences) {
  const details = part(entry, "check");
  details.hidden = false;
  entry.classList.toggle("refuted", mark === "refuted");
  show(details.firstElementChild, "mark", mark);
  part(details, "rests-on").hidden = check.rests_on === null;
  setText(details.querySelector("[data-value=rests-on]"), (check.rests_on ?? 0) + 1);
  const moves = movePhrases(check, sentences.moves);
  part(entry, "moves").hidden = !moves;
  part(entry, "moves").textContent = moves;
  part(details, "no-claims").hidden = check.claims.length > 0;
  const claims = part(details, "claims");
  claims.hidden = !check.claims.length;
  claims.replaceChildren(...check.claims.map((claim) => claimEntry(claim, claimTemplate, sentences)));
  // Formulas are typeset when somebody looks: most checks are never opened.
  details.addEventListener("toggle", () => typesetFormulas(details), { once: true });
}

/** `counts` as in step_checks.js; null leaves the list empty. */
export function drawTally(list, counts) {
  for (const [name, count] of Object.entries(counts ?? {})) {
    for (const element of list.querySelectorAll(`[data-value=${name}]`)) setText(element, count);
  }
  const isShown = counts && {
    proved: counts.steps !== 1,
    "proved-one": counts.steps === 1,
    refuted: counts.refuted > 1,
    "refuted-one": counts.refuted === 1,
    resting: counts.resting > 0,
    neutral: counts.neutral > 0,
    unchecked: counts.unchecked > 0,
  };
  for (const item of list.children) item.hidden = !isShown?.[item.dataset.tally];
}

function claimEntry(claim, template, { relations, witnesses, slips }) {
  const entry = template.content.firstElementChild.cloneNode(true);
  const shown = shownClaim(claim);
  entry.classList.toggle("refuted", shown.mark === "refuted");
  show(entry, "mark", shown.mark);
  entry.querySelector("[data-value=text]").textContent = shown.text;
  part(entry, "relation").textContent = relations[shown.relation] ?? "";
  part(entry, "witness").hidden = !shown.reason;
  if (shown.reason) {
    const parts = partsOf(witnesses[shown.reason], shown);
    part(entry, "witness").replaceChildren(...parts.map(formulaOrText));
  }
  part(entry, "slip").hidden = !shown.slip;
  if (shown.slip) part(entry, "slip").textContent = slips[shown.slip] ?? slips.other;
  return entry;
}

function formulaOrText(piece) {
  if (typeof piece === "string") return piece;
  const element = document.createElement("span");
  element.dataset.value = piece.name;
  element.dataset.answer = "";
  element.textContent = piece.value;
  return element;
}

function typesetFormulas(details) {
  for (const element of details.querySelectorAll("[data-answer]")) {
    if (!element.closest("[hidden]")) typesetAnswer(element);
  }
  markWide(details);
}

function part(root, name) {
  return root.querySelector(`[data-part="${name}"]`);
}
