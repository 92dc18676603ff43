// The public pages: readable by everyone, with and without script, at every width.
import { axe } from "../../support/accessibility.ts";
import { shot } from "../../support/pictures.ts";
import { expect, test } from "../../support/world.ts";

const PAGES: { path: string; name: string; picture?: string }[] = [
  { path: "/", name: "portal-home", picture: "trang-dau" },
  { path: "/ke-hoach", name: "portal-plans" },
  { path: "/co-quan", name: "portal-agencies", picture: "danh-ba-co-quan" },
  { path: "/co-quan/so-khoa-hoc-va-cong-nghe", name: "portal-agency-profile" },
  { path: "/huong-dan", name: "portal-guide" },
  { path: "/huong-dan/ke-hoach", name: "portal-guide-chapter" },
  { path: "/huong-dan/api-va-webhook", name: "portal-guide-api" },
  { path: "/api/v1", name: "portal-api" },
  { path: "/desk/sign-in", name: "desk-sign-in" },
];

for (const { path, name, picture } of PAGES) {
  test(`${path} is a whole Vietnamese page that everyone can use`, async ({ page }) => {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(200);
    await expect(page.locator("html")).toHaveAttribute("lang", "vi");
    await expect(page.locator("h1")).toHaveCount(1);
    await expect(page.locator("main")).toBeVisible();
    await expectNoSidewaysScroll(page);
    await axe(page);
    await shot(page, name, { picture });
  });
}

test("a programme and an agency are reached from the home page by links", async ({ page }) => {
  await page.goto("/ke-hoach");
  await page.locator('main a[href^="/ke-hoach/"]').first().click();
  await expect(page).toHaveURL(/\/ke-hoach\/[a-z0-9-]+/);
  await expect(page.locator("h1")).toHaveCount(1);
  await expect(page.locator('script[type="application/ld+json"]')).not.toHaveCount(0);
  await axe(page);
  await shot(page, "portal-programme");

  await page.locator('main a[href^="/co-quan/"]').first().click();
  await expect(page).toHaveURL(/\/co-quan\/[a-z0-9-]+\/nhiem-vu/);
  await axe(page);
  await shot(page, "portal-agency");
});

test("how far a programme got is public, with its data", async ({ page, request }) => {
  await page.goto("/ke-hoach");
  const plan = new URL((await page.locator('main a[href^="/ke-hoach/"]').first().getAttribute("href"))!, page.url()).pathname;
  for (const [path, name] of [
    [`${plan}/tien-do`, "portal-progress"],
    ["/co-quan/so-khoa-hoc-va-cong-nghe/tien-do", "portal-agency-progress"],
  ] as const) {
    await page.goto(path);
    await expect(page.locator("h1")).toHaveCount(1);
    await expectNoSidewaysScroll(page);
    await axe(page);
    await shot(page, name, { picture: name === "portal-progress" ? "tien-do-cong-khai" : undefined });
  }
  for (const kind of ["csv", "json"]) expect((await request.get(`${plan}/tien-do.${kind}`)).status()).toBe(200);
});

test("the interface is served in English too", async ({ browser, server }) => {
  const context = await browser.newContext({ locale: "en-GB", baseURL: server.url });
  const page = await context.newPage();
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await axe(page);
  await context.close();
});

test("a page that does not exist says so and leads back", async ({ page }) => {
  const answer = await page.goto("/khong-co-trang-nay");
  expect(answer?.status()).toBe(404);
  await expect(page.locator('a[href="/"]').first()).toBeVisible();
  await axe(page);
});

test("works at 320 px, without script and in print", async ({ browser, server }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
    locale: "vi-VN",
    baseURL: server.url,
  });
  const page = await context.newPage();
  for (const { path } of PAGES) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await expect(page.locator("h1"), path).toBeVisible();
    const width = (await page.locator("main").boundingBox())!.width;
    expect(width, `${path} at 320 px`).toBeLessThanOrEqual(320);
  }
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("h1")).toBeVisible();
  await context.close();
});

async function expectNoSidewaysScroll(page: import("@playwright/test").Page) {
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, "sideways scroll at 390 px").toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1440, height: 900 });
}
