// `test` with a running product. One server per worker and database; a spec that changes what others
// read asks for a world of its own:  test.use({ world: "plan journey" })
import { test as base, expect, type ConsoleMessage, type Page, type Request, type Response } from "@playwright/test";
import { createServer, tail, type Server } from "./server.ts";
import type { Engine } from "./database.ts";

export { expect };

interface WorkerFixtures {
  engine: Engine;
  world: string;
  settings: Record<string, string>;
  /** Whether the demo province is served; otherwise an installation in earnest, at its first start. */
  demo: boolean;
  /** The day as of which the demo is first shown (YYYY-MM-DD); today when empty. */
  day: string;
  /** Whether the year is played up to that day. */
  played: boolean;
  server: Server;
}

interface TestFixtures {
  /** Fails the test when a page logs an error, misses a file or asks an address outside this machine. */
  clean: void;
  serverLog: void;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  engine: ["sqlite", { option: true, scope: "worker" }],
  world: ["shared", { option: true, scope: "worker" }],
  settings: [{}, { option: true, scope: "worker" }],
  demo: [true, { option: true, scope: "worker" }],
  day: ["", { option: true, scope: "worker" }],
  played: [false, { option: true, scope: "worker" }],
  server: [
    async ({ engine, world, settings, demo, day, played }, use, worker) => {
      const name = `server-${engine}-${world}-${worker.workerIndex}`.replace(/[^a-z0-9-]+/gi, "-");
      const server = await createServer({ engine, name, settings, demo, day, played });
      await use(server);
      await server.remove();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  clean: [
    async ({ context }, use) => {
      const faults: string[] = [];
      context.on("page", (page) => watch(page, faults));
      for (const page of context.pages()) watch(page, faults);
      await use();
      expect(faults, "what the pages complained of").toEqual([]);
    },
    { auto: true },
  ],
  serverLog: [
    async ({ server }, use, info) => {
      await use();
      if (info.status !== info.expectedStatus) {
        await info.attach("server log", { body: await tail(server.log), contentType: "text/plain" });
      }
    },
    { auto: true },
  ],
});

function watch(page: Page, faults: string[]): void {
  page.on("console", (message: ConsoleMessage) => {
    // A refused or missing page is for the test to judge, a missing file is caught below; and where a document of ours is sandboxed
    // (a letter), it is the scripts of this test that are kept out.
    const ofThePage = !/^(Failed to load resource|Blocked script execution in .* is sandboxed)/.test(message.text());
    if (message.type() === "error" && ofThePage) {
      faults.push(`${page.url()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error: Error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("request", (request: Request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && !["localhost", "127.0.0.1"].includes(hostname)) {
      faults.push(`${page.url()} asked ${request.url()}`);
    }
  });
  page.on("response", (response: Response) => {
    const kind = response.request().resourceType();
    if (["stylesheet", "script", "font", "image"].includes(kind) && response.status() >= 400) {
      faults.push(`${page.url()}: ${response.status()} for ${response.url()}`);
    }
  });
}
