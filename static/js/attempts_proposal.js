/** How many attempts the form of an assignment proposes once there is a time limit. */

/**
 * shown: `attempts`, the text of the field, and `before`, what stood there before one attempt was
 * proposed, or null where nothing is proposed. Returns what is shown next.
 */
export function proposed(isTimed, shown) {
  const isProposed = shown.before !== null;
  if (isTimed === isProposed) return shown;
  return isTimed ? { attempts: "1", before: shown.attempts } : { attempts: shown.before, before: null };
}
