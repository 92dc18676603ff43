// A load of sixteen clients, each asking again as soon as it is answered.
import { Agent } from "node:http";
import { quantile } from "./table.mjs";

const CONNECTIONS = 16;
const WARM_UP = 200;
const REQUESTS = 2_000;
const DURATION_MS_MAX = 20_000;

/**
 * @param {import("./program.mjs").Server} server
 * @param {{path: string, cookie?: string}} page
 * @param {number} [requests]
 * @returns {Promise<{p50: number, p95: number, p99: number, perSecond: number}>} times in ms
 */
export async function load(server, { path, cookie }, requests = REQUESTS) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  // What a browser sends: compression is part of the work.
  const headers = { "accept-encoding": "gzip, deflate, br, zstd", "accept-language": "vi", ...(cookie ? { cookie } : {}) };
  const wish = { agent, headers };
  try {
    await clients(server, path, wish, Math.min(WARM_UP, requests / 4));
    const began = performance.now();
    const times = await clients(server, path, wish, requests);
    const seconds = (performance.now() - began) / 1000;
    return {
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      p99: quantile(times, 0.99),
      perSecond: times.length / seconds,
    };
  } finally {
    agent.destroy();
  }
}

async function clients(server, path, wish, requests) {
  const times = [];
  const deadline = performance.now() + DURATION_MS_MAX;
  let left = requests;
  async function client() {
    while (left-- > 0 && performance.now() < deadline) {
      const began = performance.now();
      const { status } = await server.get(path, wish);
      if (status !== 200) throw new Error(`${path} answered ${status} under load`);
      times.push(performance.now() - began);
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  return times;
}
