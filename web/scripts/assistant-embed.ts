// One script tag on another portal: a button, and a frame of ours behind it. Everything is in a shadow root, so neither page styles the
// other; nothing is loaded before somebody presses. <script src="https://…/nhung/tro-ly.js" data-co-quan="…" async></script>

(() => {
  const tag = document.currentScript as HTMLScriptElement | null;
  const own = tag ?? document.querySelector<HTMLScriptElement>('script[src*="/nhung/tro-ly.js"]');
  if (own && !document.getElementById("lantoa-tro-ly")) {
    const origin = new URL(own.src).origin;
    const agency = own.dataset.coQuan ?? "";
    const words = own.dataset.chu ?? "Hỏi trợ lý";
    const host = document.createElement("div");
    host.id = "lantoa-tro-ly";
    const root = host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      :host { all: initial; position: fixed; inset-block-end: 16px; inset-inline-end: 16px; z-index: 2147483000; font: 16px/1.5 system-ui, sans-serif; }
      button { font: inherit; min-block-size: 44px; padding: 8px 16px; border: 0; border-radius: 22px; background: #123c40; color: #fbf9f3; cursor: pointer; }
      button:focus-visible { outline: 3px solid #d6497f; outline-offset: 2px; }
      iframe { display: block; inline-size: min(420px, calc(100vw - 32px)); block-size: min(640px, calc(100vh - 96px)); margin-block-end: 8px; border: 1px solid #123c40; border-radius: 12px; background: #fbf9f3; }
      iframe[hidden] { display: none; }
    `);
    root.adoptedStyleSheets = [sheet];
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.setAttribute("aria-expanded", "false");
    let frame: HTMLIFrameElement | undefined;
    const toggle = (): void => {
      if (!frame) {
        frame = document.createElement("iframe");
        frame.title = words;
        frame.hidden = true;
        frame.setAttribute("referrerpolicy", "origin");
        frame.src = `${origin}/nhung/tro-ly${agency ? `?co_quan=${encodeURIComponent(agency)}` : ""}`;
        root.insertBefore(frame, button);
      }
      frame.hidden = !frame.hidden;
      button.setAttribute("aria-expanded", String(!frame.hidden));
      if (!frame.hidden) frame.focus();
    };
    button.addEventListener("click", toggle);
    root.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Escape" && frame && !frame.hidden) {
        toggle();
        button.focus();
      }
    });
    root.append(button);
    const put = (): void => void document.body.append(host);
    if (document.body) put();
    else document.addEventListener("DOMContentLoaded", put);
  }
})();

export {};
