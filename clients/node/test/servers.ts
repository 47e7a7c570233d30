// Servers for the tests: the real one, and one that answers what a script says.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { createInterface } from "node:readline";
import { Metadata, Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import { Status } from "../src/gen/google/rpc/status.js";

export const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** The built server: $KUTIP_PROGRAM, else from a build folder; undefined if there is none. */
export function program(): string | undefined {
  const built = ["release", "dev"].map((preset) => path.join(root, "build", preset, "service/kutip"));
  return [process.env["KUTIP_PROGRAM"] ?? "", ...built].find((file) => file !== "" && existsSync(file));
}

/** For node:test: why tests against a live server are left out, or false. */
export const withoutServer = program() === undefined ? "no server is built; run script/build dev kutip" : false;

/** A Kutip with the shipped rules. */
export class LiveServer {
  private constructor(readonly address: string, private readonly child: ChildProcess) {}

  static async start(listen = "127.0.0.1:0"): Promise<LiveServer> {
    const child = spawn(program()!, ["serve", "--rules", path.join(root, "rules"), "--listen", listen],
      { stdio: ["ignore", "ignore", "pipe"] });
    const log = createInterface({ input: child.stderr! });
    return new Promise((resolve, reject) => {
      log.on("line", (line) => {
        const address = line.split("listening on ")[1];
        if (address !== undefined) resolve(new LiveServer(address.trim(), child));
      });
      child.on("exit", () => reject(new Error("the server did not start")));
    });
  }

  async kill(): Promise<void> {
    const ended = new Promise((resolve) => this.child.on("exit", resolve));
    this.child.kill("SIGKILL");
    await ended;
  }
}

export interface Reply {
  status?: string;
  pushback_ms?: number;
  response?: Record<string, string>;
  delay_ms?: number;
}

/** Gives the replies of a case of conformance/cases.json, one a call. */
export class ScriptedServer {
  calls = 0;
  address = "";
  readonly #server = new Server();

  static async start(replies: Reply[]): Promise<ScriptedServer> {
    const own = new ScriptedServer();
    const bytes = { requestSerialize: same, requestDeserialize: same, responseSerialize: same, responseDeserialize: same };
    const method = (name: string) => ({
      path: `/kutip.v1.AnnotationService/${name}`, requestStream: false, responseStream: false, ...bytes,
    });
    const reply = (_: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) => own.#reply(replies, done);
    own.#server.addService({ annotate: method("Annotate"), batchAnnotate: method("BatchAnnotate") },
      { annotate: reply, batchAnnotate: reply });
    const port = await new Promise<number>((resolve, reject) =>
      own.#server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error)));
    own.address = `127.0.0.1:${port}`;
    return own;
  }

  stop(): void {
    this.#server.forceShutdown();
  }

  #reply(replies: Reply[], done: sendUnaryData<Buffer>): void {
    const reply = replies[Math.min(this.calls, replies.length - 1)]!;
    this.calls += 1;
    setTimeout(() => {
      if (reply.status === undefined) {
        done(null, Buffer.from(reply.response?.["OFFSET_UNIT_UTF16"] ?? "", "base64"));
        return;
      }
      const details = Buffer.from(reply.status, "base64");
      const { code, message } = Status.decode(details);
      const metadata = new Metadata();
      metadata.set("grpc-status-details-bin", details);
      if (reply.pushback_ms !== undefined) metadata.set("grpc-retry-pushback-ms", String(reply.pushback_ms));
      done({ code, details: message, metadata });
    }, reply.delay_ms ?? 0);
  }
}

function same(bytes: Buffer): Buffer {
  return bytes;
}
