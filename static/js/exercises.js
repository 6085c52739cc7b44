/** Exercises on solutions: typesets what was judged, and lets the keyboard go on from there. */

import { typesetInTurn } from "./render.js";

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id === "exercises") typesetInTurn(target);
  if (target.id !== "exercise") return;
  typesetInTurn(target);
  (target.querySelector("[data-focus]") ?? target.querySelector("input[type=text]"))?.focus();
});
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failure, () => {
    const trouble = document.querySelector("#exercise [data-part=trouble]");
    if (trouble) trouble.hidden = false;
  });
}
