// Errors of calls, with what google.rpc tells about them.
import { type ServiceError, status } from "@grpc/grpc-js";
import { type Duration } from "./gen/google/protobuf/duration.js";
import { BadRequest, ErrorInfo, RetryInfo } from "./gen/google/rpc/error_details.js";
import { Status } from "./gen/google/rpc/status.js";

interface Details {
  reason?: string;
  metadata: Record<string, string>;
  fields: { field: string; description: string }[];
  retryDelayMs?: number;
}

/** A text, or a whole call, that could not be answered. */
export class KutipError extends Error {
  override readonly name = "KutipError";
  /** gRPC's status. */
  readonly code: status;
  /** What went wrong, for programs: TEXT_TOO_LARGE. The name of the status if the server gave no reason. */
  readonly reason: string;
  /** Details of the reason: { limit_bytes: "1048576" }. */
  readonly metadata: Record<string, string>;
  /** Fields of the request at fault, with what is wrong with each. */
  readonly fields: { field: string; description: string }[];
  /** Milliseconds after which the server wants the call to be tried again, if it said so. */
  readonly retryDelayMs: number | undefined;

  private constructor(code: status, text: string, details: Details, cause?: unknown) {
    const reason = details.reason ?? status[code] ?? "UNKNOWN";
    super(text === "" ? reason : `${reason}: ${text}`, { cause });
    this.code = code;
    this.reason = reason;
    this.metadata = details.metadata;
    this.fields = details.fields;
    this.retryDelayMs = details.retryDelayMs;
  }

  /** The error of one text among several. */
  static fromStatus(error: Status): KutipError {
    return new KutipError(error.code, error.message, read(error.details));
  }

  /** The error of a call, whether the server or gRPC itself gave it. */
  static fromCall(error: ServiceError): KutipError {
    const bytes = error.metadata?.get("grpc-status-details-bin")[0];
    const details = bytes instanceof Uint8Array ? Status.decode(bytes).details : [];
    return new KutipError(error.code, error.details, read(details), error);
  }
}

function read(messages: Status["details"]): Details {
  const details: Details = { metadata: {}, fields: [] };
  for (const { typeUrl, value } of messages) {
    if (typeUrl.endsWith("/google.rpc.ErrorInfo")) {
      const info = ErrorInfo.decode(value);
      details.reason = info.reason;
      details.metadata = info.metadata;
    } else if (typeUrl.endsWith("/google.rpc.BadRequest")) {
      details.fields = BadRequest.decode(value).fieldViolations.map(({ field, description }) => ({ field, description }));
    } else if (typeUrl.endsWith("/google.rpc.RetryInfo")) {
      details.retryDelayMs = milliseconds(RetryInfo.decode(value).retryDelay);
    }
  }
  return details;
}

function milliseconds(duration: Duration | undefined): number {
  return duration === undefined ? 0 : duration.seconds * 1000 + duration.nanos / 1e6;
}
