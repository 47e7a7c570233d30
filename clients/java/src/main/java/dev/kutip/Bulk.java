package dev.kutip;

import java.time.Duration;

/**
 * How {@link KutipClient#annotateAll} works.
 *
 * @param batchSize most documents in a batch
 * @param inFlight batches on their way at a time
 * @param patience how long a batch waits for a server that is away or has no room
 */
public record Bulk(int batchSize, int inFlight, Duration patience) {
  /** 64 documents, 4 batches, 60 seconds. */
  public static final Bulk DEFAULT = new Bulk(64, 4, Duration.ofSeconds(60));

  public Bulk {
    if (batchSize < 1 || inFlight < 1) throw new IllegalArgumentException("batchSize and inFlight are at least 1");
  }
}
