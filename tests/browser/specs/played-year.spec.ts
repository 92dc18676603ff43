// A year of the province, played through: two half-years, monthly reports of the press, a set of criteria published as a snapshot that
// anybody counts again, and the report on the year.
import { axe } from "../support/accessibility.ts";
import { close, draft, file, goDown, issue } from "../support/closing.ts";
import { shot } from "../support/pictures.ts";
import { signInAs } from "../support/roles.ts";
import { expect, test } from "../support/world.ts";

test.use({ world: "played year", day: "2026-12-22", played: true });
test.describe.configure({ mode: "serial" });
test.setTimeout(240_000);

test("the year's figures stand in public with their data, and open down", async ({ page }) => {
  await page.goto("/chi-so");
  await axe(page);
  expect(await goDown(page, "main")).toBeGreaterThan(4);
  await page.locator("main tbody a").first().click();
  await expect(page.locator("#way")).toBeVisible();
  await axe(page);
  await page.goto("/du-lieu-mo");
  await axe(page);
  await shot(page, "played-open-data", { picture: "du-lieu-mo" });
  const feed = await page.request.get("/du-lieu-mo/sdmx/data.csv");
  expect((await feed.text()).split("\n").length).toBeGreaterThan(100);
});

test("scores are a frozen snapshot with a permalink, a map and open data", async ({ page }) => {
  await page.goto("/bo-tieu-chi");
  await page.locator("main h2 a, main h3 a").first().click();
  await expect(page).toHaveURL(/\/bo-tieu-chi\/2026\/[0-9a-f-]{36}$/);
  await axe(page);
  await shot(page, "played-scores", { picture: "bo-tieu-chi-cong-bo" });
  const here = page.url();
  const first = await (await page.request.get(`${here}/du-lieu/json`)).body();
  await page.goto(`${here}/tinh-lai`);
  await expect(page.locator("main")).toContainText("ra đúng như đã công bố");
  expect((await (await page.request.get(`${here}/du-lieu/json`)).body()).equals(first)).toBe(true);
  await page.goto(here);
  expect(await goDown(page, "main table", 12)).toBeGreaterThan(50);
});

test("the year is closed and its report issued, with the pages that were sent on", async ({ page }) => {
  await signInAs(page, "coordinator");
  await close(page, "2026-H2");
  const report = await draft(page, /6 tháng cuối năm|năm 2026/);
  await page.goto(report);
  expect(await goDown(page, ".paper")).toBeGreaterThan(20);
  await issue(page, report);
  for (const format of ["docx", "pdf"] as const) expect((await file(page, format)).length).toBeGreaterThan(20_000);
  await page.goto("/desk/reports/numbers");
  await axe(page);
  await shot(page, "played-numbers", { picture: "bao-cao-so-van-ban" });
});
