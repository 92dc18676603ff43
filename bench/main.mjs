// `make bench`: prints every figure beside its target and ends with status 1 when one is missed.
// Bounded in requests and time, on loopback only. A shared machine is noisy: every figure is the median
// of several rounds, and page times are also given as a multiple of /healthz measured in the same round.
import { parseArgs } from "node:util";
import { measureAssistant } from "./assistant.mjs";
import { measureDuties } from "./duties.mjs";
import { measureLetters } from "./letters.mjs";
import { measureFleet } from "./fleet.mjs";
import { measureMeasures } from "./measures.mjs";
import { measureNews } from "./news.mjs";
import { measureReading } from "./reading.mjs";
import { measureSearch } from "./search.mjs";
import { measureServing } from "./serving.mjs";
import { print, missed } from "./table.mjs";
import { measureWriting } from "./writing.mjs";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    only: { type: "string" },
  },
});
const rounds = Math.max(1, Number.parseInt(options.rounds, 10) || 3);

/** @type {{[name: string]: () => Promise<import("./table.mjs").Figure[]>}} */
const parts = {
  reading: () => measureReading(rounds),
  writing: () => measureWriting(),
  search: () => measureSearch(rounds),
  sqlite: () => measureServing("sqlite", rounds),
  postgres: () => measureServing("postgres", rounds),
  "news-sqlite": () => measureNews("sqlite", rounds),
  "news-postgres": () => measureNews("postgres", rounds),
  "assistant-sqlite": () => measureAssistant("sqlite"),
  "assistant-postgres": () => measureAssistant("postgres"),
  "duties-sqlite": () => measureDuties("sqlite", rounds),
  "duties-postgres": () => measureDuties("postgres", rounds),
  "measures-sqlite": () => measureMeasures("sqlite", rounds),
  "measures-postgres": () => measureMeasures("postgres", rounds),
  "letters-sqlite": () => measureLetters("sqlite"),
  "letters-postgres": () => measureLetters("postgres"),
  "fleet-sqlite": () => measureFleet("sqlite", rounds),
  "fleet-postgres": () => measureFleet("postgres", rounds),
};
if (options.only && !parts[options.only]) {
  console.error(`bench: no part '${options.only}'. Parts: ${Object.keys(parts).join(", ")}`);
  process.exit(2);
}

const figures = [];
for (const [name, measure] of Object.entries(parts)) {
  if (options.only && options.only !== name) continue;
  console.error(`bench: ${name}`);
  figures.push(...(await measure()));
}
print(figures);
process.exitCode = missed(figures).length > 0 ? 1 : 0;
