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
    // What a page looks like, weighs and does in the browser is the same on either database; that it is served on both, stories say.
    { name: "postgres", use: { engine: "postgres" }, testIgnore: "looks/**" },
  ],
});
