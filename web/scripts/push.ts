// Asking for notices: only once the person presses the button. Without this script, or in a browser that can not, the page says what
// else there is.

const form = document.querySelector<HTMLFormElement>("[data-push]");
const stop = document.querySelector<HTMLFormElement>("[data-push-stop]");

/** A press is being answered. */
let busy = false;

if (form && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  document.querySelector<HTMLElement>("[data-push-no]")?.remove();
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void subscribe(form);
  });
  void known(form);
}

function say(form: HTMLFormElement, what: "denied" | "failed" | "empty"): void {
  const said = form.querySelector<HTMLElement>("[data-push-said]");
  if (said) said.textContent = said.dataset[what] ?? "";
}

async function subscribe(form: HTMLFormElement): Promise<void> {
  if (busy) return;
  if (!form.querySelector("[name=about]:checked")) return say(form, "empty");
  busy = true;
  try {
    if ((await Notification.requestPermission()) !== "granted") return say(form, "denied");
    const registration = await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
    const applicationServerKey = bytes(form.dataset["key"] ?? "");
    // A browser subscribes under one key at a time: what it has under another reaches nobody any more, and is in the way.
    const before = await registration.pushManager.getSubscription();
    if (before && !isUnder(before, applicationServerKey)) await before.unsubscribe();
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
    const field = form.querySelector<HTMLInputElement>("[name=subscription]");
    if (!field) return;
    field.value = JSON.stringify(subscription);
    form.submit();
  } catch {
    say(form, "failed");
  } finally {
    busy = false;
  }
}

/** Whether it is under this key; a browser that does not tell keeps what it has. */
function isUnder(subscription: PushSubscription, key: Uint8Array): boolean {
  const own = subscription.options.applicationServerKey;
  if (!own) return true;
  const one = new Uint8Array(own);
  return one.length === key.length && one.every((byte, at) => byte === key[at]);
}

/** A browser that asked before sees what it chose, and how to stop. */
async function known(form: HTMLFormElement): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration("/");
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription) return;
  const { endpoint } = subscription;
  const answer = await fetch("/nhan-thong-bao/da-chon", { method: "POST", body: new URLSearchParams({ endpoint }) });
  if (!answer.ok) return; // the server forgot it: asking anew is one press
  const { about } = (await answer.json()) as { about: string[] };
  for (const box of form.querySelectorAll<HTMLInputElement>("[name=about]")) box.checked ||= about.includes(box.value);
  // Under an older key nothing comes: it is not said to be on, and asking anew is one press.
  if (!stop || !isUnder(subscription, bytes(form.dataset["key"] ?? ""))) return;
  stop.hidden = false;
  stop.addEventListener("submit", (event) => {
    event.preventDefault();
    const field = stop.querySelector<HTMLInputElement>("[name=endpoint]");
    if (field) field.value = endpoint;
    void subscription.unsubscribe().finally(() => stop.submit());
  });
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
