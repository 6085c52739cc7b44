/** Typesets what the server wrote as plain text, on every page. */

import { markWide, renderAnswer, typeset } from "./render.js";

for (const element of document.querySelectorAll("[data-markdown]")) typeset(element);
for (const element of document.querySelectorAll("[data-answer]")) {
  element.replaceChildren(renderAnswer(element.textContent));
}
// What was folded away had no width when it was typeset.
document.addEventListener("toggle", ({ target }) => markWide(target), { capture: true });
let frame = 0;
const markAll = () => {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(() => markWide(document));
};
window.addEventListener("resize", markAll);
document.fonts.addEventListener("loadingdone", markAll); // formulas get their width from theirs
