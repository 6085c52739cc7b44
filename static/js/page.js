/** Typesets what the server wrote as plain text. */

import { markWide, typesetInTurn } from "./render.js";
import { attend } from "./solution_panel.js";

typesetInTurn(document);
for (const panel of document.querySelectorAll("[data-socket]")) attend(panel);
// The column beside a long working stays in sight: all of it, or its end if it is higher than the screen.
for (const side of document.querySelectorAll(".workbench-side")) {
  const measure = () => side.style.setProperty("--height", `${side.offsetHeight}px`);
  new ResizeObserver(measure).observe(side);
}
// What was folded away had no width when it was typeset.
document.addEventListener("toggle", ({ target }) => markWide(target), { capture: true });
for (const [target, name] of [[window, "resize"], [document.fonts, "loadingdone"]]) {
  target.addEventListener(name, () => markWide(document)); // formulas get their width from their fonts
}
