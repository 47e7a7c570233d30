package dev.kutip;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A text, or a whole call, that could not be answered. */
public final class KutipException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A field of a request, and what is wrong with it. */
  public record Violation(String field, String description) {}

  private final transient com.google.rpc.Status status;
  private final transient ErrorInfo info;
  private final transient List<Violation> fields;
  private final transient Duration retryDelay;

  private KutipException(com.google.rpc.Status status, Throwable cause) {
    super(describe(status), cause);
    this.status = status;
    info = detail(status, ErrorInfo.class).orElse(ErrorInfo.getDefaultInstance());
    fields =
        detail(status, BadRequest.class).map(BadRequest::getFieldViolationsList).orElse(List.of()).stream()
            .map(violation -> new Violation(violation.getField(), violation.getDescription()))
            .toList();
    retryDelay =
        detail(status, RetryInfo.class)
            .map(RetryInfo::getRetryDelay)
            .map(delay -> Duration.ofSeconds(delay.getSeconds(), delay.getNanos()))
            .orElse(null);
  }

  /** The error of one text among several. */
  static KutipException of(com.google.rpc.Status status) {
    return new KutipException(status, null);
  }

  /** The error of a call, whether the server or gRPC itself gave it. */
  static KutipException of(StatusRuntimeException error) {
    return new KutipException(StatusProto.fromThrowable(error), error);
  }

  /** gRPC's status. */
  public Status.Code code() {
    return codeOf(status);
  }

  /** What went wrong, for programs: TEXT_TOO_LARGE. The name of the status if the server gave no reason. */
  public String reason() {
    return info.getReason().isEmpty() ? code().name() : info.getReason();
  }

  /** Details of the reason: {limit_bytes=1048576}. */
  public Map<String, String> metadata() {
    return info.getMetadataMap();
  }

  /** Fields of the request at fault. */
  public List<Violation> fields() {
    return fields;
  }

  /** The time after which the server wants the call to be tried again, if it said so. */
  public Optional<Duration> retryDelay() {
    return Optional.ofNullable(retryDelay);
  }

  private static String describe(com.google.rpc.Status status) {
    String reason = detail(status, ErrorInfo.class).map(ErrorInfo::getReason).orElse(codeOf(status).name());
    return status.getMessage().isEmpty() ? reason : reason + ": " + status.getMessage();
  }

  private static Status.Code codeOf(com.google.rpc.Status status) {
    return Status.fromCodeValue(status.getCode()).getCode();
  }

  private static <T extends com.google.protobuf.Message> Optional<T> detail(com.google.rpc.Status status, Class<T> type) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return Optional.of(detail.unpack(type));
        } catch (InvalidProtocolBufferException e) {
          return Optional.empty(); // a broken detail is none
        }
      }
    }
    return Optional.empty();
  }
}
