// What an agency owes, from the list to an accepted answer: handed in, sent back, handed in again, accepted, locked.
import { axe } from "../support/accessibility.ts";
import { shot } from "../support/pictures.ts";
import { as, signInAs } from "../support/roles.ts";
import { expect, test } from "../support/world.ts";

test.use({ world: "duties" });
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

let slot = "";

test("an officer sees what is owed and hands it in with figures and proofs", async ({ page }) => {
  await signInAs(page, "officer");
  await page.goto("/desk/duties");
  await expect(page.locator("h1")).toHaveCount(1);
  await axe(page);
  await shot(page, "duties", { picture: "viec-phai-lam" });
  // Of the duties that are due last, which can be answered whatever day it is today, the first that has no form.
  await page.goto("/desk/duties?show=all");
  const rows = await page.locator("main a.row").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
  for (slot of rows.reverse()) {
    await page.goto(slot);
    if ((await page.locator("#text").count()) > 0) break;
  }
  await page.locator("#text").fill("Đã mở chuyên mục, đăng 12 bài trong kỳ.");
  const kept = page.waitForResponse((answer) => answer.url().endsWith("/draft") && answer.status() === 204);
  await page.locator('[name="figure_name"]').first().fill("Số bài đã đăng");
  await page.locator('[name="figure_value"]').first().fill("1.234");
  await kept;
  await page.reload();
  await expect(page.locator("#text")).toHaveValue(/đăng 12 bài/);
  await page.locator("#proof-file").setInputFiles({ name: "bien-ban.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7") });
  await page.locator('form[action$="/files"] button').click();
  await expect(page.locator(".proofs")).toContainText("bien-ban.pdf");
  await page.locator("#proof-link").fill("https://example.vn/chuyen-muc");
  await page.locator('form[action$="/links"] button').click();
  await axe(page);
  await shot(page, "duty", { picture: "nop-ket-qua" });
  await page.locator('button[form="answer-form"][data-kind="primary"]').click();
  await expect(page.locator("#v1")).toContainText("1.234");
  await expect(page.locator("#v1")).toContainText("bien-ban.pdf");
  await axe(page);
});

test("nothing to report needs a reason, and hides what it does not need", async ({ page }) => {
  await signInAs(page, "officer");
  await page.goto(slot);
  // What was handed in waits for its review: the form is folded below it.
  await page.getByText("Sửa và nộp lại").click();
  await page.locator('input[value="nothing"]').check();
  await expect(page.locator("#text")).toBeHidden();
  await page.locator('button[form="answer-form"][data-kind="primary"]').click();
  await expect(page.getByRole("alert").first()).toContainText("lý do không phát sinh");
  await axe(page);
});

test("the coordinator sends it back, the officer completes it, and then it is locked", async ({ page }) => {
  await signInAs(page, "coordinator");
  await page.goto("/desk/reviews");
  await axe(page);
  await shot(page, "reviews");
  await page.locator(`main a[href="${slot}"]`).click();
  await page.locator('button[value="return"]').click();
  await expect(page.locator("main")).toContainText("phải nói rõ cần bổ sung gì");
  await page.goto(slot);
  await page.locator("#review summary").click();
  await page.locator("#remark_figures").fill("Ghi rõ số bài của từng tháng.");
  await page.locator('button[value="return"]').click();
  await expect(page).toHaveURL(/\/desk\/reviews$/);

  await as(page, "officer");
  await page.goto(slot);
  await expect(page.locator("#v1")).toContainText("Ghi rõ số bài của từng tháng.");
  await axe(page);
  await shot(page, "duty-returned");
  await page.locator("#text").fill("Đã mở chuyên mục. Tháng 1: 6 bài, tháng 2: 6 bài.");
  await page.locator('button[form="answer-form"][data-kind="primary"]').click();
  await expect(page.locator("#v2")).toBeVisible();

  await as(page, "coordinator");
  await page.goto(slot);
  await page.locator('button[value="accept"]').click();
  await expect(page).toHaveURL(/\/desk\/reviews$/);

  await as(page, "officer");
  await page.goto(slot);
  await expect(page.locator("main")).toContainText("Kết quả đã duyệt");
  await expect(page.locator('form[action$="/answer"]')).toHaveCount(0);
  await axe(page);
});

test("the board shows how far it got, and every figure opens its list", async ({ page }) => {
  await signInAs(page, "coordinator");
  await page.goto("/desk/progress");
  await axe(page);
  await shot(page, "progress", { picture: "tien-do" });
  await page.locator(".figure-stat").nth(3).click();
  await expect(page).toHaveURL(/\/desk\/progress\/slots/);
  await axe(page);
  await shot(page, "progress-list");
});
