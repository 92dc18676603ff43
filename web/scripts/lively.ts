// Pictures of figures that may answer to pointer and keys: the program that does it is fetched once such a picture is near, and after
// everything else. Until then, and without it, the picture that the server drew stands there.
import { onContent } from "./page.ts";

type Program = { enliven: (figure: HTMLElement) => void };

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue;
      near.unobserve(target);
      void import(target.dataset.script!).then((program: Program) => program.enliven(target));
    }
  },
  { rootMargin: "200px" },
);

/** Runs `work` when the page has come and nothing else is to be done. */
function atLeisure(work: () => void): void {
  const wait = () => ("requestIdleCallback" in window ? requestIdleCallback(work, { timeout: 2000 }) : setTimeout(work, 200));
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait, { once: true });
}

onContent(() => {
  const figures = [...document.querySelectorAll<HTMLElement>("figure[data-chart]:not([data-waits])")];
  for (const figure of figures) figure.dataset.waits = "";
  if (figures.length > 0) atLeisure(() => figures.forEach((figure) => near.observe(figure)));
});
