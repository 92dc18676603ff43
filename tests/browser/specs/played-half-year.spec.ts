// A half-year of the province, played through: what agencies declared and published is closed with who is absent by name, goes into the
// province's report, is signed, numbered and issued; who comes late makes the next version. Figures are followed to what they count.
import { axe } from "../support/accessibility.ts";
import { close, draft, file, goDown, issue } from "../support/closing.ts";
import { paper } from "../support/paper.ts";
import { shot } from "../support/pictures.ts";
import { as, signInAs } from "../support/roles.ts";
import { expect, test } from "../support/world.ts";

test.use({ world: "played half-year", day: "2026-06-22", played: true });
test.describe.configure({ mode: "serial" });
test.setTimeout(240_000);

let report = "";
/** That of the first version: the reports of months that are over had numbers before. */
let number = "";
/** What the first version says, byte for byte. */
let frozen: Buffer;

test("measures count what happened, and each figure opens down to a record", async ({ page }) => {
  await signInAs(page, "coordinator");
  await page.goto("/desk/measures");
  await expect(page.locator("main")).toContainText("%");
  await axe(page);
  await shot(page, "played-measures", { picture: "chi-so-danh-sach" });
  expect(await goDown(page, "main .card")).toBeGreaterThan(5);
  await page.goto("/desk/measures/co-quan-ban-hanh-ke-hoach");
  await axe(page);
  await shot(page, "played-measure", { picture: "chi-so-mot-chi-so" });
  await page.locator('main a[href*="/records?"]').first().click();
  const record = page.locator("main tbody th a").first();
  await expect(record).toBeVisible();
  await record.click();
  await expect(page.locator("h1")).not.toBeEmpty();
});

test("the leader sees the targets with the way to each", async ({ page }) => {
  await signInAs(page, "leader");
  await page.goto("/desk/leader?year=2026");
  await expect(page.locator("#targets")).toBeVisible();
  await axe(page);
  await shot(page, "played-leader", { picture: "chi-so-trang-lanh-dao" });
});

test("the leader reads the reports of months that are over", async ({ page }) => {
  await signInAs(page, "leader");
  await page.goto("/desk/reports");
  await expect(page.locator("main a.row", { hasText: "Đã ban hành" }).first()).toContainText(/\d{2}\/BC-SKHCN/);
  await expect(page.locator("main")).not.toContainText("Chưa có văn bản nào");
});

test("the coordinator closes the half-year with who is absent, and the report is issued", async ({ page }) => {
  await signInAs(page, "coordinator");
  await close(page, "2026-H1");
  await page.goto("/desk/reports");
  await axe(page);
  await shot(page, "played-reports", { picture: "bao-cao-danh-sach" });
  report = await draft(page, /6 tháng đầu năm/);
  await page.goto(report);
  await shot(page, "played-report", { picture: "bao-cao-soan" });
  expect(await goDown(page, ".paper")).toBeGreaterThan(20);
  number = await issue(page, report);
  expect(number).toMatch(/^\d{2}\/BC-SKHCN$/);
  frozen = await (await page.request.get(`${report}/files/json`)).body();
  const [docx, pdf] = [await file(page, "docx"), await file(page, "pdf")];
  expect(docx.subarray(0, 2).toString("latin1")).toBe("PK");
  expect(pdf.subarray(0, 5).toString("latin1")).toBe("%PDF-");
  await paper(docx, "docx", "bao-cao-docx");
  await paper(pdf, "pdf", "bao-cao-pdf");
  await paper(pdf, "pdf", "bao-cao-noi-nhan", "Nơi nhận:");
  await paper(docx, "docx", "bao-cao-phu-luc", "Phụ lục I");
  await as(page, "approver");
  await page.goto(report);
  await page.locator('form[action$="/acts/show"] button').click();
  await page.context().clearCookies();
  await page.goto("/bao-cao");
  await page.locator("main h2 a").first().click();
  await expect(page.locator("main")).toContainText(number);
  await axe(page);
  await shot(page, "played-public-report", { picture: "bao-cao-cong-khai" });
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, "sideways scroll at 390 px").toBeLessThanOrEqual(0);
  if (size) await page.setViewportSize(size);
});

test("who comes late makes the next version, which says what is different", async ({ page, server }) => {
  await server.stop();
  await server.start("2026-06-29");
  await signInAs(page, "officer");
  await page.goto("/desk/duties");
  const late = page.locator("main a.row", { hasText: "báo cáo kết quả" }).first();
  await late.click();
  for (const [name, value] of [["f0", "12"], ["f1", "2"], ["f2", "80"], ["f3", "40"], ["f3-whole", "50"]] as const) {
    await page.locator(`[name="${name}"]`).fill(value);
  }
  await page.locator('input[name="f4"][value="no"]').check();
  await page.locator("#late_reason").fill("Bàn giao hồ sơ sau sắp xếp");
  await page.locator('input[name="excusable"][value="yes"]').check();
  await page.locator('button[form="answer-form"][data-kind="primary"]').click();
  await expect(page.locator(".version").first()).toBeVisible();
  await as(page, "coordinator");
  await close(page, "2026-H1");
  await page.goto(report);
  await page.locator('form[action$="/acts/replace"] button').click();
  await expect(page.locator("main")).toContainText("Dự thảo");
  await expect(page.locator("main")).toContainText("đã báo cáo, bản trước chưa có");
  await shot(page, "played-replacing");
  await axe(page);
  const next = new URL(page.url()).pathname;
  expect(Number.parseInt(await issue(page, next), 10)).toBe(Number.parseInt(number, 10) + 1);
  const still = await (await page.request.get(`${report}/files/json`)).body();
  expect(still.equals(frozen), "version 1 stays byte for byte").toBe(true);
});
