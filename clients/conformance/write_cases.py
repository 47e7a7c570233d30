#!/usr/bin/env python3
"""Writes cases.json, which every client runs. README.md beside this file says what its parts mean.

usage: write_cases.py     (needs the Python client: pip install ./clients/python)
"""
import base64
import json
import pathlib

from google.protobuf import duration_pb2
from google.rpc import error_details_pb2, status_pb2
from kutip.v1 import annotation_pb2 as pb

# name -> (text, [(speaker, words as they stand in the text)], [organization])
TEXTS = {
    "plain": ("“Kapal siap berlayar,” kata Rini Wulandari. Budi Santoso mengatakan, pasar malam dibuka besok.",
              [("Rini Wulandari", "“Kapal siap berlayar,”"), ("Budi Santoso", "pasar malam dibuka besok")], []),
    "emoji": ("🙂 “Kapal 🚢 siap 👩‍👩‍👧,” kata Rini Wulandari. 🎉🎉\n\n“Jalan 🛣️ ditutup,” ujar Budi Santoso.",
              [("Rini Wulandari", "“Kapal 🚢 siap 👩‍👩‍👧,”"), ("Budi Santoso", "“Jalan 🛣️ ditutup,”")], []),
    "combining_marks": ("“Cafe\u0301 itu buka,” ujar Budi Santoso. n\u0303 “Kapal siap,” kata Rini Wulandari.",
                        [("Budi Santoso", "“Cafe\u0301 itu buka,”"), ("Rini Wulandari", "“Kapal siap,”")], []),
    "astral": ("𝔎𝔲𝔱𝔦𝔭 𠮷 “Kapal 𝟙 siap,” kata Rini Wulandari dari Kementerian Perhubungan.",
               [("Rini Wulandari", "“Kapal 𝟙 siap,”")], ["Kementerian Perhubungan"]),
    "crlf": ("“Kapal siap,” kata Rini Wulandari.\r\n\r\n“Jalan ditutup,” ujar Budi Santoso.\r\n",
             [("Rini Wulandari", "“Kapal siap,”"), ("Budi Santoso", "“Jalan ditutup,”")], []),
    "no_break_space": ("“Kapal\u00a0siap,”\u00a0kata Rini\u00a0Wulandari.\u00a0“Jalan\u00a0ditutup,” ujar Budi Santoso.",
                       [("Rini Wulandari", "“Kapal\u00a0siap,”"), ("Budi Santoso", "“Jalan\u00a0ditutup,”")], []),
    "right_to_left": ("שלום “Kapal \u202eשלום\u202c siap,” kata Rini Wulandari. مرحبا",
                      [("Rini Wulandari", "“Kapal \u202eשלום\u202c siap,”")], []),
    "nul_and_byte_order_mark": ("\ufeff“Kapal\0siap,” kata Rini Wulandari.", [("Rini Wulandari", "“Kapal\0siap,”")], []),
    "empty": ("", [], []),
}

UNITS = {
    "OFFSET_UNIT_CODE_POINT": len,
    "OFFSET_UNIT_UTF16": lambda text: len(text.encode("utf-16-le")) // 2,
    "OFFSET_UNIT_UTF8": lambda text: len(text.encode()),
}

# (name, AnnotateRequest as protobuf JSON, status, reason, metadata that must be there, field at fault or "")
ERRORS = [
    ("ill-formed UTF-8", {"document": {"utf8": base64.b64encode(b"kata \xc3(").decode()}},
     "INVALID_ARGUMENT", "TEXT_NOT_UTF8", {"byte_offset": "5"}, "document.utf8"),
    ("no document", {"options": {"includeText": True}}, "INVALID_ARGUMENT", "DOCUMENT_REQUIRED", {}, "document"),
    ("unknown language", {"document": {"utf8": base64.b64encode(b"teks").decode(), "languageCode": "qqq"}},
     "INVALID_ARGUMENT", "LANGUAGE_UNSUPPORTED", {"language_code": "qqq"}, "document.language_code"),
    ("unknown plugin", {"document": {"utf8": base64.b64encode(b"teks").decode()}, "options": {"plugins": ["nihil"]}},
     "INVALID_ARGUMENT", "PLUGIN_UNKNOWN", {"plugin": "nihil"}, "options.plugins[0]"),
    ("another ruleset", {"document": {"utf8": base64.b64encode(b"teks").decode()}, "options": {"rulesetDigest": "0" * 64}},
     "FAILED_PRECONDITION", "RULESET_NOT_LOADED", {"requested": "0" * 64}, ""),
]


def text_case(name):
    text, said, organizations = TEXTS[name]

    def span(part):
        begin = text.index(part)
        return {unit: [length(text[:begin]), length(text[:begin + len(part)])] for unit, length in UNITS.items()}

    return {
        "name": name, "text": text,
        "length": {unit: length(text) for unit, length in UNITS.items()},
        "said": [{"speaker": speaker, "words": words, "span": span(words)} for speaker, words in said],
        "organizations": organizations,
    }


def error_case(name, request, code, reason, metadata, field):
    return {"name": name, "request": request,
            "error": {"code": code, "reason": reason, "metadata": metadata, "field": field}}


def batch_case():
    """Good texts, one bad among them; outcomes in the same places."""
    documents = [{"documentId": name, "utf8": base64.b64encode(TEXTS[name][0].encode()).decode()} for name in TEXTS]
    outcomes = [{"speakers": [speaker for speaker, _ in said]} for _, said, _ in TEXTS.values()]
    documents.insert(2, {"documentId": "bad", "utf8": base64.b64encode(b"\xff").decode()})
    outcomes.insert(2, {"reason": "TEXT_NOT_UTF8"})
    return {"documents": documents, "outcomes": outcomes}


def encoded(message):
    return base64.b64encode(message.SerializeToString(deterministic=True)).decode()


def overloaded(seconds):
    """A server's refusal of a call that it has no room for."""
    status = status_pb2.Status(code=8, message="The queue is full.")
    status.details.add().Pack(error_details_pb2.ErrorInfo(reason="OVERLOADED", domain="kutip.dev", metadata={"queue": "64"}))
    status.details.add().Pack(error_details_pb2.RetryInfo(
        retry_delay=duration_pb2.Duration(nanos=round(seconds * 1e9))))
    return encoded(status)


def in_every_unit(answer, unknown_fields=b""):
    """The answer to `teks` as each client asks for it."""
    answer.text_length = 4
    encoded_in = {}
    for unit in UNITS:
        answer.offset_unit = pb.OffsetUnit.Value(unit)
        encoded_in[unit] = base64.b64encode(answer.SerializeToString(deterministic=True) + unknown_fields).decode()
    return encoded_in


UNKNOWN_FIELD = b"\xc2\x3e\x06later!"  # number 1000, six bytes


def answer_of_the_future():
    """An answer with fields and kinds that this version of the contract does not know, and with an unset kind."""
    answer = pb.AnnotateResponse(document_id="future")
    answer.speakers.add(name="Rini Wulandari", kind=pb.SPEAKER_KIND_UNSPECIFIED)
    answer.speakers.add(name="Budi Santoso", kind=99)
    answer.quotes.add(form=pb.QUOTE_FORM_UNSPECIFIED, span=pb.Span(begin=0, end=4)).attribution.speaker_index = 1
    return in_every_unit(answer, UNKNOWN_FIELD)


def scripted_cases():
    """What a small server of the client's own test answers, call by call, and what the client must make of it."""
    refusal = {"status": overloaded(0.3), "pushback_ms": 300}
    plain = {"response": in_every_unit(pb.AnnotateResponse(document_id="d"))}
    error = {"code": "RESOURCE_EXHAUSTED", "reason": "OVERLOADED", "metadata": {"queue": "64"}, "field": "",
             "retry_delay_ms": 300}
    return [
        {"name": "push-back is honoured", "replies": [refusal, plain], "calls": 2, "at_least_ms": 290, "document_id": "d"},
        {"name": "unavailable is tried again", "replies": [{"status": encoded(status_pb2.Status(code=14))}, plain],
         "calls": 2, "at_least_ms": 0, "document_id": "d"},
        {"name": "a refusal without a way back is told at once",
         "replies": [{"status": overloaded(0.3), "pushback_ms": -1}, plain], "calls": 1, "at_least_ms": 0, "error": error},
        {"name": "a deadline is kept", "replies": [{"delay_ms": 4000, **plain}], "timeout_ms": 1500, "calls": 1,
         "at_least_ms": 1490,
         "error": {"code": "DEADLINE_EXCEEDED", "reason": "DEADLINE_EXCEEDED", "metadata": {}, "field": ""}},
        {"name": "an answer of the future is read", "replies": [{"response": answer_of_the_future()}], "calls": 1,
         "at_least_ms": 0, "document_id": "future", "speaker_kinds": [0, 99], "quote_forms": [0],
         "unknown_field": base64.b64encode(UNKNOWN_FIELD).decode()},
    ]


def cases():
    return {
        "texts": [text_case(name) for name in TEXTS],
        "errors": [error_case(*error) for error in ERRORS],
        "batch": batch_case(),
        "scripted": scripted_cases(),
    }


def rendered():
    return json.dumps(cases(), indent=1) + "\n"


if __name__ == "__main__":
    pathlib.Path(__file__).with_name("cases.json").write_text(rendered(), encoding="utf-8")
