package dev.kutip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kutip.v1.AnnotateOptions;
import dev.kutip.v1.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** annotateAll over many texts: bounded memory, servers that go away, batches that are too much for one call. */
class BulkTest {
  private static final String TEXT = "“Kapal siap,” kata Rini Wulandari.";
  private static final AnnotateOptions NO_OPTIONS = AnnotateOptions.getDefaultInstance();

  private static Stream<Document> documents(Stream<String> texts) {
    return texts.map(text -> KutipClient.document(text).build());
  }

  @Test
  void readsOnlyAsManyTextsAsItNeeds() throws IOException {
    AtomicInteger read = new AtomicInteger();
    Stream<String> endless = Stream.generate(() -> TEXT).peek(text -> read.incrementAndGet());
    Bulk bulk = new Bulk(8, 2, Duration.ofSeconds(10));
    try (LiveServer server = LiveServer.start("127.0.0.1:0");
        KutipClient client = KutipClient.connect(server.address);
        Stream<Outcome> outcomes = client.annotateAll(documents(endless), NO_OPTIONS, bulk)) {
      Iterator<Outcome> each = outcomes.iterator();
      for (int given = 1; given <= 200; ++given) {
        assertEquals("Rini Wulandari", each.next().orThrow().iterator().next().speaker());
        assertTrue(read.get() <= given + 3 * 8);
      }
    }
  }

  @Test
  void aTextThatIsNoUnicodeFailsAlone() throws IOException {
    try (LiveServer server = LiveServer.start("127.0.0.1:0");
        KutipClient client = KutipClient.connect(server.address)) {
      List<Outcome> outcomes = client.annotateAll(Stream.of(TEXT, "\ud800 separuh", TEXT)).toList();
      assertEquals(
          List.of(Optional.empty(), Optional.of("TEXT_NOT_UTF8"), Optional.empty()),
          outcomes.stream().map(outcome -> outcome.error().map(KutipException::reason)).toList());
    }
  }

  @Test
  void wrongOptionsFailTheCall() throws IOException {
    AnnotateOptions options = AnnotateOptions.newBuilder().addPlugins("nihil").build();
    try (LiveServer server = LiveServer.start("127.0.0.1:0");
        KutipClient client = KutipClient.connect(server.address)) {
      Stream<Outcome> outcomes = client.annotateAll(documents(Stream.of(TEXT)), options, Bulk.DEFAULT);
      assertEquals("PLUGIN_UNKNOWN", assertThrows(KutipException.class, outcomes::toList).reason());
    }
  }

  @Test
  void aServerThatIsKilledAndStartedAgainLosesNoText(@TempDir Path folder) throws Exception {
    String listen = "unix:" + folder.resolve("kutip.sock");
    List<String> texts = IntStream.range(0, 300).mapToObj(i -> TEXT + i).toList();
    List<String> answered = new ArrayList<>();
    CompletableFuture<LiveServer> second = new CompletableFuture<>();
    Bulk bulk = new Bulk(10, 4, Duration.ofSeconds(60));
    try (LiveServer first = LiveServer.start(listen);
        KutipClient client = KutipClient.connect(listen)) {
      client
          .annotateAll(documents(texts.stream()), NO_OPTIONS, bulk)
          .forEach(
              outcome -> {
                answered.add(outcome.orThrow().text());
                if (answered.size() != 50) return;
                first.close();
                CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
                    .execute(
                        () -> {
                          try {
                            second.complete(LiveServer.start(listen));
                          } catch (IOException e) {
                            second.completeExceptionally(e);
                          }
                        });
              });
    }
    second.get().close();
    assertEquals(texts, answered);
  }

  @Test
  void impatienceIsTold() {
    Bulk bulk = new Bulk(64, 4, Duration.ofMillis(500));
    try (KutipClient client = KutipClient.connect("unix:/nonexistent/kutip.sock")) {
      Stream<Outcome> outcomes = client.annotateAll(documents(Stream.of(TEXT)), NO_OPTIONS, bulk);
      assertEquals("UNAVAILABLE", assertThrows(KutipException.class, outcomes::toList).reason());
    }
  }

  @Test
  void largeTextsMakeSmallBatches() {
    String large = "x".repeat((1 << 19) - 100);
    List<Integer> sizes = new ArrayList<>();
    new BatchIterator(documents(Stream.of(large, large, large, large, large, "x", "x", "x")).iterator(), 64)
        .forEachRemaining(batch -> sizes.add(batch.size()));
    assertEquals(List.of(2, 2, 4), sizes);
  }

  @Test
  void aBatchThatIsTooMuchForACallIsTriedInHalves() throws IOException {
    ScriptedServer.Reply exhausted = new ScriptedServer.Reply("CAg=", -1, null, 0); // RESOURCE_EXHAUSTED without details
    try (ScriptedServer server = new ScriptedServer(List.of(exhausted));
        KutipClient client = KutipClient.connect(server.address)) {
      List<Outcome> outcomes = client.annotateAll(Stream.of(TEXT, TEXT, TEXT)).toList();
      assertEquals(
          List.of("RESOURCE_EXHAUSTED", "RESOURCE_EXHAUSTED", "RESOURCE_EXHAUSTED"),
          outcomes.stream().map(outcome -> outcome.error().orElseThrow().reason()).toList());
      assertEquals(5, server.calls.get()); // three, one, two, one, one
    }
  }
}
