/** A text to take along: a button copies it and says so. Without a clipboard the text is selected, to be copied by hand. */
class Copy extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector<HTMLInputElement>("[data-select]");
    const button = this.querySelector<HTMLButtonElement>("[data-copy]");
    const said = this.querySelector<HTMLElement>("[data-copied]");
    if (!field || !button || !said) return;
    field.addEventListener("focus", () => field.select());
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(field.value);
        said.textContent = said.dataset.copied ?? "";
      } catch {
        field.focus();
        field.select();
      }
    });
  }
}
customElements.define("lt-copy", Copy);
