// The service worker: shows notices and opens what they are about. It keeps no pages and counts nothing; the only thing it remembers is
// which notices it has shown, since the server may send one twice when it can not know whether the first arrived.

interface Notice {
  id: string;
  tag: string;
  title: string;
  body: string;
  lang: string;
  url: string;
  renotify: boolean;
}

interface Worker extends EventTarget {
  registration: ServiceWorkerRegistration;
  clients: { matchAll(options: object): Promise<readonly (Client & { focus(): Promise<unknown> })[]>; openWindow(url: string): Promise<unknown> };
  location: Location;
  skipWaiting(): Promise<void>;
}

interface Client {
  url: string;
}

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

const worker = self as unknown as Worker;
const SHOWN = "lantoa-shown";
/** As many notices are remembered: more than come in a week. */
const SHOWN_MAX = 60;

worker.addEventListener("install", (event) => (event as Waiting).waitUntil(worker.skipWaiting()));

worker.addEventListener("push", (event) => {
  const { data } = event as Waiting & { data?: { json(): unknown } };
  let notice: Notice;
  try {
    notice = data?.json() as Notice;
  } catch {
    return; // not ours
  }
  if (notice?.title) (event as Waiting).waitUntil(show(notice));
});

async function show(notice: Notice): Promise<void> {
  const { id, title, body, lang, url } = notice;
  // Where there is no room to remember it, it is shown twice rather than not at all.
  const again = await wasShown(notice.id).catch(() => false);
  const stands = again && (await standing(notice.tag)).some((one) => (one.data as { id?: string } | null)?.id === id);
  // Shown before: browsers want every message to be shown, so it is. Where the first still stands, unread, it takes its place and stays;
  // otherwise it stands apart, so that it takes the place of nothing newer, and goes at once.
  const tag = again && !stands ? `${notice.tag}-again` : notice.tag;
  const options = { body, tag, lang, data: { id, url }, silent: again, renotify: notice.renotify && !again };
  await worker.registration.showNotification(title, options);
  if (!again || stands) return;
  for (const one of await standing(tag)) one.close();
}

function standing(tag: string): Promise<Notification[]> {
  return worker.registration.getNotifications({ tag });
}

async function wasShown(id: string): Promise<boolean> {
  const shown = await caches.open(SHOWN);
  const key = `/sw-shown/${id}`;
  if (await shown.match(key)) return true;
  await shown.put(key, new Response(""));
  const keys = await shown.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - SHOWN_MAX)).map((old) => shown.delete(old)));
  return false;
}

worker.addEventListener("notificationclick", (event) => {
  const { notification } = event as Waiting & { notification: Notification };
  notification.close();
  const to = new URL(String((notification.data as { url?: string } | null)?.url ?? "/"), worker.location.origin);
  if (to.origin !== worker.location.origin) return;
  (event as Waiting).waitUntil(open(to.href));
});

async function open(url: string): Promise<void> {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => one.url === url);
  await (there ? there.focus() : worker.clients.openWindow(url));
}

// The browser's service gave it another address: the old one is over. The person's page says so and asks anew.
worker.addEventListener("pushsubscriptionchange", (event) => {
  const { oldSubscription } = event as Waiting & { oldSubscription?: PushSubscription };
  if (!oldSubscription) return;
  const body = new URLSearchParams({ endpoint: oldSubscription.endpoint });
  (event as Waiting).waitUntil(fetch("/nhan-thong-bao/thoi", { method: "POST", body }).catch(() => undefined));
});
