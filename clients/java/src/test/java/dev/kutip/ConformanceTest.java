package dev.kutip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.kutip.v1.AnnotateOptions;
import dev.kutip.v1.AnnotateRequest;
import dev.kutip.v1.AnnotateResponse;
import dev.kutip.v1.AnnotationServiceGrpc;
import dev.kutip.v1.Document;
import dev.kutip.v1.OffsetUnit;
import dev.kutip.v1.Organization;
import dev.kutip.v1.Quote;
import dev.kutip.v1.Span;
import dev.kutip.v1.Speaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The cases that every client runs: clients/conformance/cases.json. */
class ConformanceTest {
  record SaidCase(String speaker, String words, Map<String, List<Integer>> span) {}

  record TextCase(
      String name, String text, Map<String, Integer> length, List<SaidCase> said, List<String> organizations) {}

  record ErrorOf(String code, String reason, Map<String, String> metadata, String field, Integer retry_delay_ms) {}

  record ErrorCase(String name, JsonObject request, ErrorOf error) {}

  record OutcomeCase(List<String> speakers, String reason) {}

  record BatchCase(List<JsonObject> documents, List<OutcomeCase> outcomes) {}

  record ScriptedCase(
      String name,
      List<ScriptedServer.Reply> replies,
      int calls,
      int at_least_ms,
      Integer timeout_ms,
      ErrorOf error,
      String document_id,
      List<Integer> speaker_kinds,
      List<Integer> quote_forms,
      String unknown_field) {}

  record Cases(List<TextCase> texts, List<ErrorCase> errors, BatchCase batch, List<ScriptedCase> scripted) {}

  /** A text as a sequence of units. */
  record Own(int length, Slicer slicer) {}

  interface Slicer {
    String slice(int begin, int end);
  }

  private static final Map<String, Function<String, Own>> UNITS =
      Map.of(
          "OFFSET_UNIT_UTF16", text -> new Own(text.length(), text::substring),
          "OFFSET_UNIT_CODE_POINT",
              text -> {
                int[] points = text.codePoints().toArray();
                return new Own(points.length, (begin, end) -> new String(points, begin, end - begin));
              },
          "OFFSET_UNIT_UTF8",
              text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                return new Own(
                    bytes.length,
                    (begin, end) -> new String(Arrays.copyOfRange(bytes, begin, end), StandardCharsets.UTF_8));
              });

  private static Cases cases;
  private static LiveServer server;
  private static KutipClient client;

  @BeforeAll
  static void start() throws IOException {
    cases =
        new Gson().fromJson(Files.readString(LiveServer.ROOT.resolve("clients/conformance/cases.json")), Cases.class);
    server = LiveServer.start("127.0.0.1:0");
    client = KutipClient.connect(server.address);
  }

  @AfterAll
  static void stop() {
    if (client != null) client.close();
    if (server != null) server.close();
  }

  @Test
  void serviceConfigIsThatOfAllClients() throws IOException {
    String common = Files.readString(LiveServer.ROOT.resolve("clients/service_config.json"));
    Gson gson = new Gson();
    assertEquals(gson.fromJson(common, JsonElement.class), gson.toJsonTree(Channels.SERVICE_CONFIG));
  }

  @TestFactory
  Stream<DynamicTest> whoSaidWhatInOwnStrings() {
    return cases.texts().stream().map(each -> dynamicTest(each.name(), () -> ownStrings(each)));
  }

  private static void ownStrings(TextCase each) {
    Answer answer =
        client.annotate(
            KutipClient.document(each.text()).build(), AnnotateOptions.newBuilder().setIncludeText(true).build());
    AnnotateResponse response = answer.response();
    assertEquals(each.text().length(), response.getTextLength());
    List<Said> said = StreamSupport.stream(answer.spliterator(), false).toList();
    assertEquals(each.said().stream().map(SaidCase::speaker).toList(), said.stream().map(Said::speaker).toList());
    assertEquals(
        each.said().stream().map(SaidCase::words).toList(),
        said.stream().map(one -> answer.textOf(one.quote().getSpan())).toList());
    assertEquals(
        response.getQuotesList().stream().map(Quote::getText).toList(), said.stream().map(Said::text).toList());
    assertEquals(each.organizations(), response.getOrganizationsList().stream().map(Organization::getName).toList());
    for (Span span : spansOf(response)) assertEquals(span.getText(), answer.textOf(span));
  }

  @TestFactory
  Stream<DynamicTest> slicesInEveryUnit() {
    return cases.texts().stream()
        .flatMap(
            each ->
                UNITS.keySet().stream().map(unit -> dynamicTest(each.name() + " " + unit, () -> slices(each, unit))));
  }

  private static void slices(TextCase each, String unit) {
    Own own = UNITS.get(unit).apply(each.text());
    AnnotateResponse response =
        AnnotationServiceGrpc.newBlockingStub(client.channel())
            .annotate(
                AnnotateRequest.newBuilder()
                    .setDocument(Document.newBuilder().setText(each.text()))
                    .setOptions(
                        AnnotateOptions.newBuilder().setOffsetUnit(OffsetUnit.valueOf(unit)).setIncludeText(true))
                    .build());
    assertEquals(each.length().get(unit), own.length());
    assertEquals(own.length(), response.getTextLength());
    assertEquals(
        each.said().stream().map(said -> said.span().get(unit)).toList(),
        response.getQuotesList().stream()
            .map(quote -> List.of(quote.getSpan().getBegin(), quote.getSpan().getEnd()))
            .toList());
    for (Span span : spansOf(response)) {
      assertEquals(span.getText(), own.slicer().slice(span.getBegin(), span.getEnd()));
    }
  }

  @TestFactory
  Stream<DynamicTest> errorsTellTheirReason() {
    return cases.errors().stream()
        .map(
            each ->
                dynamicTest(
                    each.name(),
                    () -> {
                      AnnotateRequest request = parse(each.request(), AnnotateRequest.newBuilder()).build();
                      KutipException error =
                          assertThrows(
                              KutipException.class,
                              () -> client.annotate(request.getDocument(), request.getOptions()));
                      assertIs(error, each.error());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> aBadTextFailsAlone() {
    return Stream.of(1, 2, 64).map(size -> dynamicTest("batches of " + size, () -> badTextFailsAlone(size)));
  }

  private static void badTextFailsAlone(int batchSize) throws InvalidProtocolBufferException {
    List<Document> documents = new ArrayList<>();
    for (JsonObject document : cases.batch().documents()) documents.add(parse(document, Document.newBuilder()).build());
    Bulk bulk = new Bulk(batchSize, 2, Duration.ofSeconds(10));
    List<Outcome> outcomes =
        client.annotateAll(documents.stream(), AnnotateOptions.getDefaultInstance(), bulk).toList();
    assertEquals(documents, outcomes.stream().map(Outcome::document).toList());
    for (int i = 0; i < outcomes.size(); ++i) {
      OutcomeCase expected = cases.batch().outcomes().get(i);
      assertEquals(Optional.ofNullable(expected.reason()), outcomes.get(i).error().map(KutipException::reason));
      if (expected.speakers() != null) {
        Answer answer = outcomes.get(i).orThrow();
        assertEquals(
            expected.speakers(), StreamSupport.stream(answer.spliterator(), false).map(Said::speaker).toList());
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> scriptedReplies() {
    return cases.scripted().stream().map(each -> dynamicTest(each.name(), () -> scripted(each)));
  }

  private static void scripted(ScriptedCase each) throws IOException {
    try (ScriptedServer scripted = new ScriptedServer(each.replies());
        KutipClient connected = KutipClient.connect(scripted.address)) {
      int timeout = each.timeout_ms() == null ? 30_000 : each.timeout_ms();
      KutipClient own = connected.withTimeout(Duration.ofMillis(timeout));
      long began = System.nanoTime();
      if (each.error() != null) {
        assertIs(assertThrows(KutipException.class, () -> own.annotate("teks")), each.error());
      } else {
        AnnotateResponse response = own.annotate("teks").response();
        assertEquals(each.document_id(), response.getDocumentId());
        assertEquals(
            Optional.ofNullable(each.speaker_kinds()).orElse(List.of()),
            response.getSpeakersList().stream().map(Speaker::getKindValue).toList());
        assertEquals(
            Optional.ofNullable(each.quote_forms()).orElse(List.of()),
            response.getQuotesList().stream().map(Quote::getFormValue).toList());
        byte[] unknown = Base64.getDecoder().decode(Optional.ofNullable(each.unknown_field()).orElse(""));
        assertTrue(contains(response.toByteString(), ByteString.copyFrom(unknown)));
      }
      assertTrue(System.nanoTime() - began >= each.at_least_ms() * 1_000_000L);
      assertEquals(each.calls(), scripted.calls.get());
    }
  }

  private static void assertIs(KutipException error, ErrorOf expected) {
    assertEquals(expected.code(), error.code().name());
    assertEquals(expected.reason(), error.reason());
    expected.metadata().forEach((key, value) -> assertEquals(value, error.metadata().get(key)));
    assertEquals(
        expected.field().isEmpty() ? List.of() : List.of(expected.field()),
        error.fields().stream().map(KutipException.Violation::field).toList());
    if (expected.retry_delay_ms() != null) {
      assertEquals(Optional.of(Duration.ofMillis(expected.retry_delay_ms())), error.retryDelay());
    }
  }

  /** All spans of a message, wherever in it they are. */
  private static List<Span> spansOf(Message message) {
    if (message instanceof Span span) return List.of(span);
    List<Span> spans = new ArrayList<>();
    for (Object value : message.getAllFields().values()) {
      for (Object each : value instanceof List<?> list ? list : List.of(value)) {
        if (each instanceof Message inner) spans.addAll(spansOf(inner));
      }
    }
    return spans;
  }

  private static <T extends Message.Builder> T parse(JsonObject json, T builder)
      throws InvalidProtocolBufferException {
    JsonFormat.parser().merge(json.toString(), builder);
    return builder;
  }

  private static boolean contains(ByteString bytes, ByteString part) {
    for (int i = 0; i + part.size() <= bytes.size(); ++i) {
      if (bytes.substring(i, i + part.size()).equals(part)) return true;
    }
    return false;
  }
}
