// The line to a province's loudspeakers: the release binary, a real broker (mosquitto), and 1,600 clusters of the doubles' program, of
// which 8 % never come, 2 % acknowledge and play nothing, and some believe that it is 1970. An order to all of them, then an emergency
// that breaks in; both from the minute they are due until the last cluster that can has acknowledged, by the rows of the database.
import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { binary, freePort, Server } from "./program.mjs";
import { createDatabase, psql, sqlite } from "./serving.mjs";
import { median } from "./table.mjs";

const CLUSTERS = 1_600;
// Not those of the demo's own clusters.
const FIRST = 869_000_000_000_000;
const COME_MS = 180_000;
const WAIT_MS = 120_000;
const PLACES = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto"];

class LineServer extends Server {
  environment() {
    return { ...super.environment(), LANTOA_LOUDSPEAKERS__MQTT__BROKER: `mqtt://127.0.0.1:${this.broker}` };
  }
}

/** @param {"sqlite" | "postgres"} engine @param {number} rounds @returns {Promise<import("./table.mjs").Figure[]>} */
export async function measureFleet(engine, rounds) {
  const mosquitto = await installed();
  if (!mosquitto) {
    console.error("bench: the line to loudspeakers is not measured; it needs mosquitto (scripts/setup bench installs it)");
    return [];
  }
  const folder = await mkdtemp(join(tmpdir(), "lantoa-bench-"));
  const url = engine === "postgres" ? await createDatabase() : undefined;
  const server = new LineServer(folder, url);
  const base = new Base(engine, url, join(folder, "data", "lantoa.sqlite"));
  const children = [];
  try {
    server.broker = await freePort();
    children.push(await broker(mosquitto, folder, server.broker));
    await server.start();
    const clusters = await stand(base);
    const { child, there } = await fleet(server.broker);
    children.push(child);
    const came = await base.until("SELECT count(*) FROM loudspeaker_cluster WHERE last_seen IS NOT NULL", there, COME_MS);
    const [orders, emergencies] = [[], []];
    for (let round = 1; round <= rounds; round++) {
      orders.push(await tell(base, clusters, `bench-${round}-a`, "provincial", there));
      emergencies.push(await tell(base, clusters, `bench-${round}-b`, "emergency", there));
    }
    const of = (list, key) => median(list.map((one) => one[key]));
    const all = `${there} of ${CLUSTERS} can`;
    return [
      { name: `${engine}: ${CLUSTERS} clusters heard for the first time`, value: came, unit: "ms" },
      { name: `${engine}: an order acknowledged by all clusters`, value: of(orders, "heard"), unit: "ms", below: 60_000, note: all },
      { name: `${engine}: an emergency acknowledged by all`, value: of(emergencies, "heard"), unit: "ms", below: 5_000, note: all },
      { name: `${engine}: from its minute to the broker, the last order`, value: of([...orders, ...emergencies], "sent"), unit: "ms", below: 1_000 },
    ];
  } finally {
    for (const child of children.reverse()) child.kill("SIGKILL");
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function installed() {
  for (const place of PLACES) {
    if (await access(place).then(() => true, () => false)) return place;
  }
}

async function broker(mosquitto, folder, port) {
  const file = join(folder, "mosquitto.conf");
  await writeFile(file, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\nmax_inflight_messages 5000\nmax_queued_messages 100000\n`);
  const child = spawn(mosquitto, ["-c", file], { stdio: "ignore" });
  await new Promise((wake) => setTimeout(wake, 500));
  if (child.exitCode !== null) throw new Error("mosquitto did not start");
  return child;
}

/** The clusters, and how many of them can acknowledge: those that come and whose clock is right. */
async function fleet(port) {
  const args = ["fleet", "--broker", `127.0.0.1:${port}`, "--clusters", CLUSTERS, "--first", FIRST, "--for-s", 1_200];
  const child = spawn(join(dirname(binary), "doubles"), args.map(String), { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const of = await new Promise((told, failed) => {
    lines.once("line", (line) => told(JSON.parse(line).of));
    child.once("error", failed);
    child.once("exit", (status) => failed(new Error(`doubles fleet ended with ${status}`)));
  });
  return { child, there: CLUSTERS - (of.offline ?? 0) - (of.unset ?? 0) };
}

/** One station with all clusters. @returns {Promise<string[]>} their ids */
async function stand(base) {
  const agency = (await base.ask(`SELECT ${base.shown("id")} FROM agency LIMIT 1`)).trim();
  const station = randomUUID();
  const ids = Array.from({ length: CLUSTERS }, () => randomUUID());
  const now = base.now();
  const rows = ids.map(
    (id, n) =>
      `(${base.id(id)}, ${base.id(station)}, ${base.id(agency)}, '${FIRST + n}', 'Cụm ${n} (demo)', 'speaker', '', 80, 'no-key', 'active', ` +
      `${base.yes}, ${now}, 1, '', '', '', '', '', 0)`,
  );
  await base.feed([
    `INSERT INTO loudspeaker_station (id, agency, name, hamlets, programme, reair, reair_max, reair_within_min, demo, made_at, version) ` +
      `VALUES (${base.id(station)}, ${base.id(agency)}, 'Đài (demo)', '', '{"slots":[],"quiet":[]}', 'ask', 0, 60, ${base.yes}, ${now}, 1)`,
    `INSERT INTO loudspeaker_cluster (id, station, agency, device, name, kind, hamlet, volume, credentials, state, demo, made_at, version, ` +
      `playing, connection, firmware, trouble, airtime, airtime_version) VALUES ${rows.join(",\n")}`,
  ]);
  return ids;
}

/** Says an order to all; how long until the last was sent and the last that can had acknowledged, in ms after it was due. */
async function tell(base, clusters, name, precedence, there) {
  const [now, good] = [base.now(), base.now(600)];
  const rows = clusters.map((cluster) => {
    const id = randomUUID();
    const play = { message: "play", id, sent_at: "2026-01-01T00:00:00Z", bulletin: name, content: null, precedence, from_s: null, duration_s: 900 };
    return `(${base.id(id)}, ${base.id(cluster)}, 'play', '${JSON.stringify(play)}', ${now}, ${now}, ${good}, 0, 'waiting', '${name}', 1)`;
  });
  await base.feed([
    `INSERT INTO loudspeaker_order (id, cluster, kind, payload, made_at, due_at, expires_at, attempts, state, says, version) VALUES ${rows.join(",\n")}`,
  ]);
  const begun = Date.now();
  await base.until(`SELECT count(*) FROM loudspeaker_order WHERE says = '${name}' AND state = 'acknowledged'`, there, WAIT_MS);
  const times = await base.ask(
    `SELECT ${["min(due_at)", "max(acknowledged_at)", `max(CASE WHEN attempts <= 1 THEN sent_at END)`].map((one) => base.text(one)).join(" || '|' || ")} ` +
      `FROM loudspeaker_order WHERE says = '${name}'`,
  );
  // What is due was inserted a moment after the time it says: the clock of the measure is the insertion's end, when it is later.
  const [due, heard, sent] = times.trim().split("|").map((one) => Date.parse(one.replace(" ", "T").replace(/\+00$/, "+00:00")));
  const from = Math.max(due, begun);
  return { heard: Math.max(0, heard - from), sent: Math.max(0, sent - from) };
}

/** Either database, as far as the two say things differently. */
class Base {
  constructor(engine, url, file) {
    Object.assign(this, { engine, url, file, isPostgres: engine === "postgres" });
    this.yes = this.isPostgres ? "true" : "1";
  }

  id = (id) => (this.isPostgres ? `'${id}'` : `x'${id.replaceAll("-", "")}'`);
  shown = (column) => (this.isPostgres ? column : `lower(hex(${column}))`);
  text = (value) => (this.isPostgres ? `coalesce((${value})::text, '')` : `coalesce(${value}, '')`);
  ask = (text) => (this.isPostgres ? psql(this.url, text) : sqlite(this.file, text));

  now(later_s = 0) {
    return `'${new Date(Date.now() + later_s * 1000).toISOString().replace("Z", "+00:00")}'`;
  }

  /** Statements in one transaction, by standard input: they are longer than an argument may be. */
  feed(statements) {
    const [program, args] = this.isPostgres
      ? ["psql", [this.url, "-qXAt", "-v", "ON_ERROR_STOP=1"]]
      : ["sqlite3", ["-bail", "-cmd", ".timeout 10000", this.file]];
    return new Promise((done, failed) => {
      const child = execFile(program, args, (error) => (error ? failed(error) : done()));
      child.stdin.end(`BEGIN;\n${statements.join(";\n")};\nCOMMIT;\n`);
    });
  }

  /** Asks for a count again and again until it is reached; how long that took. */
  async until(question, count, most_ms) {
    const begun = performance.now();
    for (;;) {
      const there = Number(await this.ask(question));
      const ms = performance.now() - begun;
      if (there >= count) return ms;
      if (ms > most_ms) throw new Error(`${there} of ${count}: ${question}`);
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }
}
