// Choosing a picture of the library without leaving the form: the page that lists them, shown in a dialog.

/** A picture as it was chosen. */
export interface Picked {
  /** Its address on the desk: what the form sends. */
  address: string;
  /** Where it can be seen here. */
  src: string;
  alt: string;
  credit: string;
  caption: string;
}

class Pictures extends HTMLElement {
  #take?: (picked: Picked) => void;
  /** Counts what was asked for: the answer to an earlier question may come later. */
  #asked = 0;

  connectedCallback(): void {
    const dialog = this.#dialog();
    const place = this.#place();
    if (!dialog || !place) return;
    dialog.addEventListener("click", (event) => {
      const target = event.target as HTMLElement;
      const chosen = target.closest<HTMLElement>("[data-pick]");
      const link = target.closest<HTMLAnchorElement>("a[rel=next], a[rel=prev], .pagination a");
      if (chosen) {
        const { pick, src, alt, credit, caption } = chosen.dataset;
        dialog.close();
        this.#take?.({ address: pick ?? "", src: src ?? pick ?? "", alt: alt ?? "", credit: credit ?? "", caption: caption ?? "" });
      } else if (link) {
        event.preventDefault();
        void this.#load(link.href);
      } else if (target.closest("a")) {
        target.closest("a")?.setAttribute("target", "_blank");
      }
    });
    place.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = new URLSearchParams(new FormData(event.target as HTMLFormElement) as unknown as Record<string, string>);
      void this.#load(`${this.dataset["from"] ?? ""}?${words}`);
    });
    const lead = document.querySelector<HTMLElement>("[data-pick-lead]");
    lead?.addEventListener("click", (event) => {
      event.preventDefault();
      this.open((picked) => fillLead(picked));
    });
  }

  open(take: (picked: Picked) => void): void {
    this.#take = take;
    this.#dialog()?.showModal();
    void this.#load(this.dataset["from"] ?? "");
  }

  #dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  #place(): HTMLElement | null {
    return this.querySelector<HTMLElement>("[data-choices]");
  }

  async #load(address: string): Promise<void> {
    const place = this.#place();
    if (!place) return;
    const turn = ++this.#asked;
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== this.#asked) return;
      const list = page.querySelector("[data-pictures]");
      if (!list) throw new Error("no list");
      for (const button of list.querySelectorAll<HTMLElement>("[data-pick]")) button.hidden = false;
      for (const paste of list.querySelectorAll(".paste")) paste.remove();
      place.replaceChildren(document.importNode(list, true));
      place.querySelector<HTMLInputElement>("input[type=search]")?.focus();
    } catch {
      if (turn !== this.#asked) return;
      const failed = document.createElement("p");
      const link = document.createElement("a");
      link.href = this.dataset["from"] ?? "";
      link.target = "_blank";
      link.textContent = this.dataset["failed"] ?? "";
      failed.append(link);
      place.replaceChildren(failed);
    } finally {
      if (turn === this.#asked) place.removeAttribute("aria-busy");
    }
  }
}

function fillLead(picked: Picked): void {
  const set = (name: string, value: string): void => {
    const field = document.getElementById(name) as HTMLInputElement | null;
    if (!field) return;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  set("media_url", picked.address);
  set("media_alt", picked.alt);
  set("media_credit", picked.credit);
  document.getElementById("media_url")?.focus();
}
customElements.define("lt-pictures", Pictures);

/** Has a picture chosen; nothing happens where the page has no list of them. */
export function choosePicture(take: (picked: Picked) => void): void {
  document.querySelector<Pictures>("lt-pictures")?.open(take);
}
