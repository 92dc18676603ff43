/** Which address the page that is shown has. */
let shown = location.pathname + location.search;

/** Puts a whole page that came back from the server in place of this one, as if the browser had gone there. */
export function showPage(html: string, address?: string): void {
  const next = new DOMParser().parseFromString(html, "text/html");
  document.title = next.title;
  document.body.replaceWith(document.importNode(next.body, true));
  if (address && address !== location.href) history.pushState(null, "", address);
  shown = location.pathname + location.search;
  scrollTo({ top: 0 });
  document.getElementById("main")?.focus({ preventScroll: true }); // where the focus was is gone
  document.dispatchEvent(new CustomEvent("lt:page"));
}

// Back to a page that was replaced here, or forward again: the browser changes the address alone.
addEventListener("popstate", () => {
  if (location.pathname + location.search !== shown) location.reload();
});

/** Runs `work` now, and again whenever the page or a part of it was replaced. */
export function onContent(work: () => void): void {
  work();
  for (const event of ["lt:page", "htmx:after:settle"]) document.addEventListener(event, work);
}
