/**
 * Who is signed in now. A page that has lain open may be of a session that is over: somebody has
 * signed out in another window, and in again.
 */

export const SessionState = Object.freeze({
  SAME: "same", // whom the page was made for
  SIGNED_OUT: "signed_out",
  OTHER: "other_person",
  UNKNOWN: "failed", // the server could not be asked
});

function sessionStateOf(user, reader) {
  if (!user) return SessionState.SIGNED_OUT;
  return user === reader ? SessionState.SAME : SessionState.OTHER;
}

/** Whether a request was answered by the page on which people sign in. */
export function isSignIn({ responseURL }) {
  return new URL(responseURL || location).pathname.startsWith("/accounts/");
}

/** Asks who is signed in. If it is still the reader, all forms of the page take the newest token. */
export async function renew() {
  const { session, user: reader } = document.body.dataset;
  try {
    const answer = await fetch(session);
    const { user, token } = await answer.json();
    const sessionState = sessionStateOf(user, reader);
    if (sessionState === SessionState.SAME) setTokens(token);
    return sessionState;
  } catch {
    return SessionState.UNKNOWN;
  }
}

function setTokens(token) {
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
}

/** Shows why a form cannot be sent, or hides it. isPressed: whether somebody waits for what comes. */
export function showTrouble(form, which, isPressed = false) {
  const box = form.querySelector("[data-part=trouble]");
  box.hidden = !which;
  for (const sentence of box.querySelectorAll("[data-trouble]")) {
    sentence.hidden = sentence.dataset.trouble !== which;
  }
  for (const link of box.querySelectorAll("a[data-sign-in]")) {
    link.href = `${link.dataset.signIn}?next=${encodeURIComponent(location.pathname)}`;
  }
  if (!which || !isPressed) return;
  box.focus({ preventScroll: true }); // which closes the keyboard of a phone
  box.scrollIntoView({ block: "center" });
}

/** Which trouble a form shows; empty where it shows none. */
export function shownTrouble(form) {
  const box = form.querySelector("[data-part=trouble]");
  return box.hidden ? "" : box.querySelector("[data-trouble]:not([hidden])").dataset.trouble;
}
