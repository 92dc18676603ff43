// Going about a page with the keyboard alone.
import { expect, type Locator, type Page } from "@playwright/test";

/** No page of ours has so many stops. */
const STOPS_MAX = 150;

/** Presses Tab (or Shift+Tab) until that element has the focus, as somebody without a mouse does. */
export async function reach(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < STOPS_MAX; stop += 1) {
    await page.keyboard.press(key);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${target} is not reached by ${STOPS_MAX} presses of ${key} on ${page.url()}`);
}

/** Reaches it, and presses Enter there. */
export async function enter(page: Page, target: Locator): Promise<void> {
  await reach(page, target);
  await page.keyboard.press("Enter");
}
