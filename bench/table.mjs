// Figures, and the table they are printed in.

/**
 * @typedef {object} Figure
 * @property {string} name
 * @property {number} value in `unit`
 * @property {"ms" | "MB" | "count" | "%"} unit
 * @property {number} [below] the target: the value must be less; absent for figures that only inform
 * @property {number} [above] the target of what should be much: the value must not be less
 * @property {string} [note]
 */

/** @param {number[]} values */
export const median = (values) => quantile(values, 0.5);

/** The nearest-rank quantile. @param {number[]} values @param {number} share from 0 to 1 */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** @param {Figure[]} figures */
export const missed = (figures) => figures.filter((figure) => !meets(figure));

/** @param {Figure} figure */
function meets({ value, below, above }) {
  return (below === undefined || value < below) && (above === undefined || value >= above); // NaN misses
}

/** @param {Figure} figure */
function target({ unit, below, above }) {
  const sign = below === undefined ? "≥" : "<";
  return below === undefined && above === undefined ? "" : `${sign} ${below ?? above} ${unit}`;
}

/** @param {Figure[]} figures */
export function print(figures) {
  const rows = figures.map((figure) => [
    figure.name,
    shown(figure.value, figure.unit),
    target(figure),
    target(figure) === "" ? "" : meets(figure) ? "met" : "MISSED",
    figure.note ?? "",
  ]);
  const table = [["figure", "median", "target", "", "note"], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table) console.log(row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd());
  const short = missed(figures);
  console.log(short.length === 0 ? "\nevery target met" : `\n${short.length} missed: ${short.map((f) => f.name).join("; ")}`);
}

/** @param {number} value @param {string} unit */
function shown(value, unit) {
  return unit === "count" || unit === "%" ? String(value) : `${value.toFixed(value < 10 ? 2 : 1)} ${unit}`;
}
