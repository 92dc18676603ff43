import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { chromium, leavings } from "./support/places.ts";
import type { Engine } from "./support/database.ts";

/** Without these Chromium asks hosts of its maker at every start. */
const STAY_HOME = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--disable-gpu",
  "--no-first-run",
];

/**
 * What is played on both databases: a plan's way, a half-year and a year, who comes in, what a killed server keeps. What else a page shows
 * and its scripts do is the same on either, and stories ask for every page on both. `make browser` plays all on both (LANTOA_WHOLE=1).
 */
const ON_BOTH = {
  testMatch: /\/(desk|duties|half-year|health|isolation|people|plan-journey|played-half-year|played-year|sign-in)\.spec\.ts$/,
  testIgnore: "looks/**",
};

export default defineConfig<object, { engine: Engine }>({
  testDir: "specs",
  globalSetup: "./support/before.ts",
  outputDir: join(leavings, "results"),
  // Files side by side, the tests of a file in order: they share a server's state.
  fullyParallel: false,
  workers: 2,
  forbidOnly: !!process.env.CI,
  // A machine under load may be late once; a test that needs its second turn is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 180_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["html", { open: "never", outputFolder: join(leavings, "report") }]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: chromium(), args: STAY_HOME },
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    contextOptions: { reducedMotion: "reduce" },
    viewport: { width: 1440, height: 900 },
    actionTimeout: 30_000,
    // Recording takes a tenth of every test: only the second turn is recorded.
    trace: process.env.CI ? "on-first-retry" : "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "sqlite", use: { engine: "sqlite" } },
    { name: "postgres", use: { engine: "postgres" }, ...(process.env.LANTOA_WHOLE ? {} : ON_BOTH) },
  ],
});
