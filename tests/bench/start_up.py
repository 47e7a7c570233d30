#!/usr/bin/env python3
"""Time to the first answer, and resident memory before, during and after reloads, with the shipped rules and a gazetteer
of 100,000 entries, a state folder and the folder's watcher: as a server runs.

usage: start_up.py KUTIP RULES [--entries N] [--starts N] [--reloads N]
"""

import argparse
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import gazetteer  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("kutip")
parser.add_argument("rules")
parser.add_argument("--entries", type=int, default=100_000)
parser.add_argument("--starts", type=int, default=7)
parser.add_argument("--reloads", type=int, default=10)
flags = parser.parse_args()
ANNOTATE = "/kutip.v1.AnnotationService/Annotate"


def request():
    utf8 = "“Kapal siap berlayar,” kata Rini Wulandari.".encode() * 40
    size = bytes([0x80 | (len(utf8) & 0x7F), len(utf8) >> 7])
    document = b"\x1a" + size + utf8 + b"\x22\x02id"
    return b"\x0a" + bytes([0x80 | (len(document) & 0x7F), len(document) >> 7]) + document


class Server:
    """`kutip serve` with rules and state in a folder; its log is read by a thread of its own."""

    def __init__(self, folder, name):
        self.address = f"unix:{folder}/{name}"
        self.begin = time.monotonic()
        self.process = subprocess.Popen(
            [flags.kutip, "serve", "--rules", str(folder / "rules"), "--state-dir", str(folder / "state"),
             "--listen", self.address], stderr=subprocess.PIPE, text=True)
        self.listens = threading.Event()
        self.rulesets = threading.Semaphore(0)
        threading.Thread(target=self.read_log, daemon=True).start()
        assert self.listens.wait(60), "the server does not start"
        self.rulesets.acquire()

    def read_log(self):
        for line in self.process.stderr:
            if " ruleset " in line:
                self.rulesets.release()
            if "listening on " in line:
                self.listens.set()

    def megabytes(self, field):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(field + r":\s+(\d+)", status)[1]) / 1024

    def forget_peak(self):
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def end(self):
        self.process.terminate()
        self.process.wait()


def call(channel, count):
    annotate = channel.unary_unary(ANNOTATE)
    under_way = [annotate.future(request(), timeout=30) for _ in range(64)]
    for _ in range(count - 64):
        under_way.pop(0).result()
        under_way.append(annotate.future(request(), timeout=30))
    for answer in under_way:
        answer.result()


def first_answer(folder, run):
    server = Server(folder, f"start{run}")
    with grpc.insecure_channel(server.address) as channel:
        channel.unary_unary(ANNOTATE)(request(), timeout=30)
        seconds = time.monotonic() - server.begin
    server.end()
    return seconds


def shown(values, digits=1):
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def measure_memory(folder):
    server = Server(folder, "memory")
    with grpc.insecure_channel(server.address) as channel:
        call(channel, 2000)
        time.sleep(3)
        calm = server.megabytes("VmRSS")
        peaks, after = [], []
        for i in range(flags.reloads):
            server.forget_peak()
            with open(folder / "rules" / "bench" / "lexicons" / "phrase.tsv", "a") as lines:
                lines.write(f"kapal siap {i}\tone more\n")
            assert server.rulesets.acquire(timeout=60), "no reload"
            call(channel, 200)
            time.sleep(3)  # old rules are freed within a second
            peaks.append(server.megabytes("VmHWM"))
            after.append(server.megabytes("VmRSS"))
    server.end()
    print(f"resident, MiB: {calm:.1f}; after each of {flags.reloads} reloads {shown(after)}, "
          f"most during one {shown(peaks)}")


with tempfile.TemporaryDirectory() as temporary:
    folder = pathlib.Path(temporary)
    shutil.copytree(flags.rules, folder / "rules")
    gazetteer.add(folder / "rules", flags.entries)
    times = [first_answer(folder, run) for run in range(flags.starts)]
    print(f"first answer after {shown(times, 3)} s, of {flags.starts} starts")
    measure_memory(folder)
