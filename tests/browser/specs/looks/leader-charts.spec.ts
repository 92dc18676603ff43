// The leader's pictures: there without script, livelier with it, read by keys, and never in the way of the page.
import { axe } from "../../support/accessibility.ts";
import { signInAs } from "../../support/roles.ts";
import { expect, test } from "../../support/world.ts";

/** Compressed, over the wire: what the page needs to be read, and what makes its pictures lively after that. */
const PAGE_MAX_BYTES = 150_000;
const CHARTS_MAX_BYTES = 200_000;

test("the server's pictures are there before any script, and the lively ones come after the page", async ({ page }) => {
  await signInAs(page, "leader");
  const session = await page.context().newCDPSession(page);
  const kinds = new Map<string, string>();
  const weights = new Map<string, number>();
  session.on("Network.responseReceived", ({ requestId, response, type }) => void kinds.set(requestId, /\/charts-[^/]*\.js/.test(response.url) ? "charts" : type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? "Other";
    weights.set(kind, (weights.get(kind) ?? 0) + encodedDataLength);
  });
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto("/desk/leader", { waitUntil: "load" });
  await page.locator("#trend").scrollIntoViewIfNeeded();
  await expect(page.locator("#trend[data-lively]")).toHaveCount(1);
  await page.waitForLoadState("networkidle");
  const charts = weights.get("charts") ?? 0;
  const rest = [...weights].reduce((sum, [kind, bytes]) => (kind === "charts" || kind === "Image" ? sum : sum + bytes), 0);
  console.log(`leader: ${(rest / 1000).toFixed(1)} kB, and ${(charts / 1000).toFixed(1)} kB for lively pictures`);
  expect(charts, "charts.js came, once").toBeGreaterThan(0);
  expect.soft(charts).toBeLessThan(CHARTS_MAX_BYTES);
  expect.soft(rest).toBeLessThan(PAGE_MAX_BYTES);
});

test("a lively picture is read by keys, in the words of its table", async ({ page }) => {
  await signInAs(page, "leader");
  await page.goto("/desk/leader");
  const trend = page.locator("#trend");
  await trend.scrollIntoViewIfNeeded();
  await expect(trend.locator(".lively svg")).toBeVisible();
  await expect(trend.locator(".drawing")).toBeHidden();
  await trend.locator(".lively").focus();
  await page.keyboard.press("ArrowRight");
  const first = trend.locator("table[data-twin] tbody tr").first();
  const [day, due] = [(await first.locator("th").innerText()).trim(), (await first.locator("td").first().textContent())!.trim()];
  await expect(trend.locator("[role=status]")).toContainText(day);
  await expect(trend.locator("[role=status]")).toContainText(due);
  await expect(trend.locator(".chart-tip")).toContainText(day);
  await page.keyboard.press("Escape");
  await expect(trend.locator("[role=status]")).toBeEmpty();
  const name = trend.locator(".key button").first();
  await name.click();
  await expect(name).toHaveAttribute("aria-pressed", "false");
  await axe(page);
});

test("a lively picture gives way when the screen is turned", async ({ page }) => {
  await signInAs(page, "leader");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/desk/leader");
  await page.locator("#trend").scrollIntoViewIfNeeded();
  await expect(page.locator("#trend .lively svg")).toBeVisible();
  await page.setViewportSize({ width: 390, height: 900 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  await expect(page.locator("#trend .lively svg")).toBeInViewport();
});

test("a lively picture that was replaced follows the theme no more", async ({ page }) => {
  await signInAs(page, "leader");
  await page.addInitScript(() => {
    const signals: AbortSignal[] = [];
    Object.assign(window, { signals });
    const listen = MediaQueryList.prototype.addEventListener;
    MediaQueryList.prototype.addEventListener = function (this: MediaQueryList, ...given: unknown[]): void {
      const { signal } = (given[2] ?? {}) as { signal?: AbortSignal };
      if (signal) signals.push(signal);
      Reflect.apply(listen, this, given);
    };
  });
  await page.goto("/desk/leader");
  const trend = page.locator("#trend");
  // Both of the page, so that none comes alive while they are counted.
  for (const figure of [page.locator("#in-time"), trend]) {
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.locator(".lively svg")).toBeVisible();
  }
  const followed = () => page.evaluate(() => (window as unknown as { signals: AbortSignal[] }).signals.filter((one) => !one.aborted).length);
  const before = await followed();
  expect(before).toBeGreaterThan(0);
  await trend.evaluate((figure) => figure.remove());
  await expect.poll(followed).toBe(before - 1);
});

test("on paper and without script the server's picture stands there", async ({ page, browser, server }) => {
  await signInAs(page, "leader");
  await page.goto("/desk/leader");
  await page.locator("#trend").scrollIntoViewIfNeeded();
  await expect(page.locator("#trend[data-lively]")).toHaveCount(1);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("#trend .drawing > svg")).toBeVisible();
  await expect(page.locator("#trend .lively")).toBeHidden();
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState(), viewport: { width: 390, height: 844 } });
  try {
    const plain = await context.newPage();
    await plain.goto(new URL("/desk/leader", server.url).href);
    await expect(plain.locator("#trend .drawing > svg")).toBeVisible();
    expect(await plain.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing runs over a phone's edge").toBe(true);
    const file = await context.request.get(new URL("/desk/leader?drawing=trend.svg", server.url).href);
    expect(file.headers()["content-type"]).toBe("image/svg+xml");
    expect(await file.text()).toContain("<svg xmlns=");
  } finally {
    await context.close();
  }
});
