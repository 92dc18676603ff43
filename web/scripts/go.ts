import { isTyping } from "./keyboard.ts";

const PAUSE_MS = 120;

/** Search and go: Ctrl K over a plain GET form. The server answers a request with HX-Request by the list alone. */
class Go extends HTMLElement {
  #dialog!: HTMLDialogElement;
  #input!: HTMLInputElement;
  #results!: HTMLElement;
  #timer = 0;
  #asked?: AbortController;

  connectedCallback(): void {
    this.#dialog = this.querySelector("dialog")!;
    this.#input = this.querySelector("input")!;
    this.#results = this.querySelector(".go-results")!;
    this.#input.setAttribute("role", "combobox");
    this.#input.setAttribute("aria-controls", this.#results.id);
    this.#input.setAttribute("aria-expanded", "true");
    document.addEventListener("keydown", this.#shortcut);
    document.addEventListener("click", this.#opener);
    this.#input.addEventListener("input", () => this.#later());
    this.#input.addEventListener("keydown", (event) => this.#move(event));
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#shortcut);
    document.removeEventListener("click", this.#opener);
  }

  #shortcut = (event: KeyboardEvent): void => {
    const slash = event.key === "/" && !isTyping(event) && !event.ctrlKey && !event.metaKey;
    if (!slash && !(event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    this.#open();
  };

  #opener = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || !(event.target as Element).closest("[data-go]")) return;
    event.preventDefault();
    this.#open();
  };

  #open(): void {
    if (this.#dialog.open) return;
    this.#dialog.showModal();
    this.#input.select();
    void this.#ask();
  }

  #later(): void {
    clearTimeout(this.#timer);
    // What is listed, or on its way, answers what was typed before: Enter does not lead there.
    this.#asked?.abort();
    this.#choose(-1);
    this.#timer = window.setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    this.#asked?.abort();
    this.#asked = new AbortController();
    const form = this.#input.form!;
    const address = `${form.action}?${new URLSearchParams({ q: this.#input.value })}`;
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: this.#asked.signal });
      if (answer.ok && !answer.redirected) this.#show(await answer.text());
    } catch (error) {
      // Aborted by the next letter, or no connection: Enter still leads to the page of results.
      if (!(error instanceof DOMException)) this.#show("");
    }
  }

  #show(html: string): void {
    this.#results.innerHTML = html;
    this.#links().forEach((link, index) => (link.id = `go-${index}`));
    this.#choose(this.#input.value ? 0 : -1);
  }

  #links(): HTMLAnchorElement[] {
    return [...this.#results.querySelectorAll("a")];
  }

  #choose(index: number): void {
    const links = this.#links();
    links.forEach((link, at) => (at === index ? link.setAttribute("aria-selected", "true") : link.removeAttribute("aria-selected")));
    links[index]?.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", links[index]?.id ?? "");
  }

  #move(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const links = this.#links();
    const at = links.findIndex((link) => link.hasAttribute("aria-selected"));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (links.length) this.#choose((at + (event.key === "ArrowDown" ? 1 : -1) + links.length) % links.length);
    } else if (event.key === "Escape") {
      this.#dialog.close(); // a search box would only empty itself
    } else if (event.key === "Enter" && links[at]) {
      event.preventDefault();
      links[at].click();
    }
  }
}
customElements.define("lt-go", Go);
