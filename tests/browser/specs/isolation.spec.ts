// What belongs to one commune does not exist for another: not by address, list, search or file.
import { demoPlan } from "../support/documents.ts";
import { signInAs } from "../support/roles.ts";
import { expect, test } from "../support/world.ts";

test.use({ world: "isolation" });

test("an officer of one commune can not come to the draft of another", async ({ page, browser, server }) => {
  await signInAs(page, "officer");
  await page.goto("/desk/plans/new");
  await page.locator('input[type="file"][name="file"]').setInputFiles({
    name: "ke-hoach-xa.txt",
    mimeType: "text/plain",
    buffer: Buffer.from((await demoPlan()).replace("Số: 01/KH-UBND", "Số: 77/KH-UBND")),
  });
  await page.locator('form:has(input[name="file"]) button[type="submit"]').click();
  await expect(page).toHaveURL(/\/review$/);
  const review = new URL(page.url()).pathname;
  const plan = review.replace(/\/review$/, "");

  const other = await browser.newContext({ baseURL: server.url, locale: "vi-VN" });
  const stranger = await other.newPage();
  await signInAs(stranger, "officer_2");
  for (const path of [review, plan, `${plan}/source`, `${plan}/comparison`, `${plan}/export/csv`, `${plan}/export/xlsx`]) {
    const answer = await stranger.request.get(path);
    expect(answer.status(), path).toBe(404);
    expect(await answer.text(), path).not.toContain("77/KH-UBND");
  }
  await stranger.goto("/desk/plans");
  await expect(stranger.locator("main")).not.toContainText("77/KH-UBND");
  expect(await (await stranger.request.get("/desk/go?q=77/KH-UBND")).text()).not.toContain(plan);
  await other.close();

  const watch = await browser.newContext({ baseURL: server.url, locale: "vi-VN" });
  const auditor = await watch.newPage();
  await signInAs(auditor, "auditor");
  await auditor.goto("/desk/ledger");
  await expect(auditor.locator("main")).toContainText(review); // the attempts are on record
  await watch.close();
});
