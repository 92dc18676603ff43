// What a page of the portal costs its reader: bytes over the wire, and how long a phone on a slow network shows nothing.
import type { Browser, CDPSession, Page } from "@playwright/test";
import { expect, test } from "../../support/world.ts";

/** Without pictures, over the wire, nothing kept from an earlier visit. */
const WEIGHT_MAX_BYTES = 100_000;
const PAINT_MAX_MS = 1_500;
/** A middling phone on a slow mobile network (the profile of Lighthouse). */
const PHONE = { width: 390, height: 844 };
const DOWN_BITS_PER_S = 1_600_000;
const UP_BITS_PER_S = 750_000;
const LATENCY_MS = 150;
const CPU_SLOWDOWN = 4;

/** Time is measured on a quiet machine and the release binary (`make bench`); bytes are the same everywhere. */
const TIMED = Boolean(process.env.LANTOA_TIMED);
const VISITS = TIMED ? 3 : 1;
const ROUNDS_MAX = TIMED ? 4 : 1;

/** Undefined: found by following the first such link of the page named. */
const PAGES: { name: string; path: string; follow?: string }[] = [
  { name: "home", path: "/" },
  { name: "news", path: "/tin-tuc" },
  { name: "section", path: "/chuyen-muc/chuyen-doi-so" },
  { name: "article", path: "/tin-tuc", follow: 'main article:has(img) h3 a[href^="/tin-tuc/"], main article:has(img) h2 a[href^="/tin-tuc/"]' },
  { name: "agency", path: "/co-quan/so-khoa-hoc-va-cong-nghe" },
  { name: "news of an agency", path: "/co-quan/so-khoa-hoc-va-cong-nghe/tin-tuc" },
  { name: "search", path: "/tim-kiem?q=k%E1%BB%B9%20n%C4%83ng%20s%E1%BB%91" },
  { name: "publication", path: "/an-pham", follow: 'main a[href^="/an-pham/"]' },
  { name: "text of a publication", path: "/an-pham/so-tay-ky-nang-so", follow: 'main a[href*="/lan-"]' },
  { name: "programme", path: "/ke-hoach", follow: 'main a[href^="/ke-hoach/"]' },
];

test.setTimeout(240_000);

for (const { name, path, follow } of PAGES) {
  test(`${name}: light, and soon there on a phone`, async ({ browser, page, server }, info) => {
    let address = new URL(path, server.url).href;
    if (follow) {
      await page.goto(address);
      address = new URL((await page.locator(follow).first().getAttribute("href"))!, address).href.split("#")[0]!;
    }
    let [bytes, paint_ms] = [0, Infinity];
    for (let round = 0; round < ROUNDS_MAX && paint_ms >= PAINT_MAX_MS; round += 1) {
      const visits: Visit[] = [];
      for (let n = 0; n < VISITS; n += 1) visits.push(await visit(browser, address));
      bytes = Math.max(...visits.map((one) => one.bytes));
      paint_ms = Math.min(paint_ms, median(visits.map((one) => one.paint_ms)));
      if (process.env.LANTOA_FIGURES) for (const one of visits) console.log(name, JSON.stringify(one));
    }
    info.annotations.push({ type: "figures", description: `${bytes} bytes, largest paint after ${Math.round(paint_ms)} ms` });
    console.log(`${name}: ${(bytes / 1000).toFixed(1)} kB, largest paint after ${Math.round(paint_ms)} ms`);
    expect.soft(bytes, `bytes of ${address} without pictures`).toBeLessThan(WEIGHT_MAX_BYTES);
    if (TIMED) expect.soft(paint_ms, `largest contentful paint of ${address}, ms`).toBeLessThan(PAINT_MAX_MS);
  });
}

interface Visit {
  bytes: number;
  paint_ms: number;
  /** What was painted last, for whoever has to make it quicker. */
  painted: string;
  parts: Record<string, number>;
}

/** A first visit, by a browser that knows nothing of the site. */
async function visit(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: PHONE, isMobile: true, hasTouch: true, deviceScaleFactor: 2, locale: "vi-VN" });
  try {
    const page = await context.newPage();
    await page.addInitScript(watchPaint);
    const session = await context.newCDPSession(page);
    const parts = await countBytes(session);
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: LATENCY_MS,
      downloadThroughput: DOWN_BITS_PER_S / 8,
      uploadThroughput: UP_BITS_PER_S / 8,
    });
    await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
    const answer = await page.goto(address, { waitUntil: "networkidle" });
    expect(answer?.status(), address).toBe(200);
    const { at, what } = await largestPaint(page);
    const bytes = Object.entries(parts).reduce((sum, [kind, size]) => (kind === "Image" ? sum : sum + size), 0);
    return { bytes, paint_ms: at, painted: what, parts };
  } finally {
    await context.close();
  }
}

/** Encoded bytes with their headers, by the kind of resource. */
async function countBytes(session: CDPSession): Promise<Record<string, number>> {
  const parts: Record<string, number> = {};
  const kinds = new Map<string, string>();
  session.on("Network.responseReceived", ({ requestId, type }) => void kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? "Other";
    parts[kind] = (parts[kind] ?? 0) + encodedDataLength;
  });
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  return parts;
}

interface Painted {
  at: number;
  what: string;
}

/** Runs in the page, before anything of it. */
function watchPaint(): void {
  const seen: Painted = { at: NaN, what: "" };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { element?: Element })[]) {
      seen.at = entry.startTime;
      seen.what = entry.element?.outerHTML.slice(0, 120) ?? "";
    }
  }).observe({ type: "largest-contentful-paint", buffered: true });
}

/** The entry of a paint arrives a frame or two after it. */
async function largestPaint(page: Page): Promise<Painted> {
  await page.waitForFunction(() => Number.isFinite((window as unknown as { seen: Painted }).seen.at));
  return page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
    return (window as unknown as { seen: Painted }).seen;
  });
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
