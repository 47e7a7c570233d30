"""Servers for the tests: the real one, and one that answers what a script says."""
from __future__ import annotations

import base64
import os
import pathlib
import subprocess
import threading
import time
from concurrent import futures

import grpc
from google.rpc import status_pb2

ROOT = pathlib.Path(__file__).resolve().parents[3]


def program() -> pathlib.Path | None:
    """The built server: $KUTIP_PROGRAM, else from a build folder; None if there is none."""
    built = [ROOT / "build" / preset / "service/kutip" for preset in ("release", "dev")]
    if "KUTIP_PROGRAM" in os.environ:
        built.insert(0, pathlib.Path(os.environ["KUTIP_PROGRAM"]))
    return next((path for path in built if path.exists()), None)


class LiveServer:
    """A Kutip with the shipped rules."""

    def __init__(self, listen: str = "127.0.0.1:0") -> None:
        self._process = subprocess.Popen([str(program()), "serve", "--rules", str(ROOT / "rules"), "--listen", listen],
                                         stderr=subprocess.PIPE, text=True)
        assert self._process.stderr is not None
        for line in self._process.stderr:
            if "listening on " in line:
                self.address = line.split("listening on ")[1].strip()
                break
        else:
            raise RuntimeError("the server did not start")
        threading.Thread(target=self._process.stderr.read, daemon=True).start()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


class ScriptedServer:
    """Gives the replies of a case of conformance/cases.json, one a call."""

    def __init__(self, replies: list[dict]) -> None:
        self._replies, self.calls = list(replies), 0
        self._server = grpc.server(futures.ThreadPoolExecutor(4))
        handler = grpc.unary_unary_rpc_method_handler(self._reply)  # requests and answers as bytes
        self._server.add_generic_rpc_handlers([
            grpc.method_handlers_generic_handler("kutip.v1.AnnotationService", {"Annotate": handler, "BatchAnnotate": handler})])
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()

    def _reply(self, request: bytes, context: grpc.ServicerContext) -> bytes:
        reply = self._replies[min(self.calls, len(self._replies) - 1)]
        self.calls += 1
        time.sleep(reply.get("delay_ms", 0) / 1000)
        if "status" not in reply:
            return base64.b64decode(reply["response"]["OFFSET_UNIT_CODE_POINT"])
        details = base64.b64decode(reply["status"])
        status = status_pb2.Status.FromString(details)
        trailers: list = [("grpc-status-details-bin", details)]
        if "pushback_ms" in reply:
            trailers.append(("grpc-retry-pushback-ms", str(reply["pushback_ms"])))
        context.set_trailing_metadata(trailers)
        context.abort(next(code for code in grpc.StatusCode if code.value[0] == status.code), status.message)
        raise AssertionError("abort raises")

    def stop(self) -> None:
        self._server.stop(None)
