// What an agency says, said again elsewhere: three accounts are connected, an article is spread, one copy's fate is not known until
// a person says, and a correction reaches the copies that are out. The platforms are the doubles of crates/doubles.
import type { Page } from "@playwright/test";
import { axe } from "../support/accessibility.ts";
import { openDoubles, type DoubleName, type Doubles } from "../support/doubles.ts";
import { expectState, press, unfold, variantCard as card } from "../support/newsroom.ts";
import { shot } from "../support/pictures.ts";
import { as, signInAs } from "../support/roles.ts";
import { expect, test as base } from "../support/world.ts";

const test = base.extend<object, { doubles: Doubles }>({
  doubles: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const doubles = await openDoubles();
      await use(doubles);
      await doubles.close();
    },
    { scope: "worker" },
  ],
  settings: [async ({ doubles }, use) => use(doubles.settings), { scope: "worker" }],
});

test.use({ world: "channels", day: "2026-06-08" });
test.describe.configure({ mode: "serial" });
test.setTimeout(240_000);

/** Zalo works on an article, and is asked a quarter of a minute later. */
const SETTLES_MS = 60_000;
const TITLE = "Bàn làm việc chung cho kế hoạch truyền thông của tỉnh bắt đầu chạy thử";
const SHORT = "Từ tuần này, sở và xã, phường nhận việc, báo cáo và theo dõi tiến độ ở một nơi.";
const LONG = `${SHORT} `.repeat(15);
const RETURNED = "Bản Telegram dài quá, rút còn một câu.";
const MENDED = "Người dân xem được tiến độ ngay trên cổng từ ngày 15 tháng 6.";
const COPY = "https://t.me/kenh_cua_tinh/1";

const TOKEN = "token-of-the-double";
const ZALO = { app_id: "app-of-the-double", app_secret: "secret-of-the-double", refresh_token: "refresh-of-the-double" };
const ACCOUNTS: { platform: DoubleName; name: string; fields: Record<string, string> }[] = [
  { platform: "telegram", name: "Kênh của sở", fields: { chat: "@kenh_cua_tinh", token: TOKEN } },
  { platform: "facebook", name: "Trang của sở", fields: { page: "1", token: TOKEN } },
  { platform: "zalo", name: "OA của sở", fields: { ...ZALO, author: "Sở Khoa học và Công nghệ" } },
];

/** The desk's pages of the article and of what is made of it. */
let [article, piece] = ["", ""];

/** Where the copy on that account stands by now. */
async function expectCopy(page: Page, account: string, words: RegExp): Promise<void> {
  await expect
    .poll(async () => (await page.goto(piece), (await card(page, account).innerText())), { timeout: SETTLES_MS, intervals: [500] })
    .toMatch(words);
}

async function openVariant(page: Page, account: string): Promise<void> {
  await page.goto(piece);
  await card(page, account).getByRole("link", { name: /^(Sửa bản này|Xem)$/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(account);
  await axe(page);
}

async function write(page: Page, text: string): Promise<void> {
  await openVariant(page, "Kênh của sở");
  await page.locator("#text").fill(text);
}

test("the agency's administrator connects Telegram, Facebook and Zalo; keys are never shown again", async ({ page, doubles }) => {
  await signInAs(page, "system_admin");
  await page.goto("/desk/people?q=reviewer");
  await page.locator("tr").filter({ hasText: "reviewer@demo.lantoa.example" }).getByRole("link").first().click();
  await unfold(page, "Giao vai trò");
  await page.locator("#role").selectOption("agency_administrator");
  await press(page, "Giao vai trò");
  await expect(page.getByRole("status").first()).toContainText("Đã giao vai trò");

  await as(page, "reviewer");
  await page.goto("/desk/channels");
  await expect(page.locator("main")).toContainText("Chưa nối kênh nào");
  await axe(page);
  for (const { platform, name, fields } of ACCOUNTS) {
    await page.goto("/desk/channels");
    await page.getByRole("link", { name: "Nối kênh" }).first().click();
    await axe(page);
    await page.locator(`main a.row[href$="platform=${platform}"]`).click();
    await page.locator("#name").fill(name);
    await press(page, "Nối kênh này");
    await expect(page.locator(`#${Object.keys(fields)[0]}-error`), "what is missing is said at its field").toBeVisible();
    await axe(page);
    for (const [field, value] of Object.entries(fields)) await page.locator(`#${field}`).fill(value);
    await unfold(page, "Địa chỉ giao diện lập trình khác");
    await page.locator("#api").fill(doubles.api(platform));
    await press(page, "Nối kênh này");
    await expect(page.getByRole("status").first()).toContainText("Đã nối kênh.");
    for (const secret of await page.locator("main input[type=password]").all()) await expect(secret).toHaveValue("");
    expect(await page.content()).not.toMatch(/(token|secret|refresh)-of-the-double/);
    await axe(page);
  }
  await page.goto("/desk/channels");
  for (const { name } of ACCOUNTS) {
    await expect(page.locator("ul.rows > li").filter({ hasText: name })).toContainText("chưa gửi tin nào");
  }
  await axe(page);
});

test("an article is spread: each channel has its words and its count, and what is too long says so", async ({ page }) => {
  await signInAs(page, "department_officer");
  await page.goto("/desk/news?view=out");
  await page.locator("main a.row").filter({ hasText: TITLE }).click();
  article = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Đưa lên kênh" }).click();
  await expect(page.locator("#title")).toHaveValue(TITLE);
  await expect(page.locator('input[name="accounts"]:checked')).toHaveCount(ACCOUNTS.length);
  await axe(page);
  await press(page, "Soạn bản cho từng kênh");
  await expect(page).toHaveURL(/\/desk\/channels\/pieces\/[0-9a-f-]{36}$/);
  piece = new URL(page.url()).pathname;
  for (const { name } of ACCOUNTS) {
    await expect(card(page, name)).toContainText("Gợi ý từ bài");
    await expect(card(page, name)).toContainText(/[\d.]+ \/ [\d.]+ ký tự theo cách đếm của nền tảng/);
    await expect(card(page, name).locator("img")).toHaveAttribute("alt", /.+/);
    await expect(card(page, name).locator(".obstacles")).toHaveCount(0);
  }
  await axe(page);

  await write(page, LONG);
  await expect(page.locator("#count")).toContainText(/Quá [\d.]+, hãy bớt lại/);
  await axe(page);
  await shot(page, "channels-variant-long");
  await press(page, "Lưu bản này");
  await expect(card(page, "Kênh của sở")).toContainText(/Lời tin dài 1\.?\d{3}, kênh nhận nhiều nhất 1\.?024\. Hãy rút gọn\./);
  await press(page, "Gửi duyệt");
  await expectState(page, "Chờ duyệt");

  await as(page, "approver");
  await page.goto("/desk/channels/pieces?show=submitted");
  await axe(page);
  await page.locator("main a.row").filter({ hasText: TITLE }).click();
  await expect(page.getByRole("button", { name: "Duyệt, cho ra kênh" })).toBeDisabled();
  await expect(page.locator("#approve-obstacles")).toContainText("Hãy rút gọn.");
  await axe(page);
  await unfold(page, "Trả lại để sửa");
  await page.locator("#why").fill(RETURNED);
  await press(page, "Trả lại");
  await expectState(page, "Đang soạn");
});

test("handed in and approved by another role it goes out; where a platform broke off nobody guesses", async ({ page, doubles }) => {
  await signInAs(page, "department_officer");
  await page.goto(piece);
  await expect(page.locator(".notice").filter({ hasText: "Bị trả lại" })).toContainText(RETURNED);
  await write(page, SHORT);
  await expect(page.locator("#count")).not.toContainText("hãy bớt lại");
  await press(page, "Lưu bản này");
  await expect(card(page, "Kênh của sở").locator(".obstacles")).toHaveCount(0);
  await press(page, "Gửi duyệt");
  await expect(page.getByRole("button", { name: "Duyệt, cho ra kênh" }), "who wrote it does not approve it").toHaveCount(0);
  await axe(page);

  await doubles.play("telegram", "sendPhoto", "drop-done");
  await as(page, "approver");
  await page.goto(piece);
  await axe(page);
  await shot(page, "channels-approval");
  await press(page, "Duyệt, cho ra kênh");
  await expectState(page, "Đã duyệt");
  await expectCopy(page, "Trang của sở", /Đã lên/);
  await expect(card(page, "Trang của sở").locator('a[href^="https://www.facebook.com/"]').first()).toBeVisible();
  await expectCopy(page, "OA của sở", /Đã lên/);
  await expectCopy(page, "Kênh của sở", /Không rõ đã lên chưa/);
  await expect(card(page, "Kênh của sở").locator('a[href^="https://t.me/"]')).toHaveCount(0);
  await axe(page);
  await shot(page, "channels-piece", { picture: "tin-len-kenh", forms: ["desktop", "phone"], from: "section.card:has-text('Không rõ')" });
  await page.goto("/desk/channels/pieces");
  await axe(page);
});

test("what is not known waits for a person, who says where it is; it is never sent twice", async ({ page, doubles }) => {
  await signInAs(page, "department_officer");
  await page.goto("/desk");
  await page.getByRole("link", { name: /1 tin không rõ đã lên kênh chưa/ }).first().click();
  await expect(page).toHaveURL(/show=stuck/);
  await axe(page);
  await page.locator("main a.row").filter({ hasText: TITLE }).click();
  await openVariant(page, "Kênh của sở");
  await shot(page, "channels-unknown");
  await press(page, "Đã lên, ở địa chỉ này");
  await expect(page.locator("#address-error")).toBeVisible();
  await axe(page);
  await page.locator("#address").fill(COPY);
  await press(page, "Đã lên, ở địa chỉ này");
  await expect(page.getByRole("status").first()).toContainText("Đã ghi: tin đã lên.");
  await expect(page.locator("ol.history")).toContainText("Không rõ đã lên chưa → Đã lên");
  await axe(page);
  await expectCopy(page, "Kênh của sở", /Đã lên/);
  await expect(card(page, "Kênh của sở").locator(`a[href="${COPY}"]`)).toBeVisible();
  expect((await doubles.texts("telegram")).filter((text) => text.includes(SHORT)), "once").toHaveLength(1);

  await as(page, "reviewer");
  await page.goto("/desk/channels");
  await expect(page.locator("ul.rows > li").filter({ hasText: "Trang của sở" })).toContainText("lần gửi được gần nhất");
  await axe(page);
  // The warning is of this test's setting; no reader of the guide has it.
  await page.locator("main .notice").filter({ hasText: "mạng nội bộ" }).evaluate((notice) => notice.remove());
  await shot(page, "channels-accounts", { picture: "tai-khoan-kenh", forms: ["desktop", "phone"] });
});

test("corrected, the copies that are out stand on a list until each is edited or let stand", async ({ page, doubles }) => {
  await signInAs(page, "reviewer");
  await page.goto(article);
  await page.getByRole("link", { name: "Đính chính", exact: true }).click();
  await page.locator("#summary").fill(MENDED);
  await page.locator("#correction").fill("Ghi thêm ngày người dân xem được tiến độ.");
  await press(page, "Đăng bản đính chính");
  await expectState(page, "Đã đính chính");

  await as(page, "approver");
  for (const { name } of ACCOUNTS) await expectCopy(page, name, /Đã lên · cần sửa/);
  await axe(page);
  await page.goto("/desk");
  await page.getByRole("link", { name: /3 bản đã lên cần sửa theo bài đính chính/ }).first().click();
  await axe(page);
  await page.locator("main a.row").filter({ hasText: TITLE }).click();
  await openVariant(page, "Trang của sở");
  await shot(page, "channels-out");
  await page.locator("#text").fill(`${TITLE}\n\n${MENDED}`);
  await press(page, "Sửa bản đã lên");
  await expect(page.locator("#why-error"), "a reason is asked for").toBeVisible();
  await expect(page.locator("#text"), "what was typed stays").toHaveValue(new RegExp(MENDED));
  await page.locator("#why").fill("Theo bài đã đính chính.");
  await press(page, "Sửa bản đã lên");
  await expect.poll(async () => (await doubles.texts("facebook")).join("\n"), { timeout: SETTLES_MS }).toContain(MENDED);
  await expectCopy(page, "Trang của sở", /Đã lên(?! · )/);

  for (const name of ["Kênh của sở", "OA của sở"]) {
    await openVariant(page, name);
    // The one that a person found has no number over there, so nothing can be changed by it.
    if (name === "Kênh của sở") await expect(page.locator("main")).toContainText("Hệ thống không biết mã của tin trên kênh");
    await expect(page.getByRole("button", { name: "Gỡ khỏi kênh" })).toHaveCount(name === "Kênh của sở" ? 0 : 1);
    await page.locator("#why").fill("Lời trên kênh vẫn đúng.");
    await press(page, "Để nguyên");
    await expect(page.getByRole("status").first()).toContainText("Bản đã lên để nguyên.");
  }
  await page.goto("/desk/channels/pieces?show=stuck");
  await expect(page.locator("main a.row").filter({ hasText: TITLE })).toHaveCount(0);
  await axe(page);
});
