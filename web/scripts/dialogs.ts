// command="show-modal" for browsers that do not know it yet; focus on what a refused form has to say.
import { onContent } from "./page.ts";

if (!("commandForElement" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor") ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    if (button?.getAttribute("command") === "close") dialog.close();
    else dialog.showModal();
  });
}
let pressed: EventTarget | null = null;
document.addEventListener("pointerdown", (event) => (pressed = event.target));
document.addEventListener("click", (event) => {
  // A click on the backdrop is a click on the dialog itself; letting go there of what was pressed in it (text is chosen) is none.
  if (event.target instanceof HTMLDialogElement && event.target === pressed && event.target.matches(".dialog")) event.target.close();
});
/** What took the focus once does not take it again, when another part of the page is replaced while somebody types. */
const told = new WeakSet<HTMLElement>();
onContent(() => {
  const part = [...document.querySelectorAll<HTMLElement>("[data-focus]")].find((one) => !told.has(one));
  if (!part) return;
  told.add(part);
  part.focus();
});
