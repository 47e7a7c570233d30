package dev.kutip;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** Waiting, with KutipException for whatever goes wrong. */
final class Calls {
  private Calls() {}

  static <T> T result(ListenableFuture<T> call) {
    try {
      return call.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatusRuntimeException error) throw KutipException.of(error);
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      call.cancel(true);
      throw interrupted();
    }
  }

  static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static KutipException interrupted() {
    Thread.currentThread().interrupt();
    return KutipException.of(Status.CANCELLED.withDescription("The thread was interrupted.").asRuntimeException());
  }
}
