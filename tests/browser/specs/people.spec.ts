// An administrator invites somebody; the letter arrives; the newcomer comes in. And the pages of people and of the
// ledger stand up to axe, on a desk and on a phone.
import { axe } from "../support/accessibility.ts";
import { decoded, openMailSink, type MailSink } from "../support/mail.ts";
import { signInAs } from "../support/roles.ts";
import { expect, test as base } from "../support/world.ts";

const ARRIVES_WITHIN_MS = 30_000;

const test = base.extend<object, { sink: MailSink }>({
  sink: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const sink = await openMailSink();
      await use(sink);
      await sink.close();
    },
    { scope: "worker" },
  ],
  settings: [async ({ sink }, use) => use(sink.settings), { scope: "worker" }],
});

test.use({ world: "people" });

test("an invitation arrives by mail and lets its person in", async ({ page, browser, server, sink }) => {
  await signInAs(page, "agency_admin");
  await page.getByRole("link", { name: "Cán bộ" }).first().click();
  await page.getByRole("link", { name: "Mời người" }).click();
  await axe(page);
  await page.locator("#name").fill("Chuyên viên văn thư");
  await page.locator("#email").fill("van.thu@xa.example");
  await page.locator('input[name="role"][value="officer"]').check();
  await page.getByRole("button", { name: "Mời người" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Đã mời Chuyên viên văn thư");
  await axe(page);
  const shown = await page.getByLabel("Liên kết", { exact: true }).inputValue();

  await expect.poll(async () => (await sink.messages()).length, { timeout: ARRIVES_WITHIN_MS }).toBe(1);
  const letter = decoded((await sink.messages())[0]!);
  expect(letter).toContain(shown);
  expect(letter).toContain("van.thu@xa.example");

  await page.getByRole("link", { name: "Xong" }).click();
  await expect(page.locator("main")).toContainText("Máy chủ thư đã nhận thư mời gửi van.thu@xa.example");
  await axe(page);

  const theirs = await browser.newContext({ baseURL: server.url, locale: "vi-VN" });
  const newcomer = await theirs.newPage();
  await newcomer.goto(shown);
  await newcomer.locator('input[name="password"]').fill("mùa nước nổi năm nay về sớm");
  await newcomer.getByRole("button", { name: "Bắt đầu" }).click();
  await expect(newcomer).toHaveURL(/\/desk$/);
  await page.goto("/desk/people?q=van%20thu");
  await expect(page.locator("tbody")).toContainText("Đang dùng");

  await page.getByRole("link", { name: "Chuyên viên văn thư" }).click();
  await page.getByLabel("Lý do").fill("thôi việc");
  await page.getByRole("button", { name: "Khóa tài khoản" }).click();
  await expect(page.getByRole("status").first()).toContainText("Đã khóa tài khoản");
  await newcomer.goto("/desk/account");
  await expect(newcomer).toHaveURL(/sign-in/);
  await theirs.close();
});

test("the ledger tells it, on a phone too", async ({ page }) => {
  await signInAs(page, "auditor");
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto("/desk/ledger?group=people");
    await expect(page.locator("main")).toContainText("Thêm tài khoản");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, "nothing sticks out").toBeLessThanOrEqual(width);
    await axe(page);
  }
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Tải về (CSV)" }).click()]);
  expect(file.suggestedFilename()).toMatch(/^so-ghi-viec-.*\.csv$/);
});
