// Reading a plan, and refusing or reading hostile text, each in a process of its own.
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runOnce } from "./program.mjs";
import { median } from "./table.mjs";

const repository = fileURLToPath(new URL("..", import.meta.url));
const HOSTILE_BYTES = 10_000_000;
const RUNS_PER_ROUND = 7;

/** Each would make a careless reader quadratic, recursive or greedy. */
const HOSTILE = {
  "dash lines": "- \n",
  "dashes on one line": "-",
  "open brackets": "(",
  "roman numerals": "I.\n",
  "letters with marks apart": "ế ".normalize("NFD"),
  "deadlines": "Hoàn thành trong năm 2026; ",
};

/** @param {number} rounds @returns {Promise<import("./table.mjs").Figure[]>} */
export async function measureReading(rounds) {
  const folder = await mkdtemp(join(tmpdir(), "lantoa-bench-"));
  try {
    return [await readPlan(rounds), ...(await readHostile(folder, rounds))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The time of the whole process less that of one which does nothing: reading and recognising alone. */
async function readPlan(rounds) {
  const { file, name } = planFile();
  const [idle, busy] = [[], []];
  for (let run = 0; run < rounds * RUNS_PER_ROUND; run++) {
    idle.push((await runOnce(["--version"])).ms);
    const reading = await runOnce(["plan", "read", file, "--format", "json"]);
    if (reading.status !== 0) throw new Error(`lantoa plan read ${file} ended with status ${reading.status}`);
    busy.push(reading.ms);
  }
  return { name: `read ${name}`, value: median(busy) - median(idle), unit: "ms", below: 50, note: `process start ${median(idle).toFixed(1)} ms left out` };
}

function planFile() {
  const reference = resolve(process.env.LANTOA_SHARED ?? join(repository, "..", "shared"), "data", "plan-118.txt");
  if (existsSync(reference)) return { file: reference, name: "plan 118" };
  console.error("skipped: ../shared is absent; the plan of the demo is read instead of plan 118");
  return { file: join(repository, "lantoa", "data", "demo-plan.txt"), name: "the demo plan" };
}

/** Worst of the kinds, each the median of its rounds; an error is as good an answer as a reading. */
async function readHostile(folder, rounds) {
  const figures = [];
  for (const [name, unit] of Object.entries(HOSTILE)) {
    const file = join(folder, "hostile.txt");
    await writeFile(file, unit.repeat(Math.floor(HOSTILE_BYTES / Buffer.byteLength(unit))));
    const runs = [];
    for (let round = 0; round < rounds; round++) runs.push(await runOnce(["plan", "read", file, "--format", "json"]));
    const note = runs[0].status === 0 ? "read" : `refused, status ${runs[0].status}`;
    figures.push({ name: `10 MB of ${name}`, value: median(runs.map((run) => run.ms)), unit: "ms", below: 1000, note });
    figures.push({ name: "  peak memory", value: Math.max(...runs.map((run) => run.peakMB)), unit: "MB", below: 200 });
  }
  return figures;
}
