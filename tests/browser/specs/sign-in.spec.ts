// The ways in beside the demo's buttons: the provincial sign-on (OpenID Connect) and passkeys.
import type { Page } from "@playwright/test";
import { axe } from "../support/accessibility.ts";
import { openOpenIdProvider, type Misbehaviour, type OpenIdProvider } from "../support/openid.ts";
import { plugInPasskey } from "../support/passkey.ts";
import { signInAs } from "../support/roles.ts";
import { expect, test as world } from "../support/world.ts";

const test = world.extend<object, { provider: OpenIdProvider }>({
  world: ["sign-in", { scope: "worker" }],
  provider: [
    async ({}, use) => {
      const provider = await openOpenIdProvider();
      await use(provider);
      await provider.close();
    },
    { scope: "worker" },
  ],
  settings: [async ({ provider }, use) => use(provider.settings), { scope: "worker" }],
});

const NO_ACCOUNT = "Bạn chưa có tài khoản ở đây";
const WAY_IN = 'a[href^="/desk/sign-on/"], form[action^="/desk/sign-on/"] button';

test("an officer comes in by the provincial sign-on", async ({ page, provider }) => {
  provider.misbehaviour = "none";
  await page.goto("/desk/sign-in");
  await page.locator(WAY_IN).first().click();
  await onTheDesk(page);
});

test("somebody who is known at the sign-on and not here is told so", async ({ page, provider }) => {
  provider.misbehaviour = "none";
  const known = provider.person;
  provider.person = { sub: "stranger-1", name: "Người lạ", email: "stranger@demo.lantoa.example", email_verified: true };
  await page.goto("/desk/sign-in");
  await page.locator(WAY_IN).first().click();
  await expect(page.locator("h1")).toHaveText(NO_ACCOUNT);
  await axe(page);
  provider.person = known;
  await page.goto("/desk");
  await expect(page).toHaveURL(/\/desk\/sign-in/);
});

const FORGERIES: Misbehaviour[] = [
  "wrong nonce",
  "wrong audience",
  "wrong issuer",
  "expired token",
  "unknown key",
  "forged signature",
  "unsigned token",
  "refusal",
];

for (const forgery of FORGERIES) {
  test(`a sign-on with ${forgery} is refused with a way back`, async ({ page, provider }) => {
    provider.misbehaviour = forgery;
    await page.goto("/desk/sign-in");
    await page.locator(WAY_IN).first().click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page.locator("h1")).not.toHaveText(NO_ACCOUNT); // it is the answer that is refused, not the person
    await axe(page);
    await page.goto("/desk");
    await expect(page).toHaveURL(/\/desk\/sign-in/);
  });
}

test("an answer of the sign-on that nobody asked for is refused", async ({ page }) => {
  const answer = await page.goto("/desk/sign-on/province/return?code=stolen&state=guessed");
  expect(answer!.status()).toBeGreaterThanOrEqual(400);
  await page.goto("/desk");
  await expect(page).toHaveURL(/\/desk\/sign-in/);
});

test("a passkey is added once and opens the desk afterwards", async ({ page, context }) => {
  const device = await plugInPasskey(page);
  await signInAs(page, "officer");
  await page.goto("/desk/account");
  await page.locator("[data-passkey-add]").click();
  await expect(page.getByText("Đã thêm khóa truy cập").first()).toBeVisible();
  expect(await device.count()).toBe(1);
  // Leaving leads to the sign-in page, which offers the passkey by itself (conditional mediation); this device says yes at once.
  await signOut(page);
  await onTheDesk(page);
  // A browser that can not offer it by itself has the button.
  await context.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
  await signOut(page);
  await page.locator("[data-passkey-sign-in]").click();
  await onTheDesk(page);
  await device.remove();
});

async function signOut(page: Page): Promise<void> {
  await page.goto("/desk/account");
  await page.locator("details.who > summary").first().click();
  await page.locator('form[action="/desk/sign-out"] button').first().click();
  await expect(page).toHaveURL((url) => !url.pathname.startsWith("/desk/account"));
}

async function onTheDesk(page: Page): Promise<void> {
  await expect(page).toHaveURL((url) => url.pathname.startsWith("/desk") && !url.pathname.includes("sign-in"), { timeout: 30_000 });
  await expect(page.locator(".desk")).toBeVisible();
}
