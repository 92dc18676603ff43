// A half-year played through: the agency hands in, is late, is sent back; the coordinator reminds, unlocks, accepts.
// The demo is shown as of the days on which these things happen.
import type { Page } from "@playwright/test";
import { axe } from "../support/accessibility.ts";
import { shot } from "../support/pictures.ts";
import { as, signInAs } from "../support/roles.ts";
import { expect, test } from "../support/world.ts";

test.use({ world: "half year", day: "2026-06-08" });
test.describe.configure({ mode: "serial" });
test.setTimeout(180_000);

const slots: string[] = [];

async function fillIn(page: Page, text: string): Promise<void> {
  const fields: [string, string][] = [["f0", "12"], ["f1", "12"], ["f2", "480"], ["f3", "40"], ["f3-whole", "50"], ["f9", text]];
  for (const [name, value] of fields) await page.locator(`[name="${name}"]`).fill(value);
  await page.locator('input[name="f4"][value="no"]').check();
}

async function handIn(page: Page, slot: string, text: string, late?: string): Promise<void> {
  await page.goto(slot);
  // The half-yearly report has a form; other duties are answered in words.
  if ((await page.locator("#f0").count()) > 0) await fillIn(page, text);
  else await page.locator("#text").fill(text);
  if (late) {
    await page.locator("#late_reason").fill(late);
    await page.locator('input[name="excusable"][value="yes"]').check();
  }
  await page.locator('button[form="answer-form"][data-kind="primary"]').click();
  await expect(page.locator(".version").first()).toContainText(text);
}

test("eleven days before the end a commune sees what is near and hands two of them in", async ({ page }) => {
  await signInAs(page, "officer");
  await page.goto("/desk/duties");
  await expect(page.locator("h1")).toContainText("sắp đến hạn");
  await axe(page);
  await shot(page, "half-year-soon", { picture: "nua-nam-truoc-han" });
  for (const row of await page.locator("main a.row").all()) slots.push((await row.getAttribute("href"))!);
  expect(slots.length).toBeGreaterThan(4);
  await handIn(page, slots[0]!, "Đã mở 12 lớp kỹ năng số cho 480 người dân.");
  await handIn(page, slots[1]!, "x");
});

test("after the day the board says who is late, one is sent back, and the coordinator reminds", async ({ page, server }) => {
  await server.stop();
  await server.start("2026-06-22");
  await signInAs(page, "coordinator");
  await page.goto("/desk/reviews");
  await axe(page);
  await shot(page, "half-year-reviews", { picture: "cho-tham-dinh" });
  await page.goto(slots[1]!);
  await page.locator("#whole").fill("Chưa có nội dung. Ghi rõ việc đã làm.");
  await page.locator('button[value="return"]').click();
  await page.locator("tbody input[type=checkbox]").first().check();
  await page.locator("[data-bulk] button").click();
  await expect(page.locator("body")).toContainText("Đã chấp nhận 1 kết quả");
  await page.goto("/desk/progress");
  await expect(page.locator("h1")).toContainText("kỳ quá hạn");
  await axe(page);
  await shot(page, "half-year-board", { picture: "nua-nam-bang-tien-do" });
  await page.goto("/desk/progress/slots?which=overdue");
  await axe(page);
  await page.locator("tbody input[type=checkbox]").nth(0).check();
  await page.locator("tbody input[type=checkbox]").nth(1).check();
  await shot(page, "half-year-overdue");
  await page.locator('[data-bulk] button').click();
  // The chore may have been quicker: nobody is reminded twice within the hour.
  await expect(page.locator("body")).toContainText(/Đã nhắc|được nhắc thêm/);
});

test("late with a reason, and again what was sent back", async ({ page }) => {
  await signInAs(page, "officer");
  await page.goto("/desk/duties");
  await expect(page.locator("h1")).toContainText("quá hạn hoặc bị trả lại");
  await shot(page, "half-year-late", { picture: "nua-nam-qua-han" });
  await handIn(page, slots[1]!, "Đã phát 24 tin bài trên loa của 12 ấp.", "Bổ sung theo nhận xét của cơ quan thẩm định");
  await expect(page.locator("#v2")).toContainText("Khác bản 1 ở chỗ nào");
  await handIn(page, slots[2]!, "Đã làm 3 phim ngắn có phụ đề.", "Chờ số liệu của các ấp");
  await axe(page);
});

test("what was not handed in is locked a month later, and opened for one more version", async ({ page, server }) => {
  await server.stop();
  await server.start("2026-07-27");
  await signInAs(page, "officer");
  await page.goto(slots[3]!);
  await expect(page.locator("main")).toContainText("bị khóa");
  await axe(page);
  await as(page, "coordinator");
  await page.goto(slots[3]!);
  await page.locator("#why").fill("Xã vừa bàn giao hồ sơ sau sắp xếp");
  await page.locator('form[action$="/unlock"] button').click();
  await axe(page);
  await as(page, "officer");
  await handIn(page, slots[3]!, "Đã lập danh sách hộ cần hướng dẫn.", "Bàn giao hồ sơ sau sắp xếp");
  await as(page, "coordinator");
  await page.goto(slots[3]!);
  await page.locator('button[value="accept"]').click();
  await as(page, "officer");
  await page.goto("/desk/duties?show=done");
  await expect(page.locator("main")).toContainText("Đã chấp nhận");
  await shot(page, "half-year-done");
});
