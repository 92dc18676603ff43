// The roles of the demo province, each with one button on the sign-in page.
import { expect, type Page } from "@playwright/test";

export type Role =
  | "coordinator"
  | "officer"
  | "approver"
  | "agency_admin"
  | "leader"
  | "finance"
  | "auditor"
  | "system_admin"
  | "department_officer"
  | "reviewer"
  | "officer_2"
  | "department_admin"
  | "province_reviewer";

export async function signInAs(page: Page, role: Role): Promise<void> {
  await page.goto("/desk/sign-in");
  await page.locator(`button[name="role"][value="${role}"]`).click();
  await expect(page).toHaveURL((url) => url.pathname.startsWith("/desk") && url.pathname !== "/desk/sign-in");
}

/** The same browser in the hands of somebody else. */
export async function as(page: Page, role: Role): Promise<void> {
  await page.context().clearCookies();
  await signInAs(page, role);
}
