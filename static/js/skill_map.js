/**
 * The picture of all skills. One dot is chosen: the arrow keys go to the next one, a finger chooses
 * a dot before it opens it, and the name of the chosen one is written above.
 */

import { leftEdges, nearest, nearestNumber } from "./skill_dots.js";

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

/** On a phone the names of areas stay in view: in units of the picture. */
const frame = map.parentElement;
frame.addEventListener("scroll", () => {
  const unit = map.getBoundingClientRect().width / map.viewBox.baseVal.width;
  map.style.setProperty("--scrolled", `${frame.scrollLeft / unit}px`);
});

/** It opens where the latest skill that has been begun is about in the middle, and no year is cut. */
const { left, width } = frame.getBoundingClientRect();
const middleOf = (element) => {
  const box = element.getBoundingClientRect();
  return frame.scrollLeft + box.left + box.width / 2 - left;
};
const begun = [...map.querySelectorAll(".begun")].map(middleOf);
const years = [...map.querySelectorAll(".year")].map(middleOf);
if (begun.length && years.length > 1) {
  const wanted = Math.max(...begun) - width / 2;
  frame.scrollLeft = nearestNumber(leftEdges(years), wanted);
}

/** Only where it is wider than the page is the picture itself a stop of the Tab key. */
new ResizeObserver(([{ target }]) => {
  target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
}).observe(frame);

function focused() {
  return links.find((link) => link === document.activeElement) ?? null;
}
