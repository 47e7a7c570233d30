// annotateAll over many texts: bounded memory, servers that go away, batches that are too much for one call.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { KutipClient, KutipError, type Outcome } from "../src/index.js";
import { batches } from "../src/batches.js";
import { LiveServer, ScriptedServer, withoutServer } from "./servers.js";

const text = "“Kapal siap,” kata Rini Wulandari.";

async function collect(outcomes: AsyncIterable<Outcome>): Promise<Outcome[]> {
  const all: Outcome[] = [];
  for await (const outcome of outcomes) all.push(outcome);
  return all;
}

describe("against a live server", { skip: withoutServer }, () => {
  let server: LiveServer;
  let client: KutipClient;
  before(async () => {
    server = await LiveServer.start();
    client = new KutipClient(server.address);
  });
  after(async () => {
    client.close();
    await server.kill();
  });

  test("reads only as many texts as it needs", async () => {
    let read = 0;
    let given = 0;
    const texts = function* () {
      for (;;) {
        read += 1;
        yield text;
      }
    };
    for await (const { answer } of client.annotateAll(texts(), {}, { batchSize: 8, inFlight: 2 })) {
      given += 1;
      assert.deepEqual([...answer!].map(({ speaker }) => speaker), ["Rini Wulandari"]);
      assert.ok(read <= given + 3 * 8);
      if (given === 200) break;
    }
  });

  test("a text that is no Unicode fails alone", async () => {
    const [good, separated, bytes] = await collect(client.annotateAll([text, "\ud800 separuh", Uint8Array.of(0xff)]));
    assert.equal(good!.error, undefined);
    for (const bad of [separated, bytes]) assert.equal(bad!.error!.reason, "TEXT_NOT_UTF8");
  });

  test("wrong options fail the call", async () => {
    await assert.rejects(collect(client.annotateAll([text], { plugins: ["nihil"] })), /PLUGIN_UNKNOWN/);
  });
});

test("a server that is killed and started again loses no text", { skip: withoutServer }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kutip-"));
  const listen = `unix:${folder}/kutip.sock`;
  const first = await LiveServer.start(listen);
  let second: Promise<LiveServer> | undefined;
  const client = new KutipClient(listen);
  let outcomes = 0;
  const texts = Array.from({ length: 300 }, (_, i) => `${text} ${i}`);
  for await (const { answer } of client.annotateAll(texts, {}, { batchSize: 10 })) {
    assert.equal(answer?.text, texts[outcomes++]);
    if (outcomes === 50) {
      await first.kill();
      second = new Promise((resolve) => setTimeout(() => resolve(LiveServer.start(listen)), 1000));
    }
  }
  client.close();
  await (await second!).kill();
  rmSync(folder, { recursive: true });
  assert.equal(outcomes, 300);
});

test("impatience is told", async () => {
  const client = new KutipClient("unix:/nonexistent/kutip.sock");
  await assert.rejects(collect(client.annotateAll([text], {}, { patienceMs: 500 })),
    (error) => error instanceof KutipError && error.reason === "UNAVAILABLE");
  client.close();
});

test("large texts make small batches", async () => {
  const large = "x".repeat((1 << 19) - 100);
  const sizes: number[] = [];
  for await (const batch of batches([large, large, large, large, large, "x", "x", "x"], 64)) sizes.push(batch.length);
  assert.deepEqual(sizes, [2, 2, 4]);
});

test("a batch that is too much for a call is tried in halves", async () => {
  const server = await ScriptedServer.start([{ status: "CAg=", pushback_ms: -1 }]); // RESOURCE_EXHAUSTED
  const client = new KutipClient(server.address);
  const outcomes = await collect(client.annotateAll([text, text, text]));
  assert.deepEqual(outcomes.map(({ error }) => error?.reason), Array(3).fill("RESOURCE_EXHAUSTED"));
  assert.equal(server.calls, 5); // three, one, two, one, one
  client.close();
  server.stop();
});
