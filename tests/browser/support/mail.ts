// An SMTP server on loopback that keeps what it gets: Debian's aiosmtpd with a Maildir.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./port.ts";

const START_TIMEOUT_MS = 10_000;
const PAUSE_MS = 100;

export interface MailSink {
  /** What the product is started with to send its mail here. */
  settings: Record<string, string>;
  /** The messages so far, whole, in the order of arrival. */
  messages(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openMailSink(): Promise<MailSink> {
  const [folder, port] = [await mkdtemp(join(tmpdir(), "lantoa-mail-")), await freePort()];
  const maildir = join(folder, "mail");
  const python = await withAiosmtpd();
  const child = spawn(
    python,
    ["-m", "aiosmtpd", "-n", "-l", `127.0.0.1:${port}`, "-c", "aiosmtpd.handlers.Mailbox", maildir],
    { stdio: "ignore" },
  );
  const gone = once(child, "exit");
  await listening(port);
  return {
    settings: {
      LANTOA_SMTP__URL: `smtp://127.0.0.1:${port}`,
      LANTOA_SMTP__FROM: "Lan Tỏa <lantoa@dongthap.example>",
    },
    async messages() {
      const names = await readdir(join(maildir, "new")).catch(() => []);
      return Promise.all(names.sort().map((name) => readFile(join(maildir, "new", name), "utf8")));
    },
    async close() {
      child.kill("SIGTERM");
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A message with its parts decoded, whatever they travelled as. */
export function decoded(letter: string): string {
  const parts = letter.split(/\r?\n\r?\n/).map((part) => part.split(/\r?\n--/)[0]!.replace(/\s/g, ""));
  const base64 = parts.filter((part) => /^[A-Za-z0-9+/]+=*$/.test(part)).map((part) => Buffer.from(part, "base64").toString());
  const joined = Buffer.from(letter.replace(/=\r?\n/g, ""), "utf8").toString("latin1");
  const quoted = joined.replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return [Buffer.from(quoted, "latin1").toString("utf8"), ...base64].join("\n");
}

/** Debian's package serves Debian's own python3, which may not be the first on PATH. */
async function withAiosmtpd(): Promise<string> {
  for (const python of ["/usr/bin/python3", "python3"]) {
    const child = spawn(python, ["-c", "import aiosmtpd"], { stdio: "ignore" });
    const [code] = await once(child, "exit").catch(() => [1]);
    if (code === 0) return python;
  }
  throw new Error("aiosmtpd is missing. Run: scripts/setup test");
}

async function listening(port: number): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const open = await new Promise<boolean>((answer) => {
      const socket = connect(port, "127.0.0.1", () => (socket.destroy(), answer(true)));
      socket.once("error", () => answer(false));
    });
    if (open) return;
    await new Promise((wake) => setTimeout(wake, PAUSE_MS));
  }
  throw new Error(`the SMTP sink did not listen within ${START_TIMEOUT_MS / 1000} s`);
}
