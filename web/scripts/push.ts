// Asking for notices: only once the person presses the button. Without this script, or in a browser that can not, the page says what
// else there is.

const form = document.querySelector<HTMLFormElement>("[data-push]");
const stop = document.querySelector<HTMLFormElement>("[data-push-stop]");

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
  if (!form.querySelector("[name=about]:checked")) return say(form, "empty");
  try {
    if ((await Notification.requestPermission()) !== "granted") return say(form, "denied");
    const registration = await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
    const applicationServerKey = bytes(form.dataset["key"] ?? "");
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
    const field = form.querySelector<HTMLInputElement>("[name=subscription]");
    if (!field) return;
    field.value = JSON.stringify(subscription);
    form.submit();
  } catch {
    say(form, "failed");
  }
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
  if (!stop) return;
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
