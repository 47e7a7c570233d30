// The cases that every client runs: clients/conformance/cases.json.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { status } from "@grpc/grpc-js";
import { KutipClient, KutipError, serviceConfig } from "../src/index.js";
import { AnnotateRequest, AnnotateResponse, Document, OffsetUnit, type Span } from "../src/v1.js";
import { LiveServer, type Reply, root, ScriptedServer, withoutServer } from "./servers.js";

type Unit = "OFFSET_UNIT_CODE_POINT" | "OFFSET_UNIT_UTF16" | "OFFSET_UNIT_UTF8";
interface ErrorCase {
  code: keyof typeof status; reason: string; metadata: Record<string, string>; field: string; retry_delay_ms?: number;
}
interface Cases {
  texts: {
    name: string; text: string; length: Record<Unit, number>; organizations: string[];
    said: { speaker: string; words: string; span: Record<Unit, [number, number]> }[];
  }[];
  errors: { name: string; request: unknown; error: ErrorCase }[];
  batch: { documents: unknown[]; outcomes: { speakers?: string[]; reason?: string }[] };
  scripted: {
    name: string; replies: Reply[]; calls: number; at_least_ms: number; timeout_ms?: number; error?: ErrorCase;
    document_id?: string; speaker_kinds?: number[]; quote_forms?: number[]; unknown_field?: string;
  }[];
}

const cases = JSON.parse(readFileSync(path.join(root, "clients/conformance/cases.json"), "utf8")) as Cases;

/** unit -> how the text is cut in it, and its length. */
const units: Record<Unit, (text: string) => { length: number; slice: (begin: number, end: number) => string }> = {
  OFFSET_UNIT_UTF16: (text) => ({ length: text.length, slice: (begin, end) => text.slice(begin, end) }),
  OFFSET_UNIT_CODE_POINT: (text) => {
    const points = Array.from(text);
    return { length: points.length, slice: (begin, end) => points.slice(begin, end).join("") };
  },
  OFFSET_UNIT_UTF8: (text) => {
    const bytes = Buffer.from(text);
    return { length: bytes.length, slice: (begin, end) => bytes.toString("utf8", begin, end) };
  },
};

/** All spans of a message, wherever in it they are. */
function spansOf(message: unknown): Span[] {
  if (typeof message !== "object" || message === null) return [];
  if ("begin" in message && "end" in message) return [message as Span];
  return Object.values(message).flatMap(spansOf);
}

function assertIs(error: unknown, expected: ErrorCase): void {
  assert.ok(error instanceof KutipError);
  assert.deepEqual([status[error.code], error.reason], [expected.code, expected.reason]);
  for (const [key, value] of Object.entries(expected.metadata)) assert.equal(error.metadata[key], value);
  assert.deepEqual(error.fields.map(({ field }) => field), expected.field === "" ? [] : [expected.field]);
  if (expected.retry_delay_ms !== undefined) assert.equal(error.retryDelayMs, expected.retry_delay_ms);
}

test("the service config is that of all clients", () => {
  assert.deepEqual(serviceConfig, JSON.parse(readFileSync(path.join(root, "clients/service_config.json"), "utf8")));
});

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

  for (const { name, text, said, organizations, length } of cases.texts) {
    test(`who said what in own strings: ${name}`, async () => {
      const answer = await client.annotate(text, { includeText: true });
      assert.equal(answer.response.textLength, text.length);
      assert.deepEqual([...answer].map(({ speaker }) => speaker), said.map(({ speaker }) => speaker));
      assert.deepEqual([...answer].map(({ quote }) => answer.textOf(quote.span)), said.map(({ words }) => words));
      assert.deepEqual([...answer].map((each) => each.text), answer.response.quotes.map((quote) => quote.text));
      assert.deepEqual(answer.response.organizations.map((organization) => organization.name), organizations);
      for (const span of spansOf(answer.response)) assert.equal(answer.textOf(span), span.text);
    });

    for (const unit of Object.keys(units) as Unit[]) {
      test(`slices in every unit: ${name}, ${unit}`, async () => {
        const own = units[unit](text);
        const request = AnnotateRequest.fromPartial({ document: { text }, options: { offsetUnit: OffsetUnit[unit], includeText: true } });
        const response = await new Promise<AnnotateResponse>((resolve, reject) =>
          client.stub.annotate(request, (error, answer) => (error === null ? resolve(answer) : reject(error))));
        assert.deepEqual([response.textLength, own.length], [length[unit], length[unit]]);
        assert.deepEqual(response.quotes.map(({ span }) => [span?.begin, span?.end]), said.map(({ span }) => span[unit]));
        for (const span of spansOf(response)) assert.equal(own.slice(span.begin, span.end), span.text);
      });
    }
  }

  for (const { name, request, error } of cases.errors) {
    test(`errors tell their reason: ${name}`, async () => {
      const { document, options } = AnnotateRequest.fromJSON(request);
      await assert.rejects(client.annotate(document ?? {}, options), (caught) => {
        assertIs(caught, error);
        return true;
      });
    });
  }

  for (const batchSize of [1, 2, 64]) {
    test(`a bad text fails alone, in batches of ${batchSize}`, async () => {
      const documents = cases.batch.documents.map((document) => Document.fromJSON(document));
      let i = 0;
      for await (const outcome of client.annotateAll(documents, {}, { batchSize, inFlight: 2 })) {
        assert.equal(outcome.document.documentId, documents[i]!.documentId);
        const expected = cases.batch.outcomes[i++]!;
        assert.equal(outcome.error?.reason, expected.reason);
        assert.deepEqual(outcome.answer && [...outcome.answer].map(({ speaker }) => speaker), expected.speakers);
      }
      assert.equal(i, documents.length);
    });
  }
});

describe("against scripted replies", () => {
  for (const scripted of cases.scripted) {
    test(scripted.name, async () => {
      const server = await ScriptedServer.start(scripted.replies);
      const client = new KutipClient(server.address);
      const began = performance.now();
      try {
        const call = client.annotate("teks", {}, { timeoutMs: scripted.timeout_ms ?? 30_000 });
        if (scripted.error !== undefined) {
          const { error } = scripted;
          await assert.rejects(call, (caught) => {
            assertIs(caught, error);
            return true;
          });
        } else {
          const { response } = await call;
          assert.equal(response.documentId, scripted.document_id);
          assert.deepEqual(response.speakers.map(({ kind }) => kind), scripted.speaker_kinds ?? []);
          assert.deepEqual(response.quotes.map(({ form }) => form), scripted.quote_forms ?? []);
          assert.ok(Buffer.from(AnnotateResponse.encode(response).finish()).includes(Buffer.from(scripted.unknown_field ?? "", "base64")));
        }
        assert.ok(performance.now() - began >= scripted.at_least_ms);
        assert.equal(server.calls, scripted.calls);
      } finally {
        client.close();
        server.stop();
      }
    });
  }
});
