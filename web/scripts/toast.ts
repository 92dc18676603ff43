const STAYS_MS = 9000;

/** A passing word. With script it can be dismissed, and leaves by itself unless the pointer or the keyboard is on it. */
class Toast extends HTMLElement {
  #timer = 0;

  connectedCallback(): void {
    const dismiss = this.querySelector<HTMLButtonElement>("[data-dismiss]");
    if (dismiss) {
      dismiss.hidden = false;
      dismiss.addEventListener("click", () => this.remove());
    }
    if (this.hasAttribute("data-stays")) return;
    this.#wait();
    for (const event of ["pointerenter", "focusin"]) this.addEventListener(event, () => clearTimeout(this.#timer));
    this.addEventListener("pointerleave", () => this.matches(":focus-within") || this.#wait());
    this.addEventListener("focusout", () => this.matches(":hover") || this.#wait());
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.remove(), STAYS_MS);
  }
}
customElements.define("lt-toast", Toast);

/** Says something that went wrong, at once, to eyes and to screen readers. It stays until it is dismissed. */
export function sayAloud(text: string): void {
  const pattern = document.querySelector<HTMLTemplateElement>("#toast-pattern");
  const corner = document.querySelector(".toasts");
  if (!text || !pattern || !corner) return;
  const toast = document.importNode(pattern.content, true);
  const words = toast.querySelector("[data-text]");
  if (words) words.textContent = text;
  corner.replaceChildren(toast);
}
