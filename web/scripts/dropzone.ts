import { showPage } from "./page.ts";

/** A file that is dropped or chosen goes at once, with progress and the time left. Without script the form sends it. */
class Dropzone extends HTMLElement {
  #began = 0;
  #sending = false;

  connectedCallback(): void {
    const zone = this.querySelector<HTMLElement>(".dropzone")!;
    const input = this.#input();
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.toggleAttribute("data-over", true);
    });
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.toggleAttribute("data-over", false));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer?.files.length) return;
      input.files = event.dataTransfer.files;
      this.#chosen();
    });
    input.addEventListener("change", () => this.#chosen());
    input.form?.addEventListener("submit", (event) => {
      if (!input.files?.length) return;
      event.preventDefault();
      // Enter in another field of the form, while it is on its way.
      if (!this.#sending) this.#send(input.form!);
    });
  }

  #input(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("input[type=file]")!;
  }

  /** Sends at once when the form asks for nothing else. */
  #chosen(): void {
    const form = this.#input().form;
    if (!form || form.querySelector("input:not([type=file], [type=hidden]), select, textarea")) return;
    form.requestSubmit();
  }

  #send(form: HTMLFormElement): void {
    const request = new XMLHttpRequest(); // fetch does not tell how much of an upload is done
    this.#began = performance.now();
    this.#sending = true;
    this.#show(this.dataset["sending"] ?? "", null, "");
    request.upload.addEventListener("progress", (event) => this.#progress(event));
    request.upload.addEventListener("load", () => this.#show(this.dataset["reading"] ?? "", null, ""));
    request.addEventListener("load", () => showPage(request.responseText, request.status < 400 ? request.responseURL : undefined));
    for (const name of ["error", "timeout"]) request.addEventListener(name, () => this.#fail());
    request.open("POST", form.action);
    request.send(new FormData(form));
    for (const control of this.querySelectorAll<HTMLInputElement>("input, button")) control.disabled = true;
  }

  #progress(event: ProgressEvent): void {
    const part = event.loaded / event.total;
    const left_s = ((performance.now() - this.#began) / 1000) * (1 / part - 1);
    const far = left_s > 90;
    const words = this.dataset[far ? "minutes" : "seconds"] ?? "";
    this.#show(this.dataset["sending"] ?? "", part * 100, left_s > 3 ? words.replace("#", String(Math.ceil(far ? left_s / 60 : left_s))) : "");
  }

  #show(what: string, percent: number | null, left: string): void {
    const box = this.querySelector<HTMLElement>(".progress")!;
    box.hidden = false;
    box.querySelector("[data-what]")!.textContent = what;
    box.querySelector("[data-left]")!.textContent = left;
    const bar = box.querySelector("progress")!;
    bar.setAttribute("aria-label", what);
    if (percent === null) bar.removeAttribute("value");
    else bar.value = percent;
  }

  #fail(): void {
    this.#sending = false;
    this.querySelector<HTMLElement>(".progress")!.hidden = true;
    const problem = this.querySelector<HTMLElement>("[data-problem]")!;
    problem.hidden = false;
    problem.textContent = this.dataset["failed"] ?? "";
    for (const control of this.querySelectorAll<HTMLInputElement>("input, button")) control.disabled = false;
  }
}
customElements.define("lt-dropzone", Dropzone);
