/**
 * What was typed and has not come to the server, kept on this device until it has: a tab may be
 * closed while the network is away. Keys are user/item/number, and only their user's text is kept.
 */

const PREFIX = "lemma.unsent.";
const MAX_AGE_MS = 14 * 24 * 60 * 60 * 1000;

export function keepUnsent(storage, key, draft) {
  try {
    storage.setItem(PREFIX + key, JSON.stringify(draft));
  } catch {
    // full, or refused: the tab and the server keep drafts as well
  }
}

export function forgetUnsent(storage, key) {
  storage.removeItem(PREFIX + key);
}

/** A user's drafts as { key, url, fields, at }, the oldest first. Those of others are forgotten. */
export function unsentOf(storage, user, now) {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index))
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => name.slice(PREFIX.length));
  const drafts = keys.map((key) => ({ key, ...read(storage, key) }));
  const isDue = ({ key, at }) => key.split("/")[0] === user && now - at < MAX_AGE_MS;
  for (const draft of drafts) if (!isDue(draft)) forgetUnsent(storage, draft.key);
  return drafts.filter(isDue).sort((draft, other) => draft.at - other.at);
}

/** The text for this form, unless the server has a draft that is younger than that. */
export function unsentFor(storage, key, now, savedAgeS = Infinity) {
  const { at, fields } = read(storage, key);
  return now - at < savedAgeS * 1000 ? fields : null;
}

function read(storage, key) {
  try {
    const { url, fields, at } = JSON.parse(storage.getItem(PREFIX + key));
    return { url, fields, at };
  } catch {
    return {}; // nothing, or broken
  }
}
