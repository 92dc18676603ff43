// What the half-year and the year have in common: closing a period, writing the province's report on it, and going down from figures.
import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { axe } from "./accessibility.ts";
import { as } from "./roles.ts";
import { expect } from "./world.ts";

/** Closes the period that is ripe of the half-yearly report; says how many were absent by name. */
export async function close(page: Page, period: string): Promise<string> {
  await page.goto("/desk/closings");
  const href = await page.locator(`main a[href*="/desk/closings/"][href$="/${period}"]`).first().getAttribute("href");
  await page.goto(href!);
  await axe(page);
  await page.locator("#note").fill("Chốt theo thời hạn của kế hoạch");
  await page.locator('#close button[data-kind="primary"]').click();
  await expect(page.locator("body")).toContainText(/Bản \d|cơ quan chưa nộp/);
  return page.url();
}

/** The draft that the closing begins, as soon as it is there. */
export async function draft(page: Page, name: RegExp): Promise<string> {
  const row = page.locator("main a.row", { hasText: name }).filter({ hasText: "Dự thảo" }).first();
  await expect(async () => {
    await page.goto("/desk/reports");
    await expect(row).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  return (await row.getAttribute("href"))!;
}

async function press(page: Page, act: string): Promise<void> {
  await page.locator(`form[action$="/acts/${act}"] button`).click();
  await page.waitForLoadState();
}

/** From the draft to the number: written by the coordinator, signed by the approver. Says the number. */
export async function issue(page: Page, report: string): Promise<string> {
  await as(page, "coordinator");
  await page.goto(report);
  await axe(page);
  await page.locator("#position").fill("GIÁM ĐỐC");
  for (const field of await page.locator('#document textarea[name^="fill"], #document textarea[name^="field"]').all()) {
    if ((await field.inputValue()) === "") await field.fill("Nội dung minh họa do điều phối viên viết thêm.");
  }
  await page.locator('#document button[data-kind="primary"]').click();
  await expect(page.locator('form[action$="/acts/submit"] button')).toBeVisible();
  await press(page, "submit");
  await as(page, "approver");
  await page.goto(report);
  await press(page, "sign");
  await as(page, "coordinator");
  await page.goto(report);
  await press(page, "issue");
  await expect(page.locator("main")).toContainText(/\d{2}\/BC-SKHCN/);
  return /\d{2}\/BC-SKHCN/.exec(await page.locator("main").innerText())![0];
}

/** The bytes of a file of the document. */
export async function file(page: Page, format: "docx" | "pdf"): Promise<Buffer> {
  const coming = page.waitForEvent("download");
  await page.locator(`#acts a[href$="/files/${format}"]`).click();
  const download: Download = await coming;
  return readFile((await download.path())!);
}

/** Every link of a figure leads to a page that is there: no figure without its way down. */
export async function goDown(page: Page, within: string, most = 40): Promise<number> {
  const hrefs = await page.locator(`${within} a[href^="/"]`).evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname + (link as HTMLAnchorElement).search));
  const wanted = [...new Set(hrefs)];
  // Of very many rows of one kind some speak for all.
  const step = Math.max(1, Math.floor(wanted.length / most));
  for (const href of wanted.filter((_, at) => at % step === 0)) {
    const answer = await page.request.get(href);
    expect(answer.status(), href).toBe(200);
  }
  return wanted.length;
}
