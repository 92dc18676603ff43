const PAUSE_MS = 1500;
const RETRY_MS = 10_000;
/** What hangs longer has failed: the forms of the page wait for it. */
const SEND_MAX_MS = 30_000;

/**
 * Keeps the draft of the form inside it: POSTs the form to data-to a moment after the last change, says when it was
 * saved in [data-saved], and does not let the person leave with something unsaved. Answer 2xx means saved; its header
 * x-draft is put into the field `draft`, so that the server sees when somebody else wrote meanwhile: then it answers 409,
 * nothing more is sent, and data-conflict is said.
 */
class Autosave extends HTMLElement {
  #timer = 0;
  #unsaved = false;
  /** A colleague wrote meanwhile: whose words stay is for the person to say, by the form's own button. */
  #stopped = false;
  /** What is on its way to the server; the form waits for it, so that it carries the version of its own last draft. */
  #saving: Promise<void> | undefined;
  /** What goes on once that is saved: what was pressed last, once. */
  #next: (() => void) | undefined;

  /** The first form in it; others beside it (proofs) send themselves. */
  get #form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  connectedCallback(): void {
    this.addEventListener("input", (event) => {
      if ((event.target as HTMLInputElement).form !== this.#form) return;
      this.#unsaved = true;
      this.#later(PAUSE_MS);
    });
    this.addEventListener("submit", (event) => {
      if (event.target !== this.#form) return;
      this.#unsaved = false;
      clearTimeout(this.#timer);
      if (!this.#saving) return;
      event.preventDefault();
      const { target, submitter } = event;
      this.#after(this.#saving, () => (target as HTMLFormElement).requestSubmit(submitter));
    });
    window.addEventListener("beforeunload", this.#guard);
    document.addEventListener("submit", this.#first, { capture: true });
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
    document.removeEventListener("submit", this.#first, { capture: true });
    window.removeEventListener("beforeunload", this.#guard);
  }

  /** Another form of the page is sent (a proof is added): what is typed here is saved first. */
  #first = (event: SubmitEvent): void => {
    const other = event.target as HTMLFormElement;
    if ((!this.#unsaved && !this.#saving) || other === this.#form) return;
    event.preventDefault();
    event.stopPropagation();
    clearTimeout(this.#timer);
    const button = event.submitter;
    this.#after(this.#unsaved ? this.#save() : this.#saving, () => {
      if (!this.#unsaved) other.requestSubmit(button);
    });
  };

  #after(saving: Promise<void> | undefined, go: () => void): void {
    this.#next = go;
    void saving?.then(() => {
      if (this.#next !== go) return;
      this.#next = undefined;
      go();
    });
  }

  #guard = (event: BeforeUnloadEvent): void => {
    // What is on its way is not saved yet.
    if (this.#unsaved || this.#saving) event.preventDefault();
  };

  #later(wait_ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#save(), wait_ms);
  }

  #save(): Promise<void> {
    // One after the other: two at once would carry the same version, and the second be told of a colleague who is the first.
    const before = this.#saving ?? Promise.resolve();
    const saving = before.then(() => this.#send()).finally(() => {
      if (this.#saving === saving) this.#saving = undefined;
    });
    this.#saving = saving;
    return saving;
  }

  async #send(): Promise<void> {
    const form = this.#form;
    if (!form || !this.dataset["to"] || this.#stopped) return;
    this.#unsaved = false;
    try {
      const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
      const signal = AbortSignal.timeout(SEND_MAX_MS);
      const answer = await fetch(this.dataset["to"], { method: "POST", body, headers: { "x-autosave": "1" }, signal });
      if (answer.status === 409) {
        this.#stopped = true;
        this.#unsaved = true; // leaving asks first
        this.#say(this.dataset["conflict"] ?? this.dataset["failed"] ?? "");
        return;
      }
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const version = answer.headers.get("x-draft");
      const field = form.querySelector<HTMLInputElement>("input[name=draft]");
      if (version && field) field.value = version;
      const time = new Intl.DateTimeFormat("vi", { timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());
      this.#say((this.dataset["text"] ?? "#").replace("#", time));
    } catch {
      this.#unsaved = true;
      this.#say(this.dataset["failed"] ?? "");
      this.#later(RETRY_MS);
    }
  }

  #say(words: string): void {
    const place = this.querySelector("[data-saved]");
    if (place) place.textContent = words;
  }
}
customElements.define("lt-autosave", Autosave);
