// How every channel is set up: load balancing, retries with push-back, no limit on the size of answers.
import type { ChannelOptions } from "@grpc/grpc-js";

/** The same in all clients; clients/service_config.json. */
export const serviceConfig = {
  loadBalancingConfig: [{ round_robin: {} }],
  methodConfig: [
    {
      name: [{ service: "kutip.v1.AnnotationService" }],
      retryPolicy: {
        maxAttempts: 5,
        initialBackoff: "0.1s",
        maxBackoff: "2s",
        backoffMultiplier: 2,
        retryableStatusCodes: ["UNAVAILABLE", "RESOURCE_EXHAUSTED"],
      },
    },
  ],
};

export const channelOptions: ChannelOptions = {
  "grpc.service_config": JSON.stringify(serviceConfig),
  "grpc.max_receive_message_length": -1, // an answer is as large as it is; requests are what the server bounds
  "grpc.max_reconnect_backoff_ms": 2000, // a server that comes back is found again soon
};

/** Milliseconds for a call with all of its retries. */
export const defaultTimeoutMs = 30_000;

/** Where the server is if the caller does not say: $KUTIP_SERVER, else where `kutip serve` listens. */
export function defaultServer(): string {
  return process.env["KUTIP_SERVER"] ?? "127.0.0.1:50061";
}
