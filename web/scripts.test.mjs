// Scripts that answer to a browser's events, run against as much of a browser as they touch.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import test from "node:test";
import vm from "node:vm";
import { buildSync } from "esbuild";

/** Runs a script with these as its globals. */
function run(name, globals) {
  const entry = fileURLToPath(new URL(`./scripts/${name}.ts`, import.meta.url));
  const [{ text }] = buildSync({ entryPoints: [entry], bundle: true, format: "iife", target: "es2022", write: false }).outputFiles;
  vm.runInNewContext(text, { AbortController, atob, btoa, Error, Promise, Response, Uint8Array, URL, URLSearchParams, ...globals });
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A service worker with its notices, as a browser keeps them: one a tag. */
function worker() {
  const listeners = {};
  const notices = new Map();
  const shown = new Map();
  const said = [];
  const registration = {
    async showNotification(title, { tag, data, silent }) {
      said.push({ title, silent });
      notices.set(tag, { title, data, close: () => notices.delete(tag) });
    },
    getNotifications: async ({ tag }) => [...notices].filter(([one]) => one === tag).map(([, notice]) => notice),
  };
  const cache = { match: async (key) => shown.get(key), put: async (key, value) => shown.set(key, value), keys: async () => [...shown.keys()], delete: async (key) => shown.delete(key) };
  const self = { registration, location: { origin: "https://lantoa.test" }, addEventListener: (name, listener) => (listeners[name] = listener) };
  run("sw", { self, caches: { open: async () => cache } });
  const push = async (id, title) => {
    let work;
    listeners.push({ data: { json: () => ({ id, tag: "bai-viet", title, body: "", lang: "vi", url: "/", renotify: false }) }, waitUntil: (promise) => (work = promise) });
    await work;
  };
  return { push, said, titles: () => [...notices.values()].map(({ title }) => title), read: () => notices.clear() };
}

test("a notice that comes twice stays for as long as it is not read", async () => {
  const { push, said, titles, read } = worker();
  await push("1", "Tin");
  await push("1", "Tin");
  assert.deepEqual(titles(), ["Tin"]);
  assert.deepEqual(said.map(({ silent }) => silent), [false, true]);
  read();
  await push("1", "Tin");
  assert.deepEqual(titles(), [], "read before: it goes at once");
});

test("a notice that comes twice takes the place of nothing newer", async () => {
  const { push, titles } = worker();
  await push("1", "Tin");
  await push("2", "Đính chính");
  await push("1", "Tin");
  assert.deepEqual(titles(), ["Đính chính"]);
});

/** The page that asks for notices, in a browser that is subscribed under `own`, if at all. */
function asking(own) {
  const calls = [];
  const listeners = {};
  const field = { value: "" };
  const form = {
    dataset: { key: "BQY" },
    addEventListener: (name, listener) => (listeners[name] = listener),
    querySelector: (selector) => (selector === "[name=subscription]" ? field : selector === "[name=about]:checked" ? {} : null),
    querySelectorAll: () => [],
    submit: () => calls.push("submit"),
  };
  const before = own && { endpoint: "https://push.test/1", options: { applicationServerKey: Uint8Array.from(own).buffer }, unsubscribe: async () => calls.push("unsubscribe") };
  const pushManager = {
    getSubscription: async () => before,
    async subscribe() {
      calls.push("subscribe");
      return { endpoint: "https://push.test/2" };
    },
  };
  const registration = { pushManager };
  const stop = { hidden: true, addEventListener() {} };
  run("push", {
    document: { querySelector: (selector) => ({ "[data-push]": form, "[data-push-stop]": stop })[selector] ?? null },
    navigator: { serviceWorker: { register: async () => registration, ready: Promise.resolve(), getRegistration: async () => registration } },
    window: { PushManager: {}, Notification: {} },
    Notification: { requestPermission: async () => "granted" },
    fetch: async () => ({ ok: true, json: async () => ({ about: [] }) }),
  });
  return { calls, stop, press: () => listeners.submit({ preventDefault() {} }) };
}

test("who is subscribed under an older key is subscribed anew, once for two presses", async () => {
  const { calls, stop, press } = asking([4, 5]);
  await soon();
  assert.equal(stop.hidden, true, "nothing comes under the older key");
  press();
  press();
  await soon();
  assert.deepEqual(calls, ["unsubscribe", "subscribe", "submit"]);
});

test("who is subscribed under this key keeps what there is", async () => {
  const { calls, stop, press } = asking([5, 6]);
  await soon();
  assert.equal(stop.hidden, false);
  press();
  await soon();
  assert.deepEqual(calls, ["subscribe", "submit"]);
});

/** The page to sign in by passkey; `device` answers what it is asked. */
function signingIn(device) {
  const asked = [];
  let press = () => {};
  class PublicKeyCredential {}
  const button = { addEventListener: (_, listener) => (press = listener) };
  const said = { textContent: "", dataset: { cancelled: "cancelled", failed: "failed" } };
  const parts = { "[data-passkey-sign-in]": button, "[data-passkey-said]": said };
  const form = { hidden: true, action: "/sign-in/passkey", querySelector: (selector) => parts[selector] ?? null };
  run("passkey", {
    document: { querySelector: (selector) => (selector === "[data-passkey-sign-in-form]" ? form : null) },
    window: { PublicKeyCredential },
    PublicKeyCredential,
    DOMException,
    addEventListener() {},
    navigator: { credentials: { get: device } },
    async fetch(address) {
      asked.push(address);
      return { ok: true, json: async () => ({ publicKey: { challenge: "BQY" } }) };
    },
  });
  return { asked, said, press: () => press() };
}

test("two presses ask the device once; after it refused a third asks again", async () => {
  const refusals = [];
  const { asked, said, press } = signingIn(() => new Promise((_, refuse) => refusals.push(refuse)));
  press();
  press();
  await soon();
  assert.deepEqual([asked.length, refusals.length], [1, 1]);
  refusals[0](new DOMException("no", "NotAllowedError"));
  await soon();
  assert.equal(said.textContent, "cancelled");
  press();
  await soon();
  assert.deepEqual([asked.length, refusals.length], [2, 2]);
});
