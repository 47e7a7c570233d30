#!/usr/bin/env python3
"""How soon a change is answered with a lexicon of 100,000 entries beside the shipped rules, and what reloads cost the
calls meanwhile: slices of steady calls with and without reloads take turns.

usage: measure.py KUTIP STEADY_CALLS PROTO_FOLDER RULES_FOLDER TEXT_FILE [--rate CALLS_PER_SECOND] [--pairs N]
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import python_stubs  # noqa: E402

parser = argparse.ArgumentParser()
for name in ("kutip", "steady_calls", "proto", "rules", "text"):
    parser.add_argument(name)
parser.add_argument("--rate", type=int, default=400)
parser.add_argument("--pairs", type=int, default=9)
parser.add_argument("--changes", type=int, default=15)
flags = parser.parse_args()
python_stubs.make_importable(flags.proto)
import grpc  # noqa: E402
from kutip.v1 import annotation_pb2, annotation_service_pb2, annotation_service_pb2_grpc  # noqa: E402

ENTRIES = 100_000
SLICE = 4.0  # seconds
MANIFEST = """schema: kutip.plugin/v1
plugin: places
version: 1.0.0
engine: ">=0.1 <1"
language: id
title: Places
maintainers: [kutip]
license: Apache-2.0
needs: {}
phases: [labels]
files: [rules.yaml]
labels:
  HAMLET: {title: Hamlet}
"""
RULES = """schema: kutip.rules/v1
plugin: places
lexicons:
  place: {file: place.tsv}
rules:
  - id: place.known
    phase: labels
    pattern: [{lex: place, as: place}]
    emit: [{type: HAMLET, span: $place, fields: {value: hamlet}}]
"""


def write(path, content):
    """As an editor saves: beside the file, then renamed."""
    with open(path + "~", "w", encoding="utf-8") as file:
        file.write(content)
    os.rename(path + "~", path)


def lexicon(last):
    syllables = ["ba", "de", "gi", "ko", "lu", "ma", "ne", "pi", "ro", "su"]
    lines = []
    for i in range(ENTRIES - 1):
        word = "".join(syllables[int(digit)] for digit in f"{i:05d}")
        lines.append(f"desa {word}")
    return "\n".join(lines + [last]) + "\n"


def seconds_until_answered(stub, file, number):
    word = f"desa penanda{number}"
    content = lexicon(word)
    request = annotation_service_pb2.AnnotateRequest(
        document=annotation_pb2.Document(text=f"Ia lahir di {word} dan besar di sana.", language_code="id"))
    write(file, content)
    begin = time.monotonic()
    while not any(label.type == "HAMLET" for label in stub.Annotate(request).labels):
        time.sleep(0.002)
    return time.monotonic() - begin


def steady_slice(steady, file, numbers):
    """Latencies of one slice; `numbers` gives the changes to make meanwhile, one a second; None: none."""
    stop = threading.Event()

    def change():
        while not stop.wait(0.5 if numbers is None else 1.0):
            if numbers is not None:
                write(file, lexicon(f"desa penanda{next(numbers)}"))
    thread = threading.Thread(target=change)
    thread.start()
    steady.stdin.write(f"{SLICE}\n")
    steady.stdin.flush()
    calls, failed, *latencies = (float(part) for part in steady.stdout.readline().split())
    stop.set()
    thread.join()
    time.sleep(1.0)  # the last reload is over
    return int(calls), int(failed), latencies


def shown(values, digits=2):
    return f"median {statistics.median(values):.{digits}f} (min {min(values):.{digits}f}, max {max(values):.{digits}f})"


with tempfile.TemporaryDirectory(prefix="kutip-measure-") as work:
    rules = os.path.join(work, "rules")
    shutil.copytree(flags.rules, rules)
    os.mkdir(os.path.join(rules, "places"))
    file = os.path.join(rules, "places", "place.tsv")
    write(os.path.join(rules, "places", "plugin.yaml"), MANIFEST)
    write(os.path.join(rules, "places", "rules.yaml"), RULES)
    write(file, lexicon("desa mula"))
    address = "unix:" + os.path.join(work, "kutip.sock")
    server = subprocess.Popen([flags.kutip, "serve", "--rules", rules, "--listen", address,
                               "--state-dir", os.path.join(work, "state")], stderr=subprocess.DEVNULL)
    try:
        channel = grpc.insecure_channel(address)
        grpc.channel_ready_future(channel).result(timeout=60)
        stub = annotation_service_pb2_grpc.AnnotationServiceStub(channel)
        times = [seconds_until_answered(stub, file, i) for i in range(flags.changes)]
        print(f"seconds from the last write to the first answer, {flags.changes} changes: {shown(times)}")

        steady = subprocess.Popen([flags.steady_calls, address, flags.text, str(flags.rate)], text=True,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        numbers = iter(range(1000, 100_000))
        steady_slice(steady, file, None)  # warm-up
        ratios, with_reloads, without, failures = [], [], [], 0
        for _ in range(flags.pairs):
            calls, failed, calm = steady_slice(steady, file, None)
            calls, failed_too, busy = steady_slice(steady, file, numbers)
            failures += failed + failed_too
            ratios.append(busy[1] / calm[1])
            with_reloads.append(busy)
            without.append(calm)
        steady.stdin.close()
        steady.wait()
        for name, latencies in (("without", without), ("with a reload a second", with_reloads)):
            print(f"{name}: p50 {shown([l[0] for l in latencies], 0)} µs, p99 {shown([l[1] for l in latencies], 0)} µs")
        print(f"p99 with / without, {flags.pairs} pairs of {SLICE} s at {flags.rate} calls/s: {shown(ratios)}; "
              f"{failures} calls failed")
        with open(f"/proc/{server.pid}/status", encoding="ascii") as status:
            print("".join(line for line in status if line.startswith(("VmRSS", "VmHWM"))), end="")
    finally:
        server.terminate()
        server.wait()
