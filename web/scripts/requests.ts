// htmx, without evaluation of text (the policy forbids it) and without surprises when a request fails.
import htmx from "htmx.org/dist/htmx.esm.min.js";
import { sayAloud } from "./toast.ts";

interface Answered {
  ctx: { text: string; response: { status: number; raw: Response } };
}

/** What a page of failure says: its heading, and the first advice under it. */
function gist(html: string): string {
  const page = new DOMParser().parseFromString(html, "text/html");
  const words = [page.querySelector("h1"), page.querySelector(".reasons li, h1 ~ p")].map((part) => part?.textContent?.trim());
  return words.filter(Boolean).join(" – ");
}

document.addEventListener("htmx:after:request", (event) => {
  const { text, response } = (event as CustomEvent<Answered>).detail.ctx;
  if (response.status >= 400 && response.status !== 422) {
    // A failure is a whole page: its words go into a toast, what is on the screen stays.
    event.preventDefault();
    sayAloud(gist(text) || document.documentElement.dataset["failed"] || `${response.status}`);
  } else if (response.raw.redirected && /^\s*<!doctype/i.test(text)) {
    // The answer went elsewhere, for instance to the sign-in page: follow it.
    event.preventDefault();
    location.assign(response.raw.url);
  }
});
document.addEventListener("htmx:error", () => sayAloud(document.documentElement.dataset["failed"] ?? ""));
document.addEventListener("lt:page", () => htmx.process(document.body));
