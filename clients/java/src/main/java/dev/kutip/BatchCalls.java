package dev.kutip;

import com.google.common.util.concurrent.ListenableFuture;
import dev.kutip.v1.AnnotateOptions;
import dev.kutip.v1.AnnotateResult;
import dev.kutip.v1.BatchAnnotateRequest;
import dev.kutip.v1.BatchAnnotateResponse;
import dev.kutip.v1.Document;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** BatchAnnotate over any number of batches: some on their way at a time, outcomes in order. For one thread. */
final class BatchCalls implements Iterator<Outcome>, AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private record Pending(List<Document> documents, ListenableFuture<BatchAnnotateResponse> call) {}

  private final Function<BatchAnnotateRequest, ListenableFuture<BatchAnnotateResponse>> start;
  private final Runnable reconnect;
  private final AnnotateOptions options;
  private final Bulk bulk;
  private final Iterator<List<Document>> batches;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private Iterator<Outcome> ready = List.<Outcome>of().iterator();

  /** {@code reconnect} makes the channel look for the server now. */
  BatchCalls(
      Iterator<Document> documents,
      AnnotateOptions options,
      Bulk bulk,
      Function<BatchAnnotateRequest, ListenableFuture<BatchAnnotateResponse>> start,
      Runnable reconnect) {
    this.start = start;
    this.reconnect = reconnect;
    this.options = options;
    this.bulk = bulk;
    batches = new BatchIterator(documents, bulk.batchSize());
  }

  @Override
  public boolean hasNext() {
    while (!ready.hasNext()) {
      while (pending.size() < bulk.inFlight() && batches.hasNext()) pending.add(started(batches.next()));
      if (pending.isEmpty()) return false;
      ready = finished(pending.remove()).iterator();
    }
    return true;
  }

  @Override
  public Outcome next() {
    if (!hasNext()) throw new NoSuchElementException();
    return ready.next();
  }

  /** Cancels what is under way. */
  @Override
  public void close() {
    pending.forEach(each -> each.call().cancel(true));
  }

  private Pending started(List<Document> documents) {
    BatchAnnotateRequest request =
        BatchAnnotateRequest.newBuilder().addAllDocuments(documents).setOptions(options).build();
    return new Pending(documents, start.apply(request));
  }

  /** Tries again while the server is away, and in halves if the batch is too much for one call. */
  private List<Outcome> finished(Pending batch) {
    long end = System.nanoTime() + bulk.patience().toNanos();
    Duration wait = Duration.ofMillis(100);
    while (true) {
      try {
        return outcomes(batch.documents(), Calls.result(batch.call()));
      } catch (KutipException error) {
        Duration pause = longer(wait, error.retryDelay().orElse(Duration.ZERO));
        boolean away = error.code() == Status.Code.UNAVAILABLE || error.retryDelay().isPresent();
        if (!away || System.nanoTime() + pause.toNanos() - end > 0) return inHalves(batch.documents(), error);
        Calls.sleep(pause);
        wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        reconnect.run();
        batch = started(batch.documents());
      }
    }
  }

  /** What took too long or had too large an answer; a single text fails alone. */
  private List<Outcome> inHalves(List<Document> documents, KutipException error) {
    boolean tooMuch = error.code() == Status.Code.DEADLINE_EXCEEDED || error.code() == Status.Code.RESOURCE_EXHAUSTED;
    if (!tooMuch || error.retryDelay().isPresent()) throw error;
    if (documents.size() == 1) return List.of(Outcome.of(documents.get(0), error));
    int half = documents.size() / 2;
    List<Outcome> all = new ArrayList<>(finished(started(documents.subList(0, half))));
    all.addAll(finished(started(documents.subList(half, documents.size()))));
    return all;
  }

  private static List<Outcome> outcomes(List<Document> documents, BatchAnnotateResponse response) {
    if (response.getResultsCount() != documents.size()) {
      throw new IllegalStateException("the batch has another number of results than of documents");
    }
    List<Outcome> all = new ArrayList<>();
    for (int i = 0; i < documents.size(); ++i) {
      Document document = documents.get(i);
      AnnotateResult result = response.getResults(i);
      all.add(
          result.hasResponse()
              ? Outcome.of(document, new Answer(Documents.textOf(document), result.getResponse()))
              : Outcome.of(document, KutipException.of(result.getError())));
    }
    return all;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
