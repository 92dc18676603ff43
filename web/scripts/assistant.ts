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
  handover_url: string;
  how: string;
}
interface Turn {
  question: string;
  answer: Answer;
}

const KEPT = "lantoa-assistant";
const TURNS_MAX = 20;
/** Kinds of answers that a person does not get as they stand. */
const NOT_HANDED = ["empty", "no-words", "abusive", "instruction", "denunciation"];

function kept(): Turn[] {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]") as Turn[];
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
  #turns: Turn[] = kept();

  constructor(home: HTMLElement, list: HTMLElement, form: HTMLFormElement, field: HTMLTextAreaElement) {
    this.#home = home;
    this.#list = list;
    this.#field = field;
    // What the page answered by itself stays; what this browser kept goes before it.
    const own = list.querySelector("li");
    for (const turn of this.#turns) {
      const { item, said } = this.#begin(turn.question);
      this.#end(said, turn.answer);
      if (own) own.before(item);
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#ask(field.value);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    const clear = form.querySelector<HTMLButtonElement>("[data-clear]");
    if (clear) {
      clear.hidden = false;
      clear.addEventListener("click", () => {
        this.#turns = [];
        keep([]);
        this.#list.replaceChildren();
        field.focus();
      });
    }
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
    return { item, said };
  }

  async #ask(question: string): Promise<void> {
    const { item, said } = this.#begin(question);
    const wait = element("p", "soft", this.#home.dataset.wait);
    said.append(wait);
    this.#field.value = "";
    item.scrollIntoView({ block: "nearest" });
    try {
      const conversation = this.#turns.map((turn) => ({ question: turn.question }));
      const answer = await fetch("/api/v1/assistant/answers", {
        method: "POST",
        headers: { "content-type": "application/json", accept: "text/event-stream" },
        body: JSON.stringify({ question, conversation }),
      });
      if (!answer.ok || !answer.body) throw new Error(String(answer.status));
      const whole = await this.#listen(answer.body, said, wait);
      this.#turns.push({ question, answer: whole });
      keep(this.#turns);
      said.replaceChildren(said.firstElementChild as Element);
      this.#end(said, whole);
    } catch {
      wait.textContent = this.#home.dataset.failed ?? "";
      this.#field.value = question;
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

  #end(said: HTMLElement, answer: Answer): void {
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
    if (!answer.answered && answer.near.length > 0) {
      said.append(element("h2", "small", this.#home.dataset.near));
      const list = element("ul", "near");
      for (const near of answer.near) {
        const item = document.createElement("li");
        item.append(link(near.url, near.title));
        list.append(item);
      }
      said.append(list);
    }
    if (!NOT_HANDED.includes(answer.how)) {
      const agency = this.#home.dataset.agency ?? "";
      const to = agency ? `${answer.handover_url}&co_quan=${encodeURIComponent(agency)}` : answer.handover_url;
      const person = element("p");
      const way = link(to, this.#home.dataset.person ?? "");
      way.className = "button";
      person.append(way);
      said.append(person);
    }
  }
}

for (const home of document.querySelectorAll<HTMLElement>("[data-assistant]")) {
  const list = home.querySelector<HTMLElement>("[data-turns]");
  const form = home.querySelector<HTMLFormElement>("[data-ask]");
  const field = form?.querySelector<HTMLTextAreaElement>("textarea");
  if (list && form && field) new Conversation(home, list, form, field);
}

export {};
