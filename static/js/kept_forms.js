/**
 * Long texts of a teacher, such as a problem that is being written, kept on this device until the
 * server has them. Keys are user/form, and only their user's text is kept.
 */

import { fieldsOf } from "./response_draft.js";

const PREFIX = "lemma.form.";
const SENT = "lemma.sent-form"; // the form that this tab has just sent
const MAX_AGE_MS = 14 * 24 * 60 * 60 * 1000;

export function keepForm(storage, key, entries, now) {
  try {
    storage.setItem(PREFIX + key, JSON.stringify({ fields: fieldsOf(entries), at: now }));
  } catch {
    // full, or refused: the page still has it
  }
}

export function forgetForm(storage, key) {
  storage.removeItem(PREFIX + key);
}

/** Its fields as [name, value] pairs, and when they were written; null where nothing is kept, or only what the form shows. */
export function keptForm(storage, key, entries, now) {
  try {
    const { fields, at } = JSON.parse(storage.getItem(PREFIX + key));
    const isNews = JSON.stringify(fields) !== JSON.stringify(fieldsOf(entries));
    return isNews && now - at < MAX_AGE_MS ? { fields, at } : null;
  } catch {
    return null; // nothing, or broken
  }
}

/** isForgotten: whether the forms of a user are. */
export function forgetForms(storage, isForgotten) {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  for (const name of names.filter((name) => name.startsWith(PREFIX))) {
    if (isForgotten(name.slice(PREFIX.length).split("/")[0])) storage.removeItem(name);
  }
}

export function noteSent(tab, key) {
  tab.setItem(SENT, key);
}

/**
 * Forgets the form that this tab has sent if the server has taken it: that leads on to another
 * page, which is no page of an account. navigation: how this page came.
 */
export function settleSent(tab, storage, { redirectCount, responseStatus = 200 }, path) {
  const key = tab.getItem(SENT);
  if (key && redirectCount && responseStatus < 400 && !path.startsWith("/accounts/")) {
    forgetForm(storage, key);
  }
  if (!path.startsWith("/accounts/")) tab.removeItem(SENT);
}
