/** When help is given in an assignment that becomes a test, or stops being one, in its form. */

export const POLICIES = ["hint_policy", "reply_policy", "step_policy", "help_policy"];
const EARLY = ["always", "attempts"];

/** A time limit or a single attempt makes a test. Both are texts of fields. */
export function isTest(limit, attempts) {
  return limit.trim() !== "" || attempts.trim() === "1";
}

/** The policies of a test that gives help after its end. */
export function putOff(policies) {
  const late = ([name, policy]) => [name, EARLY.includes(policy) ? "after_due" : policy];
  return Object.fromEntries(Object.entries(policies).map(late));
}

export function isEarly(policy) {
  return EARLY.includes(policy);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether those who sit a test early can tell others. Both are texts of fields; false if one is empty. */
export function isLong(opens, ends) {
  return Date.parse(ends) - Date.parse(opens) > DAY_MS;
}

/**
 * When students read what is right: with a time limit after the end, unless help that tells it was
 * left open. Hints of the problem tell nothing.
 */
export function verdictFor(isTimed, policies) {
  const telling = Object.entries(policies).filter(([name]) => name !== "hint_policy");
  const isTold = telling.some(([, policy]) => isEarly(policy));
  return isTimed && !isTold ? "after_end" : "at_once";
}
