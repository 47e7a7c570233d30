#!/usr/bin/env python3
"""A server under steady calls while its rules change, well and badly, calls are cancelled or run out of time, and clients
vanish. No steady call may fail, and memory must not grow.

usage: soak.py KUTIP RULES [--seconds N] [--entries N] [--report SECONDS]
The test is short; by hand, with all rules and a gazetteer:
  soak.py build/release/service/kutip rules --seconds 1800 --entries 100000
"""
import argparse
import itertools
import pathlib
import random
import re
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import gazetteer  # noqa: E402

try:
    import grpc
except ImportError:
    print("python3-grpcio is missing")
    sys.exit(77)

parser = argparse.ArgumentParser()
parser.add_argument("kutip")
parser.add_argument("rules")
parser.add_argument("--seconds", type=float, default=20)
parser.add_argument("--entries", type=int, default=1000, help="of a gazetteer beside the rules")
parser.add_argument("--report", type=float, default=30, help="seconds between lines")
flags = parser.parse_args()

ANNOTATE = "/kutip.v1.AnnotationService/Annotate"
SPEAKER = "Rini Wulandari".encode()
SENTENCE = "“Kapal siap berlayar,” kata Rini Wulandari di Dinas Kelautan Tambora.\n"
BETWEEN_EDITS = 2.0  # seconds
MAY_GROW = 24 * 2**20  # bytes, from the second quarter of the time to the last


def varint(number):
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def request(text):
    """AnnotateRequest{document{utf8: text, language_code: "id"}}, by hand."""
    utf8 = text.encode()
    document = b"\x1a" + varint(len(utf8)) + utf8 + b"\x22\x02id"
    return b"\x0a" + varint(len(document)) + document


SHORT, LONG = request(SENTENCE * 20), request(SENTENCE * 5000)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    def __init__(self, rules, state):
        self.port, self.metrics_port = free_port(), free_port()
        self.process = subprocess.Popen(
            [flags.kutip, "serve", "--rules", str(rules), "--state-dir", str(state), "--listen",
             f"127.0.0.1:{self.port}", "--metrics-listen", f"127.0.0.1:{self.metrics_port}"],
            stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if "listening on " in line:
                break
        threading.Thread(target=self.process.stderr.read, daemon=True).start()  # so that it never has to wait

    def resident(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024

    def metric(self, name):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/metrics", timeout=30) as page:
            return sum(float(line.split()[-1]) for line in page.read().decode().splitlines() if line.startswith(name))

    def channel(self):
        return grpc.insecure_channel(f"127.0.0.1:{self.port}",
                                     [("grpc.use_local_subchannel_pool", 1), ("grpc.enable_retries", 0)])


class Soak:
    def __init__(self, server):
        self.server, self.going, self.lock = server, True, threading.Lock()
        self.counts = {"answered": 0, "cancelled": 0, "late": 0, "vanished": 0, "edits": 0}
        self.failures = []

    def count(self, what):
        with self.lock:
            self.counts[what] += 1

    def fail(self, what):
        with self.lock:
            self.failures.append(what)

    def call_steadily(self):
        call = self.server.channel().unary_unary(ANNOTATE)
        while self.going:
            try:
                if SPEAKER not in call(SHORT, timeout=30):
                    self.fail("a steady call got another answer")
                self.count("answered")
            except grpc.RpcError as error:
                self.fail(f"a steady call: {error.code()}: {error.details()}")
            time.sleep(0.002)

    def cancel_calls(self):
        call, chance = self.server.channel().unary_unary(ANNOTATE), random.Random(1)
        while self.going:
            under_way = call.future(LONG, timeout=30)
            time.sleep(chance.random() * 0.05)
            under_way.cancel()
            self.count("cancelled")
            time.sleep(0.2)

    def run_out_of_time(self):
        call, chance = self.server.channel().unary_unary(ANNOTATE), random.Random(2)
        while self.going:
            try:
                call(LONG, timeout=0.002 + chance.random() * 0.03)
            except grpc.RpcError as error:
                if error.code() != grpc.StatusCode.DEADLINE_EXCEEDED:
                    self.fail(f"a call out of time: {error.code()}: {error.details()}")
            self.count("late")
            time.sleep(0.2)

    def vanish(self):
        """Connections that are reset in a handshake, and channels that are closed over a call."""
        preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"
        for round_number in itertools.count():
            if not self.going:
                return
            if round_number % 2 == 0:
                with socket.create_connection(("127.0.0.1", self.server.port)) as peer:
                    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    peer.sendall(preface[:len(preface) - round_number % 9])
            else:
                channel = self.server.channel()
                channel.unary_unary(ANNOTATE).future(LONG, timeout=30)
                time.sleep(0.02)
                channel.close()
            self.count("vanished")
            time.sleep(0.3)

    def edit(self, lexicon):
        """Good and bad changes in turn; the last one is good."""
        original, broken = lexicon.read_text(), lexicon.parent.parent / "bench.yaml"
        rules = broken.read_text()
        while self.going:
            number = self.counts["edits"]
            if number % 4 == 1:
                broken.write_text(rules + "  - id: [broken\n")
            elif number % 4 == 3:
                with open(lexicon, "w") as file:  # as a careless program saves
                    file.write(original[:len(original) // 2])
                    file.flush()
                    time.sleep(0.3)
                    file.write(original[len(original) // 2:])
            else:
                broken.write_text(rules)
                new = lexicon.with_name(".new")
                new.write_text(original + f"kapal contoh {number}\tphrase\n")
                new.rename(lexicon)
            self.count("edits")
            time.sleep(BETWEEN_EDITS)

    def report(self, begin):
        with self.lock:
            counts = ", ".join(f"{count} {what}" for what, count in self.counts.items())
        print(f"{time.monotonic() - begin:7.1f} s  {self.server.resident() / 2**20:6.1f} MiB  "
              f"generation {self.server.metric('kutip_ruleset_generation'):.0f}  {counts}, {len(self.failures)} failed",
              flush=True)


def run(folder):
    rules = folder / "rules"
    shutil.copytree(flags.rules, rules)
    lexicon = gazetteer.add(rules, flags.entries)
    server = Server(rules, folder / "state")
    soak = Soak(server)
    work = [soak.call_steadily, soak.call_steadily, soak.cancel_calls, soak.run_out_of_time, soak.vanish,
            lambda: soak.edit(lexicon)]
    threads = [threading.Thread(target=each) for each in work]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    # It goes up and down with each reload, so that means are compared.
    resident_by_quarter = [[], [], [], []]
    next_report = begin + min(flags.report, flags.seconds / 4)
    while (now := time.monotonic()) - begin < flags.seconds and not soak.failures:
        resident_by_quarter[min(3, int(4 * (now - begin) / flags.seconds))].append(server.resident())
        if now >= next_report:
            soak.report(begin)
            next_report += min(flags.report, flags.seconds / 4)
        time.sleep(0.1)
    soak.report(begin)
    soak.going = False
    for thread in threads:
        thread.join()
    generations = server.metric("kutip_ruleset_generation")
    server.process.send_signal(signal.SIGTERM)
    exit_code = server.process.wait(60)
    wrong = soak.failures[:10]
    if exit_code != 0:
        wrong.append(f"exit code {exit_code}")
    if generations < 2:
        wrong.append("no change of the rules was taken")
    means = [statistics.fmean(samples) for samples in resident_by_quarter if samples]
    print("resident by quarter, MiB: " + ", ".join(f"{mean / 2**20:.1f}" for mean in means))
    if len(means) == 4 and means[3] - means[1] > MAY_GROW:
        wrong.append(f"memory grew from {means[1] / 2**20:.1f} to {means[3] / 2**20:.1f} MiB")
    return wrong


with tempfile.TemporaryDirectory(prefix="kutip-soak-") as temporary:
    problems = run(pathlib.Path(temporary))
print("\n".join(problems) or "nothing failed")
sys.exit(1 if problems else 0)
