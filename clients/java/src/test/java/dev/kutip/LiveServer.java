package dev.kutip;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A Kutip with the shipped rules. */
final class LiveServer implements AutoCloseable {
  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  final String address;
  private final Process process;

  private LiveServer(String address, Process process) {
    this.address = address;
    this.process = process;
  }

  /** The built server: $KUTIP_PROGRAM, else from a build folder. */
  private static Optional<Path> program() {
    return Stream.of(
            System.getenv().getOrDefault("KUTIP_PROGRAM", ""), "build/release/service/kutip", "build/dev/service/kutip")
        .filter(path -> !path.isEmpty())
        .map(ROOT::resolve)
        .filter(Files::exists)
        .findFirst();
  }

  /** Skips the test if no server is built. */
  static LiveServer start(String listen) throws IOException {
    Optional<Path> program = program();
    assumeTrue(program.isPresent(), "no server is built; run script/build dev kutip");
    Process process =
        new ProcessBuilder(
                program.get().toString(), "serve", "--rules", ROOT.resolve("rules").toString(), "--listen", listen)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader log = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      int found = line.indexOf("listening on ");
      if (found < 0) continue;
      Thread drain = new Thread(() -> log.lines().forEach(each -> {}));
      drain.setDaemon(true);
      drain.start();
      return new LiveServer(line.substring(found + "listening on ".length()).strip(), process);
    }
    throw new IOException("the server did not start");
  }

  /** Kills it. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
