// The desk: who gets in, and what of a session another site or a copy can not have.
import { axe } from "../support/accessibility.ts";
import { shot } from "../support/pictures.ts";
import { signInAs, type Role } from "../support/roles.ts";
import { expect, test } from "../support/world.ts";

const ROLES: Role[] = [
  "coordinator",
  "officer",
  "approver",
  "agency_admin",
  "leader",
  "finance",
  "auditor",
  "system_admin",
];

for (const role of ROLES) {
  test(`${role} signs in and sees a desk of their own`, async ({ page }) => {
    await signInAs(page, role);
    await page.goto("/desk");
    await expect(page.locator("h1")).toHaveCount(1);
    await axe(page);
    await shot(page, `desk-${role}`, { picture: role === "officer" ? "viec-cua-toi" : undefined });
  });
}

for (const path of ["/desk", "/desk/plans", "/desk/account"]) {
  test(`${path} asks a stranger to sign in`, async ({ page }) => {
    await page.goto(path);
    await expect(page).toHaveURL(/\/desk\/sign-in/);
  });
}

test("leaving ends the session", async ({ page, context }) => {
  await signInAs(page, "officer");
  const cookies = await context.cookies();
  const session = cookies.find((cookie) => cookie.httpOnly);
  expect(session, "the session cookie is out of reach of scripts").toBeTruthy();
  expect(session!.sameSite).toMatch(/Lax|Strict/);
  await page.locator("details.who > summary").first().click();
  await page.locator('form[action="/desk/sign-out"] button').first().click();
  await context.addCookies(cookies); // a copy of the cookie is worth nothing afterwards
  await page.goto("/desk");
  await expect(page).toHaveURL(/\/desk\/sign-in/);
});

test("every page carries a strict content security policy", async ({ request }) => {
  for (const path of ["/", "/ke-hoach", "/desk/sign-in"]) {
    const policy = (await request.get(path)).headers()["content-security-policy"] ?? "";
    expect(policy, path).toMatch(/script-src [^;]*'nonce-/);
    expect(policy, path).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
  }
});

test("a form sent from another site is refused", async ({ request }) => {
  const answer = await request.post("/desk/sign-in", {
    form: { role: "coordinator" },
    headers: { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(400);
});
