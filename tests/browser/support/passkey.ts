// A passkey device that Chromium plays itself (WebAuthn domain of the DevTools protocol).
import type { Page } from "@playwright/test";

export interface PasskeyDevice {
  /** How many passkeys the device holds. */
  count(): Promise<number>;
  /** Whether the person touches the device and is recognised by it; otherwise a ceremony fails. */
  answers(willing: boolean): Promise<void>;
  remove(): Promise<void>;
}

export async function plugInPasskey(page: Page): Promise<PasskeyDevice> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    async count() {
      return (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length;
    },
    async answers(willing) {
      await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: willing });
    },
    async remove() {
      await session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
      await session.detach();
    },
  };
}
