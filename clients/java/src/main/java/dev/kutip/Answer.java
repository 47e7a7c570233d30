package dev.kutip;

import dev.kutip.v1.AnnotateResponse;
import dev.kutip.v1.OffsetUnit;
import dev.kutip.v1.Span;
import java.util.Iterator;
import java.util.stream.Collectors;

/**
 * An answer beside the text it is about. Iterates over who said what, in the order of the text.
 *
 * @param text the text as the caller gave it
 * @param response the server's answer; its offsets count UTF-16 units of {@code text}
 */
public record Answer(String text, AnnotateResponse response) implements Iterable<Said> {
  /** Throws IllegalArgumentException if the answer is about another text or counts something else. */
  public Answer {
    if (response.getOffsetUnit() != OffsetUnit.OFFSET_UNIT_UTF16 || response.getTextLength() != text.length()) {
      throw new IllegalArgumentException(
          "an answer about %d of unit %d for a text of %d UTF-16 units"
              .formatted(response.getTextLength(), response.getOffsetUnitValue(), text.length()));
    }
  }

  /** The part of the text that a span of the response stands for. */
  public String textOf(Span span) {
    return text.substring(span.getBegin(), span.getEnd());
  }

  @Override
  public Iterator<Said> iterator() {
    return response.getQuotesList().stream()
        .map(
            quote ->
                new Said(
                    quote.getAttribution().getSpeakerName(),
                    quote.getFragmentsList().stream()
                        .map(fragment -> textOf(fragment.getContent()))
                        .collect(Collectors.joining(" ")),
                    quote))
        .iterator();
  }
}
