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
document.addEventListener("click", (event) => {
  // A click on the backdrop is a click on the dialog itself.
  if (event.target instanceof HTMLDialogElement && event.target.matches(".dialog")) event.target.close();
});
onContent(() => document.querySelector<HTMLElement>("[data-focus]")?.focus());
