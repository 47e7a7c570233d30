// The client.
import { setTimeout as sleep } from "node:timers/promises";
import { type ChannelCredentials, type ClientUnaryCall, credentials, Metadata, type ServiceError } from "@grpc/grpc-js";
import { Answer } from "./answer.js";
import { batches, documentOf, failsForItsSize, type Options, optionsOf, type Outcome, outcomes, Patience, type Text, textOf }
  from "./batches.js";
import { channelOptions, defaultServer, defaultTimeoutMs } from "./channel.js";
import { KutipError } from "./errors.js";
import { type AnnotateOptions, type AnnotateResponse, type Document } from "./gen/kutip/v1/annotation.js";
import { AnnotationServiceClient, type BatchAnnotateResponse, type GetServerInfoResponse } from "./gen/kutip/v1/annotation_service.js";

export interface Connection {
  /** For TLS: credentials.createSsl(...). Default: a plain connection. */
  readonly credentials?: ChannelCredentials;
  /** Sent with each call: { authorization: "Bearer ..." }. */
  readonly metadata?: Record<string, string>;
  /** Milliseconds for a call with all of its retries. Default: 30,000. */
  readonly timeoutMs?: number;
}

export interface CallSettings {
  /** Milliseconds for this call with all of its retries. */
  readonly timeoutMs?: number;
}

export interface BulkSettings extends CallSettings {
  /** Most documents in a batch. Default: 64. */
  readonly batchSize?: number;
  /** Batches on their way at a time. Default: 4. */
  readonly inFlight?: number;
  /** Milliseconds that a batch waits for a server that is away or has no room. Default: 60,000. */
  readonly patienceMs?: number;
}

type Callback<T> = (error: ServiceError | null, response: T) => void;

/** A connection to a server; one for the whole process is enough. */
export class KutipClient {
  /** The generated stub, for everything that has no method here; its calls fail with grpc-js' ServiceError. */
  readonly stub: AnnotationServiceClient;
  readonly #metadata = new Metadata();
  readonly #timeoutMs: number;

  /** `server`: gRPC target, like `127.0.0.1:50061`, `unix:/run/kutip.sock` or `dns:///kutip:50061`. Default: $KUTIP_SERVER. */
  constructor(server = defaultServer(), connection: Connection = {}) {
    this.stub = new AnnotationServiceClient(server, connection.credentials ?? credentials.createInsecure(), channelOptions);
    for (const [key, value] of Object.entries(connection.metadata ?? {})) this.#metadata.set(key, value);
    this.#timeoutMs = connection.timeoutMs ?? defaultTimeoutMs;
  }

  close(): void {
    this.stub.close();
  }

  /** Annotates one text. Rejects with KutipError. */
  async annotate(text: Text, options?: Options, settings: CallSettings = {}): Promise<Answer> {
    const document = documentOf(text);
    const request = { document, options: optionsOf(options) };
    const { result } = promised<AnnotateResponse>((done) =>
      this.stub.annotate(request, this.#metadata, this.#deadline(settings), done));
    return new Answer(textOf(document), await result);
  }

  /**
   * Annotates texts in batches, several times as many a second as single calls do. Yields one outcome a text, in order.
   *
   * Holds at most `inFlight` + 1 batches in memory, however many texts come. A text that cannot be annotated fails alone, in its
   * outcome. Throws KutipError if the options are wrong, or if the server stays away for `patienceMs`.
   */
  async *annotateAll(texts: Iterable<Text> | AsyncIterable<Text>, options?: Options, settings: BulkSettings = {}):
    AsyncGenerator<Outcome> {
    const calls = new BatchCalls((documents, own, done) =>
      this.stub.batchAnnotate({ documents, options: own }, this.#metadata, this.#deadline(settings), done),
      optionsOf(options), settings.patienceMs ?? 60_000);
    const pending: Promise<Outcome[]>[] = [];
    try {
      for await (const batch of batches(texts, settings.batchSize ?? 64)) {
        if (pending.length >= (settings.inFlight ?? 4)) yield* await pending.shift()!;
        const outcomes = calls.outcomes(batch);
        outcomes.catch(() => undefined); // told when its turn comes
        pending.push(outcomes);
      }
      while (pending.length > 0) yield* await pending.shift()!;
    } finally {
      calls.stop();
    }
  }

  /** What the server is and can do: version, limits, languages, active ruleset. Rejects with KutipError. */
  async serverInfo(settings: CallSettings = {}): Promise<GetServerInfoResponse> {
    return promised<GetServerInfoResponse>((done) =>
      this.stub.getServerInfo({}, this.#metadata, this.#deadline(settings), done)).result;
  }

  #deadline(settings: CallSettings): { deadline: number } {
    return { deadline: Date.now() + (settings.timeoutMs ?? this.#timeoutMs) };
  }
}

/** BatchAnnotate, tried again while the server is away, and in halves if a batch is too much for one call. */
class BatchCalls {
  readonly #open = new Set<ClientUnaryCall>();
  readonly #stopped = new AbortController();

  constructor(
    private readonly start: (documents: Document[], options: AnnotateOptions, done: Callback<BatchAnnotateResponse>) =>
      ClientUnaryCall,
    private readonly options: AnnotateOptions,
    private readonly patienceMs: number,
  ) {}

  async outcomes(documents: Document[]): Promise<Outcome[]> {
    const patience = new Patience(this.patienceMs);
    for (;;) {
      try {
        return await this.#once(documents);
      } catch (error) {
        if (!(error instanceof KutipError)) throw error;
        const wait = patience.nextWait(error);
        if (wait === undefined) return this.#after(documents, error);
        await sleep(wait, undefined, { signal: this.#stopped.signal });
      }
    }
  }

  /** Cancels what is under way. */
  stop(): void {
    this.#stopped.abort();
    for (const call of this.#open) call.cancel();
  }

  async #once(documents: Document[]): Promise<Outcome[]> {
    const { call, result } = promised<BatchAnnotateResponse>((done) => this.start(documents, this.options, done));
    this.#open.add(call);
    try {
      return outcomes(documents, await result);
    } finally {
      this.#open.delete(call);
    }
  }

  async #after(documents: Document[], error: KutipError): Promise<Outcome[]> {
    if (!failsForItsSize(error)) throw error;
    if (documents.length === 1) return [{ document: documents[0]!, error }];
    const half = documents.length >> 1;
    return [...await this.outcomes(documents.slice(0, half)), ...await this.outcomes(documents.slice(half))];
  }
}

function promised<T>(start: (done: Callback<T>) => ClientUnaryCall): { call: ClientUnaryCall; result: Promise<T> } {
  let call!: ClientUnaryCall;
  const result = new Promise<T>((resolve, reject) => {
    call = start((error, response) => (error === null ? resolve(response) : reject(KutipError.fromCall(error))));
  });
  return { call, result };
}
