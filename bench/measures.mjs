// Measures: a pass over a year from nothing, pages under load; on PostgreSQL also a nation's worth of values. The evidence is the demo's
// slots with generated answers; the definitions are generated over sources that count them.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "./load.mjs";
import { Server } from "./program.mjs";
import { createDatabase, psql, signIn, sqlite } from "./serving.mjs";
import { median } from "./table.mjs";

/** 11 targets are there; a set of criteria counts 60 more. */
const CRITERIA = 60;
const AGENCIES_OF_A_NATION = 34 + 3_321;
const VALUES_OF_A_NATION = 2_400_000;
const YEAR = new Date().getFullYear();
const SOURCES = ["slots-due", "slots-done", "slots-on-time", "agency-plans-issued", "articles-published", "cases-raised"];

/** @param {"sqlite" | "postgres"} engine @param {number} rounds @returns {Promise<import("./table.mjs").Figure[]>} */
export async function measureMeasures(engine, rounds) {
  const folder = await mkdtemp(join(tmpdir(), "lantoa-bench-"));
  const url = engine === "postgres" ? await createDatabase() : undefined;
  const server = new Server(folder, url);
  const sql = url ? (text) => psql(url, text) : (text) => sqlite(join(folder, "data", "lantoa.sqlite"), text);
  try {
    await server.start();
    await server.stop();
    await answer(sql, engine);
    await define(sql, engine, CRITERIA);
    // What PostgreSQL does by itself within a minute of so many new rows.
    if (engine === "postgres") await sql("ANALYZE");
    await server.start();
    const figures = [await measurePass(server, sql, engine, rounds, "11 targets and 60 criteria of 122 agencies", 300)];
    figures.push(...(await measurePages(server, rounds)));
    if (engine === "postgres") {
      await server.stop();
      await multiply(sql);
      await define(sql, engine, Math.ceil(VALUES_OF_A_NATION / AGENCIES_OF_A_NATION / (new Date().getMonth() + 1)));
      await server.start();
      figures.push(await measurePass(server, sql, engine, Math.min(rounds, 3), "2.4 million values of a nation", 3_000));
    }
    return figures.map((figure) => ({ ...figure, name: `${engine}: ${figure.name}` }));
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Answers for two slots of three that are due. */
async function answer(sql, engine) {
  const id = engine === "postgres" ? "gen_random_uuid()" : "randomblob(16)";
  const key = engine === "postgres" ? "gen_random_uuid()::text" : "hex(randomblob(16))";
  const odds = engine === "postgres" ? "random() < 0.66" : "abs(random()) % 100 < 66";
  await sql(
    `INSERT INTO answer (id, slot, version, key, outcome, text, figures, reason, late_reason, excusable, agency, person, at, on_day) ` +
      `SELECT ${id}, s.id, 1, ${key}, 'reported', 'Đã thực hiện theo kế hoạch', '[]', '', '', NULL, s.agency, ` +
      `(SELECT id FROM person LIMIT 1), ${now(engine)}, s.due_on FROM slot s ` +
      `WHERE s.due_on <= '${YEAR}-12-31' AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.slot = s.id) AND ${odds}`,
  );
}

const now = (engine) => (engine === "postgres" ? "now()" : "strftime('%Y-%m-%d %H:%M:%f+00:00', 'now')");

/** So many generated definitions, each another: counts, shares of agencies, ratios of two counts, by every period. */
async function define(sql, engine, count) {
  const id = engine === "postgres" ? "gen_random_uuid()" : "randomblob(16)";
  await sql("DELETE FROM measure WHERE code LIKE 'bench-%'");
  const rows = [];
  for (let at = 0; at < count; at++) {
    const of = (turn) => ({ of: { source: { code: SOURCES[(at + turn) % SOURCES.length] } } });
    const every = ["month", "quarter", "half_year", "year", "ever"][at % 5];
    const share = { numerator: { parts: [{ ...of(0), at_least: String(1 + (at % 4)) }] }, denominator: { parts: [{ of: "agency" }] } };
    const ratio = { numerator: { parts: [of(1)] }, denominator: { parts: [of(0), of(2)] } };
    const shapes = [
      { unit: "việc", shape: "count", numerator: { parts: [of(0), of(3)] } },
      { unit: "%", shape: "ratio", ...share },
      { unit: "%", shape: "ratio", ...ratio },
    ];
    const body = JSON.stringify({ ...shapes[at % 3], every, roll_up: "last" });
    rows.push(
      `(${id}, 'bench-${at}', '', ${at}, 'Chỉ số thử ${at}', 'Sinh ra để đo tốc độ', '${body}', 'confirmed', true, ${now(engine)}, ${now(engine)}, 1)`,
    );
  }
  const columns = "id, code, rule, position, title, meaning, body, state, public, made_at, changed_at, version";
  await sql(`INSERT INTO measure (${columns}) VALUES ${rows.join(", ")}`);
}

/** Copies of a commune with what it owes and answered, until there are as many agencies as a nation has. */
async function multiply(sql) {
  const model = "SELECT m.id FROM agency m WHERE m.kind = 'commune' AND m.closed_on IS NULL ORDER BY m.code LIMIT 1";
  const copies = AGENCIES_OF_A_NATION - Number(await sql("SELECT count(*) FROM agency"));
  await sql("CREATE TABLE bench_agency AS SELECT gen_random_uuid() AS id, n AS copy FROM generate_series(1, " + copies + ") n");
  const columns = (
    await sql("SELECT column_name FROM information_schema.columns WHERE table_name = 'agency' ORDER BY ordinal_position")
  ).split("\n");
  const value = (column) => {
    if (column === "id") return "b.id";
    return ["slug", "code", "name"].includes(column) ? `a.${column} || '-' || b.copy` : `a.${column}`;
  };
  await sql(
    `INSERT INTO agency (${columns.join(", ")}) SELECT ${columns.map(value).join(", ")} FROM agency a, bench_agency b WHERE a.id = (${model})`,
  );
  const same = "duty, plan, b.id, part, period, start_on, end_on, due_on, in_time_until";
  await sql(
    `INSERT INTO slot (id, ${same.replace("b.id", "agency")}) SELECT gen_random_uuid(), ${same} FROM slot s, bench_agency b ` +
      `WHERE s.agency = (${model}) AND s.due_on <= '${YEAR}-12-31'`,
  );
  await answer(sql, "postgres");
  await sql("VACUUM ANALYZE");
}

/** Nothing is kept, and all of it is counted and written; the server says itself how long that took. */
async function measurePass(server, sql, engine, rounds, scale, below) {
  const cookie = await signIn(server);
  const times = [];
  let said = "";
  for (let round = 0; round < Math.max(rounds, 3); round++) {
    // Rows that were only deleted would stand in the way of those of the next round, as of no first pass.
    await sql(engine === "postgres" ? "TRUNCATE measure_value" : "DELETE FROM measure_value");
    const host = `127.0.0.1:${server.port}`;
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      cookie,
      host,
      origin: `http://${host}`,
      "sec-fetch-site": "same-origin",
    };
    const done = await server.get("/desk/measures/recomputation", { method: "POST", headers, body: `year=${YEAR}` });
    said = done.headers["server-timing"] ?? "";
    const took = Number(/dur=([\d.]+)/.exec(said)?.[1]);
    if (!Number.isFinite(took)) throw new Error(`nothing was counted: ${done.status}`);
    times.push(took);
  }
  return { name: `counted from nothing: ${scale}`, value: median(times), unit: "ms", below, note: /desc="([^"]*)"/.exec(said)?.[1] ?? "" };
}

async function measurePages(server, rounds) {
  const cookie = await signIn(server);
  const pages = [
    { name: "measures", path: "/desk/measures", cookie },
    { name: "one measure", path: "/desk/measures/co-quan-ban-hanh-ke-hoach", cookie },
    { name: "targets", path: "/desk/measures/targets", cookie },
    { name: "public measures", path: "/chi-so" },
  ];
  const figures = [];
  for (const page of pages) {
    const results = [];
    for (let round = 0; round < rounds; round++) results.push(await load(server, page, 400));
    const of = (key) => median(results.map((round) => round[key]));
    figures.push({
      name: `${page.name}, p95 at 16 connections`,
      value: of("p95"),
      unit: "ms",
      below: 50,
      note: `p50 ${of("p50").toFixed(1)}, p99 ${of("p99").toFixed(1)}, ${of("perSecond").toFixed(0)}/s`,
    });
  }
  return figures;
}
