// A cluster of loudspeakers as it stands in a commune: `doubles fleet` with one device, which logs in by HTTP, takes its orders from the
// answer to a ping, plays and reports.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { doublesProgram } from "./doubles.ts";

/** It goes home by itself after this, in seconds. */
const LIFE_S = 1_800;
const BEAT_S = 2;

export interface Device {
  close(): Promise<void>;
}

/** The device of that id, with the key that the desk made for it, speaking to the product at `url`. */
export function openDevice(url: string, id: string, key: string): Device {
  const words = ["fleet", "--ids", "--honest", "--beat-s", String(BEAT_S), "--for-s", String(LIFE_S)];
  const child = spawn(doublesProgram(), [...words, "--base", `${overHttp(url)}/api/devices`, "--password", key], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  const gone = once(child, "exit");
  child.stdin.end(`${id}\n`);
  return {
    async close() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}

/** Devices go by the address: the product listens on one of the two that `localhost` may mean. */
function overHttp(url: string): string {
  return url.replace("//localhost:", "//127.0.0.1:");
}
