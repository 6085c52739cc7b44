/** Exercises on solutions: typesets what was judged, and lets the keyboard go on from there. */

import { typesetInTurn } from "./render.js";
import { isSignIn, renew, SessionState, shownTrouble, showTrouble } from "./session.js";

const FORBIDDEN = 403;
const again = new WeakSet(); // what was refused once and is sent again

const formIn = (root) => root.querySelector("#exercise form");

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id === "exercises") typesetInTurn(target);
  if (target.id !== "exercise") return;
  typesetInTurn(target);
  (target.querySelector("[data-focus]") ?? target.querySelector("input[type=text]"))?.focus();
});
document.addEventListener("htmx:beforeRequest", () => {
  const form = formIn(document);
  if (!form) return;
  showTrouble(form, "");
  form.querySelector("[id=exercise-said]")?.replaceChildren(); // it was about another line
  form.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
});
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failure, ({ detail }) => {
    const form = formIn(document);
    if (!form) return;
    if (detail.xhr.status === FORBIDDEN && !again.has(form)) sendAgain(form, detail.requestConfig);
    else showTrouble(form, SessionState.UNKNOWN, true);
  });
}
// A sign-in page that comes instead of the exercise must not be put into it.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!isSignIn(detail.xhr)) return;
  detail.shouldSwap = false;
  if (formIn(document)) showTrouble(formIn(document), SessionState.SIGNED_OUT, true);
});
// The reader comes from another window, where they may have signed in.
addEventListener("focus", async () => {
  const form = formIn(document);
  if (!form || ![SessionState.SIGNED_OUT, SessionState.OTHER].includes(shownTrouble(form))) return;
  const sessionState = await renew();
  showTrouble(form, sessionState === SessionState.SAME ? "" : sessionState);
});

/** A token is refused once its session is over; there may be a new one. */
async function sendAgain(form, { triggeringEvent }) {
  const sessionState = await renew();
  if (sessionState !== SessionState.SAME) return showTrouble(form, sessionState, true);
  again.add(form);
  form.requestSubmit(triggeringEvent?.submitter);
}
