/**
 * Asks, in the browser's own words, before what was typed into the form around it is left behind: by a link, by closing the page, or by
 * another form of it. data-changed: the form came back refused, so that what it shows is not saved anyway.
 */
class Unsaved extends HTMLElement {
  #changed = false;
  #form: HTMLFormElement | null = null;

  connectedCallback(): void {
    this.#changed = this.hasAttribute("data-changed");
    this.#form = this.closest("form");
    this.#form?.addEventListener("input", this.#typed);
    this.#form?.addEventListener("submit", this.#sent);
    window.addEventListener("beforeunload", this.#guard);
  }

  disconnectedCallback(): void {
    this.#form?.removeEventListener("input", this.#typed);
    this.#form?.removeEventListener("submit", this.#sent);
    window.removeEventListener("beforeunload", this.#guard);
  }

  #typed = (): void => {
    this.#changed = true;
  };

  #sent = (): void => {
    this.#changed = false;
  };

  #guard = (event: BeforeUnloadEvent): void => {
    if (this.#changed) event.preventDefault();
  };
}
customElements.define("lt-unsaved", Unsaved);
