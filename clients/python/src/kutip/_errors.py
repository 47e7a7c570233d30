"""Errors of calls, with what google.rpc tells about them."""
from __future__ import annotations

from collections.abc import Iterable

import grpc
from google.protobuf import any_pb2
from google.rpc import error_details_pb2, status_pb2

_CODES = {code.value[0]: code for code in grpc.StatusCode}


class KutipError(Exception):
    """A text, or a whole call, that could not be answered."""

    #: gRPC's status.
    code: grpc.StatusCode
    #: What went wrong, for programs: TEXT_TOO_LARGE. The name of the status if the server gave no reason (it was not reached).
    reason: str
    #: The same for people.
    message: str
    #: Details of the reason: {"limit_bytes": "1048576"}.
    metadata: dict[str, str]
    #: Fields of the request at fault, with what is wrong with each.
    fields: list[tuple[str, str]]
    #: Seconds after which the server wants the call to be tried again, if it said so.
    retry_delay: float | None

    def __init__(self, code: grpc.StatusCode, message: str, details: Iterable[any_pb2.Any] = ()) -> None:
        self.code, self.message = code, message
        self.reason, self.metadata, self.fields, self.retry_delay = code.name, {}, [], None
        for detail in details:
            self._read(detail)
        super().__init__(f"{self.reason}: {message}" if message else self.reason)

    def _read(self, detail: any_pb2.Any) -> None:
        info, request, retry = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest(), error_details_pb2.RetryInfo()
        if detail.Unpack(info):
            self.reason, self.metadata = info.reason, dict(info.metadata)
        elif detail.Unpack(request):
            self.fields = [(violation.field, violation.description) for violation in request.field_violations]
        elif detail.Unpack(retry):
            self.retry_delay = retry.retry_delay.ToTimedelta().total_seconds()

    @classmethod
    def from_status(cls, status: status_pb2.Status) -> KutipError:
        """The error of one text among several."""
        return cls(_CODES.get(status.code, grpc.StatusCode.UNKNOWN), status.message, status.details)

    @classmethod
    def from_call(cls, error: grpc.RpcError) -> KutipError:
        """The error of a call, whether the server or gRPC itself gave it."""
        status = status_pb2.Status()
        trailers: Iterable[tuple[str, bytes]] = error.trailing_metadata() or ()  # type: ignore[assignment]
        for key, value in trailers:
            if key == "grpc-status-details-bin":
                status.MergeFromString(value)
        return cls(error.code(), error.details() or "", status.details)
