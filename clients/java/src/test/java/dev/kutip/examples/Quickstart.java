package dev.kutip.examples;

import dev.kutip.KutipClient;
import dev.kutip.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public final class Quickstart {
  public static void main(String[] args) throws IOException {
    String text = Files.readString(Path.of(args[0]));
    try (KutipClient client = KutipClient.connect()) { // $KUTIP_SERVER, else 127.0.0.1:50061
      for (Said said : client.annotate(text)) {
        System.out.println(said.speaker() + " | " + said.text());
      }
    }
  }
}
