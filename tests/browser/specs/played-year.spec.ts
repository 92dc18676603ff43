// A year of the province, played through: two half-years, monthly reports of the press, a set of criteria published as a snapshot that
// anybody counts again, the press scored with evidence and an objection, the report on the year; and every figure asked where it comes from.
import { axe } from "../support/accessibility.ts";
import { close, draft, file, goDown, issue } from "../support/closing.ts";
import { noDeadEnd } from "../support/figures.ts";
import { shot } from "../support/pictures.ts";
import { type Role, signInAs } from "../support/roles.ts";
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
  await page.goto("/du-lieu-mo/huong-dan-ky-thuat");
  await axe(page);
  await page.goto("/du-lieu-mo");
  await axe(page);
  await shot(page, "played-open-data", { picture: "du-lieu-mo" });
  const feed = await page.request.get("/du-lieu-mo/sdmx/data.csv");
  expect((await feed.text()).split("\n").length).toBeGreaterThan(100);
});

test("scores are a frozen snapshot with a permalink, a map and open data", async ({ page }) => {
  await page.goto("/bo-tieu-chi");
  await page.locator("main h2 a", { hasText: "xã, phường" }).first().click();
  await expect(page).toHaveURL(/\/bo-tieu-chi\/2026\/[0-9a-f-]{36}$/);
  await axe(page);
  await shot(page, "played-scores", { picture: "bo-tieu-chi-cong-bo" });
  const here = page.url();
  const taken = async (format: string) => (await page.request.get(`${here}/du-lieu/${format}`)).body();
  const [json, csv] = [await taken("json"), await taken("csv")];
  expect(csv.toString("utf8").trim().split("\n").length).toBeGreaterThan(102);
  await page.goto(`${here}/tinh-lai`);
  await expect(page.locator("main")).toContainText("ra đúng như đã công bố");
  expect((await taken("json")).equals(json) && (await taken("csv")).equals(csv)).toBe(true);
  await page.goto(here);
  expect(await goDown(page, "main table", 12)).toBeGreaterThan(50);
});

test("the press is scored with evidence, and what one of them objected to was answered", async ({ page }) => {
  await page.goto("/bo-tieu-chi");
  await page.locator("main h2 a", { hasText: "báo chí chủ lực" }).first().click();
  const bodies = await page.locator('main tbody a[href*="/co-quan/"]').evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
  expect(bodies.length).toBe(3);
  let contested = 0;
  for (const body of bodies) {
    await page.goto(body);
    const proof = await page.locator('main tbody a[href^="/tin-tuc/"]').first().getAttribute("href");
    expect((await page.request.get(proof!)).status(), proof!).toBe(200);
    contested += Number((await page.locator("main").innerText()).includes("Còn thiếu biên bản của một buổi"));
  }
  expect(contested, "one was appraised anew after its objection").toBe(1);
});

test("the half-year's report stands in public in both its versions", async ({ page }) => {
  await page.goto("/bao-cao");
  await axe(page);
  const versions = page.locator("main article", { hasText: "6 tháng đầu năm" });
  await expect(versions).toHaveCount(2);
  for (const version of await versions.all()) await expect(version).toContainText(/\d{2}\/BC-SKHCN/);
  await versions.first().locator("h2 a").click();
  await expect(page.locator("main")).toContainText("đã báo cáo, bản trước chưa có");
});

/** Who looks at which pages with figures; each measure of a list is looked at by itself, too. */
const LOOKS: { role?: Role; paths: string[]; list?: string }[] = [
  { paths: ["/bo-tieu-chi/2026", "/du-lieu-mo"], list: "/chi-so" },
  { role: "leader", paths: ["/desk/leader?year=2026"] },
  {
    role: "coordinator",
    paths: ["/desk/progress", "/desk/progress/proofs?year=2026", "/desk/closings", "/desk/reports/numbers"],
    list: "/desk/measures",
  },
];

test("no figure on any page lacks its way down", async ({ page }) => {
  let asked = 0;
  for (const { role, paths, list } of LOOKS) {
    await page.context().clearCookies();
    if (role) await signInAs(page, role);
    const all = [...paths];
    if (list) {
      await page.goto(list);
      const rows = page.locator("main tbody th[scope=row] a");
      all.push(list, ...(await rows.evaluateAll((links) => links.map((link) => link.getAttribute("href")!))));
    }
    for (const path of all) asked += await noDeadEnd(page, path);
  }
  expect(asked).toBeGreaterThan(100);
});

test("the year is closed and its report issued, with the pages that were sent on", async ({ page }) => {
  await signInAs(page, "coordinator");
  await close(page, "2026-H2");
  const report = await draft(page, /6 tháng cuối năm/);
  await page.goto(report);
  expect(await goDown(page, ".paper")).toBeGreaterThan(20);
  expect(await issue(page, report)).toMatch(/^\d{2}\/BC-SKHCN$/);
  for (const format of ["docx", "pdf"] as const) expect((await file(page, format)).length).toBeGreaterThan(20_000);
  await page.goto("/desk/reports/numbers");
  await axe(page);
  await shot(page, "played-numbers", { picture: "bao-cao-so-van-ban" });
});
