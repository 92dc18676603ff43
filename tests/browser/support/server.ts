// The built binary as a process: started on a free port with a data folder of its own, awaited until it
// is ready, and ended by its process id.
import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, type Engine } from "./database.ts";
import { binary, leavings } from "./places.ts";
import { freePort } from "./port.ts";

const START_TIMEOUT_MS = 60_000;
/** A year of a province is played before the first page. */
const PLAYED_TIMEOUT_MS = 240_000;
const STOP_TIMEOUT_MS = 10_000;
const PROBE_PAUSE_MS = 50;
const LOG_TAIL_CHARS = 4_000;

export interface Server {
  /** `localhost`, not an address: passkeys are bound to a name. */
  url: string;
  data: string;
  log: string;
  /** Ends the process; `KILL` gives it no chance to tidy up. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** Starts it again on the same data, database and address; the demo as if it were `day` (YYYY-MM-DD). */
  start(day?: string): Promise<void>;
  /** Ends the process and removes its data and database. */
  remove(): Promise<void>;
}

export interface Wish {
  engine: Engine;
  /** Names the log file. */
  name: string;
  /** Settings beyond the address, the data folder and the database. */
  settings?: Record<string, string>;
  /** Serves the demo province. */
  demo: boolean;
  /** The day as of which it is first shown (YYYY-MM-DD). */
  day?: string;
  /** Plays the year up to that day first. */
  played?: boolean;
}

export async function createServer(wish: Wish): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), "lantoa-browser-"));
  const database = await createDatabase(wish.engine);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  await mkdir(leavings, { recursive: true });
  const log = join(leavings, `${wish.name}.log`);
  await writeFile(log, "");
  let child: ChildProcess | undefined;

  const server: Server = {
    url,
    data,
    log,
    async start(day) {
      const on = day ? ["--day", day, ...(wish.played ? ["--played"] : [])] : [];
      child = launch(wish, on, log, {
        LANTOA_DATA: data,
        LANTOA_LISTEN: `127.0.0.1:${port}`,
        LANTOA_PUBLIC_URL: url,
        ...(database.url ? { DATABASE_URL: database.url } : {}),
        ...wish.settings,
      });
      await ready(child, url, log, wish.played ? PLAYED_TIMEOUT_MS : START_TIMEOUT_MS);
    },
    async stop(signal = "SIGTERM") {
      if (child) await end(child, signal);
      child = undefined;
    },
    async remove() {
      await server.stop();
      await database.drop();
      await rm(data, { recursive: true, force: true });
    },
  };
  try {
    await server.start(wish.day);
  } catch (error) {
    await server.remove();
    throw error;
  }
  return server;
}

/** Only the settings named reach the process: a developer's own stay out. */
function launch(wish: Wish, on: string[], log: string, settings: Record<string, string>): ChildProcess {
  const { PATH, HOME, LANG, RUST_BACKTRACE } = process.env;
  const child = spawn(binary(), wish.demo ? ["serve", "--demo", ...on] : ["serve"], {
    env: { PATH, HOME, LANG, RUST_BACKTRACE, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const file = createWriteStream(log, { flags: "a" });
  child.stdout!.pipe(file, { end: false });
  child.stderr!.pipe(file, { end: false });
  child.once("close", () => file.end());
  return child;
}

async function ready(child: ChildProcess, url: string, log: string, most: number): Promise<void> {
  const deadline = Date.now() + most;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`lantoa ended before it was ready (${child.signalCode ?? child.exitCode}):\n${await tail(log)}`);
    }
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((wake) => setTimeout(wake, PROBE_PAUSE_MS));
  }
  await end(child, "SIGKILL");
  throw new Error(`lantoa was not ready within ${most / 1000} s:\n${await tail(log)}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  const late = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await gone;
  clearTimeout(late);
}

export async function tail(log: string): Promise<string> {
  const text = await readFile(log, "utf8").catch(() => "");
  return text.slice(-LOG_TAIL_CHARS);
}
