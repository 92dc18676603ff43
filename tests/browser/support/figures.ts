// No figure without its way down: each leads to what it counts, by itself, by its row, or by the picture whose table it stands in.
import type { Page } from "@playwright/test";
import { expect } from "./world.ts";

/** A figure alone: `12`, `1.234`, `98,04%`, `60/98 (61,2%)`, `3 tin, bài`. */
const FIGURE = /^[\d.,/()%\s]*\d[\d.,/()%\s]*[^\d<]{0,14}$/u;
const ZERO = /^0([.,]0+)?(\D|$)/u;
/** What a page with records has in its middle. */
const RECORDS = /<tbody[^>]*>\s*<tr|<li[\s>]|<article[\s>]|class="(row|version)[\s"]/u;
/** Of very many figures of one page some speak for all. */
const MOST = 12;

/** The rows whose figures lead nowhere. */
async function deadEnds(page: Page): Promise<string[]> {
  return page.locator("main td.number").evaluateAll((cells) => {
    const leads = (around: Element | null) => !!around?.querySelector("a[href]");
    return cells
      .filter((cell) => /\d/.test(cell.textContent ?? "") && !leads(cell.closest("tr")) && !leads(cell.closest("figure")))
      .map((cell) => cell.closest("tr")?.textContent?.trim() ?? "");
  });
}

/** Where figures that are the text of a link lead to, with the figure. */
async function figureLinks(page: Page): Promise<Map<string, string>> {
  const links = await page.locator('main a[href^="/"]').evaluateAll((all) =>
    all.map((link) => [link.getAttribute("href")!.split("#")[0]!, link.textContent!.trim()] as const),
  );
  return new Map(links.filter(([, text]) => FIGURE.test(text)));
}

/** Opens a page and asks of every figure where it comes from. Says how many are links. */
export async function noDeadEnd(page: Page, path: string): Promise<number> {
  await page.goto(path);
  expect.soft(await deadEnds(page), `figures of ${path} that lead nowhere`).toEqual([]);
  const links = [...(await figureLinks(page))];
  const step = Math.max(1, Math.floor(links.length / MOST));
  for (const [href, figure] of links.filter((_, at) => at % step === 0)) {
    const answer = await page.request.get(href);
    expect.soft(answer.status(), `${figure} on ${path} leads to ${href}`).toBe(200);
    const html = await answer.text();
    const middle = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
    if (!ZERO.test(figure)) expect.soft(RECORDS.test(middle), `${figure} on ${path} leads to records at ${href}`).toBe(true);
  }
  return links.length;
}
