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
