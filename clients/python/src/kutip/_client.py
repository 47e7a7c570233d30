"""The client for threads."""
from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import grpc

from kutip import _batches, _channel
from kutip._answer import Answer
from kutip._batches import Outcome, Text
from kutip._errors import KutipError
from kutip.v1 import annotation_pb2 as pb
from kutip.v1 import annotation_service_pb2 as service_pb
from kutip.v1 import annotation_service_pb2_grpc as service_grpc


class Client:
    """A connection to a server. Threads may share it; a process that forks opens its own after the fork.

    server: gRPC target, like `127.0.0.1:50061`, `unix:/run/kutip.sock` or `dns:///kutip:50061`; default $KUTIP_SERVER.
    credentials: for TLS (grpc.ssl_channel_credentials); without, the connection is plain.
    metadata: sent with each call, like (("authorization", "Bearer ..."),).
    timeout: seconds for a call with all of its retries.
    """

    def __init__(self, server: str | None = None, *, credentials: grpc.ChannelCredentials | None = None,
                 metadata: Sequence[tuple[str, str]] = (), timeout: float = _channel.TIMEOUT) -> None:
        target = server or _channel.default_server()
        self.channel: grpc.Channel = (
            grpc.insecure_channel(target, _channel.OPTIONS) if credentials is None
            else grpc.secure_channel(target, credentials, _channel.OPTIONS))
        #: The generated stub, for everything that has no method here; its calls raise grpc.RpcError.
        self.stub = service_grpc.AnnotationServiceStub(self.channel)
        self._metadata, self._timeout = tuple(metadata), timeout

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.channel.close()

    def annotate(self, text: Text, options: pb.AnnotateOptions | None = None, *, timeout: float | None = None) -> Answer:
        """Annotates one text. Raises KutipError."""
        document = _batches.document_of(text)
        request = service_pb.AnnotateRequest(document=document, options=_batches.options_of(options))
        response = self._result(self.stub.Annotate.future(request, **self._call(timeout)))
        return Answer(_batches.text_of(document), response)

    def annotate_all(self, texts: Iterable[Text], options: pb.AnnotateOptions | None = None, *,
                     batch_size: int = _batches.BATCH_SIZE, in_flight: int = _batches.IN_FLIGHT,
                     patience: float = _batches.PATIENCE, timeout: float | None = None) -> Iterator[Outcome]:
        """Annotates texts in batches, several times as many a second as single calls do. Yields one outcome a text, in order.

        Holds at most `in_flight` + 1 batches in memory, however many texts come. A text that cannot be annotated fails alone, in
        its outcome. Raises KutipError if the options are wrong, or if the server stays away for `patience` seconds.
        """
        calls = _BatchCalls(self, _batches.options_of(options), patience, timeout)
        pending: deque[tuple[list[pb.Document], Any]] = deque()
        try:
            for batch in _batches.batches(texts, batch_size):
                if len(pending) >= in_flight:
                    yield from calls.outcomes(*pending.popleft())
                pending.append((batch, calls.start(batch)))
            while pending:
                yield from calls.outcomes(*pending.popleft())
        finally:
            for _, call in pending:
                call.cancel()

    def server_info(self, *, timeout: float | None = None) -> service_pb.GetServerInfoResponse:
        """What the server is and can do: version, limits, languages, active ruleset. Raises KutipError."""
        call = self.stub.GetServerInfo.future(service_pb.GetServerInfoRequest(), **self._call(timeout))
        response: service_pb.GetServerInfoResponse = self._result(call)
        return response

    def _call(self, timeout: float | None) -> dict[str, Any]:
        return {"timeout": self._timeout if timeout is None else timeout, "metadata": self._metadata}

    @staticmethod
    def _result(call: Any) -> Any:
        try:
            return call.result()
        except grpc.RpcError as error:
            raise KutipError.from_call(error) from error


class _BatchCalls:
    """BatchAnnotate, tried again while the server is away, and in halves if a batch is too much for one call."""

    def __init__(self, client: Client, options: pb.AnnotateOptions, patience: float, timeout: float | None) -> None:
        self._client, self._options, self._patience, self._timeout = client, options, patience, timeout

    def start(self, documents: list[pb.Document]) -> Any:
        request = service_pb.BatchAnnotateRequest(documents=documents, options=self._options)
        return self._client.stub.BatchAnnotate.future(request, **self._client._call(self._timeout))

    def outcomes(self, documents: list[pb.Document], call: Any) -> Iterator[Outcome]:
        patience = _batches.Patience(self._patience)
        while True:
            try:
                response = self._client._result(call)
            except KutipError as error:
                wait = patience.next_wait(error)
                if wait is None:
                    yield from self._after(documents, error)
                    return
                time.sleep(wait)
                call = self.start(documents)
            else:
                yield from _batches.outcomes(documents, response)
                return

    def _after(self, documents: list[pb.Document], error: KutipError) -> Iterator[Outcome]:
        if not _batches.fails_for_its_size(error):
            raise error
        if len(documents) == 1:
            yield Outcome(documents[0], error=error)
            return
        half = len(documents) // 2
        for part in (documents[:half], documents[half:]):
            yield from self.outcomes(part, self.start(part))
