"""The cases that every client runs: clients/conformance/cases.json."""
import asyncio
import base64
import importlib.util
import json
import time

import pytest
from google.protobuf import json_format
from servers import ROOT

import kutip
from kutip import _channel
from kutip.v1 import annotation_pb2 as pb
from kutip.v1 import annotation_service_pb2 as service_pb

FOLDER = ROOT / "clients/conformance"
CASES = json.loads((FOLDER / "cases.json").read_text())

# unit -> (the text as a sequence of its units, how a part of it reads)
UNITS = {
    "OFFSET_UNIT_CODE_POINT": (list, "".join),
    "OFFSET_UNIT_UTF16": (lambda text: memoryview(text.encode("utf-16-le")).cast("H"), lambda part: bytes(part).decode("utf-16-le")),
    "OFFSET_UNIT_UTF8": (str.encode, bytes.decode),
}


def named(cases):
    return pytest.mark.parametrize("case", cases, ids=[case["name"].replace(" ", "_") for case in cases])


def spans_of(message):
    """All spans of a message, wherever in it they are."""
    for field, value in message.ListFields():
        if field.message_type is not None:
            for each in value if field.is_repeated else [value]:
                if isinstance(each, pb.Span):
                    yield each
                else:
                    yield from spans_of(each)


class InThreads:
    """kutip.Client as the tests call it."""

    def __init__(self, server):
        self._client = kutip.Client(server)

    def annotate(self, document, options=None, timeout=None):
        return self._client.annotate(document, options, timeout=timeout)

    def annotate_all(self, documents, **options):
        return list(self._client.annotate_all(documents, **options))


class InAsyncio:
    """kutip.AsyncClient as the tests call it."""

    def __init__(self, server):
        self._server = server

    def annotate(self, document, options=None, timeout=None):
        async def call():
            async with kutip.AsyncClient(self._server) as client:
                return await client.annotate(document, options, timeout=timeout)
        return asyncio.run(call())

    def annotate_all(self, documents, **options):
        async def call():
            async with kutip.AsyncClient(self._server) as client:
                return [outcome async for outcome in client.annotate_all(documents, **options)]
        return asyncio.run(call())


either = pytest.mark.parametrize("connect", [InThreads, InAsyncio])


def assert_is(error, expected):
    assert (error.code.name, error.reason) == (expected["code"], expected["reason"])
    assert expected["metadata"].items() <= error.metadata.items()
    assert [field for field, _ in error.fields] == ([expected["field"]] if expected["field"] else [])
    if "retry_delay_ms" in expected:
        assert error.retry_delay == expected["retry_delay_ms"] / 1000


def test_the_cases_are_what_their_script_writes():
    spec = importlib.util.spec_from_file_location("write_cases", FOLDER / "write_cases.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert (FOLDER / "cases.json").read_text() == script.rendered()


def test_the_service_config_is_that_of_all_clients():
    assert _channel.SERVICE_CONFIG == json.loads((ROOT / "clients/service_config.json").read_text())


@either
@named(CASES["texts"])
def test_who_said_what_in_own_strings(live, connect, case):
    answer = connect(live.address).annotate(case["text"], pb.AnnotateOptions(include_text=True))
    response = answer.response
    assert response.text_length == len(case["text"])
    assert [said.speaker for said in answer] == [said["speaker"] for said in case["said"]]
    assert [answer.text_of(said.quote.span) for said in answer] == [said["words"] for said in case["said"]]
    assert [said.text for said in answer] == [quote.text for quote in response.quotes]
    assert [organization.name for organization in response.organizations] == case["organizations"]
    for span in spans_of(response):
        assert answer.text_of(span) == span.text


@named(CASES["texts"])
@pytest.mark.parametrize("unit", UNITS)
def test_slices_in_every_unit(live, case, unit):
    units, read = UNITS[unit]
    own = units(case["text"])
    client = kutip.Client(live.address)
    response = client.stub.Annotate(service_pb.AnnotateRequest(
        document=pb.Document(text=case["text"]), options=pb.AnnotateOptions(offset_unit=unit, include_text=True)))
    assert response.text_length == len(own) == case["length"][unit]
    assert [[quote.span.begin, quote.span.end] for quote in response.quotes] == [said["span"][unit] for said in case["said"]]
    for span in spans_of(response):
        assert read(own[span.begin:span.end]) == span.text


@either
@named(CASES["errors"])
def test_errors_tell_their_reason(live, connect, case):
    request = json_format.ParseDict(case["request"], service_pb.AnnotateRequest())
    with pytest.raises(kutip.KutipError) as caught:
        connect(live.address).annotate(request.document, request.options)
    assert_is(caught.value, case["error"])


@either
@pytest.mark.parametrize("batch_size", [1, 2, 64])
def test_a_bad_text_fails_alone(live, connect, batch_size):
    case = CASES["batch"]
    documents = [json_format.ParseDict(document, pb.Document()) for document in case["documents"]]
    outcomes = connect(live.address).annotate_all(documents, batch_size=batch_size, in_flight=2)
    assert [outcome.document.document_id for outcome in outcomes] == [document.document_id for document in documents]
    for outcome, expected in zip(outcomes, case["outcomes"], strict=True):
        if "reason" in expected:
            assert outcome.error.reason == expected["reason"]
        else:
            assert [said.speaker for said in outcome.unwrap()] == expected["speakers"]


@either
@named(CASES["scripted"])
def test_scripted_replies(scripted, connect, case):
    server = scripted(case["replies"])
    timeout = case["timeout_ms"] / 1000 if "timeout_ms" in case else None
    began = time.monotonic()
    if "error" in case:
        with pytest.raises(kutip.KutipError) as caught:
            connect(server.address).annotate("teks", timeout=timeout)
        assert_is(caught.value, case["error"])
    else:
        response = connect(server.address).annotate("teks", timeout=timeout).response
        assert response.document_id == case["document_id"]
        assert [speaker.kind for speaker in response.speakers] == case.get("speaker_kinds", [])
        assert [quote.form for quote in response.quotes] == case.get("quote_forms", [])
        assert base64.b64decode(case.get("unknown_field", "")) in response.SerializeToString()
    assert (time.monotonic() - began) * 1000 >= case["at_least_ms"]
    assert server.calls == case["calls"]
