"""An answer beside the text it is about."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kutip.v1 import annotation_pb2 as pb


class TextMismatch(ValueError):
    """The text at hand is not the one that the answer is about, or its offsets count something else than code points."""


@dataclass(frozen=True)
class Said:
    """Who said what."""

    #: The speaker's name; empty if nobody was found.
    speaker: str
    #: The words, without quotation marks, parts of an interrupted quote joined by a space.
    text: str
    #: Everything else that is known about the quote.
    quote: pb.Quote


@dataclass(frozen=True)
class Answer:
    """Iterates over who said what, in the order of the text."""

    #: The text as the caller gave it.
    text: str
    #: The server's answer; its offsets count code points of `text`.
    response: pb.AnnotateResponse

    def __post_init__(self) -> None:
        if self.response.offset_unit != pb.OFFSET_UNIT_CODE_POINT or self.response.text_length != len(self.text):
            raise TextMismatch(f"an answer about {self.response.text_length} of unit {self.response.offset_unit}"
                               f" for a text of {len(self.text)} code points")

    def text_of(self, span: pb.Span) -> str:
        """The part of the text that a span of the response stands for."""
        return self.text[span.begin:span.end]

    def __iter__(self) -> Iterator[Said]:
        for quote in self.response.quotes:
            words = " ".join(self.text_of(fragment.content) for fragment in quote.fragments)
            yield Said(quote.attribution.speaker_name, words, quote)
