import htmx from "htmx.org/dist/htmx.esm.min.js";
import { command } from "./keyboard.ts";

/**
 * Two panes whose parts belong together by data-ref: a document and what was understood of it.
 * Hover or focus lights the counterpart; a click, j and k choose it and bring it into sight; d goes to the next
 * doubt, e edits, a confirms. A form that e opened has the first field focused; Esc, or the link that leaves it, puts back
 * what stood there, and so does saving: the focus is then on the part again, so that the next key goes on from it.
 */
class LinkedPanes extends HTMLElement {
  #chosen = "";
  #goesOn = false;
  #settled = false;
  /** A part was asked for its form, or its form was sent: what is focused when the answer is in. */
  #awaits: "form" | "part" | "" = "";
  /** What stood in a part before its form, by its reference. */
  #before = new Map<string, string>();

  connectedCallback(): void {
    for (const event of ["pointerover", "focusin"]) this.addEventListener(event, (happened) => this.#light(happened));
    for (const event of ["pointerleave", "focusout"]) this.addEventListener(event, () => this.#unlight());
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("submit", () => (this.#awaits = "part"));
    this.addEventListener("htmx:after:settle", () => this.#again());
    document.addEventListener("keydown", this.#press);
    const asked = fragment();
    const first = this.#parts("end").find((part) => part.dataset["ref"] === asked) ?? this.querySelector<HTMLElement>('[data-pane="end"] [data-chosen]');
    if (first) this.#choose(first.dataset["ref"] ?? "", false);
    this.#settled = true;
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#press);
  }

  #parts(side: "start" | "end"): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(`[data-pane="${side}"] [data-ref]`)];
  }

  #of(ref: string): HTMLElement[] {
    return ref ? [...this.querySelectorAll<HTMLElement>(`[data-ref="${CSS.escape(ref)}"]`)] : [];
  }

  #refOf(event: Event): string {
    return (event.target as Element).closest<HTMLElement>("[data-ref]")?.dataset["ref"] ?? "";
  }

  #light(event: Event): void {
    this.#unlight();
    for (const part of this.#of(this.#refOf(event))) part.toggleAttribute("data-lit", true);
  }

  #unlight(): void {
    for (const part of this.querySelectorAll("[data-lit]")) part.removeAttribute("data-lit");
  }

  #click(event: MouseEvent): void {
    const ref = this.#refOf(event);
    const link = (event.target as Element).closest("a, button, input, select, textarea, label, summary");
    if (link?.matches("[data-edit]")) this.#opens(ref);
    if (link?.matches("[data-leave]") && this.#leave(ref)) event.preventDefault();
    if (!ref || (link && !link.matches(".ref"))) return;
    if (link) event.preventDefault();
    this.#choose(ref, false);
  }

  #choose(ref: string, focus: boolean): void {
    for (const part of this.querySelectorAll("[data-chosen]")) part.removeAttribute("data-chosen");
    const changed = ref !== this.#chosen;
    this.#chosen = ref;
    for (const part of this.#of(ref)) {
      part.toggleAttribute("data-chosen", true);
      this.#bringIntoSight(part);
    }
    history.replaceState(history.state, "", `#${encodeURIComponent(ref)}`);
    const part = this.#end();
    if (focus) part?.focus({ preventScroll: true });
    if (changed) part?.dispatchEvent(new CustomEvent("lt:chosen", { bubbles: true }));
  }

  /** Scrolls the pane, never the page; to its upper third, when the part is not in sight already. */
  #bringIntoSight(part: HTMLElement): void {
    const pane = part.closest<HTMLElement>("[data-pane]");
    if (!pane || pane.scrollHeight <= pane.clientHeight) return;
    const [frame, box] = [pane.getBoundingClientRect(), part.getBoundingClientRect()];
    const head = pane.querySelector("header")?.offsetHeight ?? 0;
    if (box.top >= frame.top + 2 * head && box.bottom <= frame.bottom) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    pane.scrollBy({ top: box.top - frame.top - Math.max(2 * head, frame.height / 4), behavior: calm || !this.#settled ? "instant" : "smooth" });
  }

  #end(): HTMLElement | undefined {
    return this.#parts("end").find((part) => part.dataset["ref"] === this.#chosen);
  }

  #step(by: number, fits: (part: HTMLElement) => boolean): void {
    const parts = this.#parts("end");
    const at = parts.findIndex((part) => part.dataset["ref"] === this.#chosen);
    const order = by > 0 ? [...parts.slice(at + 1), ...parts.slice(0, at + 1)] : [...parts.slice(0, Math.max(at, 0)).reverse(), ...parts.slice(Math.max(at, 0)).reverse()];
    const next = order.find(fits);
    if (next) this.#choose(next.dataset["ref"] ?? "", true);
  }

  #press = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing && this.#leave(this.#refOf(event))) return event.preventDefault();
    const doubtful = (part: HTMLElement) => part.hasAttribute("data-doubt");
    const key = command(event);
    // A confirmation that was never answered goes on nowhere once something else is wanted.
    if (key !== "a") this.#goesOn = false;
    if (key === "j" || key === "k") this.#step(key === "j" ? 1 : -1, () => true);
    else if (key === "d") this.#step(1, doubtful);
    else if (key === "e") this.#act("[data-edit]");
    else if (key === "a") {
      // A key that is held down goes on by itself: what it confirms nobody has read.
      if (!event.repeat) this.#goesOn = this.#act("[data-accept]");
    } else return;
    event.preventDefault();
  };

  /** Presses or focuses the one element of the chosen part that `selector` names. */
  #act(selector: string): boolean {
    const target = this.#end()?.querySelector<HTMLElement>(selector);
    if (target?.matches("input, select, textarea")) target.focus();
    else target?.click();
    return Boolean(target);
  }

  /** The form comes in the place of what is there now. */
  #opens(ref: string): void {
    const part = this.#parts("end").find((one) => one.dataset["ref"] === ref);
    if (!part || part.querySelector(".provision-form")) return;
    this.#before.set(ref, part.innerHTML);
    this.#choose(ref, false);
    this.#awaits = "form";
  }

  /** Puts back what stood in the part before its form. */
  #leave(ref: string): boolean {
    const part = this.#parts("end").find((one) => one.dataset["ref"] === ref);
    const before = this.#before.get(ref);
    if (!part?.querySelector(".provision-form") || before === undefined) return false;
    part.innerHTML = before;
    htmx.process(part);
    this.#before.delete(ref);
    this.#choose(ref, true);
    return true;
  }

  /** After a part was replaced: it is still the chosen one; after a confirmation, on to the next doubt. */
  #again(): void {
    const awaited = this.#awaits;
    this.#awaits = "";
    if (this.#goesOn) {
      this.#goesOn = false;
      return this.#step(1, (part) => part.hasAttribute("data-doubt"));
    }
    this.#choose(this.#chosen, false);
    const part = this.#end();
    const form = part?.querySelector<HTMLElement>(".provision-form");
    if (form && awaited === "form") form.querySelector<HTMLElement>("select, textarea, input:not([type=hidden])")?.focus();
    else if (form && awaited === "part") form.querySelector<HTMLElement>("[data-focus]")?.focus();
    else if (!form && awaited === "part") part?.focus({ preventScroll: true });
  }
}

/** What the address asks for; an address that was cut off or typed may end in half a letter, and asks for what it says. */
function fragment(): string {
  const said = location.hash.slice(1);
  try {
    return decodeURIComponent(said);
  } catch {
    return said;
  }
}
customElements.define("lt-linked-panes", LinkedPanes);
