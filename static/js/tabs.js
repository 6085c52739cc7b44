/** The pages of a class on a phone, in one line: the one that is open is in sight, and where there are more. */

const list = document.querySelector(".tabs ul");
const open = list.querySelector("[aria-current]");

function showOpen() {
  if (open) list.scrollLeft = open.offsetLeft - (list.clientWidth - open.offsetWidth) / 2;
  showMore();
}

function showMore() {
  const sides = [
    list.scrollLeft > 1 && "start",
    list.scrollLeft < list.scrollWidth - list.clientWidth - 1 && "end",
  ];
  list.dataset.more = sides.filter(Boolean).join(" ");
}

list.addEventListener("scroll", showMore, { passive: true });
new ResizeObserver(showMore).observe(list);

showOpen();
// The page's own font, which may come later, is wider or narrower than the one before it.
document.fonts.ready.then(showOpen);
