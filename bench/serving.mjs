// The server on one database: start to first answer, resident memory, and pages under load.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { load } from "./load.mjs";
import { Server } from "./program.mjs";
import { median } from "./table.mjs";

const run = promisify(execFile);
const STARTS = 5;

/** @param {"sqlite" | "postgres"} engine @param {number} rounds @returns {Promise<import("./table.mjs").Figure[]>} */
export async function measureServing(engine, rounds) {
  const folder = await mkdtemp(join(tmpdir(), "lantoa-bench-"));
  const server = new Server(folder, engine === "postgres" ? await createDatabase() : undefined);
  try {
    await server.start(); // makes the database and the demo province
    const figures = [await measureStarts(server), ...(await measurePages(server, rounds))];
    figures.push({ name: "resident memory after load", value: await server.residentMB(), unit: "MB", below: 120 });
    return figures.map((figure) => ({ ...figure, name: `${engine}: ${figure.name}` }));
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The private cluster is removed afterwards, and the database with it. */
export async function createDatabase() {
  const cluster = process.env.LANTOA_TEST_POSTGRES;
  if (!cluster) throw new Error("LANTOA_TEST_POSTGRES is not set. Run: make bench");
  const name = `bench_${randomBytes(6).toString("hex")}`;
  await run("psql", [cluster, "-qX", "-v", "ON_ERROR_STOP=1", "-c", `CREATE DATABASE ${name}`]);
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return url.href;
}

export async function psql(url, text) {
  const { stdout } = await run("psql", [url, "-qXAt", "-v", "ON_ERROR_STOP=1", "-c", text], { maxBuffer: 1 << 26 });
  return stdout.trim();
}

export async function sqlite(file, text) {
  const { stdout } = await run("sqlite3", ["-bail", file, text], { maxBuffer: 1 << 26 });
  return stdout.trim();
}

async function measureStarts(server) {
  const times = [];
  for (let start = 0; start < STARTS; start++) {
    await server.stop();
    times.push(await server.start());
  }
  return { name: "start to first answer", value: median(times), unit: "ms", below: 300 };
}

async function measurePages(server, rounds) {
  const cookie = await signIn(server);
  const programme = await firstLink(server, "/ke-hoach", /href="(\/ke-hoach\/[^"?#]+)"/);
  const board = await firstLink(server, "/desk/plans", /href="(\/desk\/plans\/[0-9a-f-]{36})"/, cookie);
  const pages = [
    { name: "/healthz", path: "/healthz" },
    { name: "home page", path: "/", below: 30 },
    { name: "programme page", path: programme, below: 30 },
    { name: "board", path: board, cookie, below: 30 },
  ];
  const results = pages.map(() => []);
  await load(server, pages[0]); // the measuring program warms up too; not counted
  // Round by round, so that a noisy minute falls on every page alike.
  for (let round = 0; round < rounds; round++) {
    for (const [index, page] of pages.entries()) results[index].push(await load(server, page));
  }
  return pages.map((page, index) => pageFigure(page, results[index], results[0]));
}

function pageFigure(page, rounds, baseline) {
  const of = (key) => median(rounds.map((round) => round[key]));
  const ratio = median(rounds.map((round, index) => round.p95 / baseline[index].p95));
  return {
    name: `${page.name}, p95 at 16 connections`,
    value: of("p95"),
    unit: "ms",
    below: page.below,
    note: `p50 ${of("p50").toFixed(1)}, p99 ${of("p99").toFixed(1)}, ${of("perSecond").toFixed(0)}/s, ${ratio.toFixed(1)} × /healthz`,
  };
}

export async function signIn(server, role = "coordinator") {
  const host = `127.0.0.1:${server.port}`;
  const answer = await server.get("/desk/sign-in/demo", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", host, origin: `http://${host}`, "sec-fetch-site": "same-origin" },
    body: `role=${role}`,
  });
  const cookies = answer.headers["set-cookie"] ?? [];
  if (answer.status >= 400 || cookies.length === 0) throw new Error(`the demo's sign-in answered ${answer.status} without a session`);
  return cookies.map((cookie) => cookie.split(";")[0]).join("; ");
}

export async function firstLink(server, path, pattern, cookie) {
  const { status, text } = await server.get(path, { headers: cookie ? { cookie } : {} });
  const link = pattern.exec(text)?.[1];
  if (!link) throw new Error(`${path} (status ${status}) has no link like ${pattern}`);
  return link;
}
