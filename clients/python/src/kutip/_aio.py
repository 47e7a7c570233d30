"""The client for asyncio."""
from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Iterable, Sequence
from typing import Any, TypeVar

import grpc

from kutip import _batches, _channel
from kutip._answer import Answer
from kutip._batches import Outcome, Text
from kutip._errors import KutipError
from kutip.v1 import annotation_pb2 as pb
from kutip.v1 import annotation_service_pb2 as service_pb
from kutip.v1 import annotation_service_pb2_grpc as service_grpc

T = TypeVar("T")


class AsyncClient:
    """kutip.Client for asyncio: the same arguments, methods and errors."""

    def __init__(self, server: str | None = None, *, credentials: grpc.ChannelCredentials | None = None,
                 metadata: Sequence[tuple[str, str]] = (), timeout: float = _channel.TIMEOUT) -> None:
        target = server or _channel.default_server()
        self.channel: grpc.aio.Channel = (
            grpc.aio.insecure_channel(target, _channel.OPTIONS) if credentials is None
            else grpc.aio.secure_channel(target, credentials, _channel.OPTIONS))
        #: The generated stub, for everything that has no method here; its calls raise grpc.RpcError.
        self.stub: Any = service_grpc.AnnotationServiceStub(self.channel)
        self._metadata, self._timeout = tuple(metadata), timeout

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self.channel.close()

    async def annotate(self, text: Text, options: pb.AnnotateOptions | None = None, *,
                       timeout: float | None = None) -> Answer:
        """Annotates one text. Raises KutipError."""
        document = _batches.document_of(text)
        request = service_pb.AnnotateRequest(document=document, options=_batches.options_of(options))
        response = await _result(self.stub.Annotate(request, **self._call(timeout)))
        return Answer(_batches.text_of(document), response)

    async def annotate_all(self, texts: Iterable[Text] | AsyncIterable[Text], options: pb.AnnotateOptions | None = None, *,
                           batch_size: int = _batches.BATCH_SIZE, in_flight: int = _batches.IN_FLIGHT,
                           patience: float = _batches.PATIENCE, timeout: float | None = None) -> AsyncIterator[Outcome]:
        """As Client.annotate_all; `texts` may be an asynchronous iterable."""
        own_options = _batches.options_of(options)
        pending: deque[asyncio.Task[list[Outcome]]] = deque()
        try:
            async for batch in _batches.async_batches(texts, batch_size):
                if len(pending) >= in_flight:
                    for outcome in await pending.popleft():
                        yield outcome
                pending.append(asyncio.create_task(self._batch(batch, own_options, patience, timeout)))
            while pending:
                for outcome in await pending.popleft():
                    yield outcome
        finally:
            for task in pending:
                task.cancel()

    async def server_info(self, *, timeout: float | None = None) -> service_pb.GetServerInfoResponse:
        """What the server is and can do: version, limits, languages, active ruleset. Raises KutipError."""
        return await _result(self.stub.GetServerInfo(service_pb.GetServerInfoRequest(), **self._call(timeout)))

    def _call(self, timeout: float | None) -> dict[str, Any]:
        return {"timeout": self._timeout if timeout is None else timeout, "metadata": self._metadata}

    async def _batch(self, documents: list[pb.Document], options: pb.AnnotateOptions, patience: float,
                     timeout: float | None) -> list[Outcome]:
        """BatchAnnotate, tried again while the server is away, and in halves if a batch is too much for one call."""
        request = service_pb.BatchAnnotateRequest(documents=documents, options=options)
        waits = _batches.Patience(patience)
        while True:
            try:
                response = await _result(self.stub.BatchAnnotate(request, **self._call(timeout)))
                return list(_batches.outcomes(documents, response))
            except KutipError as error:
                wait = waits.next_wait(error)
                if wait is not None:
                    await asyncio.sleep(wait)
                    continue
                if not _batches.fails_for_its_size(error):
                    raise
                if len(documents) == 1:
                    return [Outcome(documents[0], error=error)]
                half = len(documents) // 2
                return [outcome for part in (documents[:half], documents[half:])
                        for outcome in await self._batch(part, options, patience, timeout)]


async def _result(call: Awaitable[T]) -> T:
    try:
        return await call
    except grpc.aio.AioRpcError as error:
        raise KutipError.from_call(error) from error
