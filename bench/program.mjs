// The binary under measurement, run once with its time and peak memory, or kept running as a server.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { request } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";

const RUN_TIMEOUT_MS = 60_000;
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;
const PROBE_PAUSE_MS = 2;

export const binary = process.env.LANTOA_BIN ?? "target/release/lantoa";

// wait4 is the only reliable peak of a process that has ended; Node.js does not offer it.
const WAIT4 = `
import os, resource, sys, time
began = time.monotonic()
quiet = os.open(os.devnull, os.O_WRONLY)
plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], plain,
                     file_actions=[(os.POSIX_SPAWN_DUP2, quiet, 1), (os.POSIX_SPAWN_DUP2, quiet, 2)])
_, status, usage = os.wait4(pid, 0)
print((time.monotonic() - began) * 1000, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))
`;

/** @param {string[]} args @returns {Promise<{ms: number, peakMB: number, status: number}>} */
export async function runOnce(args) {
  const { stdout } = await promisify(execFile)("python3", ["-c", WAIT4, binary, ...args], { timeout: RUN_TIMEOUT_MS });
  const [ms, peakMB, status] = stdout.trim().split(" ").map(Number);
  if (status < 0) throw new Error(`lantoa ${args.join(" ")} was ended by signal ${-status}`);
  return { ms, peakMB, status };
}

export class Server {
  /** @param {string} folder @param {string | undefined} database */
  constructor(folder, database) {
    this.folder = folder;
    this.database = database;
  }

  /** Starts it and returns how long the first answer took, in ms. */
  async start() {
    this.port = await freePort();
    const log = openSync(join(this.folder, "server.log"), "a");
    const began = performance.now();
    this.child = spawn(binary, ["serve", "--demo"], {
      env: { ...this.environment(), LANTOA_LISTEN: `127.0.0.1:${this.port}` },
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    while (performance.now() - began < START_TIMEOUT_MS) {
      if (this.child.exitCode !== null) break;
      if ((await this.get("/").catch(() => undefined))?.status === 200) return performance.now() - began;
      await new Promise((wake) => setTimeout(wake, PROBE_PAUSE_MS));
    }
    await this.stop();
    throw new Error(`lantoa did not start:\n${(await readFile(join(this.folder, "server.log"), "utf8")).slice(-3000)}`);
  }

  /** What the binary has to know to work on the same data. */
  environment() {
    const { PATH, HOME } = process.env;
    const database = this.database ? { DATABASE_URL: this.database } : {};
    return { PATH, HOME, LANTOA_DATA: join(this.folder, "data"), ...database };
  }

  /**
   * @param {string} path
   * @param {import("node:http").RequestOptions & {body?: string}} [wish]
   * @returns {Promise<{status: number, headers: import("node:http").IncomingHttpHeaders, text: string}>}
   */
  get(path, { body, ...wish } = {}) {
    return new Promise((answered, failed) => {
      const asked = request({ host: "127.0.0.1", port: this.port, path, timeout: RUN_TIMEOUT_MS, ...wish }, (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("error", failed);
        answer.on("end", () =>
          answered({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }),
        );
      });
      asked.on("error", failed);
      asked.on("timeout", () => asked.destroy(new Error(`${path} did not answer`)));
      asked.end(body);
    });
  }

  async residentMB() {
    const status = await readFile(`/proc/${this.child.pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)[1]) / 1024;
  }

  /** What is its own, and what of it is pages of mapped files: those the machine takes back when it needs them. */
  async memoryMB() {
    const status = await readFile(`/proc/${this.child.pid}/status`, "utf8");
    const of = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)[1]) / 1024;
    return { own: of("RssAnon"), mapped: of("RssFile") };
  }

  async stop() {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, "exit");
    this.child.kill("SIGTERM");
    const late = setTimeout(() => this.child.kill("SIGKILL"), STOP_TIMEOUT_MS);
    await gone;
    clearTimeout(late);
  }
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
      probe.close(() => found(port));
    });
  });
}
