import { expect, test } from "../support/world.ts";

test("says that it lives and that it is ready", async ({ request }) => {
  for (const path of ["/healthz", "/readyz"]) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(200);
  }
});

test("shows its figures in the Prometheus form", async ({ request }) => {
  await request.get("/");
  const answer = await request.get("/metrics");
  expect(answer.status()).toBe(200);
  expect(await answer.text()).toMatch(/^# TYPE \w+ (counter|gauge|histogram|summary)$/m);
});

test("keeps its data when it is killed and started again", async ({ server, request }) => {
  const before = await (await request.get("/ke-hoach")).text();
  await server.stop("SIGKILL");
  await server.start();
  const after = await (await request.get("/ke-hoach")).text();
  expect(plans(after)).toEqual(plans(before));
  expect(plans(after).length).toBeGreaterThan(0);
});

function plans(page: string): string[] {
  return [...page.matchAll(/href="(\/ke-hoach\/[^"?#]+)"/g)].map((match) => match[1]!).sort();
}
