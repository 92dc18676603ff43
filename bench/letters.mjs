// Newsletters: a list of a million rebuilt, and many letters to a counting sink while the server is killed again and again.
// None may arrive twice and none may be unaccounted for: sent, failed and unknown add up to the list.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { binary, freePort, Server } from "./program.mjs";
import { createDatabase, psql } from "./serving.mjs";

const LETTERS = Number(process.env.LANTOA_BENCH_LETTERS ?? 200_000);
const LIST = Number(process.env.LANTOA_BENCH_SUBSCRIBERS ?? 1_000_000);
const KILL_EVERY_MS = Number(process.env.LANTOA_BENCH_KILL_MS ?? 3_000);
const CLOSE_AFTER = 2_500;
const GIVE_UP_MS = 30 * 60_000;
const LOOK_MS = 200;
const sinkBinary = process.env.LANTOA_SINK ?? join(dirname(binary), "smtp-sink");

class SendingServer extends Server {
  environment() {
    const relay = `{url="smtp://127.0.0.1:${this.sinkPort}", per_second=0, connections=4, letters_per_connection=100000}`;
    return {
      ...super.environment(),
      LANTOA_NEWSLETTERS__RELAYS: `[${relay}]`,
      LANTOA_NEWSLETTERS__FROM: "tin@lantoa.test",
      LANTOA_LOG: "warn",
    };
  }

  async kill() {
    const gone = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await gone;
  }
}

/** @param {"sqlite" | "postgres"} engine @returns {Promise<import("./table.mjs").Figure[]>} */
export async function measureLetters(engine) {
  const folder = await mkdtemp(join(tmpdir(), "lantoa-bench-"));
  const url = engine === "postgres" ? await createDatabase() : undefined;
  const server = new SendingServer(folder, url);
  const sql = url ? (text) => psql(url, text) : (text) => patient(join(folder, "data", "lantoa.sqlite"), text);
  const sink = await startSink();
  server.sinkPort = sink.port;
  try {
    await server.start();
    await server.stop();
    const seed = seeding(engine, sql);
    await seed.newsletter("small", LETTERS);
    await seed.newsletter("large", LIST);
    const figures = [await measureSegment(server, sql, seed), ...(await measureSending(server, sql, seed, sink))];
    return figures.map((figure) => ({ ...figure, name: `${engine}: ${figure.name}` }));
  } finally {
    await server.stop();
    sink.child.kill("SIGTERM");
    await rm(folder, { recursive: true, force: true });
  }
}

async function startSink() {
  const [port, control] = [await freePort(), await freePort()];
  const child = spawn(sinkBinary, ["--port", port, "--control", control, "--close-after", CLOSE_AFTER].map(String), { stdio: "ignore" });
  const ask = (path, method = "GET") =>
    new Promise((answered, failed) => {
      const asked = request({ host: "127.0.0.1", port: control, path, method }, (answer) => {
        let text = "";
        answer.on("data", (part) => (text += part));
        answer.on("end", () => answered(JSON.parse(text)));
      });
      asked.on("error", failed);
      asked.end();
    });
  for (let tries = 0; tries < 100; tries++) {
    if (await ask("/count").catch(() => undefined)) return { child, port, ask };
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error(`${sinkBinary} did not start: cargo build --release -p doubles --bins`);
}

/** Waits for the server's write lock. */
async function patient(file, text) {
  const { stdout } = await promisify(execFile)("sqlite3", ["-bail", "-cmd", ".timeout 20000", file, text], { maxBuffer: 1 << 26 });
  return stdout.trim();
}

/** Rows are made in the database itself: what is measured is the sending, not the import. */
function seeding(engine, sql) {
  const postgres = engine === "postgres";
  const id = (n) => (postgres ? `'00000000-0000-7000-8000-${String(n).padStart(12, "0")}'` : `x'00000000000070008000${String(n).padStart(12, "0")}'`);
  const now = postgres ? "now()" : "strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now')";
  const key = (prefix) => (postgres ? `'${prefix}' || n` : `'${prefix}' || n`);
  const reader = postgres
    ? (base) => `('00000000-0000-7000-' || lpad(to_hex(${base}), 4, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid`
    : (base) => `CAST(printf('%04d%012d', ${base % 10_000}, n) AS BLOB)`; // sixteen bytes; Debian's SQLite has no unhex yet
  const numbers = (most) =>
    postgres ? `generate_series(1, ${most}) AS n` : `(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${most}) SELECT n FROM c)`;
  const truth = (yes) => (postgres ? String(yes) : yes ? "1" : "0");
  let made = 0;
  return {
    now,
    id,
    async newsletter(slug, readers) {
      const base = 0x8000 + ++made;
      const agency = "(SELECT id FROM agency ORDER BY code LIMIT 1)";
      await sql(
        `INSERT INTO newsletter (id, agency, slug, name, about, language, scope, sections, kinds, rhythm, hour, weekday, by_itself, sender_name, purpose, text_version, state, drawn_until, made_by, made_at, version)
         SELECT ${id(made)}, ${agency}, '${slug}', '${slug}', '', 'vi', 'agency', '[]', '[]', 'by_hand', 7, 1, ${truth(false)}, '', 'bench', 1, 'open', ${now}, ${id(9)}, ${now}, 1;`,
      );
      await sql(
        `INSERT INTO newsletter_subscriber (id, newsletter, address_key, address, name, state, origin, asked_at, confirmed_at, left_how, soft_bounces, text_version)
         SELECT ${reader(base)}, ${id(made)}, ${key(`${slug}-`)}, ${key(`${slug}.`)} || '@example.vn', '', 'active', 'import', ${now}, ${now}, '', 0, 1 FROM ${numbers(readers)};`,
      );
      return made;
    },
    async issue(of, code, html) {
      const agency = "(SELECT id FROM agency ORDER BY code LIMIT 1)";
      await sql(
        `INSERT INTO newsletter_issue (id, code, newsletter, agency, number, title, words, articles, state, writers, approved_at, due_at, notice, frozen_text, frozen_html, drawn_until, recipients, created_at, changed_at, version)
         SELECT ${id(100 + of)}, '${code}', ${id(of)}, ${agency}, 1, 'bench', '', '[]', 'approved', '[]', ${now}, ${now}, '', '${html}', '${html}', ${now}, 0, ${now}, ${now}, 1;`,
      );
    },
  };
}

const BODY = `<p>${"Tin của tỉnh trong tuần. ".repeat(150)}</p><a href="%%lan-toa:leave%%">x</a> <a href="%%lan-toa:manage%%">y</a>`;

/** From an issue that is due to the moment all its letters stand in the queue: the row says when it was approved, and began. */
async function measureSegment(server, sql, seed) {
  await server.start();
  await seed.issue(2, "bench002", BODY);
  const began = performance.now();
  for (;;) {
    const recipients = Number(await sql(`SELECT recipients FROM newsletter_issue WHERE code = 'bench002';`));
    const seconds = (performance.now() - began) / 1000;
    if (recipients === LIST) {
      await sql(`UPDATE newsletter_issue SET state = 'cancelled', version = version + 1 WHERE code = 'bench002';`);
      await server.stop();
      return { name: "list of subscribers rebuilt", value: seconds * 1000, unit: "ms", below: 10_000, note: `${LIST.toLocaleString("en")} subscribers, one statement, with what the node does besides` };
    }
    if (seconds * 1000 > GIVE_UP_MS) throw new Error(`only ${recipients} of ${LIST} were queued`);
    await new Promise((wake) => setTimeout(wake, LOOK_MS));
  }
}

async function measureSending(server, sql, seed, sink) {
  await sink.ask("/forget", "POST");
  await seed.issue(1, "bench001", BODY);
  let [kills, down] = [0, 0];
  await server.start();
  const began = performance.now();
  let killed = began;
  let [last, lastAt, rates] = [0, began, []];
  const tally = async () => {
    const rows = await sql(`SELECT state, count(*) FROM newsletter_delivery WHERE issue = ${seed.id(101)} GROUP BY state;`);
    return Object.fromEntries(rows.split("\n").filter(Boolean).map((line) => line.split("|")).map(([state, n]) => [state, Number(n)]));
  };
  for (;;) {
    await new Promise((wake) => setTimeout(wake, LOOK_MS));
    const { taken } = await sink.ask("/count");
    const now = performance.now();
    if (now - lastAt >= 2_000) {
      rates.push(((taken - last) / (now - lastAt)) * 1000);
      [last, lastAt] = [taken, now];
    }
    const state = (await sql(`SELECT state FROM newsletter_issue WHERE code = 'bench001';`)).trim();
    if (state === "sent") break;
    if (now - killed >= KILL_EVERY_MS) {
      await server.kill();
      kills += 1;
      const from = performance.now();
      await server.start();
      down += performance.now() - from;
      killed = performance.now();
      [last, lastAt] = [(await sink.ask("/count")).taken, killed];
    }
    if (now - began > GIVE_UP_MS) throw new Error(`not sent in time: ${JSON.stringify(await tally())}`);
  }
  const seconds = (performance.now() - began - down) / 1000;
  const counted = await sink.ask("/count");
  const account = await tally();
  const sum = Object.values(account).reduce((a, b) => a + b, 0);
  // A letter that is unknown may be at the sink or not; one that is sent is.
  const unaccounted = LETTERS - sum + Math.max(0, (account.sent ?? 0) - counted.distinct) + Math.max(0, counted.distinct - (account.sent ?? 0) - (account.unknown ?? 0));
  return [
    { name: "letters sent in a second", value: Math.round(counted.taken / seconds), unit: "count", above: 2_000, note: `${LETTERS.toLocaleString("en")} letters, best two seconds ${Math.round(Math.max(0, ...rates))}, ${kills} kills, ${counted.lines} lines` },
    { name: "letters that arrived twice", value: counted.twice, unit: "count", below: 1 },
    { name: "letters unaccounted for", value: unaccounted, unit: "count", below: 1, note: JSON.stringify(account) },
    { name: "letters unknown after all kills", value: account.unknown ?? 0, unit: "count", below: 4 * kills + 1, note: "at most one a connection and kill" },
  ];
}
