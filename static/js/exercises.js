/** Exercises on solutions: typesets what was judged, and lets the keyboard go on from there. */

import { typesetInTurn } from "./render.js";
import { isSignIn, renew, shownTrouble, showTrouble, Standing } from "./session.js";

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
});
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failure, ({ detail }) => {
    const form = formIn(document);
    if (!form) return;
    if (detail.xhr.status === FORBIDDEN && !again.has(form)) sendAgain(form, detail.requestConfig);
    else showTrouble(form, Standing.UNKNOWN, true);
  });
}
// A sign-in page that comes instead of the exercise must not be put into it.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!isSignIn(detail.xhr)) return;
  detail.shouldSwap = false;
  if (formIn(document)) showTrouble(formIn(document), Standing.SIGNED_OUT, true);
});
// The reader comes from another window, where they may have signed in.
addEventListener("focus", async () => {
  const form = formIn(document);
  if (!form || ![Standing.SIGNED_OUT, Standing.OTHER].includes(shownTrouble(form))) return;
  const standing = await renew();
  showTrouble(form, standing === Standing.SAME ? "" : standing);
});

/** A token is refused once its session is over; there may be a new one. */
async function sendAgain(form, { triggeringEvent }) {
  const standing = await renew();
  if (standing !== Standing.SAME) return showTrouble(form, standing, true);
  again.add(form);
  form.requestSubmit(triggeringEvent?.submitter);
}
