// Titles while typing, for a search form that names where they come from: <form data-suggest="/tim-kiem/goi-y">. A combobox with
// a list box (ARIA 1.2): arrows choose, Enter follows, Escape closes. Without script the form is a plain form.

const PAUSE_MS = 90;
const LETTERS_MIN = 2;
let count = 0;

class Suggesting {
  #form: HTMLFormElement;
  #input: HTMLInputElement;
  #list = document.createElement("div");
  #timer = 0;
  #asked?: AbortController;

  constructor(form: HTMLFormElement, input: HTMLInputElement) {
    this.#form = form;
    this.#input = input;
    this.#list.id = `suggestions-${++count}`;
    this.#list.className = "suggestions";
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? input.placeholder);
    this.#list.hidden = true;
    form.append(this.#list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.#list.id);
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", () => this.#later());
    input.addEventListener("keydown", (event) => this.#move(event));
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget as Node | null)) this.#close();
    });
  }

  #later(): void {
    clearTimeout(this.#timer);
    if (this.#input.value.trim().length < LETTERS_MIN) return this.#close();
    // What is listed, or on its way, answers what was typed before: Enter does not lead there.
    this.#asked?.abort();
    this.#choose(-1);
    this.#timer = window.setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    this.#asked?.abort();
    this.#asked = new AbortController();
    const address = `${this.#form.dataset.suggest}?${new URLSearchParams({ q: this.#input.value })}`;
    try {
      const answer = await fetch(address, { signal: this.#asked.signal });
      if (answer.ok && !answer.redirected) this.#show(await answer.text());
    } catch {
      // Aborted by the next letter, or no connection: Enter still searches.
    }
  }

  #show(html: string): void {
    if (document.activeElement !== this.#input) return;
    this.#list.innerHTML = html;
    this.#options().forEach((option, at) => (option.id = `${this.#list.id}-${at}`));
    this.#list.hidden = this.#options().length === 0;
    this.#input.setAttribute("aria-expanded", String(!this.#list.hidden));
    this.#choose(-1);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }

  #options(): HTMLAnchorElement[] {
    return [...this.#list.querySelectorAll<HTMLAnchorElement>("[role=option]")];
  }

  #chosen(): number {
    return this.#options().findIndex((option) => option.getAttribute("aria-selected") === "true");
  }

  #choose(index: number): void {
    const options = this.#options();
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    options[index]?.scrollIntoView({ block: "nearest" });
    if (options[index]) this.#input.setAttribute("aria-activedescendant", options[index].id);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #move(event: KeyboardEvent): void {
    if (this.#list.hidden || event.isComposing) return;
    const options = this.#options();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      // One place more than there are options: none chosen, which leaves what was typed.
      const places = options.length + 1;
      const step = event.key === "ArrowDown" ? 1 : places - 1;
      this.#choose(((this.#chosen() + 1 + step) % places) - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.#close();
    } else if (event.key === "Enter") {
      const chosen = options[this.#chosen()];
      if (!chosen) return;
      event.preventDefault();
      chosen.click();
    }
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-suggest]")) {
  const input = form.querySelector<HTMLInputElement>("input[type=search]");
  if (input) new Suggesting(form, input);
}
