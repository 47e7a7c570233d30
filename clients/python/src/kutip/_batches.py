"""Texts in, batches out: what the clients for threads and for asyncio share."""
from __future__ import annotations

import time
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import grpc

from kutip._answer import Answer
from kutip._errors import KutipError
from kutip.v1 import annotation_pb2 as pb
from kutip.v1 import annotation_service_pb2 as service_pb

#: A text, its UTF-8, or a Document that also says its id and language.
Text = str | bytes | pb.Document

BATCH_SIZE = 64  # documents
BATCH_BYTES = 1 << 20  # of UTF-8; one text that is larger travels alone
IN_FLIGHT = 4  # batches on their way at a time
PATIENCE = 60.0  # seconds that a batch waits for a server that is away or has no room
_LONGEST_WAIT = 2.0  # seconds between two tries


def document_of(text: Text) -> pb.Document:
    """The document to send. Always as UTF-8, so that a text that cannot be sent fails alone and the error says where."""
    if isinstance(text, bytes):
        return pb.Document(utf8=text)
    if isinstance(text, str):
        return pb.Document(utf8=text.encode("utf-8", "surrogatepass"))
    return text


def text_of(document: pb.Document) -> str:
    """The text of a document that the server accepted."""
    return document.text if document.WhichOneof("source") == "text" else document.utf8.decode()


def options_of(options: pb.AnnotateOptions | None) -> pb.AnnotateOptions:
    """The caller's options, with offsets in code points."""
    own = pb.AnnotateOptions()
    if options is not None:
        own.CopyFrom(options)
    own.offset_unit = pb.OFFSET_UNIT_CODE_POINT
    return own


@dataclass(frozen=True)
class Outcome:
    """What became of one text among several."""

    #: The document as it was sent.
    document: pb.Document
    #: The answer; None if there is an error.
    answer: Answer | None = None
    #: Why there is no answer.
    error: KutipError | None = None

    def unwrap(self) -> Answer:
        """The answer; raises the error."""
        if self.answer is None:
            raise self.error or AssertionError("neither answer nor error")
        return self.answer


class Gathering:
    """Collects documents until a batch is full."""

    def __init__(self, size: int) -> None:
        self._size, self._bytes, self._documents = size, 0, list[pb.Document]()

    def add(self, text: Text) -> list[pb.Document]:
        """Returns the batch that was full before this text; empty if there is still room."""
        document = document_of(text)
        size = document.ByteSize()
        full = len(self._documents) == self._size or (self._documents and self._bytes + size > BATCH_BYTES)
        batch = self.rest() if full else []
        self._documents.append(document)
        self._bytes += size
        return batch

    def rest(self) -> list[pb.Document]:
        """Returns what was gathered since the last batch."""
        batch, self._documents, self._bytes = self._documents, [], 0
        return batch


def batches(texts: Iterable[Text], size: int) -> Iterator[list[pb.Document]]:
    gathering = Gathering(size)
    for text in texts:
        if batch := gathering.add(text):
            yield batch
    if batch := gathering.rest():
        yield batch


async def async_batches(texts: Iterable[Text] | AsyncIterable[Text], size: int) -> AsyncIterator[list[pb.Document]]:
    if isinstance(texts, Iterable):
        for batch in batches(texts, size):
            yield batch
        return
    gathering = Gathering(size)
    async for text in texts:
        if batch := gathering.add(text):
            yield batch
    if batch := gathering.rest():
        yield batch


def outcomes(documents: Sequence[pb.Document], response: service_pb.BatchAnnotateResponse) -> Iterator[Outcome]:
    for document, result in zip(documents, response.results, strict=True):
        if result.WhichOneof("outcome") == "response":
            yield Outcome(document, answer=Answer(text_of(document), result.response))
        else:
            yield Outcome(document, error=KutipError.from_status(result.error))


@dataclass
class Patience:
    """How long a batch is tried again, and how long to wait before the next try."""

    seconds: float
    began: float = field(default_factory=time.monotonic)
    wait: float = 0.1

    def next_wait(self, error: KutipError) -> float | None:
        """Seconds to wait before the batch is tried again; None if it is not worth it or the time is over."""
        away = error.code is grpc.StatusCode.UNAVAILABLE
        if not away and error.retry_delay is None:
            return None
        wait = max(self.wait, error.retry_delay or 0.0)
        self.wait = min(2 * self.wait, _LONGEST_WAIT)
        return wait if time.monotonic() + wait < self.began + self.seconds else None


def fails_for_its_size(error: KutipError) -> bool:
    """Whether halves of the batch may succeed: it took too long or an answer was too large. A single text fails alone."""
    return error.retry_delay is None and error.code in (
        grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.RESOURCE_EXHAUSTED)
