// Anybody asks for notices: the page is whole without a script, the worker registers at the root of the site, and what a browser hands in
// is what the server keeps. Headless Chromium has no push service, so the subscription itself is handed in by a stand-in.
import { axe } from "../support/accessibility.ts";
import { signInAs } from "../support/roles.ts";
import { expect, test } from "../support/world.ts";

test.use({ world: "push", day: "2026-06-08" });
test.describe.configure({ mode: "serial" });

test("an agency switches its sections on", async ({ page }) => {
  await signInAs(page, "agency_admin");
  await page.goto("/desk/push");
  const first = page.locator("#sections form").first();
  await first.locator("select").selectOption("chosen");
  await first.getByRole("button", { name: "Lưu" }).click();
  await expect(page.locator("#sections form").first().locator("select")).toHaveValue("chosen");
  await axe(page);
});

test("without a script the page says what else there is", async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.url });
  const page = await context.newPage();
  await page.goto("/nhan-thong-bao");
  await expect(page.getByText("Trình duyệt này chưa nhận được thông báo")).toBeVisible();
  await expect(page.getByRole("link", { name: "Theo dõi bằng nguồn cấp tin" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Nhận thông báo" })).toBeHidden();
  await context.close();
});

test("the worker stands at the root, and pressing without permission says how to give it", async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  await page.goto("/nhan-thong-bao");
  const registered = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
    return [registration.scope, registration.active?.scriptURL ?? ""];
  });
  expect(registered).toEqual([`${server.url}/`, `${server.url}/sw.js`]);
  await expect(page.getByRole("button", { name: "Nhận thông báo" })).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Nhận thông báo" }).click();
  await expect(page.locator("[data-push-said]")).toHaveText("Hãy chọn ít nhất một chủ đề hoặc cơ quan.");
  await page.locator("[name=about]").first().check();
  await page.getByRole("button", { name: "Nhận thông báo" }).click();
  await expect(page.locator("[data-push-said]")).toHaveText(/đang chặn thông báo|Chưa đăng ký được/u);
  await context.close();
});
