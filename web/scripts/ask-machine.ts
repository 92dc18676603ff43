// The button of the assistant on every page: a link that works by itself. With script it opens a panel here, whose page and script are
// fetched only then.

const link = document.querySelector<HTMLAnchorElement>("a[data-ask-machine]");
const floating = link?.closest<HTMLElement>(".ask-machine");
let panel: HTMLDialogElement | undefined;
let opening = false;

/** The button that opened it is there again, and is where the reader was. */
function shut(): void {
  panel?.close();
  if (floating) floating.hidden = false;
  link?.focus();
}

async function open(from: HTMLAnchorElement): Promise<void> {
  if (!panel) {
    const answer = await fetch("/nhung/tro-ly");
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const conversation = page.querySelector("[data-assistant]");
    if (!conversation) throw new Error("no conversation");
    panel = document.createElement("dialog");
    panel.className = "dialog ask-machine-panel";
    panel.setAttribute("aria-label", from.textContent ?? "");
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button";
    close.dataset.kind = "plain";
    close.textContent = from.dataset.close ?? "×";
    close.addEventListener("click", shut);
    panel.append(close, document.importNode(conversation, true));
    document.body.append(panel);
    const script = document.createElement("script");
    script.type = "module";
    script.src = from.dataset.askMachine ?? "";
    document.head.append(script);
  }
  panel.show();
  // It would lie over the panel.
  if (floating) floating.hidden = true;
  panel.querySelector<HTMLElement>("textarea")?.focus();
}

link?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  if (opening) return;
  opening = true;
  open(link)
    .catch(() => {
      location.href = link.href;
    })
    .finally(() => {
      opening = false;
    });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing && panel?.open) shut();
});
