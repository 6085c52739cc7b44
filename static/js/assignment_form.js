/**
 * Puts the help of a test off to its end while nobody has chosen it; where the time is limited,
 * proposes the verdict after the end and a number of attempts; says what holds. Asks what late
 * answers count once there is a date until which they are taken. The list of errors, where there is
 * one, has the focus.
 */

import { proposalFor, proposed } from "./attempts_proposal.js";
import { isEarly, isLong, isTest, POLICIES, putOff, verdictFor } from "./assignment_help.js";

function furnish(form) {
  const { time_limit_min: limit, attempts_allowed: attempts, help_chosen: chosen, closes_at: closes } = form.elements;
  const { verdict_policy: verdict, opens_at: opens, due_at: due } = form.elements;
  const fields = POLICIES.map((name) => form.elements[name]);
  const policies = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const write = (values) => fields.forEach((field) => (field.value = values[field.name]));
  const note = (name, isShown) => {
    const sentence = form.querySelector(`[data-when-${name}]`);
    if (sentence) sentence.hidden = !isShown;
  };

  const isTimed = () => limit.value.trim() !== "";

  let wasTimed = isTimed();
  let followsLimit = true; // until somebody chooses when the verdict comes
  let mayPropose = true; // until somebody types a number of attempts
  let attemptsBefore = null;
  let wasTest = isTest(limit.value, attempts.value);
  let before = null; // what was chosen for homework

  /** Anew where the limit comes or goes, or where what stands there was proposed. */
  function propose() {
    if (mayPropose && (isTimed() !== wasTimed || attemptsBefore !== null)) {
      const proposal = proposalFor(isTimed(), verdict.value === "after_end");
      const next = proposed(proposal, { attempts: attempts.value, before: attemptsBefore });
      attempts.value = next.attempts;
      attemptsBefore = next.before;
    }
    wasTimed = isTimed();
  }

  function say() {
    note("proposed", attemptsBefore !== null && attempts.value === "1");
    const isSealed = verdict.value === "after_end";
    const hasSeveral = isTimed() && attempts.value.trim() !== "1";
    note("several", hasSeveral && !isSealed);
    note("replacing", hasSeveral && isSealed);
    note("sealed", isSealed);
    note("long", isTimed() && isLong(opens.value, closes.value || due.value));
    note("shared", wasTest);
    const hasEarly = fields.some((field) => isEarly(field.value));
    note("late", wasTest && !hasEarly);
    note("early", wasTest && hasEarly);
    note("passed-on", wasTest && isEarly(form.elements.help_policy.value));
  }

  function follow() {
    const isNow = isTest(limit.value, attempts.value);
    if (isNow !== wasTest && !chosen.value) {
      if (isNow) before = policies();
      if (isNow || before) write(isNow ? putOff(before) : before);
    }
    wasTest = isNow;
    say();
  }

  /** Late answers count only until a date. */
  function showCredit() {
    const credit = form.querySelector("[data-when-closing]");
    credit.hidden = !closes.value && !credit.querySelector(".errorlist");
  }

  for (const date of [opens, due, closes]) date.addEventListener("input", say);
  closes.addEventListener("input", showCredit);
  showCredit();
  limit.addEventListener("input", () => {
    const becomesOther = isTimed() !== wasTimed;
    follow();
    if (becomesOther && followsLimit) {
      verdict.value = verdictFor(isTimed(), { ...policies(), check_policy: form.elements.check_policy.value });
    }
    propose();
    follow();
  });
  verdict.addEventListener("change", () => {
    followsLimit = false;
    chosen.value = "1";
    propose();
    follow();
  });
  attempts.addEventListener("input", () => {
    mayPropose = false;
    attemptsBefore = null;
    follow();
  });
  for (const field of fields) {
    field.addEventListener("change", () => {
      chosen.value = "1";
      say();
    });
  }
  say();
}

furnish(document.querySelector("form[data-assignment]"));
document.querySelector("[data-focus]")?.focus();
