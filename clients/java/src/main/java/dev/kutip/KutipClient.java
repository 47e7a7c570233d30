package dev.kutip;

import dev.kutip.v1.AnnotateOptions;
import dev.kutip.v1.AnnotateRequest;
import dev.kutip.v1.AnnotationServiceGrpc;
import dev.kutip.v1.AnnotationServiceGrpc.AnnotationServiceFutureStub;
import dev.kutip.v1.Document;
import dev.kutip.v1.GetServerInfoRequest;
import dev.kutip.v1.GetServerInfoResponse;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.time.Duration;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Kutip's client: who said what in news texts. Offsets count UTF-16 units, as String does.
 *
 * <pre>{@code
 * try (KutipClient client = KutipClient.connect()) {
 *   for (Said said : client.annotate(text)) System.out.println(said.speaker() + " | " + said.text());
 * }
 * }</pre>
 *
 * <p>Threads may share it; one for the whole process is enough.
 */
public final class KutipClient implements AutoCloseable {
  /** For a call with all of its retries. */
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final ManagedChannel channel;
  private final Duration timeout;

  private KutipClient(ManagedChannel channel, Duration timeout) {
    this.channel = channel;
    this.timeout = timeout;
  }

  /** Connects to $KUTIP_SERVER, else to 127.0.0.1:50061, without TLS. */
  public static KutipClient connect() {
    return connect(Channels.defaultServer());
  }

  /** Connects to a gRPC target, like {@code 127.0.0.1:50061} or {@code dns:///kutip:50061}, without TLS. */
  public static KutipClient connect(String server) {
    return connect(Grpc.newChannelBuilder(server, InsecureChannelCredentials.create()));
  }

  /** For TLS, tokens and whatever else a channel can have; load balancing and retries are set here. */
  public static KutipClient connect(ManagedChannelBuilder<?> builder) {
    return new KutipClient(Channels.open(builder), DEFAULT_TIMEOUT);
  }

  /** A client on the same connection whose calls, with all of their retries, take at most so long. Default: 30 s. */
  public KutipClient withTimeout(Duration timeout) {
    return new KutipClient(channel, timeout);
  }

  /** Annotates one text. Throws KutipException. */
  public Answer annotate(String text) {
    return annotate(Documents.of(text), AnnotateOptions.getDefaultInstance());
  }

  /** Annotates a text that says its id or language. Throws KutipException. */
  public Answer annotate(Document document, AnnotateOptions options) {
    AnnotateRequest request =
        AnnotateRequest.newBuilder().setDocument(document).setOptions(Documents.inUtf16(options)).build();
    return new Answer(Documents.textOf(document), Calls.result(stub().annotate(request)));
  }

  /** {@link #annotateAll(Stream, AnnotateOptions, Bulk)} with what is usual. */
  public Stream<Outcome> annotateAll(Stream<String> texts) {
    return annotateAll(texts.map(Documents::of), AnnotateOptions.getDefaultInstance(), Bulk.DEFAULT);
  }

  /**
   * Annotates texts in batches, several times as many a second as single calls do. One outcome a text, in order.
   *
   * <p>Holds at most {@code inFlight} + 1 batches in memory, however many texts come. A text that cannot be annotated
   * fails alone, in its outcome. The stream throws KutipException if the options are wrong, or if the server stays away
   * for {@code patience}. Closing it cancels what is under way.
   */
  public Stream<Outcome> annotateAll(Stream<Document> documents, AnnotateOptions options, Bulk bulk) {
    BatchCalls calls =
        new BatchCalls(
            documents.iterator(),
            Documents.inUtf16(options),
            bulk,
            request -> stub().batchAnnotate(request),
            channel::resetConnectBackoff);
    int order = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(calls, order), false)
        .onClose(calls::close)
        .onClose(documents::close);
  }

  /** The document of a text, to add its id and language to. */
  public static Document.Builder document(String text) {
    return Documents.of(text).toBuilder();
  }

  /** What the server is and can do: version, limits, languages, active ruleset. Throws KutipException. */
  public GetServerInfoResponse serverInfo() {
    return Calls.result(stub().getServerInfo(GetServerInfoRequest.getDefaultInstance()));
  }

  /** The connection, for stubs of one's own; their calls throw StatusRuntimeException. */
  public ManagedChannel channel() {
    return channel;
  }

  /** Ends the connection and the calls under way. */
  @Override
  public void close() {
    channel.shutdownNow();
  }

  private AnnotationServiceFutureStub stub() {
    return AnnotationServiceGrpc.newFutureStub(channel).withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
