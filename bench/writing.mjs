// Writing the report of a province with an appendix of 122 rows, as DOCX and as PDF.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const BUILD_TIMEOUT_MS = 3_600_000;
const BELOW_MS = { docx: 200, pdf: 1500 };

const repository = fileURLToPath(new URL("..", import.meta.url));

/** The bench of the leaf, built as the release is. @returns {Promise<import("./table.mjs").Figure[]>} */
export async function measureWriting() {
  const args = ["bench", "--quiet", "-p", "official-document", "--bench", "write", "--", "--json"];
  const { stdout } = await promisify(execFile)("cargo", args, { cwd: repository, timeout: BUILD_TIMEOUT_MS });
  const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
  const figures = lines.map((line) => JSON.parse(line));
  return figures.map(({ name, ms }) => ({
    name: `write a report with 122 rows as ${name.toUpperCase()}`,
    value: ms,
    unit: /** @type {const} */ ("ms"),
    below: BELOW_MS[name],
    note: name === "pdf" ? "tagged PDF/A-2a with two drawings" : "two drawings as SVG and PNG",
  }));
}
