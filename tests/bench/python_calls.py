#!/usr/bin/env python3
"""Texts a second that one Python thread gets annotated by calls of one text and by batches of 64: alternating slices
against one server with the shipped rules.

usage: python_calls.py KUTIP PROTO_FOLDER RULES_FOLDER [--pairs N] [--text FILE]
"""
import argparse
import collections
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import python_stubs  # noqa: E402

ARTICLE = pathlib.Path(__file__).resolve().parent.parent / "articles" / "panen.txt"
parser = argparse.ArgumentParser()
for name in ("kutip", "proto", "rules"):
    parser.add_argument(name)
parser.add_argument("--pairs", type=int, default=9)
parser.add_argument("--text", default=ARTICLE, help="the text of each call")
flags = parser.parse_args()
python_stubs.make_importable(flags.proto)
import grpc  # noqa: E402
from kutip.v1 import annotation_pb2, annotation_service_pb2, annotation_service_pb2_grpc  # noqa: E402

BATCH = 64
SLICE = 1.0  # seconds


def document(number):
    text = pathlib.Path(flags.text).read_text(encoding="utf-8") + f"\n\nNomor {number}."
    return annotation_pb2.Document(document_id=str(number), utf8=text.encode(), language_code="id")


def texts_per_second(call, messages, texts_of_each, in_flight):
    """Keeps `in_flight` calls under way for a slice; with 1, each is waited for."""
    done, number, begin = 0, 0, time.monotonic()
    under_way = collections.deque()
    while time.monotonic() - begin < SLICE:
        message = messages[number % len(messages)]
        number += 1
        if in_flight == 1:
            call(message)
        else:
            under_way.append(call.future(message))
            if len(under_way) < in_flight:
                continue
            under_way.popleft().result()
        done += texts_of_each
    seconds = time.monotonic() - begin
    for answer in under_way:
        answer.result()
    return done / seconds


def shown(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


with tempfile.TemporaryDirectory() as folder:
    address = f"unix:{folder}/kutip.sock"
    server = subprocess.Popen([flags.kutip, "serve", "--rules", flags.rules, "--listen", address],
                              stderr=subprocess.DEVNULL)
    try:
        with grpc.insecure_channel(address, [("grpc.max_receive_message_length", -1)]) as channel:
            grpc.channel_ready_future(channel).result(timeout=60)
            stub = annotation_service_pb2_grpc.AnnotationServiceStub(channel)
            documents = [document(i) for i in range(4 * BATCH)]
            single = [annotation_service_pb2.AnnotateRequest(document=d) for d in documents]
            batches = [annotation_service_pb2.BatchAnnotateRequest(documents=documents[i:i + BATCH])
                       for i in range(0, len(documents), BATCH)]
            kinds = {"calls, 1 in flight": (stub.Annotate, single, 1, 1),
                     "calls, 16 in flight": (stub.Annotate, single, 1, 16),
                     "batches of 64, 1 in flight": (stub.BatchAnnotate, batches, BATCH, 1),
                     "batches of 64, 2 in flight": (stub.BatchAnnotate, batches, BATCH, 2)}
            for kind in kinds.values():
                texts_per_second(*kind)  # warm-up
            speeds = collections.defaultdict(list)
            for _ in range(flags.pairs):
                for name, kind in kinds.items():
                    speeds[name].append(texts_per_second(*kind))
            for name, values in speeds.items():
                print(f"{name:28}{statistics.median(values):8.0f} texts/s ({min(values):.0f} to {max(values):.0f})")
            names = list(kinds)
            for batch, call in ((names[2], names[0]), (names[3], names[1])):
                print(f"{batch} / {call}: {shown([b / c for b, c in zip(speeds[batch], speeds[call])])}")
    finally:
        server.terminate()
        server.wait()
