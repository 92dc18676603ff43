// Screenshots: every theme and width for the eye of a reviewer, and a few for the README.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { repository } from "./places.ts";

type Theme = "light" | "dark";

const WIDTHS_PX = [390, 820, 1440];
const HEIGHT_PX = 900;

/** The forms in which a page of the README or the guide is shown. */
const FORMS: { suffix: string; name: Form; theme: Theme; width: number }[] = [
  { suffix: "", name: "desktop", theme: "light", width: 1440 },
  { suffix: "-dark", name: "dark", theme: "dark", width: 1440 },
  { suffix: "-phone", name: "phone", theme: "light", width: 390 },
];

type Form = "desktop" | "dark" | "phone";

export interface Wish {
  /** The name under which it goes into docs/pictures. */
  picture?: string;
  /** All, unless it says which. */
  forms?: Form[];
  /** What stands at the top of the picture; the page's own top when nothing is said. */
  from?: string;
}

/**
 * Takes `name` in light and dark at 390, 820 and 1440 px into the folder LANTOA_SHOTS; and, when
 * LANTOA_PICTURES=1 and the page is a `picture` of the README or the guide, that one into docs/pictures.
 * Does nothing when neither is set.
 */
export async function shot(page: Page, name: string, wish: Wish = {}): Promise<void> {
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
    const wanted = FORMS.filter(({ name: form }) => wish.forms?.includes(form) ?? true);
    for (const { suffix, theme, width } of wanted) await take(page, place, `${picture}${suffix}`, theme, width, false, wish.from);
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}

async function take(page: Page, folder: string, name: string, theme: Theme, width: number, whole: boolean, from?: string) {
  await mkdir(folder, { recursive: true });
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize({ width, height: HEIGHT_PX });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  if (from) await page.locator(from).first().evaluate(toTheTop);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole, animations: "disabled" });
}

/** Runs in the page. */
function toTheTop(element: Element): void {
  const AIR_PX = 24;
  window.scrollTo(0, window.scrollY + element.getBoundingClientRect().top - AIR_PX);
}
