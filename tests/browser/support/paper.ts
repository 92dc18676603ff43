// What the product wrote, as pictures: the first pages as LibreOffice and poppler show them. Only when pictures are wanted.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { leavings, program, repository } from "./places.ts";

const run = promisify(execFile);
const TIMEOUT_MS = 120_000;
/** A page of A4 at this many points to an inch is as wide as a picture of the guide. */
const POINTS_PER_INCH = "96";

/** Takes a page of a file into docs/pictures under that name, when LANTOA_PICTURES=1. */
export async function paper(bytes: Buffer, format: "docx" | "pdf", picture: string, number = 1): Promise<void> {
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
  const page = ["-f", `${number}`, "-l", `${number}`, "-singlefile"];
  await run(poppler, ["-png", "-r", POINTS_PER_INCH, ...page, join(folder, "paper.pdf"), place], { timeout: TIMEOUT_MS });
  await rm(folder, { recursive: true, force: true });
}
