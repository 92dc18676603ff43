// A server of the Fediverse on loopback with one account that follows. It asks whose key signed a call and believes nobody without a
// right signature (draft-cavage-http-signatures-12), as Mastodon does.
import { createHash, createSign, createVerify, generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const MEDIA_TYPE = "application/activity+json";

export interface Activity {
  id: string;
  type: string;
  object: unknown;
}

export interface Fediverse {
  /** What the product is started with to be let to it. */
  settings: Record<string, string>;
  /** Its account asks to follow the actor of the product at `url`; the status of the answer. */
  follow(url: string, username: string): Promise<number>;
  /** What was believed, in the order of arrival; the same activity as often as it came. */
  heard: Activity[];
  /** Calls whose signature was not right. */
  refused: number;
  close(): Promise<void>;
}

export async function openFediverse(): Promise<Fediverse> {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = keys.publicKey.export({ type: "spki", format: "pem" }) as string;
  const server = createServer((asked, answer) => void serve(asked, answer).catch(() => end(answer, 500)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const reader = `${home}/users/doc-gia`;

  async function serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    if (asked.method === "GET") {
      const known = asked.url === "/users/doc-gia";
      return end(answer, known ? 200 : 404, known ? account(home, reader, pem) : undefined);
    }
    const body = await whole(asked);
    if (!(await believes(asked, body))) {
      fediverse.refused += 1;
      return end(answer, 401);
    }
    fediverse.heard.push(JSON.parse(body.toString("utf8")) as Activity);
    end(answer, 202);
  }

  const fediverse: Fediverse = {
    settings: { LANTOA_SYNDICATION_PRIVATE: "true" },
    heard: [],
    refused: 0,
    async follow(url, username) {
      const [path, host] = [`/ap/${username}/inbox`, new URL(url).host];
      const object = `${url}/ap/${username}`;
      const follow = { "@context": "https://www.w3.org/ns/activitystreams", id: `${home}/activities/1`, type: "Follow", actor: reader, object };
      const body = JSON.stringify(follow);
      const headers = { host, date: new Date().toUTCString(), digest: digestOf(Buffer.from(body)) };
      const text = signed(["(request-target)", "host", "date", "digest"], { ...headers, "(request-target)": `post ${path}` });
      const signature = createSign("RSA-SHA256").update(text).sign(keys.privateKey, "base64");
      const names = `headers="(request-target) host date digest"`;
      return post(url, path, body, {
        ...headers,
        signature: `keyId="${reader}#main-key",algorithm="rsa-sha256",${names},signature="${signature}"`,
      });
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return fediverse;
}

async function whole(asked: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of asked) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** The document of the account, as far as others need it. */
function account(home: string, reader: string, pem: string): unknown {
  return {
    "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
    id: reader,
    type: "Person",
    preferredUsername: "doc-gia",
    inbox: `${reader}/inbox`,
    endpoints: { sharedInbox: `${home}/inbox` },
    publicKey: { id: `${reader}#main-key`, owner: reader, publicKeyPem: pem },
  };
}

/** Whether target, host, date and digest are signed by the key that is named, and the digest is the body's. */
async function believes(asked: IncomingMessage, body: Buffer): Promise<boolean> {
  const parts = Object.fromEntries([...String(asked.headers.signature ?? "").matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
  const names = String(parts.headers ?? "").split(" ");
  if (!["(request-target)", "host", "date", "digest"].every((name) => names.includes(name))) return false;
  if (asked.headers.digest !== digestOf(body)) return false;
  const target = `${asked.method!.toLowerCase()} ${asked.url}`;
  const text = signed(names, { ...(asked.headers as Record<string, string>), "(request-target)": target });
  const document = await fetch(String(parts.keyId).split("#")[0]!, { headers: { accept: MEDIA_TYPE } });
  const { publicKey } = (await document.json()) as { publicKey: { id: string; publicKeyPem: string } };
  if (publicKey.id !== parts.keyId) return false;
  return createVerify("RSA-SHA256").update(text).verify(publicKey.publicKeyPem, String(parts.signature), "base64");
}

function signed(names: string[], values: Record<string, string>): string {
  return names.map((name) => `${name}: ${values[name]}`).join("\n");
}

function digestOf(body: Buffer): string {
  return `SHA-256=${createHash("sha256").update(body).digest("base64")}`;
}

/** The status of the answer. `fetch` would put a host and a date of its own in place. */
function post(url: string, path: string, body: string, headers: Record<string, string>): Promise<number> {
  return new Promise((answered, failed) => {
    const calling = request(new URL(path, url), { method: "POST", headers: { ...headers, "content-type": MEDIA_TYPE } }, (answer) => {
      answer.resume();
      answered(answer.statusCode ?? 0);
    });
    calling.once("error", failed);
    calling.end(body);
  });
}

function end(answer: ServerResponse, status: number, document?: unknown): void {
  answer.writeHead(status, { "content-type": MEDIA_TYPE });
  answer.end(document === undefined ? "" : JSON.stringify(document));
}
