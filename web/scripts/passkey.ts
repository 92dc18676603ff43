// Passkeys (WebAuthn Level 3). The server says what to ask the device for; the device's answer goes back in a plain form,
// so that what follows is a page like any other. Without script the buttons stay hidden.

/** What the server says at once, or not at all. */
const ASK_MAX_MS = 20_000;

interface Asked {
  publicKey: PublicKeyCredentialCreationOptions & PublicKeyCredentialRequestOptions & { user?: { id: unknown } };
}

const signIn = document.querySelector<HTMLFormElement>("[data-passkey-sign-in-form]");
const add = document.querySelector<HTMLFormElement>("[data-passkey-add-form]");
let waiting = new AbortController();
/** A press is being answered: until it is, or the page that follows is there, another asks for nothing. */
let busy = false;

if (window.PublicKeyCredential) {
  if (signIn) {
    signIn.hidden = false;
    signIn.querySelector("[data-passkey-sign-in]")?.addEventListener("click", () => act(signIn, (signal) => open(signIn, email(), signal)));
    void offer(signIn);
  }
  if (add) {
    add.hidden = false;
    add.querySelector("[data-passkey-add]")?.addEventListener("click", () => act(add, (signal) => create(add, signal)));
  }
  // Back from the page that followed: the buttons are to be pressed again.
  addEventListener("pageshow", ({ persisted }) => (busy &&= !persisted));
}

function email(): string {
  return document.querySelector<HTMLInputElement>("#email")?.value.trim() ?? "";
}

/** Offers passkeys in the list under the e-mail field; nothing happens until one is picked. */
async function offer(form: HTMLFormElement): Promise<void> {
  const { signal } = waiting;
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  await open(form, "", signal, "conditional").catch(() => {}); // the person chose another way, or stayed too long
}

async function open(form: HTMLFormElement, email: string, signal: AbortSignal, mediation?: CredentialMediationRequirement): Promise<void> {
  const { publicKey } = await ask(form, { email }, signal);
  await send(form, await navigator.credentials.get({ publicKey, mediation, signal }));
}

async function create(form: HTMLFormElement, signal: AbortSignal): Promise<void> {
  const { publicKey } = await ask(form, {}, signal);
  await send(form, await navigator.credentials.create({ publicKey, signal }));
}

/** Does one thing at a time and says what went wrong beside the button. */
async function act(form: HTMLFormElement, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  if (busy) return;
  busy = true;
  waiting.abort();
  waiting = new AbortController();
  const said = form.querySelector<HTMLElement>("[data-passkey-said]");
  if (said) said.textContent = "";
  try {
    await work(waiting.signal);
  } catch (error) {
    busy = false;
    const cause = error instanceof DOMException ? said?.dataset["cancelled"] : said?.dataset["failed"];
    if (said) said.textContent = cause ?? "";
  }
}

/** What to ask the device for; base64url becomes bytes. */
async function ask(form: HTMLFormElement, fields: Record<string, string>, signal: AbortSignal): Promise<Asked> {
  const late = AbortSignal.timeout(ASK_MAX_MS);
  const either = AbortSignal.any([signal, late]);
  const answer = await fetch(`${form.action}/options`, { method: "POST", body: new URLSearchParams(fields), signal: either }).catch(
    // The person cancelled nothing.
    (error: unknown) => Promise.reject(late.aborted ? new Error("late") : error),
  );
  if (!answer.ok) throw new Error(`${answer.status}`);
  const asked = (await answer.json()) as Asked;
  const key = asked.publicKey;
  key.challenge = bytes(key.challenge);
  if (key.user) key.user.id = bytes(key.user.id);
  for (const known of [...(key.excludeCredentials ?? []), ...(key.allowCredentials ?? [])]) known.id = bytes(known.id);
  return asked;
}

async function send(form: HTMLFormElement, made: Credential | null): Promise<void> {
  if (!(made instanceof PublicKeyCredential)) throw new Error("no passkey");
  const parts = made.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const response: Record<string, unknown> = { clientDataJSON: text(parts.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"] as const) {
    if (parts[name]) response[name] = text(parts[name]);
  }
  const field = form.querySelector<HTMLInputElement>("[name=credential]");
  if (!field) throw new Error("no field");
  const { id, type, rawId } = made;
  field.value = JSON.stringify({ id, type, rawId: text(rawId), response, clientExtensionResults: made.getClientExtensionResults() });
  form.submit();
}

function bytes(base64url: unknown): ArrayBuffer {
  const plain = atob(String(base64url).replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

function text(bytes: ArrayBuffer): string {
  const plain = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
