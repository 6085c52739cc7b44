/**
 * Tables that scroll with the page. One that fits in width needs no box, and its head stays by
 * itself. A wider one scrolls sideways in its box, and its head is moved along.
 */

const boxes = [...document.querySelectorAll(".scroll")].filter((box) => box.querySelector("thead"));

function measure(box) {
  const table = box.querySelector("table");
  box.dataset.table = table.scrollWidth <= box.clientWidth ? "fits" : "wide";
  follow(box);
}

function follow(box) {
  const head = box.querySelector("thead");
  const { top, height } = box.getBoundingClientRect();
  const room = height - 2 * head.offsetHeight;
  const shift = box.dataset.table === "wide" ? Math.min(Math.max(-top, 0), Math.max(room, 0)) : 0;
  head.style.transform = shift ? `translateY(${shift}px)` : "";
}

const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => measure(target)));
for (const box of boxes) {
  measure(box);
  sizes.observe(box);
}
document.addEventListener("scroll", () => boxes.forEach(follow), { passive: true });
