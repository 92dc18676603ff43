// Scripts that answer to a browser's events, run against as much of a browser as they touch.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import test from "node:test";
import vm from "node:vm";
import { buildSync } from "esbuild";

/** Runs a script with these as its globals; htmx is not there. */
function run(name, globals) {
  const entry = fileURLToPath(new URL(`./scripts/${name}.ts`, import.meta.url));
  const [{ text }] = buildSync({ entryPoints: [entry], bundle: true, external: ["htmx.org/*"], format: "iife", target: "es2022", write: false }).outputFiles;
  const require = () => ({ process() {} });
  vm.runInNewContext(text, { require, AbortController, AbortSignal, atob, btoa, Error, Promise, Response, Uint8Array, URL, URLSearchParams, ...globals });
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

/** An element as far as the scripts hear of it: what was listened for is called by hand. */
class Element {
  listeners = {};
  dataset = {};
  addEventListener(name, listener) {
    (this.listeners[name] ??= []).push(listener);
  }
  removeEventListener() {}
  querySelector() {
    return null;
  }
  querySelectorAll() {
    return [];
  }
  hear(name, event) {
    for (const listener of this.listeners[name] ?? []) listener(event);
  }
}

/** The element that a script defines, in a page. */
function defined(name, globals) {
  let made;
  const window = new Element();
  const document = new Element();
  const browser = { HTMLElement: Element, customElements: { define: (_, one) => (made = one) }, document, window, location: {}, addEventListener() {}, clearTimeout() {}, setTimeout, performance };
  run(name, { ...browser, ...globals });
  return { element: new made(), document, window };
}

const event = (target, more = {}) => ({ target, prevented: 0, preventDefault() { this.prevented++; }, stopPropagation() {}, ...more });

test("what took the focus once leaves it alone when another part of the page is replaced", () => {
  const document = new Element();
  const focused = [];
  const summary = { focus: () => focused.push("summary") };
  let parts = [summary];
  document.querySelectorAll = (selector) => (selector === "[data-focus]" ? parts : []);
  run("dialogs", { document, location: {}, addEventListener() {}, HTMLButtonElement: class { commandForElement = null; }, HTMLDialogElement: class {} });
  document.hear("htmx:after:settle");
  assert.deepEqual(focused, ["summary"]);
  parts = [summary, { focus: () => focused.push("form") }];
  document.hear("htmx:after:settle");
  document.hear("htmx:after:settle");
  assert.deepEqual(focused, ["summary", "form"]);
});

test("a draft on its way is waited for, by who leaves and by both presses of a button", async () => {
  let answer = () => {};
  const fetch = () => new Promise((resolve) => (answer = () => resolve({ ok: true, status: 200, headers: { get: () => null } })));
  const window = new Element();
  const timers = [];
  window.setTimeout = (work) => timers.push(work);
  const { element, document } = defined("autosave", { fetch, window, FormData: class {}, Intl });
  const sent = [];
  const form = { requestSubmit: () => sent.push("form"), querySelector: () => null };
  const other = { requestSubmit: () => sent.push("other") };
  element.dataset = { to: "/draft" };
  element.querySelector = (selector) => (selector === "form" ? form : null);
  element.connectedCallback();
  element.hear("input", event({ form }));
  timers.pop()();
  await soon();
  const leaving = event(window);
  window.hear("beforeunload", leaving);
  assert.equal(leaving.prevented, 1, "it is not saved yet");
  document.hear("submit", event(other));
  element.hear("submit", event(form));
  element.hear("submit", event(form));
  assert.deepEqual(sent, []);
  answer();
  await soon();
  assert.deepEqual(sent, ["form"], "the last press goes on, once");
  const calm = event(window);
  window.hear("beforeunload", calm);
  assert.equal(calm.prevented, 0);
});

test("a draft that met a colleague's is sent no more, and leaving is asked about", async () => {
  let calls = 0;
  const fetch = async () => (calls++, { ok: false, status: 409 });
  const window = new Element();
  const timers = [];
  window.setTimeout = (work) => timers.push(work);
  const { element } = defined("autosave", { fetch, window, FormData: class {}, Intl });
  const form = { querySelector: () => null };
  const said = { textContent: "" };
  element.dataset = { to: "/draft", conflict: "a colleague wrote" };
  element.querySelector = (selector) => (selector === "form" ? form : said);
  element.connectedCallback();
  for (let typed = 0; typed < 3; typed += 1) {
    element.hear("input", event({ form }));
    timers.pop()();
    await soon();
  }
  assert.deepEqual([calls, said.textContent], [1, "a colleague wrote"]);
  const leaving = event(window);
  window.hear("beforeunload", leaving);
  assert.equal(leaving.prevented, 1);
});

test("a confirmation that was not answered goes on nowhere once another key is pressed", () => {
  const part = (ref) => {
    const one = Object.assign(new Element(), { dataset: { ref }, attributes: new Set(["data-doubt"]) });
    const accept = { click() {}, matches: () => false };
    one.querySelector = (selector) => (selector === "[data-accept]" ? accept : null);
    one.hasAttribute = (name) => one.attributes.has(name);
    return Object.assign(one, { toggleAttribute() {}, removeAttribute() {}, focus() {}, closest: () => null, dispatchEvent() {} });
  };
  const globals = { history: { replaceState() {} }, location: { hash: "#one" }, CSS: { escape: String }, CustomEvent: class {} };
  const { element, document } = defined("linked-panes", globals);
  const parts = [part("one"), part("two")];
  element.querySelectorAll = (selector) => (selector.includes("data-ref") ? parts : []);
  const chosen = [];
  globals.history.replaceState = (_, __, hash) => chosen.push(hash);
  element.connectedCallback();
  const key = (name) => document.hear("keydown", event({}, { key: name, composedPath: () => [element], defaultPrevented: false }));
  key("a");
  key("e");
  element.hear("htmx:after:settle", event(element));
  assert.equal(chosen.at(-1), "#one");
  key("a");
  element.hear("htmx:after:settle", event(element));
  assert.equal(chosen.at(-1), "#two", "answered, it goes on to the next doubt");
});

test("a file that is on its way is not sent a second time", () => {
  const sent = [];
  const part = () => Object.assign(new Element(), { toggleAttribute() {}, setAttribute() {}, removeAttribute() {}, querySelector: () => part() });
  const form = new Element();
  const input = Object.assign(part(), { files: ["tệp"], form });
  class XMLHttpRequest extends Element {
    upload = new Element();
    open() {}
    send() {
      sent.push(this);
    }
  }
  const { element } = defined("dropzone", { XMLHttpRequest, FormData: class {} });
  element.querySelector = (selector) => (selector === "input[type=file]" ? input : part());
  element.connectedCallback();
  form.hear("submit", event(form));
  form.hear("submit", event(form));
  assert.equal(sent.length, 1);
  sent[0].hear("error");
  form.hear("submit", event(form));
  assert.equal(sent.length, 2, "after it failed it may be tried again");
});

test("what was typed is asked about before it is left, and no more once its form is sent", () => {
  const page = (came_back) => {
    const form = new Element();
    const { element, window } = defined("unsaved", {});
    Object.assign(element, { closest: () => form, hasAttribute: () => came_back });
    element.connectedCallback();
    const leaving = () => {
      const one = event(window);
      window.hear("beforeunload", one);
      return one.prevented;
    };
    return { form, leaving };
  };
  const { form, leaving } = page(false);
  assert.equal(leaving(), 0);
  form.hear("input", event(form));
  assert.equal(leaving(), 1);
  form.hear("submit", event(form));
  assert.equal(leaving(), 0);
  assert.equal(page(true).leaving(), 1, "it came back refused");
});
