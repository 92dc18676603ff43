// An OpenID provider on loopback (the certified oidc-provider), which can be told to misbehave: its ID
// tokens are then signed again with one thing wrong, as a forger or a broken provider would send them.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { randomBytes } from "node:crypto";
import * as jose from "jose";
import type { Configuration, Provider as ProviderType } from "oidc-provider";
import { freePort } from "./port.ts";

/** Paths of the browser between the product and the provider. */
const CALLBACK_PATH = "/desk/sign-on/province/return";
const INTERACTION_PATH = "/interaction/";
const SCOPES = "openid profile email";

export type Misbehaviour =
  | "none"
  | "wrong nonce"
  | "wrong audience"
  | "wrong issuer"
  | "expired token"
  | "unknown key"
  | "forged signature"
  | "unsigned token"
  | "refusal";

export interface OpenIdProvider {
  issuer: string;
  /** What the product is started with to use this provider. */
  settings: Record<string, string>;
  /** Who is signed in at the provider: the claims of the next sign-ins. */
  person: { sub: string } & Record<string, unknown>;
  misbehaviour: Misbehaviour;
  close(): Promise<void>;
}

export async function openOpenIdProvider(): Promise<OpenIdProvider> {
  const port = await freePort();
  const client = { id: "lantoa", secret: randomBytes(16).toString("hex") };
  const { privateKey } = await jose.generateKeyPair("RS256", { extractable: true });
  const stranger = (await jose.generateKeyPair("RS256")).privateKey;
  const issuer = `http://localhost:${port}`;
  const open: OpenIdProvider = {
    issuer,
    settings: {
      LANTOA_OIDC:
        `[{id="province", label="Đăng nhập một lần của tỉnh", issuer="${issuer}", ` +
        `client_id="${client.id}", client_secret="${client.secret}", scopes=["profile", "email"]}]`,
    },
    // Somebody of the demo province: a forged answer must be refused for what is wrong with it, not for want of an account.
    person: { sub: "officer-1", name: "Chuyên viên", email: "officer@demo.lantoa.example", email_verified: true },
    misbehaviour: "none",
    close: () => new Promise((closed) => (server.closeAllConnections(), server.close(() => closed()))),
  };
  const provider = await configure(open, client, privateKey);
  provider.use(async (context, next) => {
    await next();
    const answer = context.body as { id_token?: string } | undefined;
    if (context.path === "/token" && answer?.id_token) {
      answer.id_token = await spoil(answer.id_token, open.misbehaviour, privateKey, stranger);
    }
  });
  const answer = provider.callback();
  const server = createServer((request, response) => {
    if (request.url?.startsWith(INTERACTION_PATH)) void signIn(provider, open, request, response);
    else void answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  return open;
}

async function configure(open: OpenIdProvider, client: { id: string; secret: string }, key: jose.CryptoKey) {
  const jwk = { ...(await jose.exportJWK(key)), kid: "signing", use: "sig", alg: "RS256" };
  return quietly(open.issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        // A native client's loopback address may have any port (RFC 8252, 7.3): the product's is not known yet.
        application_type: "native",
        redirect_uris: [`http://localhost${CALLBACK_PATH}`],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    jwks: { keys: [jwk as never] },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    claims: { openid: ["sub"], profile: ["name", "agency"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    renderError(context, answer) {
      context.body = JSON.stringify(answer);
    },
    interactions: { url: (_context, interaction) => `${INTERACTION_PATH}${interaction.uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...open.person, sub }) }),
    // Consent is given beforehand: the test is about the product, not about the provider's pages.
    async loadExistingGrant(context) {
      const { provider, session, client: asking } = context.oidc;
      const grant = new provider.Grant({ accountId: session!.accountId, clientId: asking!.clientId });
      grant.addOIDCScope(SCOPES);
      await grant.save();
      return grant;
    },
  });
}

/** Its advice for production (a database, a newer Node.js) would only clutter the report of the tests. */
async function quietly(issuer: string, configuration: Configuration): Promise<ProviderType> {
  const { warn, info } = console;
  console.warn = console.info = () => {};
  try {
    const { default: Provider } = await import("oidc-provider");
    return new Provider(issuer, configuration);
  } finally {
    Object.assign(console, { warn, info });
  }
}

async function signIn(provider: ProviderType, open: OpenIdProvider, request: IncomingMessage, response: ServerResponse) {
  const result =
    open.misbehaviour === "refusal"
      ? { error: "access_denied", error_description: "the person refused" }
      : { login: { accountId: open.person.sub, remember: false }, consent: {} };
  await provider
    .interactionFinished(request, response, result, { mergeWithLastSubmission: false })
    .catch((error: Error) => response.writeHead(500).end(error.message));
}

async function spoil(token: string, how: Misbehaviour, key: jose.CryptoKey, stranger: jose.CryptoKey): Promise<string> {
  const claims = jose.decodeJwt(token);
  const now = Math.floor(Date.now() / 1000);
  const sign = (changed: jose.JWTPayload, by = key, kid = "signing") =>
    new jose.SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: "RS256", kid }).sign(by);
  switch (how) {
    case "wrong nonce":
      return sign({ nonce: "another" });
    case "wrong audience":
      return sign({ aud: "another-client" });
    case "wrong issuer":
      return sign({ iss: "http://localhost:1" });
    case "expired token":
      return sign({ iat: now - 7200, exp: now - 3600 });
    case "unknown key":
      return sign({}, stranger, "stranger");
    case "forged signature":
      return sign({}, stranger);
    case "unsigned token":
      return new jose.UnsecuredJWT(claims).encode();
    default:
      return token;
  }
}
