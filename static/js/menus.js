/** Menus of rare acts: Escape, or going on elsewhere, closes them. */

const GAP = 4; // pixels between a menu and its opener
const EDGE = 8; // pixels between a menu and the edge of the window
const MOVING = ["scroll", "resize"];

/** Where the box of a menu goes: below its opener, or above it where there is no room. */
export function positionOf(opener, box, { width, height }) {
  const below = opener.bottom + GAP;
  const top = below + box.height <= height - EDGE ? below : opener.top - GAP - box.height;
  const left = Math.min(opener.left, width - EDGE - box.width);
  return { top: Math.max(top, EDGE), left: Math.max(left, EDGE) };
}

/** Places the menu of a row, which goes when its opener moves away from it. */
function show(menu, opener) {
  const box = menu.querySelector(".actions");
  menu.dataset.placed = "";
  const at = opener.getBoundingClientRect();
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const { top, left } = positionOf(at, box.getBoundingClientRect(), { width, height });
  box.style.top = `${top}px`;
  box.style.left = `${left}px`;
  const follow = () => {
    const now = opener.getBoundingClientRect();
    if (Math.hypot(now.top - at.top, now.left - at.left) > GAP) menu.open = false;
    if (!menu.open) for (const type of MOVING) removeEventListener(type, follow, true);
  };
  for (const type of MOVING) addEventListener(type, follow, true);
}

/** One on the page: its end may not stick out. */
function turn(menu) {
  menu.classList.remove("to-the-start");
  const { right } = menu.querySelector(".actions").getBoundingClientRect();
  menu.classList.toggle("to-the-start", right > document.documentElement.clientWidth);
}

function prepare(menu) {
  const opener = menu.querySelector("summary");
  const isInRow = menu.classList.contains("row-acts");
  menu.addEventListener("toggle", () => (isInRow && menu.open ? show(menu, opener) : turn(menu)));
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    opener.focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
  });
}

globalThis.document?.querySelectorAll(".more-acts").forEach(prepare);
