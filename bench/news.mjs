// The newsroom with a province's worth of articles: importing them, one page beside nginx, searching, the tree of agencies.
// Nginx serves the very bytes that the product answers with, packed, from a file, on the same cores; wrk asks both.
import { execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { load } from "./load.mjs";
import { binary, freePort, Server } from "./program.mjs";
import { createDatabase, psql, signIn, sqlite } from "./serving.mjs";
import { median, quantile } from "./table.mjs";

const run = promisify(execFile);
const ARTICLES = Number(process.env.LANTOA_BENCH_ARTICLES ?? 100_000);
const SYLLABLES = 400;
const GRANTS = 5_000;
const SPREAD = 1_000;
const WRK_S = 5;
const IMPORT_TIMEOUT_MS = 60 * 60_000;
const AGENT = "Mozilla/5.0 (X11; Linux x86_64) Bench";

/** @param {"sqlite" | "postgres"} engine @param {number} rounds @returns {Promise<import("./table.mjs").Figure[]>} */
export async function measureNews(engine, rounds) {
  const folder = await mkdtemp(join(tmpdir(), "lantoa-bench-"));
  const url = engine === "postgres" ? await createDatabase() : undefined;
  const server = new Server(folder, url);
  const sql = url ? (text) => psql(url, text) : (text) => sqlite(join(folder, "data", "lantoa.sqlite"), text);
  try {
    await server.start();
    await server.stop();
    const figures = [await measureImport(server, sql)];
    await grant(sql, engine);
    await server.start();
    figures.push(await measureIndexing(server));
    const slugs = (await sql(`SELECT slug FROM article WHERE external_id LIKE 'bench-%' LIMIT ${SPREAD}`)).split("\n");
    figures.push(...(await measurePage(server, slugs, rounds)));
    figures.push(...(await measureSearching(server)));
    figures.push(await measureTree(server, rounds));
    const { own, mapped } = await server.memoryMB();
    figures.push({ name: "memory of its own after the load", value: own, unit: "MB", below: 400, note: `mapped files of the index ${Math.round(mapped)} MB` });
    return figures.map((figure) => ({ ...eased(figure), name: `${engine}: ${figure.name}` }));
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A million articles may take half as much again of everything. */
function eased(figure) {
  const factor = ARTICLES >= 1_000_000 ? 1.5 : 1;
  return { ...figure, ...(figure.below && { below: figure.below * factor }), ...(figure.above && { above: Math.round(figure.above / factor) }) };
}

/** Words as a newspaper has them: few of them often, most of them seldom. */
function* numbers(seed) {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

const STARTS = "b c ch d đ g gh gi h k kh l m n ng nh ph qu r s t th tr v x".split(" ");
const RHYMES = "a à á ạ ả an ang anh ao ay ăn ăng âm ân âu ây e em ên ê ệ i ia iên iệt im in inh o oa oan oi on ong ô ôn ông ôi ơ ơn u ua uân ui ung uy ư ưa ương ước ượt y yêu".split(" ");
const WORDS = STARTS.flatMap((start) => RHYMES.map((rhyme) => start + rhyme));

function text(random, syllables) {
  const words = [];
  for (let n = 0; n < syllables; n++) words.push(WORDS[Math.floor(WORDS.length * random.next().value ** 3)]);
  return words.join(" ");
}

async function writeArticles(file, agencies) {
  const random = numbers(118);
  const out = createWriteStream(file);
  for (let n = 0; n < ARTICLES; n++) {
    const paragraphs = Array.from({ length: 5 }, () => `<p>${text(random, SYLLABLES / 5)}.</p>`).join("");
    const article = {
      external_id: `bench-${n}`,
      title: `${text(random, 9)} ${n}`,
      summary: text(random, 25),
      body_html: paragraphs,
      agency: agencies[n % agencies.length],
      published_at: new Date(Date.UTC(2026, 0, 1) - n * 600_000).toISOString(),
    };
    if (!out.write(`${JSON.stringify(article)}\n`)) await new Promise((go) => out.once("drain", go));
  }
  await new Promise((done) => out.end(done));
}

/** Stretches of the words that articles are made of: what is asked. */
export function sentences(seed, count) {
  const random = numbers(seed);
  return Array.from({ length: count }, () => text(random, 6));
}

/** Brings the articles in, and says how long that took. */
export async function importArticles(server, sql) {
  const agencies = (await sql("SELECT code FROM agency WHERE closed_on IS NULL ORDER BY code LIMIT 100")).split("\n");
  const file = join(server.folder, "articles.jsonl");
  await writeArticles(file, agencies);
  const began = performance.now();
  await run(binary, ["import", "articles", file], { env: server.environment(), timeout: IMPORT_TIMEOUT_MS, maxBuffer: 1 << 26 });
  const seconds = (performance.now() - began) / 1000;
  await rm(file);
  const there = Number(await sql("SELECT count(*) FROM article WHERE external_id LIKE 'bench-%'"));
  if (there !== ARTICLES) throw new Error(`${there} of ${ARTICLES} articles were imported`);
  return seconds;
}

async function measureImport(server, sql) {
  const seconds = await importArticles(server, sql);
  return {
    name: "articles imported in a second",
    value: Math.round(ARTICLES / seconds),
    unit: "count",
    above: 1_000,
    note: `${ARTICLES.toLocaleString("en")} of ${SYLLABLES} syllables`,
  };
}

/** Roles of many people over all agencies, as a province gives them. */
async function grant(sql, engine) {
  const id = engine === "postgres" ? "gen_random_uuid()" : "randomblob(16)";
  const columns = (await columnsOf(sql, engine, "role_grant")).filter((name) => !["id", "agency"].includes(name));
  const quoted = columns.map((name) => `g."${name}"`).join(", ");
  const model = `(SELECT * FROM "role_grant" LIMIT 1)`;
  const numbers = `(WITH RECURSIVE n(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM n WHERE copy < ${GRANTS}) SELECT copy FROM n)`;
  const person = "(SELECT id FROM person WHERE agency = a.id LIMIT 1)";
  const values = quoted.replace('g."person"', `coalesce(${person}, g."person")`);
  await sql(
    `INSERT INTO "role_grant" (id, agency, ${columns.map((name) => `"${name}"`).join(", ")}) SELECT ${id}, a.id, ${values} ` +
      `FROM ${model} g, ${numbers} n, (SELECT id, row_number() OVER (ORDER BY code) AS place, count(*) OVER () AS whole FROM agency) a ` +
      `WHERE a.place = n.copy % a.whole + 1`,
  );
}

async function columnsOf(sql, engine, table) {
  const asked =
    engine === "postgres"
      ? `SELECT column_name FROM information_schema.columns WHERE table_name = '${table}'`
      : `SELECT name FROM pragma_table_info('${table}')`;
  return (await sql(asked)).split("\n");
}

/** Waits until what was imported is found; the rate is that of the whole way from the database into the index. */
export async function measureIndexing(server) {
  const began = performance.now();
  for (;;) {
    const { text: figures } = await server.get("/metrics");
    const there = Number(/^lantoa_search_documents (\d+)/m.exec(figures)?.[1] ?? 0);
    const seconds = (performance.now() - began) / 1000;
    if (there >= ARTICLES) {
      return { name: "articles made findable in a second", value: Math.round(ARTICLES / seconds), unit: "count" };
    }
    if (seconds * 1000 > IMPORT_TIMEOUT_MS) throw new Error(`only ${there} of ${ARTICLES} articles are findable`);
    await new Promise((wake) => setTimeout(wake, 200));
  }
}

async function measurePage(server, slugs, rounds) {
  const tools = await Promise.all([run("nginx", ["-v"]), run("wrk", ["-h"]).catch((error) => (error.code === 1 ? "" : Promise.reject(error)))]).catch(() => undefined);
  if (!tools) {
    // Not installed by `make bench`: the package starts a web server on port 80.
    console.error("bench: the article page is not measured; it needs nginx and wrk (apt-get install nginx-light wrk)");
    return [];
  }
  const [first] = slugs;
  const page = `/tin-tuc/${first}`;
  const bytes = await packed(server.port, page);
  const nginx = await Nginx.start(server.folder, bytes);
  const script = join(server.folder, "spread.lua");
  await writeFile(script, spread(slugs));
  const [ours, theirs, over] = [[], [], []];
  try {
    for (let round = 0; round <= rounds; round++) {
      const of = [await wrk(server.port, page), await wrk(nginx.port, "/article.html"), await wrk(server.port, "/", script)];
      if (round === 0) continue; // both warm up
      [ours, theirs, over].forEach((list, index) => list.push(of[index]));
    }
  } finally {
    await nginx.stop();
  }
  const ratio = (list) => median(list.map((one, index) => (100 * one.perSecond) / theirs[index].perSecond));
  const per = (list) => `${Math.round(median(list.map((one) => one.perSecond)))}/s`;
  return [
    { name: "article page, requests of nginx's", value: Math.round(ratio(ours)), unit: "%", above: 60, note: `${per(ours)}, nginx ${per(theirs)}, ${bytes.length} bytes` },
    { name: "article page, p99 at 64 connections", value: median(ours.map((one) => one.p99)), unit: "ms", below: 20, note: `nginx ${median(theirs.map((one) => one.p99)).toFixed(1)}` },
    { name: `${SPREAD} articles in turn, requests of nginx's`, value: Math.round(ratio(over)), unit: "%", note: per(over) },
    { name: `${SPREAD} articles in turn, p99 at 64 connections`, value: median(over.map((one) => one.p99)), unit: "ms" },
  ];
}

const spread = (slugs) =>
  `local slugs = {${slugs.map((slug) => `"${slug}"`).join(",")}}\nlocal n = 0\n` +
  `request = function()\n  n = n % #slugs + 1\n  return wrk.format("GET", "/tin-tuc/" .. slugs[n])\nend\n`;

/** The page as it goes over the wire. @returns {Promise<Buffer>} */
function packed(port, path) {
  return new Promise((done, failed) => {
    const asked = request({ host: "127.0.0.1", port, path, headers: { "accept-encoding": "gzip", "user-agent": AGENT } }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => {
        const is = answer.statusCode === 200 && answer.headers["content-encoding"] === "gzip";
        is ? done(Buffer.concat(parts)) : failed(new Error(`${path} answered ${answer.statusCode}, ${answer.headers["content-encoding"]}`));
      });
    });
    asked.on("error", failed);
    asked.end();
  });
}

async function wrk(port, path, script) {
  const args = ["-t1", "-c64", `-d${WRK_S}s`, "--latency", "-H", "Accept-Encoding: gzip", "-H", `User-Agent: ${AGENT}`];
  const { stdout } = await run("wrk", [...args, ...(script ? ["-s", script] : []), `http://127.0.0.1:${port}${path}`]);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${path}: ${stdout}`);
  const [, value, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout);
  return { perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]), p99: Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit] };
}

class Nginx {
  static async start(folder, bytes) {
    const nginx = new Nginx();
    const root = join(folder, "nginx");
    nginx.port = await freePort();
    await mkdir(root, { recursive: true });
    // 644 for the workers, which are not who started them.
    await writeFile(join(root, "article.html.gz"), bytes);
    await writeFile(join(root, "nginx.conf"), nginx.settings(root));
    await run("chmod", ["-R", "a+rX", folder]);
    nginx.child = spawn("nginx", ["-c", join(root, "nginx.conf"), "-e", join(root, "error.log")], { stdio: "ignore" });
    for (let tries = 0; tries < 100; tries++) {
      if (await packed(nginx.port, "/article.html").catch(() => undefined)) return nginx;
      await new Promise((wake) => setTimeout(wake, 50));
    }
    throw new Error("nginx did not start");
  }

  settings(root) {
    return `daemon off; worker_processes auto; pid ${root}/nginx.pid; events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; gzip_static always;
  client_body_temp_path ${root}/t1; proxy_temp_path ${root}/t2; fastcgi_temp_path ${root}/t3; uwsgi_temp_path ${root}/t4; scgi_temp_path ${root}/t5;
  types { text/html html; } server { listen 127.0.0.1:${this.port}; root ${root}; } }\n`;
  }

  async stop() {
    if (!this.child || this.child.exitCode !== null) return;
    const gone = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    await gone;
  }
}

/** Questions of two to five syllables, one after the other: what one reader waits. */
async function measureSearching(server) {
  const random = numbers(57);
  const ask = async (address, times) => {
    const taken = [];
    for (let n = 0; n < times; n++) {
      const words = text(random, 2 + Math.floor(4 * random.next().value));
      const began = performance.now();
      const { status } = await server.get(`${address}${encodeURIComponent(words)}`, { headers: { "user-agent": AGENT } });
      if (status !== 200) throw new Error(`${address} answered ${status}`);
      taken.push(performance.now() - began);
    }
    return quantile(taken.slice(times / 10), 0.95);
  };
  return [
    { name: "page of results, 95 of 100", value: await ask("/tim-kiem?q=", 500), unit: "ms", below: 15 },
    { name: "suggestions, 95 of 100", value: await ask("/tim-kiem/goi-y?q=", 500), unit: "ms", below: 5 },
  ];
}

async function measureTree(server, rounds) {
  const cookie = await signIn(server, "system_admin");
  const taken = [];
  for (let round = 0; round < rounds; round++) taken.push((await load(server, { path: "/desk/agencies", cookie }, 500)).p95);
  return { name: `tree of agencies with ${GRANTS} roles, p95 at 16 connections`, value: median(taken), unit: "ms", below: 100 };
}
