// The desk: who gets in, and that every page of it can be used by everyone.
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
    await shot(page, `desk-${role}`, { picture: role === "coordinator" });
  });
}

for (const path of ["/desk", "/desk/plans", "/desk/account"]) {
  test(`${path} asks a stranger to sign in`, async ({ page }) => {
    await page.goto(path);
    await expect(page).toHaveURL(/\/desk\/sign-in/);
  });
}

const PAGES = [
  { path: "/desk/plans", name: "desk-plans", role: "coordinator" },
  { path: "/desk/plans/new", name: "desk-plan-new", role: "coordinator" },
  { path: "/desk/account", name: "desk-account", role: "officer" },
  { path: "/desk/ui", name: "desk-ui", role: "system_admin" },
] as const;

for (const { path, name, role } of PAGES) {
  test(`${path} can be used by everyone`, async ({ page }) => {
    await signInAs(page, role);
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(200);
    await expect(page.locator("h1")).toHaveCount(1);
    await axe(page);
    await shot(page, name);
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
