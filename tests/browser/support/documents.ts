// The plan that the tests import: plan 118 when the reference folder lies beside the repository, else
// the plan of the demo; as text, and as .docx and .pdf saved by LibreOffice.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { leavings, program, repository } from "./places.ts";

const run = promisify(execFile);
const CONVERSION_TIMEOUT_MS = 120_000;

export interface Plan {
  title: string;
  txt: string;
  docx: string;
  pdf: string;
  /** How many provisions a careful reader counted; undefined for the plan of the demo. */
  provisions?: number;
}

export async function planToImport(): Promise<Plan> {
  const shared = resolve(process.env.LANTOA_SHARED ?? join(repository, "..", "shared"));
  const reference = join(shared, "data", "plan-118.txt");
  if (existsSync(reference)) {
    const truth = JSON.parse(await readFile(join(shared, "data", "plan-118.truth.json"), "utf8")) as unknown[];
    return { title: "118/KH-UBND", provisions: truth.length, ...(await inThreeForms(reference)) };
  }
  console.log("skipped: ../shared is absent; the plan of the demo is imported instead of plan 118");
  return { title: "KH-UBND", ...(await inThreeForms(join(repository, "lantoa", "data", "demo-plan.txt"))) };
}

/** The plan that the demo ships, as text. */
export async function demoPlan(): Promise<string> {
  return readFile(join(repository, "lantoa", "data", "demo-plan.txt"), "utf8");
}

/** Converted once per text: the folder is named by what it was made from, and appears whole. */
async function inThreeForms(source: string): Promise<{ txt: string; docx: string; pdf: string }> {
  const digest = createHash("sha256").update(await readFile(source)).digest("hex").slice(0, 16);
  const folder = join(leavings, "documents", digest);
  if (!existsSync(folder)) await convert(source, folder);
  return { txt: join(folder, "plan.txt"), docx: join(folder, "plan.docx"), pdf: join(folder, "plan.pdf") };
}

async function convert(source: string, folder: string): Promise<void> {
  const office = program("soffice", "libreoffice");
  if (!office) throw new Error("LibreOffice is missing. Run: scripts/setup test");
  const parent = join(leavings, "documents");
  await mkdir(parent, { recursive: true });
  const draft = await mkdtemp(join(parent, "draft-"));
  await copyFile(source, join(draft, "plan.txt"));
  const save = (as: string, from: string, ...filter: string[]) =>
    run(
      office,
      [`-env:UserInstallation=file://${draft}/profile`, "--headless", ...filter, "--convert-to", as, "--outdir", draft, from],
      { timeout: CONVERSION_TIMEOUT_MS },
    );
  await save("docx:MS Word 2007 XML", join(draft, "plan.txt"), "--infilter=Text (encoded):UTF8,LF,,,");
  await save("pdf", join(draft, "plan.docx"));
  await rm(join(draft, "profile"), { recursive: true, force: true });
  // Another worker may have been quicker: its folder holds the same.
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
}
