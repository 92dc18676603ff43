// Menus are <details>: they open without script. With it, a click elsewhere or Escape closes them.
const openMenus = () => document.querySelectorAll<HTMLDetailsElement>("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target as Node)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});
// Not on focusout: a press on the plain text of a menu moves the focus to what is around it.
document.addEventListener("keyup", (event) => {
  if (event.key !== "Tab") return;
  for (const menu of openMenus()) if (!menu.contains(document.activeElement)) menu.open = false;
});
