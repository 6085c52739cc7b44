/** Typesets what the server wrote as plain text. */

import { markWide, typesetInTurn } from "./render.js";

typesetInTurn(document);
// What was folded away had no width when it was typeset.
document.addEventListener("toggle", ({ target }) => markWide(target), { capture: true });
let frame = 0;
const markAll = () => {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(() => markWide(document));
};
window.addEventListener("resize", markAll);
document.fonts.addEventListener("loadingdone", markAll); // formulas get their width from theirs
