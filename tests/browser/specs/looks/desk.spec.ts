// Every page of the desk can be used by everyone: judged by axe in both themes, and photographed.
import { axe } from "../../support/accessibility.ts";
import { shot } from "../../support/pictures.ts";
import { signInAs, type Role } from "../../support/roles.ts";
import { expect, test } from "../../support/world.ts";

const PAGES: { path: string; name: string; role: Role; picture?: string }[] = [
  { path: "/desk/plans", name: "desk-plans", role: "coordinator" },
  { path: "/desk/plans/new", name: "desk-plan-new", role: "coordinator" },
  { path: "/desk/account", name: "desk-account", role: "officer" },
  { path: "/desk/agencies", name: "desk-agencies", role: "system_admin", picture: "co-quan" },
  { path: "/desk/agencies?q=khong-co&state=closed", name: "desk-agencies-none", role: "coordinator" },
  { path: "/desk/agencies/new", name: "desk-agency-new", role: "system_admin" },
  { path: "/desk/agencies/merging", name: "desk-agency-merging", role: "coordinator" },
  { path: "/desk/agencies/import", name: "desk-agencies-import", role: "system_admin" },
  { path: "/desk/people", name: "desk-people", role: "system_admin", picture: "can-bo" },
  { path: "/desk/people/new", name: "desk-person-new", role: "agency_admin" },
  { path: "/desk/people/import", name: "desk-people-import", role: "system_admin" },
  { path: "/desk/ledger", name: "desk-ledger", role: "auditor", picture: "so-ghi" },
  { path: "/desk/days-off", name: "desk-days-off", role: "system_admin" },
  { path: "/desk/api-tokens", name: "desk-api-tokens", role: "system_admin" },
  { path: "/desk/webhooks", name: "desk-webhooks", role: "system_admin" },
  { path: "/desk/leader", name: "desk-leader", role: "leader", picture: "trang-lanh-dao" },
  { path: "/desk/requests", name: "desk-requests", role: "coordinator" },
  { path: "/desk/requests/new", name: "desk-request-new", role: "coordinator", picture: "yeu-cau-dot-xuat" },
  { path: "/desk/closings", name: "desk-closings", role: "coordinator" },
  { path: "/desk/progress/proofs", name: "desk-proofs", role: "coordinator" },
  { path: "/desk/duties/calendar", name: "desk-calendar", role: "officer" },
  { path: "/desk/agency-plans", name: "desk-agency-plans", role: "officer" },
  { path: "/desk/agency-plans/new", name: "desk-agency-plan-new", role: "officer" },
  { path: "/desk/agency-plans/board", name: "desk-agency-plans-board", role: "coordinator" },
  { path: "/desk/estimates", name: "desk-estimates", role: "officer" },
  { path: "/desk/estimates/board", name: "desk-estimates-board", role: "finance", picture: "du-toan" },
  { path: "/desk/estimates/summary", name: "desk-estimates-summary", role: "finance" },
  { path: "/desk/estimates/sources", name: "desk-estimates-sources", role: "finance" },
  { path: "/desk/cases", name: "desk-cases", role: "coordinator", picture: "vuong-mac" },
  { path: "/desk/cases/new", name: "desk-case-new", role: "officer" },
  { path: "/desk/cases/ladder", name: "desk-ladder", role: "coordinator" },
  { path: "/desk/inspections", name: "desk-inspections", role: "coordinator", picture: "kiem-tra" },
  { path: "/desk/inspections/new", name: "desk-inspection-new", role: "coordinator" },
  { path: "/desk/ui", name: "desk-ui", role: "system_admin" },
];

/** The first thing of a list: its address is known to the list alone. */
const FIRSTS: { list: string; link: string; name: string; role: Role }[] = [
  { list: "/desk/cases", link: 'main a[href^="/desk/cases/0"]', name: "desk-case", role: "coordinator" },
  { list: "/desk/inspections", link: 'main a[href^="/desk/inspections/0"]', name: "desk-inspection", role: "coordinator" },
  { list: "/desk/progress", link: 'main a[href^="/desk/plans/"][href$="/duties"]', name: "desk-rules", role: "coordinator" },
  { list: "/desk/estimates/board", link: 'main a[href^="/desk/estimates/0"]', name: "desk-estimate", role: "finance" },
];

for (const { list, link, name, role } of FIRSTS) {
  test(`the first of ${list} can be used by everyone`, async ({ page }) => {
    await signInAs(page, role);
    await page.goto(list);
    await page.goto((await page.locator(link).first().getAttribute("href"))!);
    await expect(page.locator("h1")).toHaveCount(1);
    await axe(page);
    await shot(page, name);
  });
}

test("the rule of a duty is previewed before it is kept", async ({ page }) => {
  await signInAs(page, "coordinator");
  await page.goto("/desk/progress");
  await page.goto((await page.locator('main a[href^="/desk/plans/"][href$="/duties"]').first().getAttribute("href"))!);
  await page.goto((await page.locator('main a[href*="/duties/"]').first().getAttribute("href"))!);
  await expect(page.locator("h1")).toHaveCount(1);
  await axe(page);
  await shot(page, "desk-rule");
});

for (const { path, name, role, picture } of PAGES) {
  test(`${path} can be used by everyone`, async ({ page }) => {
    await signInAs(page, role);
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(200);
    await expect(page.locator("h1")).toHaveCount(1);
    await axe(page);
    await shot(page, name, { picture });
  });
}

test("an agency is found, read, and what a change would do is seen before it is done", async ({ page }) => {
  await signInAs(page, "coordinator");
  await page.goto("/desk/agencies");
  await page.locator("#filter-q").fill("so dan toc");
  await page.locator("#filter-q").press("Enter");
  await page.locator("tbody th a").first().click();
  await expect(page.locator("h1")).toHaveText("Sở Dân tộc và Tôn giáo");
  await axe(page);
  await shot(page, "desk-agency");
  await page.locator('main a[href$="/renaming"]').click();
  await page.locator("#name").fill("Sở Dân tộc, Tôn giáo");
  await page.locator("#from").fill("1/1/2090");
  await page.locator('button[name="step"][value="preview"]').click();
  await expect(page.locator("main")).toContainText("Từ 1/1/2090, tên là “Sở Dân tộc, Tôn giáo”.");
  await axe(page);
  await shot(page, "desk-agency-preview");
  await page.locator('button[name="step"][value="form"]').click();
  await expect(page.locator("#from")).toHaveValue("1/1/2090");
  await axe(page);
});

test("rows that are ticked are taken to the merger", async ({ page }) => {
  await signInAs(page, "coordinator");
  await page.goto("/desk/agencies?kind=ward");
  await expect(page.locator("[data-bulk]")).toBeHidden();
  for (const row of [0, 2]) await page.locator("tbody .pick input").nth(row).check();
  await shot(page, "desk-agencies-picked");
  await page.locator("[data-bulk] button").click();
  await expect(page.locator('input[type="checkbox"][name="from"]:checked')).toHaveCount(2);
});
