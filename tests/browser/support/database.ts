// A database of its own for every server under test.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";

const run = promisify(execFile);
const STATEMENT_TIMEOUT_MS = 30_000;

export type Engine = "sqlite" | "postgres";

export interface Database {
  /** Undefined on SQLite: the file in the data folder is the default. */
  url?: string;
  drop(): Promise<void>;
}

export async function createDatabase(engine: Engine): Promise<Database> {
  if (engine === "sqlite") return { drop: async () => {} };
  const server = process.env.LANTOA_TEST_POSTGRES;
  if (!server) {
    throw new Error("LANTOA_TEST_POSTGRES is not set. Run: scripts/with-postgres npm --prefix tests/browser test");
  }
  const name = `browser_${randomBytes(6).toString("hex")}`;
  await statement(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => statement(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function statement(server: string, sql: string): Promise<void> {
  await run("psql", [server, "-qX", "-v", "ON_ERROR_STOP=1", "-c", sql], { timeout: STATEMENT_TIMEOUT_MS });
}
