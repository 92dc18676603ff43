// One script tag on another portal: a button, and a frame of ours behind it. Everything is in a shadow root, so neither page styles the
// other; nothing is loaded before somebody presses. A portal that may not show the frame gets a link.
// <script src="https://…/nhung/tro-ly.js" data-co-quan="…" async></script>

(() => {
  /** A frame that may not be shown is loaded too, and says nothing in so many milliseconds. */
  const WAIT_MS = 3_000;
  const tag = document.currentScript as HTMLScriptElement | null;
  const own = tag ?? document.querySelector<HTMLScriptElement>('script[src*="/nhung/tro-ly.js"]');
  if (own && !document.getElementById("lantoa-tro-ly")) {
    const origin = new URL(own.src).origin;
    const agency = own.dataset.coQuan ?? "";
    const words = own.dataset.chu ?? "Hỏi trợ lý";
    const host = document.createElement("div");
    host.id = "lantoa-tro-ly";
    // Rules of the page about its elements are stronger than those of the shadow root about its host; these are stronger than both.
    for (const [name, value] of [
      ["all", "initial"],
      ["position", "fixed"],
      ["inset-block-end", "16px"],
      ["inset-inline-end", "16px"],
      ["z-index", "2147483000"],
    ] as const) {
      host.style.setProperty(name, value, "important");
    }
    const root = host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      .all { display: flex; flex-direction: column; align-items: flex-end; gap: 8px; font: 16px/1.5 system-ui, sans-serif; }
      :is(button, a) { box-sizing: border-box; font: inherit; min-block-size: 44px; padding: 10px 16px; border: 0; border-radius: 22px; background: #123c40; color: #fbf9f3; cursor: pointer; text-decoration: none; }
      :is(button, a):focus-visible { outline: 3px solid #d6497f; outline-offset: 2px; }
      iframe { box-sizing: border-box; display: block; inline-size: min(420px, calc(100vw - 32px)); block-size: min(640px, calc(100vh - 96px)); border: 1px solid #123c40; border-radius: 12px; background: #fbf9f3; }
      iframe[hidden] { display: none; }
    `);
    root.adoptedStyleSheets = [sheet];
    const all = document.createElement("div");
    all.className = "all";
    const button = document.createElement("button");
    button.type = "button";
    let frame: HTMLIFrameElement | undefined;
    let ready = false;
    const show = (open: boolean): void => {
      if (frame) frame.hidden = !open;
      button.textContent = open ? "Đóng" : words;
      button.setAttribute("aria-expanded", String(open));
    };
    const close = (): void => {
      show(false);
      button.focus();
    };
    /** The page itself, in its own window: where no frame of it may stand here. */
    const link = (): void => {
      const way = document.createElement("a");
      way.href = `${origin}/hoi-dap`;
      way.target = "_blank";
      way.rel = "noopener";
      way.textContent = words;
      // Whoever went on to something else on the page is not called back.
      const was = root.activeElement !== null;
      all.replaceChildren(way);
      if (was) way.focus();
    };
    const toggle = (): void => {
      if (!frame) {
        frame = document.createElement("iframe");
        frame.title = words;
        frame.setAttribute("referrerpolicy", "origin");
        frame.src = `${origin}/nhung/tro-ly${agency ? `?co_quan=${encodeURIComponent(agency)}` : ""}`;
        frame.hidden = true;
        frame.addEventListener("load", () => {
          window.setTimeout(() => {
            if (!ready) link();
          }, WAIT_MS);
        });
        all.prepend(frame);
      }
      const open = Boolean(frame.hidden);
      show(open);
      if (open) frame.focus();
    };
    window.addEventListener("message", (event) => {
      if (event.origin !== origin || !frame || event.source !== frame.contentWindow) return;
      if (event.data === "lantoa-tro-ly:ready") ready = true;
      if (event.data === "lantoa-tro-ly:close" && !frame.hidden) close();
    });
    button.addEventListener("click", toggle);
    root.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Escape" && frame && !frame.hidden) close();
    });
    show(false);
    all.append(button);
    root.append(all);
    const put = (): void => void document.body.append(host);
    if (document.body) put();
    else document.addEventListener("DOMContentLoaded", put);
  }
})();

export {};
