// What lies outside the product, all of it on loopback: platforms, a push service, a server of the Fediverse, mailboxes, loudspeakers.
import { openDoubles, type DoubleName, type Doubles } from "./doubles.ts";
import { openFediverse, type Fediverse } from "./fediverse.ts";
import type { Device } from "./fleet.ts";
import { openMailSink, type MailSink } from "./mail.ts";
import { expect, test as base } from "./world.ts";

export { expect };

/** Everybody whom an article goes out to. */
export interface Outside {
  doubles: Doubles;
  fediverse: Fediverse;
  sink: MailSink;
  /** Clusters of loudspeakers; whoever opens one puts it here. */
  devices: Device[];
}

export const test = base.extend<object, { outside: Outside }>({
  outside: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const outside: Outside = { doubles: await openDoubles(), fediverse: await openFediverse(), sink: await openMailSink(), devices: [] };
      await use(outside);
      for (const one of [...outside.devices, outside.doubles, outside.fediverse, outside.sink]) await one.close();
    },
    { scope: "worker" },
  ],
  settings: [
    async ({ outside: { doubles, fediverse, sink } }, use) => use({ ...doubles.settings, ...fediverse.settings, ...sink.settings }),
    { scope: "worker" },
  ],
});

const TOKEN = "token-of-the-double";
const RENEWED = { client_secret: TOKEN, refresh_token: "refresh-of-the-test", audited: "yes", privacy: "public" };
const ZALO = { app_id: "app-of-the-double", app_secret: "secret-of-the-double", refresh_token: "refresh-of-the-double" };

/** An account of the agency: its name, and its form's fields. */
export interface Account {
  platform: DoubleName;
  name: string;
  fields: Record<string, string>;
}

export const ACCOUNTS: Account[] = [
  { platform: "telegram", name: "Kênh tin của sở", fields: { chat: "@kenh_cua_tinh", token: TOKEN } },
  { platform: "facebook", name: "Trang của sở", fields: { page: "1", token: TOKEN } },
  { platform: "zalo", name: "OA của sở", fields: { ...ZALO, author: "Sở Khoa học và Công nghệ" } },
  { platform: "youtube", name: "Phim của sở", fields: { ...RENEWED, client_id: "du-an" } },
  { platform: "tiktok", name: "Phim ngắn của sở", fields: { ...RENEWED, client_key: "ung-dung", username: "tinh-mau", privacy: "everyone" } },
  { platform: "sms", name: "Tin nhắn của sở", fields: { sender: "SKHCN", secret: TOKEN } },
];
/** The day and the minute in Vietnam, so much later. */
export function later(ms: number): { date: string; time: string } {
  const [date, time] = new Date(Date.now() + 7 * 3_600_000 + ms).toISOString().split("T") as [string, string];
  return { date, time: time.slice(0, 5) };
}
