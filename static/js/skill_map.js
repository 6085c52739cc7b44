/**
 * The picture of all skills. One dot is chosen: the arrow keys go to the next one, a finger chooses
 * a dot before it opens it, and the name of the chosen one is written above.
 */

import { nearest } from "./skill_dots.js";

const map = document.querySelector(".skill-map");
const chosen = document.querySelector("[data-part=chosen]");
const links = [...map.querySelectorAll("a")];
const dots = links.map((link) => {
  const { cx, cy } = link.querySelector("circle");
  return { x: cx.baseVal.value, y: cy.baseVal.value };
});
let finger = false;

function tell(link) {
  chosen.textContent = link?.getAttribute("aria-label").trim() ?? chosen.dataset.none;
}

function choose(link) {
  for (const other of links) other.tabIndex = other === link ? 0 : -1;
  tell(link);
}

choose(links[0]);
tell(null);
// Not on the map: an SVG element that hears of focus is a stop of Tab itself.
map.parentElement.addEventListener("focusin", ({ target }) => links.includes(target) && choose(target));
map.addEventListener("pointerover", ({ target }) => tell(target.closest("a") ?? focused()));
map.addEventListener("pointerdown", ({ target, pointerType }) => {
  finger = pointerType !== "mouse" && target.closest("a") !== focused();
});
map.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || !finger) return;
  event.preventDefault();
  link.focus({ preventScroll: true });
});
map.addEventListener("keydown", (event) => {
  const next = nearest(dots, links.indexOf(event.target), event.key);
  if (next === null) return;
  event.preventDefault();
  links[next].focus();
});

function focused() {
  return links.find((link) => link === document.activeElement) ?? null;
}
