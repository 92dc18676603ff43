// What the product wrote, as pictures: pages as LibreOffice and poppler show them. Only when pictures are wanted.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { leavings, program, repository } from "./places.ts";

const run = promisify(execFile);
const TIMEOUT_MS = 120_000;
/** A page of A4 at this many points to an inch is as wide as a picture of the guide. */
const POINTS_PER_INCH = "96";

/** Takes a page of a file into docs/pictures under that name, when LANTOA_PICTURES=1: the first, or the first on which these words stand. */
export async function paper(bytes: Buffer, format: "docx" | "pdf", picture: string, words = ""): Promise<void> {
  if (process.env.LANTOA_PICTURES !== "1") return;
  const [office, poppler] = [program("soffice", "libreoffice"), program("pdftoppm")];
  if (!office || !poppler) throw new Error("LibreOffice or poppler is missing. Run: scripts/setup test");
  await mkdir(join(leavings, "documents"), { recursive: true });
  const folder = await mkdtemp(join(leavings, "documents", "paper-"));
  const file = join(folder, `paper.${format}`);
  await writeFile(file, bytes);
  if (format === "docx") {
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    await run(office, [profile, "--headless", "--convert-to", "pdf", "--outdir", folder, file], { timeout: TIMEOUT_MS });
  }
  const place = join(repository, "docs", "pictures", picture);
  const number = words === "" ? 1 : await pageWith(join(folder, "paper.pdf"), words);
  const page = ["-f", `${number}`, "-l", `${number}`, "-singlefile"];
  await run(poppler, ["-png", "-r", POINTS_PER_INCH, ...page, join(folder, "paper.pdf"), place], { timeout: TIMEOUT_MS });
  await rm(folder, { recursive: true, force: true });
}

/** The first page of a PDF on which these words stand, from 1. */
async function pageWith(file: string, words: string): Promise<number> {
  const { stdout } = await run("pdftotext", [file, "-"], { timeout: TIMEOUT_MS, maxBuffer: 1 << 24 });
  const found = stdout.normalize("NFC").split("\f").findIndex((page) => page.includes(words));
  if (found < 0) throw new Error(`no page says ${words}`);
  return found + 1;
}
