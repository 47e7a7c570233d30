package dev.kutip;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.rpc.Status;
import dev.kutip.v1.AnnotateRequest;
import dev.kutip.v1.AnnotateResponse;
import dev.kutip.v1.AnnotationServiceGrpc;
import dev.kutip.v1.BatchAnnotateRequest;
import dev.kutip.v1.BatchAnnotateResponse;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives the replies of a case of conformance/cases.json, one a call. */
final class ScriptedServer extends AnnotationServiceGrpc.AnnotationServiceImplBase implements AutoCloseable {
  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  /** A reply; fields have the names of the file. */
  record Reply(String status, Integer pushback_ms, Map<String, String> response, long delay_ms) {}

  final AtomicInteger calls = new AtomicInteger();
  final String address;
  private final List<Reply> replies;
  private final Server server;

  ScriptedServer(List<Reply> replies) throws IOException {
    this.replies = replies;
    server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create()).addService(this).build().start();
    address = "127.0.0.1:" + server.getPort();
  }

  @Override
  public void annotate(AnnotateRequest request, StreamObserver<AnnotateResponse> answer) {
    reply(AnnotateResponse.parser(), answer);
  }

  @Override
  public void batchAnnotate(BatchAnnotateRequest request, StreamObserver<BatchAnnotateResponse> answer) {
    reply(BatchAnnotateResponse.parser(), answer);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private <T extends MessageLite> void reply(Parser<T> parser, StreamObserver<T> answer) {
    Reply reply = replies.get(Math.min(calls.getAndIncrement(), replies.size() - 1));
    try {
      Thread.sleep(reply.delay_ms());
      if (reply.status() == null) {
        String response = reply.response() == null ? "" : reply.response().get("OFFSET_UNIT_UTF16");
        answer.onNext(parser.parseFrom(Base64.getDecoder().decode(response)));
        answer.onCompleted();
        return;
      }
      Metadata trailers = new Metadata();
      if (reply.pushback_ms() != null) trailers.put(PUSHBACK, reply.pushback_ms().toString());
      Status status = Status.parseFrom(Base64.getDecoder().decode(reply.status()));
      answer.onError(StatusProto.toStatusRuntimeException(status, trailers));
    } catch (InterruptedException | InvalidProtocolBufferException e) {
      answer.onError(e);
    }
  }
}
