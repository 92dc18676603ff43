// The platforms of the channels on loopback: the workspace's `doubles` (crates/doubles), a page and one port after it for each.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { binary } from "./places.ts";
import { freePort } from "./port.ts";

const START_TIMEOUT_MS = 10_000;
const PROBE_PAUSE_MS = 50;
/** The page's, and those that the doubles take after it. */
const PORTS = 11;
const TRIES_MAX = 50;
const PORT_MAX = 65_535;

/** In the order of their ports. */
const NAMES = ["telegram", "facebook", "zalo", "youtube", "tiktok", "sms", "push", "websub", "model", "speech"] as const;
export type DoubleName = (typeof NAMES)[number];

/** The one thing of a row of the page, as the double was sent it. */
export interface Receipt {
  id: string;
  text: string;
  media: number;
  state: string;
}

export interface Doubles {
  /** What the product is started with to be let to them. */
  settings: Record<string, string>;
  /** What the browser behind the push service would hand in, as JSON. */
  subscription: string;
  /** The address to put in place of the platform's. */
  api(name: DoubleName): string;
  /** Misbehaves once, for the next call whose path has that in it; the tricks are those of `doubles::Trick`. */
  play(name: DoubleName, path: string, trick: string): Promise<void>;
  /** The texts it was sent, the newest first. */
  texts(name: DoubleName): Promise<string[]>;
  /** What it was sent, the newest first. */
  receipts(name: DoubleName): Promise<Receipt[]>;
  close(): Promise<void>;
}

export async function openDoubles(): Promise<Doubles> {
  const port = await freeBlock();
  const child = spawn(doublesProgram(), ["--port", String(port)], { stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (more: string) => (said += more));
  const gone = once(child, "exit");
  const page = `http://127.0.0.1:${port}`;
  await ready(child, page);
  const receipts = async (name: DoubleName) => {
    const sections = (await (await fetch(page)).text()).split("<h2>").slice(1);
    return rows(sections[NAMES.indexOf(name)]!);
  };
  return {
    settings: { LANTOA_CHANNELS_PRIVATE: "true" },
    // Said before the page is served, which is there by now.
    subscription: /^browser\s+(\{.*\})$/m.exec(said)?.[1] ?? "",
    api: (name) => `http://127.0.0.1:${port + 1 + NAMES.indexOf(name)}`,
    async play(name, path, trick) {
      const body = new URLSearchParams({ double: String(NAMES.indexOf(name)), path, trick });
      const answer = await fetch(`${page}/trick`, { method: "POST", body, redirect: "manual" });
      if (answer.status !== 303) throw new Error(`the doubles answered ${answer.status} to ${trick}`);
    },
    receipts,
    async texts(name) {
      return (await receipts(name)).map((one) => one.text);
    },
    async close() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}

/** The rows of a double's table on the page. */
function rows(section: string): Receipt[] {
  const found = section.matchAll(/<tr><td>[^<]*<td>([^<]*)<td class=text>([^<]*)<td>(\d+)<td>([^<]*)<\/tr>/g);
  return [...found].map(([, id, text, media, state]) => ({ id: plain(id!), text: plain(text!), media: Number(media), state: state! }));
}

function plain(html: string): string {
  return html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

/** Cargo puts it beside the binary under test. DOUBLES_BIN names another one. */
export function doublesProgram(): string {
  const path = process.env.DOUBLES_BIN ?? join(dirname(binary()), "doubles");
  if (!existsSync(path)) throw new Error(`${path} is not built. Run: scripts/test build`);
  return path;
}

async function freeBlock(): Promise<number> {
  for (let tried = 0; tried < TRIES_MAX; tried += 1) {
    const first = await freePort();
    const ports = Array.from({ length: PORTS }, (_, at) => first + at);
    if (first + PORTS <= PORT_MAX && (await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
  throw new Error(`no ${PORTS} ports in a row are free`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const probe = createServer();
    probe.once("error", () => answer(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => answer(true)));
  });
}

async function ready(child: ChildProcess, page: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error("the doubles ended before they were ready");
    const answer = await fetch(page).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((wake) => setTimeout(wake, PROBE_PAUSE_MS));
  }
  child.kill("SIGKILL");
  throw new Error(`the doubles were not ready within ${START_TIMEOUT_MS / 1000} s`);
}
