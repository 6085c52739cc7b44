/** How many attempts the form of an assignment proposes once there is a time limit. */

/**
 * What to propose: null without a time limit; else "", which is no limit, where nobody reads before
 * the end what is right, so that trying out tells nothing; else "1".
 */
export function proposalFor(isTimed, isSealed) {
  if (!isTimed) return null;
  return isSealed ? "" : "1";
}

/**
 * shown: `attempts`, the text of the field, and `before`, what stood there before anything was
 * proposed, or null where nothing is proposed. Returns what is shown next.
 */
export function proposed(proposal, shown) {
  const before = shown.before ?? shown.attempts;
  if (proposal !== null) return { attempts: proposal, before };
  return shown.before === null ? shown : { attempts: before, before: null };
}
