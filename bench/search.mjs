// The index alone, over generated documents: what a question, a suggestion and an update take, and what it needs of memory.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { median } from "./table.mjs";

const TIMEOUT_MS = 20 * 60_000;
const DOCUMENTS = Number(process.env.LANTOA_BENCH_DOCUMENTS ?? 100_000);

/** @param {number} rounds @returns {Promise<import("./table.mjs").Figure[]>} */
export async function measureSearch(rounds) {
  const build = ["build", "--release", "--locked", "-p", "retrieval", "--example", "measure"];
  await promisify(execFile)("cargo", build, { timeout: TIMEOUT_MS });
  const runs = [];
  for (let round = 0; round < Math.min(rounds, 3); round++) {
    const run = await promisify(execFile)("target/release/examples/measure", [String(DOCUMENTS)], { timeout: TIMEOUT_MS });
    runs.push(JSON.parse(run.stdout));
  }
  const of = (/** @type {string} */ name) => median(runs.map((run) => run[name]));
  const note = `${DOCUMENTS.toLocaleString("en")} documents of 400 syllables`;
  return [
    { name: "search, 95 of 100", value: of("search_p95_ms"), unit: "ms", below: 15, note },
    { name: "search within an agency, 95 of 100", value: of("narrowed_p95_ms"), unit: "ms", below: 15 },
    { name: "suggestions, 95 of 100", value: of("suggest_p95_ms"), unit: "ms", below: 5 },
    { name: "an update until it is found", value: of("update_ms"), unit: "ms", below: 5_000 },
    { name: "a removal until it is gone", value: of("delete_ms"), unit: "ms", below: 5_000 },
    { name: "search, memory of its own", value: of("own_mb"), unit: "MB", below: 400, note: `peak with mapped files ${of("peak_mb")} MB` },
    { name: "search, documents written in a second", value: of("per_s"), unit: "count" },
  ];
}
