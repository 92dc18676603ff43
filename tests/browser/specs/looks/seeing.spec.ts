// What chapters 27 to 29 of the guide show: registers with their evidence, the targets on the leader's page, a set of criteria with a sheet.
// Their pictures are taken here; closing, reports and publications are played through in the half-year and the year.
import { axe } from "../../support/accessibility.ts";
import { shot } from "../../support/pictures.ts";
import { as, signInAs } from "../../support/roles.ts";
import { expect, test } from "../../support/world.ts";

test("a register, a record with what proves it, and what the public sees of it", async ({ page }) => {
  await signInAs(page, "department_officer");
  await page.goto("/desk/registers");
  await axe(page);
  await shot(page, "registers", { picture: "so-theo-doi-danh-sach" });
  await page.goto("/desk/registers?register=st-task");
  await page.locator("main tbody th a").first().click();
  await expect(page.locator("#proofs")).toBeVisible();
  await axe(page);
  await shot(page, "register-record", { picture: "so-theo-doi-mot-muc" });
  // What has to be provided asks for its term.
  await page.goto("/desk/registers/new?register=required-content");
  await expect(page.locator('label[for="until_on"]')).toContainText("Hạn cung cấp");
  await axe(page);
  await page.context().clearCookies();
  await page.goto("/nhiem-vu-khcn");
  await axe(page);
  await shot(page, "public-tasks", { picture: "nhiem-vu-khcn-cong-khai" });
});

test("every target has its bar and its row; on a phone nothing is wider than the page", async ({ page }) => {
  await signInAs(page, "leader");
  await page.goto("/desk/leader");
  const targets = page.locator("#targets");
  await expect(targets.locator("svg.chart")).toBeVisible();
  await targets.locator("details.twin summary").click();
  const rows = await targets.locator("table[data-twin] tbody tr").count();
  expect(rows).toBeGreaterThanOrEqual(10);
  expect(await targets.locator('table[data-twin] a[href^="/desk/measures/"]').count(), "each opens its measure").toBe(rows);
  await axe(page);
  await targets.locator("details.twin summary").click();
  await shot(page, "leader-targets", { picture: "chi-tieu-trang-lanh-dao", from: "#panel-targets" });
  await page.setViewportSize({ width: 320, height: 800 });
  for (const words of await targets.locator("svg.chart text:visible").all()) {
    const box = (await words.boundingBox())!;
    expect(box.x + box.width, (await words.textContent()) ?? "").toBeLessThanOrEqual(320);
  }
});

test("a set of criteria as a tree, and the sheet of an agency", async ({ page }) => {
  await signInAs(page, "coordinator");
  await page.goto("/desk/criteria");
  await axe(page);
  await page.locator('main a.row:not([href*="/sheets/"])').first().click();
  await page.locator('main a[href$="/tree"]').click();
  await axe(page);
  await shot(page, "criteria-tree", { picture: "bo-tieu-chi-cay" });
  await as(page, "department_officer");
  await page.goto("/desk/criteria");
  await page.locator('main a.row[href^="/desk/criteria/sheets/"]').first().click();
  await expect(page.locator("#scores")).toBeVisible();
  await axe(page);
  await shot(page, "criteria-sheet", { picture: "bo-tieu-chi-phieu" });
});
