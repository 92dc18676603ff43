// Screenshots: every theme and width for the eye of a reviewer, and a few for the README.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { repository } from "./places.ts";

type Theme = "light" | "dark";

const WIDTHS_PX = [390, 820, 1440];
const HEIGHT_PX = 900;

/** The forms in which a page of the README or the guide is shown. */
const FORMS: { suffix: string; theme: Theme; width: number }[] = [
  { suffix: "", theme: "light", width: 1440 },
  { suffix: "-dark", theme: "dark", width: 1440 },
  { suffix: "-phone", theme: "light", width: 390 },
];

/**
 * Takes `name` in light and dark at 390, 820 and 1440 px into the folder LANTOA_SHOTS; and, when
 * LANTOA_PICTURES=1 and the page is a `picture` of the README or the guide, that one into docs/pictures.
 * Does nothing when neither is set.
 */
export async function shot(page: Page, name: string, wish: { picture?: string } = {}): Promise<void> {
  const folder = process.env.LANTOA_SHOTS;
  const picture = process.env.LANTOA_PICTURES === "1" ? wish.picture : undefined;
  if (!folder && !picture) return;
  const before = page.viewportSize();
  if (folder) {
    for (const theme of ["light", "dark"] as const) {
      for (const width of WIDTHS_PX) await take(page, folder, `${name}-${theme}-${width}`, theme, width, true);
    }
  }
  if (picture) {
    const place = join(repository, "docs", "pictures");
    for (const { suffix, theme, width } of FORMS) await take(page, place, `${picture}${suffix}`, theme, width, false);
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}

async function take(page: Page, folder: string, name: string, theme: Theme, width: number, whole: boolean) {
  await mkdir(folder, { recursive: true });
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize({ width, height: HEIGHT_PX });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole, animations: "disabled" });
}
