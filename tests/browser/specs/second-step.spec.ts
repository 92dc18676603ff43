// An account from its one-time link on: a password, then a code on the phone as the second step.
import { axe } from "../support/accessibility.ts";
import { shot } from "../support/pictures.ts";
import { code } from "../support/totp.ts";
import { expect, test } from "../support/world.ts";
import { readFile } from "node:fs/promises";

test.use({ world: "second-step", demo: false });

const EMAIL = "quan-tri@dongthap.example";
const PASSWORD = "mùa nước nổi sen nở đầy đồng";

test("the first administrator comes in by the link on the console, and then with a code", async ({ page, server }) => {
  const said = await readFile(server.log, "utf8");
  const link = /http:\/\/localhost:\d+\/desk\/invitation\/[\w-]+/.exec(said)?.[0];
  expect(link, "the console shows a one-time link").toBeTruthy();
  await page.goto(link!);
  await axe(page);
  await shot(page, "first-administrator");
  await page.getByLabel("Họ và tên").fill("Quản trị hệ thống");
  await page.getByLabel("Thư điện tử").fill(EMAIL);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('main form button[type="submit"]').click();
  await expect(page).toHaveURL((url) => url.pathname === "/desk");

  await page.goto("/desk/account");
  await page.locator('form[action="/desk/account/second-step"] button').click();
  await axe(page);
  const secret = (await page.locator("main code").first().textContent())!;
  await page.locator('input[name="code"]').fill("000000");
  await page.locator('form[action$="/confirmation"] button').click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.locator('input[name="code"]').fill(code(secret, -1));
  await page.locator('form[action$="/confirmation"] button').click();
  await expect(page.locator("main")).toContainText("Mã khôi phục");
  await axe(page);

  await page.goto("/desk");
  await page.locator("details.who > summary").first().click();
  await page.locator('form[action="/desk/sign-out"] button').first().click();
  await page.goto("/desk/sign-in");
  await page.locator("#email").fill(EMAIL);
  await page.locator("#password").fill(PASSWORD);
  await page.locator('form[action="/desk/sign-in"] button').click();
  await expect(page).toHaveURL(/\/desk\/sign-in\/code/);
  await axe(page);
  await shot(page, "second-step");
  await page.goto("/desk"); // the password alone does not open the desk
  await expect(page).toHaveURL(/\/desk\/sign-in/);
  await page.goto("/desk/sign-in/code");
  await page.locator('input[name="code"]').fill(code(secret));
  await page.locator('form[action="/desk/sign-in/code"] button').click();
  await expect(page).toHaveURL((url) => url.pathname === "/desk");

  await page.goto(link!); // the link was for one time
  await expect(page.locator("main")).toContainText("không dùng được nữa");
});
