// The conversation with the assistant. It is kept in this browser and nowhere else; what travels is the question and the questions before
// it. Without this script the form is a plain form.

interface Source {
  title: string;
  url: string;
  quote: string;
  lead: string;
}
interface Near {
  title: string;
  url: string;
}
interface Answer {
  answered: boolean;
  answer: string;
  sources: Source[];
  near: Near[];
  how: string;
}
interface Turn {
  question: string;
  answer: Answer;
}

const KEPT = "lantoa-assistant";
/** The questions that wait for their answers, so that a reload does not lose them. */
const WAITING = "lantoa-assistant-waiting";
const TURNS_MAX = 20;
/** So many questions before it go to a person with one. */
const BEFORE_MAX = 6;
/** Kinds of answers that a person does not get as they stand. */
const NOT_HANDED = ["empty", "no-words", "abusive", "instruction", "denunciation", "greeting", "thanks", "machine"];
/** Kinds of which nothing is kept, also not on this device: somebody else may open it. */
const NOT_KEPT = ["abusive", "denunciation", "emergency"];

function kept(): Turn[] {
  try {
    const turns: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(turns) ? (turns as Turn[]) : [];
  } catch {
    return [];
  }
}

function keep(turns: Turn[]): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(turns.slice(-TURNS_MAX)));
  } catch {
    // A browser that keeps nothing: the conversation lasts as long as the page.
  }
}

function waiting(questions: string[]): void {
  try {
    if (questions.length > 0) sessionStorage.setItem(WAITING, questions.join("\n"));
    else sessionStorage.removeItem(WAITING);
  } catch {
    // A browser that keeps nothing.
  }
}

function waited(): string {
  try {
    return sessionStorage.getItem(WAITING) ?? "";
  } catch {
    return "";
  }
}

function element(name: string, className = "", text = ""): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function link(href: string, text: string): HTMLAnchorElement {
  const made = document.createElement("a");
  made.href = href;
  made.textContent = text;
  return made;
}

class Conversation {
  #home: HTMLElement;
  #list: HTMLElement;
  #field: HTMLTextAreaElement;
  #clear: HTMLButtonElement | null;
  #turns: Turn[] = kept();
  /** Two may be asked before the first is answered. */
  #waiting: string[] = [];
  #handed = 0;

  constructor(home: HTMLElement, list: HTMLElement, form: HTMLFormElement, field: HTMLTextAreaElement) {
    this.#home = home;
    this.#list = list;
    this.#field = field;
    // What the page answered by itself stays; what this browser kept goes before it.
    const own = list.querySelector("li");
    for (const [at, turn] of this.#turns.entries()) {
      const { item, said } = this.#begin(turn.question);
      this.#end(said, turn, this.#turns.slice(0, at));
      if (own) own.before(item);
    }
    if (!field.value) field.value = waited();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const question = field.value.trim();
      if (question) void this.#ask(question);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    this.#clear = form.querySelector<HTMLButtonElement>("[data-clear]");
    this.#clear?.addEventListener("click", () => {
      this.#turns = [];
      keep([]);
      this.#wait([]);
      this.#list.replaceChildren();
      this.#offer();
      field.focus();
    });
    // Cleared in another window: what is kept next does not bring it back.
    window.addEventListener("storage", ({ key }) => {
      if ((key === KEPT || key === null) && kept().length === 0) this.#turns = [];
    });
    this.#offer();
  }

  #wait(questions: string[]): void {
    this.#waiting = questions;
    waiting(questions);
  }

  /** That one waits no longer; the others do. */
  #heard(question: string): void {
    const at = this.#waiting.indexOf(question);
    this.#wait(this.#waiting.filter((_, place) => place !== at));
  }

  /** There is something to clear, or there is no button for it. */
  #offer(): void {
    if (this.#clear) this.#clear.hidden = !this.#list.hasChildNodes();
  }

  #begin(question: string): { item: HTMLElement; said: HTMLElement } {
    const item = element("li", "turn");
    const asked = element("p", "asked", question);
    const who = element("span", "visually-hidden", `${this.#home.dataset.you}: `);
    asked.prepend(who);
    const said = element("div", "said");
    said.append(element("p", "who small soft", this.#home.dataset.machine));
    item.append(asked, said);
    this.#list.append(item);
    this.#offer();
    return { item, said };
  }

  async #ask(question: string): Promise<void> {
    const { item, said } = this.#begin(question);
    const wait = element("p", "soft", this.#home.dataset.wait);
    said.append(wait);
    this.#field.value = "";
    this.#wait([...this.#waiting, question]);
    item.scrollIntoView({ block: "nearest" });
    try {
      const conversation = this.#turns.map((turn) => ({ question: turn.question }));
      const answer = await fetch("/api/v1/assistant/answers", {
        method: "POST",
        headers: { "content-type": "application/json", accept: "text/event-stream" },
        body: JSON.stringify({ question, conversation, language: document.documentElement.lang }),
      });
      if (!answer.ok || !answer.body) throw new Error(String(answer.status));
      const whole = await this.#listen(answer.body, said, wait);
      if (!item.isConnected) return; // cleared meanwhile: nothing of it comes back, nor is kept
      const turn = { question, answer: whole };
      said.replaceChildren(said.firstElementChild as Element);
      this.#end(said, turn, this.#turns);
      this.#heard(question);
      if (!NOT_KEPT.includes(whole.how)) {
        this.#turns.push(turn);
        keep(this.#turns);
      }
    } catch {
      if (!item.isConnected) return;
      this.#heard(question);
      // What came of it before it broke off is no answer. What was typed meanwhile stays: the question is still to be read above.
      said.replaceChildren(said.firstElementChild as Element, wait);
      wait.textContent = this.#home.dataset.failed ?? "";
      this.#field.value ||= question;
    }
    item.scrollIntoView({ block: "nearest" });
  }

  /** Lines as they come; the whole at the end. */
  async #listen(body: ReadableStream<Uint8Array>, said: HTMLElement, wait: HTMLElement): Promise<Answer> {
    const reader = body.getReader();
    const letters = new TextDecoder();
    let heard = "";
    for (;;) {
      const { done, value } = await reader.read();
      heard += letters.decode(value, { stream: true });
      const events = heard.split("\n\n");
      heard = events.pop() ?? "";
      for (const event of events) {
        const name = /^event: ?(.*)$/m.exec(event)?.[1];
        const data = event.split("\n").filter((line) => line.startsWith("data:")).map((line) => line.slice(5)).join("\n");
        if (name === "line") {
          wait.remove();
          const line = JSON.parse(data) as { text: string };
          said.append(element("p", "line pre-line", line.text));
        } else if (name === "done") {
          return JSON.parse(data) as Answer;
        }
      }
      if (done) throw new Error("it broke off");
    }
  }

  #end(said: HTMLElement, { question, answer }: Turn, before: Turn[]): void {
    for (const line of answer.answer.split("\n")) {
      const made = element("p", "line pre-line");
      // [1] leads to its source.
      for (const piece of line.split(/(\[\d+\])/)) {
        const source = answer.sources[Number(/^\[(\d+)\]$/.exec(piece)?.[1] ?? 0) - 1];
        made.append(source ? link(source.url, piece) : piece);
      }
      said.append(made);
    }
    if (answer.sources.length > 0) {
      said.append(element("h2", "small", answer.answered ? this.#home.dataset.sources : this.#home.dataset.maybe));
      const list = element("ol", "sources");
      for (const source of answer.sources) {
        const item = document.createElement("li");
        item.append(link(source.url, source.title), element("blockquote", "pre-line", `${source.lead} ${source.quote}`.trim()));
        list.append(item);
      }
      said.append(list);
    }
    // Beside an exact answer stands where the rest of it is.
    if ((!answer.answered || answer.how === "exact") && answer.near.length > 0) {
      said.append(element("h2", "small", this.#home.dataset.near));
      const list = element("ul", "near");
      for (const near of answer.near) {
        const item = document.createElement("li");
        item.append(link(near.url, near.title));
        list.append(item);
      }
      said.append(list);
    }
    if (answer.how === "denunciation") this.#protect(said);
    else if (!NOT_HANDED.includes(answer.how)) this.#hand(said, question, before, !answer.answered);
  }

  /** Who accuses somebody gets the way to the protected channel, as without script. */
  #protect(said: HTMLElement): void {
    const way = link("/hoi-dap/gui", this.#home.dataset.protected ?? "");
    way.className = "button";
    way.dataset.kind = "strong";
    const person = element("p");
    person.append(way);
    said.append(person);
  }

  /** The way to a person: the form that stands there without script, with this question and those before it. Nothing of it is in an address. */
  #hand(said: HTMLElement, question: string, before: Turn[], open: boolean): void {
    const form = this.#home.querySelector<HTMLTemplateElement>("template[data-hand]");
    if (!form) return;
    const made = document.importNode(form.content, true);
    this.#handed += 1;
    for (const one of made.querySelectorAll<HTMLElement>("[id]")) {
      made.querySelector(`[for="${one.id}"]`)?.setAttribute("for", `${one.id}-${this.#handed}`);
      one.id = `${one.id}-${this.#handed}`;
    }
    const put = (name: string, value: string): void => {
      const field = made.querySelector<HTMLInputElement>(`input[name="${name}"]`);
      if (field) field.value = value;
    };
    put("q", question);
    // One a line.
    put("truoc", before.slice(-BEFORE_MAX).map((turn) => turn.question.replace(/\s+/g, " ").trim()).join("\n"));
    const details = made.querySelector("details");
    if (details) details.open = open;
    said.append(made);
  }
}

for (const home of document.querySelectorAll<HTMLElement>("[data-assistant]")) {
  const list = home.querySelector<HTMLElement>("[data-turns]");
  const form = home.querySelector<HTMLFormElement>("[data-ask]");
  const field = form?.querySelector<HTMLTextAreaElement>("textarea");
  if (list && form && field) new Conversation(home, list, form, field);
}

// In a frame of another portal: that page is told that this one is there, and when it is to be closed. Nothing else is said to it.
if (window.parent !== window) {
  const tell = (what: string): void => window.parent.postMessage(`lantoa-tro-ly:${what}`, "*");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tell("close");
  });
  tell("ready");
}

export {};
