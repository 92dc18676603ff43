// Where things lie: the repository, what was built from it, and the programs of this machine.
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** Cargo's own rule: a relative CARGO_TARGET_DIR counts from where cargo runs, the repository. */
export const target = resolve(repository, process.env.CARGO_TARGET_DIR ?? "target");

/** Everything a run leaves behind: reports, traces, server logs, converted documents. */
export const leavings = join(target, "test", "browser");

/** The binary under test. LANTOA_BIN names another one, a release build for instance. */
export function binary(): string {
  const path = process.env.LANTOA_BIN ?? join(target, "debug", "lantoa");
  if (!existsSync(path)) {
    throw new Error(`${path} is not built. Run: scripts/test build`);
  }
  return path;
}

export function program(...names: string[]): string | undefined {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      if (existsSync(path)) return path;
    }
  }
  return undefined;
}

export function chromium(): string {
  const path = process.env.LANTOA_CHROMIUM ?? program("chromium", "chromium-browser", "google-chrome");
  if (!path) throw new Error("Chromium is missing. Run: scripts/setup test");
  return path;
}
