// Duties with a province's worth of slots, and a nation's: pages under load, the aggregate, adopting, a hundred at once.
// The rows are generated: answers for two slots of three that are due, reviews for half of them.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "./load.mjs";
import { Server } from "./program.mjs";
import { createDatabase, firstLink, psql, signIn, sqlite } from "./serving.mjs";
import { median } from "./table.mjs";

const SLOTS_OF_A_PROVINCE = 30_000;
const SLOTS_OF_A_NATION = 1_000_000;
const AT_ONCE = 100;

/** @param {"sqlite" | "postgres"} engine @param {number} rounds @returns {Promise<import("./table.mjs").Figure[]>} */
export async function measureDuties(engine, rounds) {
  const folder = await mkdtemp(join(tmpdir(), "lantoa-bench-"));
  const url = engine === "postgres" ? await createDatabase() : undefined;
  const server = new Server(folder, url);
  const sql = url ? (text) => psql(url, text) : (text) => sqlite(join(folder, "data", "lantoa.sqlite"), text);
  try {
    await server.start();
    const figures = [await measureAdoption(server), await measureRush(server)];
    await server.stop();
    await fill(sql, engine, SLOTS_OF_A_PROVINCE);
    await server.start();
    const province = await measurePages(server, rounds, "30,000 slots", 50);
    figures.push(...province.figures);
    if (engine === "postgres") {
      await server.stop();
      await fill(sql, engine, SLOTS_OF_A_NATION);
      await server.start();
      const nation = await measurePages(server, rounds, "1 million slots", undefined, province.p95);
      figures.push(...nation.figures);
    }
    return figures.map((figure) => ({ ...figure, name: `${engine}: ${figure.name}` }));
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Adds communes with the same duties until there are so many slots, then answers and reviews. */
async function fill(sql, engine, slots) {
  const id = engine === "postgres" ? "gen_random_uuid()" : "randomblob(16)";
  const key = engine === "postgres" ? "gen_random_uuid()::text" : "hex(randomblob(16))";
  const now = engine === "postgres" ? "now()" : "strftime('%Y-%m-%d %H:%M:%f+00:00', 'now')";
  const odds = (of) => (engine === "postgres" ? `random() < ${of}` : `abs(random()) % 1000 < ${of * 1000}`);
  // A commune: it owes what its class owes, so that settling finds the copies' slots as they should be.
  const model = "SELECT m.id FROM agency m WHERE m.kind = 'commune' AND m.closed_on IS NULL ORDER BY m.code LIMIT 1";
  const each = Number(await sql(`SELECT count(*) FROM slot WHERE agency = (${model})`));
  const copies = Math.ceil((slots - Number(await sql("SELECT count(*) FROM slot"))) / each);
  await sql("DROP TABLE IF EXISTS bench_agency");
  await sql(`CREATE TABLE bench_agency (id ${engine === "postgres" ? "uuid" : "blob"}, copy integer)`);
  await sql(
    `WITH RECURSIVE n(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM n WHERE copy < ${copies}) ` +
      `INSERT INTO bench_agency SELECT ${id}, copy FROM n`,
  );
  const columns = await agencyColumns(sql, engine);
  const values = columns.map((column) => agencyValue(column, slots));
  await sql(
    `INSERT INTO agency (${columns.join(", ")}) SELECT ${values.join(", ")} FROM agency a, bench_agency b WHERE a.id = (${model})`,
  );
  const same = "duty, plan, b.id, part, period, start_on, end_on, due_on, in_time_until";
  await sql(
    `INSERT INTO slot (id, ${same.replace("b.id", "agency")}) SELECT ${id}, ${same} FROM slot s, bench_agency b WHERE s.agency = (${model})`,
  );
  await sql(
    `INSERT INTO answer (id, slot, version, key, outcome, text, figures, reason, late_reason, excusable, agency, person, at, on_day) ` +
      `SELECT ${id}, s.id, 1, ${key}, 'reported', 'Đã thực hiện theo kế hoạch', '[]', '', '', NULL, s.agency, ` +
      `(SELECT id FROM person LIMIT 1), ${now}, s.due_on FROM slot s ` +
      `WHERE s.due_on < '2027-07-01' AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.slot = s.id) AND ${odds(0.66)}`,
  );
  await sql(
    `INSERT INTO review (id, slot, answer, verdict, remarks, agency, person, at) ` +
      `SELECT ${id}, a.slot, a.id, CASE WHEN ${odds(0.9)} THEN 'accept' ELSE 'return' END, '{"whole":"Bổ sung"}', a.agency, a.person, ${now} ` +
      `FROM answer a WHERE NOT EXISTS (SELECT 1 FROM review r WHERE r.answer = a.id) AND ${odds(0.5)}`,
  );
  await sql(engine === "postgres" ? "VACUUM ANALYZE" : "ANALYZE");
}

async function agencyColumns(sql, engine) {
  const asked =
    engine === "postgres"
      ? "SELECT column_name FROM information_schema.columns WHERE table_name = 'agency' ORDER BY ordinal_position"
      : "SELECT name FROM pragma_table_info('agency')";
  return (await sql(asked)).split("\n").map((column) => column.trim());
}

/** A copy of an agency with an id, code and address of its own. */
function agencyValue(column, mark) {
  if (column === "id") return "b.id";
  if (column === "slug" || column === "code" || column === "name") return `a.${column} || '-${mark}-' || b.copy`;
  return `a.${column}`;
}

/** Plan 118's length is the demo plan's: reading it in, adopting it, and every slot until its last year. */
async function measureAdoption(server) {
  const cookie = await signIn(server);
  const sample = await server.get("/mau/ke-hoach-mau.txt");
  const edge = "bench-edge";
  const body =
    `--${edge}\r\nContent-Disposition: form-data; name="file"; filename="plan.txt"\r\nContent-Type: text/plain\r\n\r\n` +
    `${sample.text}\r\n--${edge}--\r\n`;
  const began = performance.now();
  const taken = await post(server, "/desk/plans", cookie, body, `multipart/form-data; boundary=${edge}`);
  const id = /[0-9a-f-]{36}/.exec(taken.headers.location ?? "")?.[0];
  if (!id) throw new Error(`the plan was not read: ${taken.status}`);
  await post(server, `/desk/plans/${id}/confirmation`, cookie, "why=bench");
  const adopted = await post(server, `/desk/plans/${id}/adoption`, cookie, "");
  if (adopted.status !== 303) throw new Error(`the plan was not adopted: ${adopted.status}`);
  // The slots are opened by the fact's reaction; the board counts them when they are there.
  const slug = await firstLink(server, `/desk/plans/${id}`, /href="\/ke-hoach\/([^"?#]+)"/, cookie);
  for (;;) {
    const { text } = await server.get(`/desk/progress?plan=${slug}`, { headers: { cookie } });
    const expected = Number((/class="value">([\d.]+)</.exec(text)?.[1] ?? "0").replaceAll(".", ""));
    if (expected > 1_000) break;
    if (performance.now() - began > 30_000) throw new Error("the slots were not opened");
    await new Promise((wake) => setTimeout(wake, 20));
  }
  return { name: "a plan read, adopted, its slots opened", value: performance.now() - began, unit: "ms", below: 2_000 };
}

/** The fields of the demo's report form, for the duty that has one. */
const FORM =
  "&field=so_tin_bai&field=so_lop&field=so_nguoi&field=ty_le_can_bo&field=co_chuyen_muc" +
  "&f0=1&f1=1&f2=1&f3=1&f3-whole=1&f4=no";

/** The slots that take an answer now, with who gives it and whether through a form. */
async function answerable(server, role) {
  const cookie = await signIn(server, role);
  const { text } = await server.get("/desk/duties?show=all", { headers: { cookie } });
  const slots = [...new Set([...text.matchAll(/href="(\/desk\/duties\/[0-9a-f-]{36})"/g)].map((match) => match[1]))];
  const pages = await Promise.all(slots.map((slot) => server.get(slot, { headers: { cookie } })));
  return slots
    .map((slot, place) => ({ slot, cookie, page: pages[place].text }))
    .filter(({ page }) => page.includes('name="outcome"'))
    .map(({ slot, cookie: who, page }) => ({ slot, cookie: who, fields: page.includes('name="field"') ? FORM : "" }));
}

/** A hundred answers of two agencies in the same instant, each pressed twice. */
async function measureRush(server) {
  const open = [...(await answerable(server, "officer")), ...(await answerable(server, "officer_2"))];
  const chosen = open.slice(0, AT_ONCE);
  const began = performance.now();
  const answers = await Promise.all(
    chosen.flatMap(({ slot, cookie, fields }, place) => {
      const form = `key=rush-${place}&seen=0&draft=0&outcome=reported&text=Xong&late_reason=Bench&excusable=yes${fields}`;
      return [post(server, `${slot}/answer`, cookie, form), post(server, `${slot}/answer`, cookie, form)];
    }),
  );
  const took = performance.now() - began;
  const lost = answers.filter((answer) => answer.status !== 303).length;
  const pages = await Promise.all(chosen.map(({ slot, cookie }) => server.get(slot, { headers: { cookie } })));
  const wrong = pages.filter((page) => (page.text.match(/id="v\d+"/g) ?? []).length !== 1).length;
  return {
    name: `${chosen.length} answers at once, each pressed twice: lost or doubled`,
    value: lost + wrong + (AT_ONCE - chosen.length),
    unit: "count",
    below: 1,
    note: `${took.toFixed(0)} ms for ${answers.length} presses`,
  };
}

function post(server, path, cookie, body, type = "application/x-www-form-urlencoded") {
  const host = `127.0.0.1:${server.port}`;
  const headers = { "content-type": type, cookie, host, origin: `http://${host}`, "sec-fetch-site": "same-origin" };
  return server.get(path, { method: "POST", headers, body });
}

async function measurePages(server, rounds, scale, below, before) {
  const cookie = await signIn(server);
  const officer = await signIn(server, "officer");
  const slot = await firstLink(server, "/desk/duties", /href="(\/desk\/duties\/[0-9a-f-]{36})"/, officer);
  const pages = [
    { name: "what I owe", path: "/desk/duties", cookie: officer },
    { name: "first page", path: "/desk", cookie: officer },
    { name: "one slot", path: slot, cookie: officer },
    { name: "review queue", path: "/desk/reviews", cookie },
    { name: "board of progress", path: "/desk/progress", cookie },
    { name: "list behind a figure", path: "/desk/progress/slots?which=overdue", cookie },
  ];
  const figures = [];
  const p95 = {};
  for (const page of pages) {
    const results = [];
    for (let round = 0; round < rounds; round++) results.push(await load(server, page, 400));
    const of = (key) => median(results.map((round) => round[key]));
    p95[page.name] = of("p95");
    figures.push({
      name: `${page.name} with ${scale}, p95 at 16 connections`,
      value: of("p95"),
      unit: "ms",
      below: below ?? Math.max(2 * before[page.name], 1),
      note: `p50 ${of("p50").toFixed(1)}, p99 ${of("p99").toFixed(1)}, ${of("perSecond").toFixed(0)}/s`,
    });
  }
  const alone = [];
  for (let time = 0; time < 5; time++) {
    const began = performance.now();
    await server.get("/desk/progress/csv?year=2026", { headers: { cookie } });
    alone.push(performance.now() - began);
  }
  const limit = below ? 100 : 1_000;
  figures.push({ name: `aggregate of ${scale}, asked alone`, value: median(alone), unit: "ms", below: limit });
  return { figures, p95 };
}
