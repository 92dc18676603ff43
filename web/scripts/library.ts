// Files into the library: hashed before they travel, sent piece by piece, taken up again where they broke off. Without script the
// form sends them.
import { Sha256 } from "./sha256.ts";

const READ_BYTES = 4 * 1024 * 1024;
const WAIT_S_MAX = 30;

interface Told {
  words?: string;
  upload?: string;
  offset?: number;
  piece?: number;
  asset?: string;
  reference?: string;
}

/** One file on its way, as a line of the list. */
class Sending {
  readonly #line: HTMLElement;
  readonly #words: Record<string, string | undefined>;
  #paused = false;
  #wake: () => void = () => {};
  #request: XMLHttpRequest | null = null;

  constructor(private readonly file: File, private readonly to: string, line: HTMLElement, words: DOMStringMap) {
    this.#line = line;
    this.#words = words;
    this.#part("[data-name]").textContent = file.name;
    this.#act("pause").addEventListener("click", () => this.#pause());
    this.#act("resume").addEventListener("click", () => this.#resume());
  }

  async go(): Promise<void> {
    try {
      const sha256 = await this.#hash();
      const body = new URLSearchParams({ name: this.file.name, size: String(this.file.size), sha256 });
      const answer = await this.#insist(() => fetch(this.to, { method: "POST", body, headers: { accept: "application/json" } }));
      const told = await read(answer);
      if (!answer.ok) return this.#end("refused", told.words);
      if (!told.upload && !told.asset) return this.#end("refused", this.#words["signedOut"]); // it is the page to sign in
      if (!told.upload) return this.#there(told);
      await this.#send(told.upload, told.offset ?? 0, told.piece ?? READ_BYTES, told.words ?? "");
    } catch (error) {
      console.error(error);
      this.#end("refused", this.#words["failed"]);
    }
  }

  async #hash(): Promise<string> {
    const hash = new Sha256();
    for (let at = 0; at < this.file.size; at += READ_BYTES) {
      await this.#unpaused();
      hash.update(new Uint8Array(await this.file.slice(at, at + READ_BYTES).arrayBuffer()));
      this.#show(this.#words["hashing"] ?? "", (100 * at) / this.file.size);
    }
    return hash.hex();
  }

  async #send(upload: string, from: number, piece: number, first: string): Promise<void> {
    let offset = from;
    let tries = 0;
    const began = performance.now();
    const left = (done: number): string => {
      const seconds = ((performance.now() - began) / 1000) * ((this.file.size - done) / Math.max(1, done - from));
      if (seconds < 3 || done === from) return "";
      const far = seconds > 90;
      return (this.#words[far ? "minutes" : "seconds"] ?? "").replace("#", String(Math.ceil(far ? seconds / 60 : seconds)));
    };
    const say = (done: number): void => {
      const all = done >= this.file.size;
      this.#show([all ? this.#words["looking"] : this.#words["sending"], left(done), first].filter(Boolean).join(" · "), all ? null : (100 * done) / this.file.size);
    };
    for (;;) {
      await this.#unpaused();
      say(offset);
      const answer = await this.#patch(upload, offset, this.file.slice(offset, offset + piece), (sent) => say(offset + sent));
      const told = parse(answer.responseText);
      const reached = Number(answer.getResponseHeader("upload-offset") ?? Number.NaN);
      if (answer.status === 200 && told.asset) return this.#end("done", told.words, told.asset);
      if (answer.status === 200) return this.#end("refused", this.#words["signedOut"]); // it is the page to sign in
      if (answer.status === 204 || answer.status === 409) {
        tries = 0;
        offset = Number.isFinite(reached) ? reached : offset;
      } else if (answer.status >= 400 && answer.status < 500) {
        return this.#end("refused", told.words || this.#words["failed"]);
      } else if (!this.#paused) {
        // The line broke, or the server is gone for a moment: ask how far it got, and go on from there.
        this.#show(this.#words[answer.status === 507 ? "full" : "broken"] ?? "", (100 * offset) / this.file.size);
        await this.#wait(tries++);
        offset = await this.#reached(upload, offset);
      } else {
        offset = await this.#reached(upload, offset);
      }
    }
  }

  #patch(upload: string, offset: number, bytes: Blob, sent: (bytes: number) => void): Promise<XMLHttpRequest> {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest(); // fetch does not tell how much of an upload is done
      this.#request = request;
      request.open("PATCH", upload);
      request.setRequestHeader("content-type", "application/offset+octet-stream");
      request.setRequestHeader("upload-offset", String(offset));
      request.upload.addEventListener("progress", (event) => sent(event.loaded));
      request.addEventListener("loadend", () => resolve(request));
      request.send(bytes);
    });
  }

  async #reached(upload: string, known: number): Promise<number> {
    try {
      const answer = await fetch(upload, { method: "HEAD" });
      const reached = Number(answer.headers.get("upload-offset") ?? Number.NaN);
      return answer.ok && Number.isFinite(reached) ? reached : known;
    } catch {
      return known;
    }
  }

  async #insist(ask: () => Promise<Response>): Promise<Response> {
    for (let tries = 0; ; tries++) {
      try {
        const answer = await ask();
        if (answer.status < 500) return answer;
      } catch {
        // no line
      }
      this.#show(this.#words["broken"] ?? "", null);
      await this.#wait(tries);
    }
  }

  #wait(tries: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 1000 * Math.min(WAIT_S_MAX, 2 ** tries)));
  }

  /** The same bytes are in the library: they need not travel. */
  #there(told: Told): void {
    this.#end("done", told.words, told.asset);
    if (!told.reference) return;
    const button = this.#act("refer");
    button.hidden = false;
    button.addEventListener("click", () => {
      const form = document.createElement("form");
      form.method = "post";
      form.action = told.reference!;
      document.body.append(form);
      form.submit();
    });
  }

  #pause(): void {
    this.#paused = true;
    this.#request?.abort();
    this.#act("pause").hidden = true;
    this.#act("resume").hidden = false;
    this.#part("[data-words]").textContent = this.#words["paused"] ?? "";
    this.#act("resume").focus();
  }

  #resume(): void {
    this.#paused = false;
    this.#act("pause").hidden = false;
    this.#act("resume").hidden = true;
    this.#act("pause").focus();
    this.#wake();
  }

  async #unpaused(): Promise<void> {
    while (this.#paused) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  #show(words: string, percent: number | null): void {
    if (this.#paused) return;
    this.#part("[data-words]").textContent = words;
    const bar = this.#part<HTMLProgressElement>("progress");
    bar.setAttribute("aria-label", this.file.name);
    if (percent === null) bar.removeAttribute("value");
    else bar.value = percent;
  }

  #end(state: "done" | "refused", words: string | undefined, asset?: string): void {
    this.#line.dataset["state"] = state;
    this.#part("[data-words]").textContent = words ?? "";
    this.#part("progress").hidden = true;
    for (const icon of this.#line.querySelectorAll<HTMLElement>("[data-mark]")) icon.hidden = icon.dataset["mark"] !== state;
    for (const act of ["pause", "resume"]) this.#act(act).hidden = true;
    const open = this.#act("open") as HTMLAnchorElement;
    if (!asset) return;
    open.href = asset;
    open.hidden = false;
  }

  #act(name: string): HTMLElement {
    return this.#part(`[data-act="${name}"]`);
  }

  #part<T extends HTMLElement>(selector: string): T {
    return this.#line.querySelector<T>(selector)!;
  }
}

function parse(text: string): Told {
  try {
    return JSON.parse(text) as Told;
  } catch {
    return {};
  }
}

async function read(answer: Response): Promise<Told> {
  return parse(await answer.text());
}

class LibrarySending extends HTMLElement {
  #queue = Promise.resolve();
  /** Files that are not there yet. */
  #left = 0;

  disconnectedCallback(): void {
    window.removeEventListener("beforeunload", this.#guard);
  }

  /** Whoever leaves has to choose the rest of the files once more. */
  #guard = (event: BeforeUnloadEvent): void => {
    if (this.#left > 0) event.preventDefault();
  };

  connectedCallback(): void {
    window.addEventListener("beforeunload", this.#guard);
    const zone = this.querySelector<HTMLElement>(".dropzone")!;
    const input = this.querySelector<HTMLInputElement>("input[type=file]")!;
    this.querySelector<HTMLElement>(".dropzone .button")!.hidden = true;
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.toggleAttribute("data-over", true);
    });
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.toggleAttribute("data-over", false));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.#take([...(event.dataTransfer?.files ?? [])]);
    });
    input.addEventListener("change", () => {
      this.#take([...(input.files ?? [])]);
      input.value = "";
    });
  }

  /** One after the other: a slow line is not made faster by sharing it. */
  #take(files: File[]): void {
    const list = this.querySelector<HTMLElement>("ul.sending")!;
    const template = this.querySelector("template")!;
    for (const file of files) {
      const line = (template.content.cloneNode(true) as DocumentFragment).querySelector("li")!;
      line.querySelector("[data-words]")!.textContent = this.dataset["waiting"] ?? "";
      list.append(line);
      list.hidden = false;
      const sending = new Sending(file, this.dataset["to"]!, line, this.dataset);
      this.#left++;
      this.#queue = this.#queue.then(() => sending.go()).finally(() => this.#left--);
    }
  }
}
customElements.define("lt-sending", LibrarySending);
