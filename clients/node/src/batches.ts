// Texts in, batches out.
import { status } from "@grpc/grpc-js";
import { Answer } from "./answer.js";
import { KutipError } from "./errors.js";
import { AnnotateOptions, type DeepPartial, Document, OffsetUnit } from "./gen/kutip/v1/annotation.js";
import { type BatchAnnotateResponse } from "./gen/kutip/v1/annotation_service.js";

/** A text, its UTF-8, or a document that also says its id and language. */
export type Text = string | Uint8Array | DeepPartial<Document>;

/** What to annotate and how to answer; offsetUnit is always UTF-16. */
export type Options = DeepPartial<Omit<AnnotateOptions, "offsetUnit">>;

/** What became of one text among several: either an answer or an error. */
export type Outcome =
  | { readonly document: Document; readonly answer: Answer; readonly error?: undefined }
  | { readonly document: Document; readonly answer?: undefined; readonly error: KutipError };

const batchBytes = 1 << 20; // of UTF-8; one text that is larger travels alone
const longestWaitMs = 2000;

/** The document to send. Always as UTF-8, so that a text that cannot be sent fails alone and the error says where. */
export function documentOf(text: Text): Document {
  if (typeof text === "string") return Document.fromPartial({ utf8: utf8Of(text) });
  if (text instanceof Uint8Array) return Document.fromPartial({ utf8: Buffer.from(text) });
  return Document.fromPartial(text);
}

/** UTF-8; a surrogate without its partner becomes three bytes that the server refuses, and not another character. */
function utf8Of(text: string): Buffer {
  if (!/\p{Surrogate}/u.test(text)) return Buffer.from(text, "utf8");
  const parts = text.split(/(\p{Surrogate})/u).map((part) => {
    if (!/^\p{Surrogate}$/u.test(part)) return Buffer.from(part, "utf8");
    const unit = part.charCodeAt(0);
    return Buffer.from([0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]);
  });
  return Buffer.concat(parts);
}

/** The text of a document that the server accepted. */
export function textOf(document: Document): string {
  return document.text ?? new TextDecoder("utf-8", { ignoreBOM: true }).decode(document.utf8 ?? new Uint8Array());
}

export function optionsOf(options: Options | undefined): AnnotateOptions {
  return AnnotateOptions.fromPartial({ ...options, offsetUnit: OffsetUnit.OFFSET_UNIT_UTF16 });
}

export async function* batches(texts: Iterable<Text> | AsyncIterable<Text>, size: number): AsyncGenerator<Document[]> {
  let batch: Document[] = [];
  let bytes = 0;
  for await (const text of texts) {
    const document = documentOf(text);
    const more = document.utf8?.length ?? Buffer.byteLength(document.text ?? "");
    if (batch.length === size || (batch.length > 0 && bytes + more > batchBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(document);
    bytes += more;
  }
  if (batch.length > 0) yield batch;
}

export function outcomes(documents: Document[], response: BatchAnnotateResponse): Outcome[] {
  return documents.map((document, i) => {
    const result = response.results[i];
    if (result?.response !== undefined) return { document, answer: new Answer(textOf(document), result.response) };
    return { document, error: KutipError.fromStatus(result?.error ?? { code: status.INTERNAL, message: "no result", details: [] }) };
  });
}

/** How long a batch is tried again, and how long to wait before the next try. */
export class Patience {
  readonly #end: number;
  #wait = 100;

  constructor(milliseconds: number) {
    this.#end = performance.now() + milliseconds;
  }

  /** Milliseconds to wait before the batch is tried again; undefined if it is not worth it or the time is over. */
  nextWait(error: KutipError): number | undefined {
    if (error.code !== status.UNAVAILABLE && error.retryDelayMs === undefined) return undefined;
    const wait = Math.max(this.#wait, error.retryDelayMs ?? 0);
    this.#wait = Math.min(2 * this.#wait, longestWaitMs);
    return performance.now() + wait < this.#end ? wait : undefined;
  }
}

/** Whether halves of the batch may succeed: it took too long or an answer was too large. A single text fails alone. */
export function failsForItsSize(error: KutipError): boolean {
  const tooMuch = error.code === status.DEADLINE_EXCEEDED || error.code === status.RESOURCE_EXHAUSTED;
  return tooMuch && error.retryDelayMs === undefined;
}
