/**
 * What was typed and not submitted yet, for a reload of this tab: the server keeps drafts too, but
 * hears of the last keystrokes a moment later. The storage of a tab ends with it. unsent.js keeps
 * longer what the server has not got.
 */

const PREFIX = "lemma.draft.";

/** The fields of a form as [name, value] pairs, without what only the server needs. */
export function fieldsOf(entries) {
  const hidden = new Set(["csrfmiddlewaretoken", "action", "number", "version"]);
  return [...entries].filter(([name]) => !hidden.has(name)).map(([name, value]) => [name, String(value)]);
}

export function keep(storage, key, entries) {
  storage.setItem(PREFIX + key, JSON.stringify(fieldsOf(entries)));
}

/** The pairs that were kept for this very form; null where there are none. */
export function storedFields(storage, key) {
  try {
    const fields = JSON.parse(storage.getItem(PREFIX + key));
    const isPair = (pair) => Array.isArray(pair) && pair.length === 2;
    return Array.isArray(fields) && fields.every(isPair) ? fields : null;
  } catch {
    return null; // not ours, or broken
  }
}

/**
 * Keep, for the next attempt, what was typed while this one was sent. sent: the pairs that were
 * submitted. Returns whether there is something to keep, which is any difference.
 */
export function keepForNext(storage, key, sent, entries) {
  const fields = fieldsOf(entries);
  if (JSON.stringify(fields) === JSON.stringify(sent)) return false;
  keep(storage, nextKey(key), fields);
  return true;
}

function nextKey(key) {
  const [user, item, number] = key.split("/");
  return `${user}/${item}/${Number(number) + 1}`;
}

/** Forget what was typed for other attempts than this: they were submitted, or are not mine. */
export function forgetOthers(storage, key) {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  for (const name of keys) {
    if (name?.startsWith(PREFIX) && isStale(name.slice(PREFIX.length), key)) storage.removeItem(name);
  }
}

/** Keys are user/item/number. */
function isStale(name, key) {
  const [user, item, number] = name.split("/");
  const [me, here, now] = key.split("/");
  return user !== me || (item === here && number !== now);
}
