// An answer beside the text it is about.
import { type AnnotateResponse, OffsetUnit, type Quote, type Span } from "./gen/kutip/v1/annotation.js";

/** The text at hand is not the one that the answer is about, or its offsets count something else than UTF-16 units. */
export class TextMismatch extends Error {
  override readonly name = "TextMismatch";
}

/** Who said what. */
export interface Said {
  /** The speaker's name; empty if nobody was found. */
  readonly speaker: string;
  /** The words, without quotation marks, parts of an interrupted quote joined by a space. */
  readonly text: string;
  /** Everything else that is known about the quote. */
  readonly quote: Quote;
}

/** Iterates over who said what, in the order of the text. */
export class Answer implements Iterable<Said> {
  constructor(
    /** The text as the caller gave it. */
    readonly text: string,
    /** The server's answer; its offsets count UTF-16 units of `text`. */
    readonly response: AnnotateResponse,
  ) {
    if (response.offsetUnit !== OffsetUnit.OFFSET_UNIT_UTF16 || response.textLength !== text.length) {
      throw new TextMismatch(
        `an answer about ${response.textLength} of unit ${response.offsetUnit} for a text of ${text.length} UTF-16 units`,
      );
    }
  }

  /** The part of the text that a span of the response stands for; empty if the span is absent. */
  textOf(span: Span | undefined): string {
    return span === undefined ? "" : this.text.slice(span.begin, span.end);
  }

  *[Symbol.iterator](): Iterator<Said> {
    for (const quote of this.response.quotes) {
      const text = quote.fragments.map((fragment) => this.textOf(fragment.content)).join(" ");
      yield { speaker: quote.attribution?.speakerName ?? "", text, quote };
    }
  }
}
