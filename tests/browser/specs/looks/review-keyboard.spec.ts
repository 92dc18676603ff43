// Reviewing by hand on the keyboard: what the guide's chapter of keys promises.
import { axe } from "../../support/accessibility.ts";
import { planToImport } from "../../support/documents.ts";
import { shot } from "../../support/pictures.ts";
import { signInAs } from "../../support/roles.ts";
import { expect, test } from "../../support/world.ts";

test.use({ world: "review-keyboard" });

test("a provision is edited, left and saved without the mouse, and the next key goes on from it", async ({ page }) => {
  await signInAs(page, "coordinator");
  await page.goto("/desk/plans/new");
  await page.locator('input[type="file"][name="file"]').setInputFiles((await planToImport()).txt);
  await page.locator('form:has(input[name="file"]) button[type="submit"]').click();
  await expect(page).toHaveURL(/\/review$/);

  const chosen = page.locator("li.provision[data-chosen]");
  await page.keyboard.press("j");
  await expect(chosen).toBeFocused();
  const path = await chosen.getAttribute("data-provision");

  await page.keyboard.press("e");
  await expect(chosen.locator('select[name="kind"]')).toBeFocused();
  await axe(page);
  await shot(page, "review-form");
  await page.keyboard.press("Escape");
  await expect(chosen.locator("form.provision-form")).toHaveCount(0);
  await expect(chosen).toBeFocused();

  await page.keyboard.press("e");
  await chosen.locator('input[name="day"]').fill("32");
  await chosen.locator('input[name="day"]').press("Enter");
  await expect(chosen.locator('input[name="day"]')).toHaveAttribute("aria-invalid", "true");
  await expect(chosen.locator(".error-summary")).toBeFocused();
  await expect(chosen.locator('input[name="day"]')).toHaveValue("32");
  await axe(page);
  await shot(page, "review-form-refused");
  await chosen.locator("a[data-leave]").click();
  await expect(page).toHaveURL(/\/review#/);
  await expect(chosen.locator("form.provision-form")).toHaveCount(0);
  await expect(chosen).toBeFocused();

  await page.keyboard.press("e");
  await chosen.locator('input[name="result"]').fill("Danh mục đã đối chiếu");
  await chosen.locator('input[name="result"]').press("Enter");
  await expect(chosen.locator("form.provision-form")).toHaveCount(0);
  await expect(chosen).toContainText("Danh mục đã đối chiếu");
  await expect(chosen).toBeFocused();
  expect(await chosen.getAttribute("data-provision")).toBe(path);
  await page.keyboard.press("j");
  await expect(chosen).toBeFocused();
  expect(await chosen.getAttribute("data-provision")).not.toBe(path);

  // An address that was cut off in the middle of a letter asks for nothing; the keys work all the same.
  await page.goto(page.url().replace(/#.*$/u, "#%E1%"));
  await page.reload();
  await page.keyboard.press("j");
  await expect(chosen).toBeFocused();
});

test("the keys of a table work on a page that was just opened", async ({ page }) => {
  await signInAs(page, "coordinator");
  for (const path of ["/desk/plans", "/desk/agencies"]) {
    await page.goto(path);
    const rows = page.locator("lt-table tbody tr");
    await page.keyboard.press("j");
    await expect(rows.first()).toBeFocused();
    if ((await rows.count()) < 2) continue;
    await page.keyboard.press("j");
    await expect(rows.nth(1)).toBeFocused();
  }
  await page.locator("#filter-q").focus();
  await page.keyboard.press("j");
  await expect(page.locator("#filter-q")).toHaveValue("j");
});
