#!/usr/bin/env python3
"""A Python client with generated stubs against the running program: whatever the offset unit, slicing the client's own
string by each span gives the text that the server names.

usage: annotate_wire_test.py KUTIP PROTO_FOLDER RULES_FOLDER
Exits with 77 (skipped) where Debian's python3-grpcio or grpc_python_plugin is missing.
"""
import os
import subprocess
import sys
import unittest

KUTIP, PROTO, RULES = sys.argv[1:4]
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import python_stubs  # noqa: E402

python_stubs.make_importable(PROTO)
import grpc  # noqa: E402
from google.rpc import error_details_pb2, status_pb2  # noqa: E402
from kutip.v1 import annotation_pb2, annotation_service_pb2, annotation_service_pb2_grpc  # noqa: E402

UNITS = {
    # unit -> (the text as this client holds it, how a slice of it reads)
    annotation_pb2.OFFSET_UNIT_CODE_POINT: (lambda text: text, lambda part: part, 1),
    annotation_pb2.OFFSET_UNIT_UTF16: (lambda text: text.encode("utf-16-le"), lambda part: part.decode("utf-16-le"), 2),
    annotation_pb2.OFFSET_UNIT_UTF8: (lambda text: text.encode(), lambda part: part.decode(), 1),
}

TEXTS = {
    "plain": "“Kapal siap berlayar,” kata Rini Wulandari. Budi Santoso mengatakan, Festival Laut dibuka besok.",
    "emoji": "🙂 “Kapal 🚢 siap 👩‍👩‍👧,” kata Rini Wulandari dari DKT. 🎉 Budi Santoso mengatakan, Festival Laut 🎆 dibuka.",
    "combining": "“Cafe\u0301 buka,” ujar Budi Santoso. n\u0303 “Kapal siap,” kata Rini Wulandari.",
    "no_break_space": "“Kapal\u00a0siap,”\u00a0kata Rini\u00a0Wulandari.\u00a0Budi Santoso mengatakan, Festival Laut dibuka.",
    "crlf": "“Kapal siap,” kata Rini Wulandari.\r\n\r\n“Jalan ditutup,” ujar Budi Santoso.\r\n",
    "astral": "𝔎𝔲𝔱𝔦𝔭 “Kapal siap,” kata Rini Wulandari dari DKT.",
    "right_to_left": "שלום “Kapal siap,” kata Rini Wulandari \u202eDKT\u202c.",
    "nul_and_bom": "\ufeff“Kapal\0siap,” kata Rini Wulandari di DKT.",
}


def spans_of(message):
    """All spans of a message, wherever in it they are."""
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        values = value if field.label == field.LABEL_REPEATED else [value]
        for each in values:
            if field.message_type.name == "Span":
                yield each
            else:
                yield from spans_of(each)


def error_info(error):
    """The ErrorInfo of a failed call."""
    for key, value in error.trailing_metadata():
        if key == "grpc-status-details-bin":
            for detail in status_pb2.Status.FromString(value).details:
                info = error_details_pb2.ErrorInfo()
                if detail.Unpack(info):
                    return info
    raise AssertionError("no ErrorInfo")


class WireTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = subprocess.Popen([KUTIP, "serve", "--rules", RULES, "--listen", "127.0.0.1:0"],
                                      stderr=subprocess.PIPE, text=True)
        address = None
        for line in cls.server.stderr:
            if "listening on " in line:
                address = line.split("listening on ")[1].strip()
                break
        assert address, "the server did not start"
        cls.channel = grpc.insecure_channel(address)
        cls.stub = annotation_service_pb2_grpc.AnnotationServiceStub(cls.channel)

    @classmethod
    def tearDownClass(cls):
        cls.channel.close()
        cls.server.terminate()
        cls.server.communicate()

    def annotate(self, text, **options):
        return self.stub.Annotate(annotation_service_pb2.AnnotateRequest(
            document=annotation_pb2.Document(text=text, language_code="id"),
            options=annotation_pb2.AnnotateOptions(**options)), timeout=60)

    def test_own_slices_equal_the_named_text_in_every_unit(self):
        for name, text in TEXTS.items():
            for unit, (hold, read, width) in UNITS.items():
                with self.subTest(text=name, unit=annotation_pb2.OffsetUnit.Name(unit)):
                    own = hold(text)
                    response = self.annotate(text, offset_unit=unit, include_text=True)
                    self.assertEqual(response.text_length * width, len(own))
                    spans = list(spans_of(response))
                    self.assertGreater(len(spans), 3)
                    for span in spans:
                        self.assertEqual(read(own[span.begin * width:span.end * width]), span.text)

    def test_says_who_said_what_in_one_line(self):
        response = self.annotate(TEXTS["plain"], include_text=True)
        self.assertEqual([(quote.attribution.speaker_name, quote.text) for quote in response.quotes],
                         [("Rini Wulandari", "Kapal siap berlayar,"),
                          ("Budi Santoso", "Festival Laut dibuka besok")])

    def test_same_request_gives_the_same_bytes(self):
        first = self.annotate(TEXTS["emoji"]).SerializeToString(deterministic=True)
        self.assertEqual(first, self.annotate(TEXTS["emoji"]).SerializeToString(deterministic=True))

    def test_errors_tell_programs_their_reason(self):
        with self.assertRaises(grpc.RpcError) as caught:
            self.stub.Annotate(annotation_service_pb2.AnnotateRequest(
                document=annotation_pb2.Document(utf8=b"kata \xc3(")))
        self.assertEqual(caught.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
        info = error_info(caught.exception)
        self.assertEqual((info.reason, info.domain, info.metadata["byte_offset"]), ("TEXT_NOT_UTF8", "kutip.dev", "5"))

    def test_a_batch_answers_each_text_in_its_place(self):
        documents = [annotation_pb2.Document(document_id=name, text=text) for name, text in TEXTS.items()]
        documents.insert(2, annotation_pb2.Document(document_id="bad", utf8=b"\xff"))
        response = self.stub.BatchAnnotate(annotation_service_pb2.BatchAnnotateRequest(documents=documents), timeout=60)
        outcomes = [result.WhichOneof("outcome") for result in response.results]
        self.assertEqual(outcomes, ["response", "response", "error"] + ["response"] * (len(TEXTS) - 2))
        for document, result in zip(documents, response.results):
            if result.HasField("response"):
                self.assertEqual(result.response.document_id, document.document_id)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
