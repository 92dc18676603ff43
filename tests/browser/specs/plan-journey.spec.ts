// From a file to a public page: dropped in, recognised, corrected, adopted, read by everyone.
import { readFile } from "node:fs/promises";
import { axe } from "../support/accessibility.ts";
import { planToImport, type Plan } from "../support/documents.ts";
import { shot } from "../support/pictures.ts";
import { signInAs } from "../support/roles.ts";
import { expect, test } from "../support/world.ts";

test.use({ world: "plan-journey" });
test.describe.configure({ mode: "serial" });
test.setTimeout(180_000);

let plan: Plan;
test.beforeAll(async () => {
  plan = await planToImport();
});

for (const form of ["txt", "docx", "pdf"] as const) {
  test(`a plan saved as .${form} is recognised provision by provision`, async ({ page }) => {
    await signInAs(page, "coordinator");
    await page.goto("/desk/plans/new");
    await page.locator('input[type="file"][name="file"]').setInputFiles(plan[form]);
    await page.locator('form:has(input[name="file"]) button[type="submit"]').click();
    await expect(page).toHaveURL(/\/desk\/plans\/[^/]+\/review$/);
    const provisions = page.locator("[data-provision]");
    if (plan.provisions) await expect(provisions).toHaveCount(plan.provisions);
    else expect(await provisions.count()).toBeGreaterThan(10);
    await axe(page);
    await shot(page, `review-${form}`, { picture: form === "docx" ? "ra-soat" : undefined });
  });
}

test("the plan is adopted and everyone can read its programme", async ({ page, browser, server }) => {
  await signInAs(page, "coordinator");
  await page.goto("/desk/plans");
  await page.locator('main a[href$="/review"]').first().click();
  await expect(page).toHaveURL(/\/review$/);
  const all = page.locator('details:has(form[action$="/confirmation"] input[name="why"])');
  if (await all.count()) {
    await all.locator("summary").click();
    await all.locator('input[name="why"]').fill("Đã đối chiếu với văn bản gốc");
    await all.locator("button").click();
  }
  await page.locator('form[action$="/adoption"] button[type="submit"]').first().click();
  // Some 120 agencies are told of it before the answer.
  await expect(page).toHaveURL(/\/desk\/plans\/[^/?]+$/, { timeout: 30_000 });
  await axe(page);
  await shot(page, "board", { picture: "bang-chuong-trinh" });
  await exportsAnswer(page);

  const reader = await browser.newContext({ baseURL: server.url, locale: "vi-VN" });
  const portal = await reader.newPage();
  await portal.goto("/ke-hoach");
  await portal.locator('main a[href^="/ke-hoach/"]', { hasText: plan.title }).first().click();
  await expect(portal.locator("h1")).toHaveCount(1);
  await axe(portal);
  await shot(portal, "programme", { picture: "trang-cong-khai" });
  await reader.close();
});

test("an amended plan is compared with the one in force and takes its place", async ({ page }) => {
  await signInAs(page, "coordinator");
  await page.goto("/desk/plans/new");
  const amended = (await readFile(plan.txt, "utf8")).replace("đến năm 2030", "đến hết năm 2030").replace(/năm 2026\s*\./, "năm 2027.");
  const inForce = page.locator('select[name="amends"] option', { hasText: plan.title }).first();
  await page.locator('select[name="amends"]').selectOption(await inForce.getAttribute("value"));
  const file = { name: "sua-doi.txt", mimeType: "text/plain", buffer: Buffer.from(amended) };
  await page.locator('input[type="file"][name="file"]').setInputFiles(file);
  await page.locator('form:has(input[name="file"]) button[type="submit"]').click();
  await expect(page).toHaveURL(/\/review$/);
  await page.goto(page.url().replace(/\/review$/, "/comparison"));
  await expect(page.locator("#changed article")).not.toHaveCount(0);
  await axe(page);
  await shot(page, "comparison", { picture: "so-sanh" });
});

async function exportsAnswer(page: import("@playwright/test").Page) {
  const kinds = { csv: "text/csv", xlsx: "spreadsheetml", ics: "text/calendar" };
  for (const [ending, kind] of Object.entries(kinds)) {
    const answer = await page.request.get(`${new URL(page.url()).pathname}/export/${ending}`);
    expect(answer.status(), ending).toBe(200);
    expect(answer.headers()["content-type"], ending).toContain(kind);
    expect((await answer.body()).length, ending).toBeGreaterThan(100);
  }
}
