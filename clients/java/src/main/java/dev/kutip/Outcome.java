package dev.kutip;

import dev.kutip.v1.Document;
import java.util.Optional;

/**
 * What became of one text among several: either an answer or an error.
 *
 * @param document the document as it was sent
 */
public record Outcome(Document document, Optional<Answer> answer, Optional<KutipException> error) {
  static Outcome of(Document document, Answer answer) {
    return new Outcome(document, Optional.of(answer), Optional.empty());
  }

  static Outcome of(Document document, KutipException error) {
    return new Outcome(document, Optional.empty(), Optional.of(error));
  }

  /** The answer; throws the error. */
  public Answer orThrow() {
    return answer.orElseThrow(error::get);
  }
}
