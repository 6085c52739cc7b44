/** Menus of rare acts: Escape, or going on elsewhere, closes them. */

for (const menu of document.querySelectorAll(".more-acts")) {
  const opener = menu.querySelector("summary");
  menu.addEventListener("toggle", () => {
    menu.classList.remove("to-the-start");
    const { right } = menu.querySelector(".actions").getBoundingClientRect();
    menu.classList.toggle("to-the-start", right > document.documentElement.clientWidth);
  });
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
