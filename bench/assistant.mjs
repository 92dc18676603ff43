// The assistant without a model over a province's worth of articles: how long until its first words, and when many ask at once.
import { Agent } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importArticles, measureIndexing, sentences } from "./news.mjs";
import { Server } from "./program.mjs";
import { createDatabase, psql, sqlite } from "./serving.mjs";
import { quantile } from "./table.mjs";

const ASKERS = 64;
const QUESTIONS = 1_280;
const ALONE = 200;

/** @param {"sqlite" | "postgres"} engine @returns {Promise<import("./table.mjs").Figure[]>} */
export async function measureAssistant(engine) {
  const folder = await mkdtemp(join(tmpdir(), "lantoa-bench-"));
  const url = engine === "postgres" ? await createDatabase() : undefined;
  const server = new Assistant(folder, url);
  const sql = url ? (text) => psql(url, text) : (text) => sqlite(join(folder, "data", "lantoa.sqlite"), text);
  try {
    await server.start();
    await server.stop();
    await importArticles(server, sql);
    await server.start();
    await measureIndexing(server);
    const questions = sentences(7, QUESTIONS + ALONE).map((words) => `${words} ở đâu?`);
    const alone = [];
    for (const question of questions.slice(0, ALONE)) alone.push(await firstWords(server, question));
    const together = await crowd(server, questions.slice(ALONE));
    return [
      { name: `${engine}: assistant, first words, 95 of 100`, value: quantile(alone, 0.95), unit: "ms", below: 300, note: "one asks, streamed" },
      { name: `${engine}: assistant, ${ASKERS} ask at once, 95 of 100`, value: quantile(together, 0.95), unit: "ms", below: 500 },
    ];
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Everybody asks from this one address here. */
class Assistant extends Server {
  environment() {
    return { ...super.environment(), LANTOA_ASSISTANT__PER_MINUTE: "1000000" };
  }
}

const body = (question) => JSON.stringify({ question });
const headers = (accept, text) => ({ "content-type": "application/json", "content-length": Buffer.byteLength(text), accept });

/** Until the first event that says something. */
async function firstWords(server, question) {
  const text = body(question);
  const began = performance.now();
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1/assistant/answers`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: text,
  });
  if (answer.status !== 200) throw new Error(`the assistant answered ${answer.status}`);
  const reader = answer.body.getReader();
  await reader.read();
  const ms = performance.now() - began;
  await reader.cancel();
  return ms;
}

async function crowd(server, questions) {
  const agent = new Agent({ keepAlive: true, maxSockets: ASKERS });
  const times = [];
  let next = 0;
  async function asker() {
    while (next < questions.length) {
      const text = body(questions[next++]);
      const began = performance.now();
      const wish = { agent, method: "POST", headers: headers("application/json", text), body: text };
      const { status } = await server.get("/api/v1/assistant/answers", wish);
      if (status !== 200) throw new Error(`the assistant answered ${status} under load`);
      times.push(performance.now() - began);
    }
  }
  try {
    await Promise.all(Array.from({ length: ASKERS }, asker));
  } finally {
    agent.destroy();
  }
  return times;
}
