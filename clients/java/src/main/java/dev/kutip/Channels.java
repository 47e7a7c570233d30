package dev.kutip;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.List;
import java.util.Map;

/** How every channel is set up: load balancing, retries with push-back, no limit on the size of answers. */
final class Channels {
  /** The same in all clients; clients/service_config.json. Numbers are doubles, as gRPC wants them. */
  static final Map<String, ?> SERVICE_CONFIG =
      Map.of(
          "loadBalancingConfig", List.of(Map.of("round_robin", Map.of())),
          "methodConfig",
          List.of(
              Map.of(
                  "name", List.of(Map.of("service", "kutip.v1.AnnotationService")),
                  "retryPolicy",
                  Map.of(
                      "maxAttempts", 5.0,
                      "initialBackoff", "0.1s",
                      "maxBackoff", "2s",
                      "backoffMultiplier", 2.0,
                      "retryableStatusCodes", List.of("UNAVAILABLE", "RESOURCE_EXHAUSTED")))));

  private Channels() {}

  /** An answer is as large as it is; requests are what the server bounds. */
  static ManagedChannel open(ManagedChannelBuilder<?> builder) {
    return builder
        .defaultServiceConfig(SERVICE_CONFIG)
        .enableRetry()
        .maxInboundMessageSize(Integer.MAX_VALUE)
        .build();
  }

  /** Where the server is if the caller does not say: $KUTIP_SERVER, else where {@code kutip serve} listens. */
  static String defaultServer() {
    return System.getenv().getOrDefault("KUTIP_SERVER", "127.0.0.1:50061");
  }
}
