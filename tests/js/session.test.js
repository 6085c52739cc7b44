import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { renew, SessionState } from "../../static/js/session.js";

const { document: realDocument, fetch: realFetch } = globalThis;
const READER = "7";

/** A page of the reader with one form, and a server where `user` is signed in. */
function pageWhere(user) {
  const field = { value: "old" };
  globalThis.document = {
    body: { dataset: { user: READER, session: "/accounts/session/" } },
    querySelectorAll: () => [field],
  };
  globalThis.fetch = async () => ({ json: async () => ({ user, token: "new" }) });
  return field;
}

afterEach(() => Object.assign(globalThis, { document: realDocument, fetch: realFetch }));

test("only who has opened the page gets a new token for its forms", async () => {
  for (const [user, sessionState, token] of [
    [READER, SessionState.SAME, "new"],
    ["70", SessionState.OTHER, "old"],
    ["", SessionState.SIGNED_OUT, "old"],
  ]) {
    const field = pageWhere(user);
    assert.equal(await renew(), sessionState);
    assert.equal(field.value, token);
  }
});

test("what says nothing of the reader is no answer", async () => {
  pageWhere(READER);
  globalThis.fetch = async () => ({ json: async () => JSON.parse("<html>") });
  assert.equal(await renew(), SessionState.UNKNOWN);
});
