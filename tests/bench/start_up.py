"""Resident memory and time to the first answer, with the shipped rules and a gazetteer of 100,000 entries.

usage: start_up.py KUTIP RULES [ENTRIES]
"""

import pathlib
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import grpc

KUTIP, RULES = sys.argv[1:3]
ENTRIES = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000
ANNOTATE = "/kutip.v1.AnnotationService/Annotate"

MANIFEST = """schema: kutip.plugin/v1
plugin: bench
version: 0.1.0
engine: ">=0.1 <1"
language: id
title: Bench
maintainers: [kutip]
license: Apache-2.0
phases: [extra]
files: [bench.yaml]
labels:
  PHRASE: {title: Phrase}
"""
PLUGIN = """schema: kutip.rules/v1
plugin: bench
lexicons:
  phrase: {file: lexicons/phrase.tsv, columns: [form, name]}
rules:
  - id: phrase
    phase: extra
    pattern: [{lex: phrase, as: phrase}]
    emit: [{type: PHRASE, span: $phrase, fields: {value: $phrase.name}}]
"""


def word(chance):
    return "".join(chance.choice("bdgklmnprst") + chance.choice("aiueo") for _ in range(chance.randint(2, 5)))


def write_rules(folder):
    shutil.copytree(RULES, folder)
    lexicons = folder / "bench" / "lexicons"
    lexicons.mkdir(parents=True)
    (folder / "bench" / "plugin.yaml").write_text(MANIFEST)
    (folder / "bench" / "bench.yaml").write_text(PLUGIN)
    chance = random.Random(7)
    with open(lexicons / "phrase.tsv", "w") as lines:
        for i in range(ENTRIES):
            lines.write(" ".join(word(chance) for _ in range(2 + i % 2)) + f"\tphrase{i}\n")


def memory(process, field):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(field + r":\s+(\d+)", status)[1]) / 1024


def request():
    utf8 = "“Kapal siap berlayar,” kata Rini Wulandari.".encode()
    document = b"\x1a" + bytes([len(utf8)]) + utf8 + b"\x22\x02id"
    return b"\x0a" + bytes([len(document)]) + document


with tempfile.TemporaryDirectory() as temporary:
    folder = pathlib.Path(temporary)
    write_rules(folder / "rules")
    times = []
    for run in range(5):
        address = f"unix:{folder}/s{run}"
        begin = time.monotonic()
        server = subprocess.Popen([KUTIP, "serve", "--rules", str(folder / "rules"), "--listen", address],
                                  stderr=subprocess.PIPE, text=True)
        for line in server.stderr:
            if "listening on " in line:
                break
        with grpc.insecure_channel(address) as channel:
            call = channel.unary_unary(ANNOTATE)
            call(request(), timeout=30)
            times.append(time.monotonic() - begin)
            if run == 4:
                for _ in range(2000):
                    call(request(), timeout=30)
                calm = memory(server, "VmRSS")
                with open(folder / "rules" / "bench" / "lexicons" / "phrase.tsv", "a") as lines:
                    lines.write("kapal siap\tone more\n")
                server.send_signal(signal.SIGHUP)
                for line in server.stderr:
                    if "ruleset" in line:
                        break
                print(f"resident: {calm:.1f} MiB; after a reload {memory(server, 'VmRSS'):.1f} MiB, "
                      f"at most {memory(server, 'VmHWM'):.1f} MiB")
        server.terminate()
        server.stderr.read()
        server.wait()
    print(f"first answer after {statistics.median(times):.3f} s (of {len(times)}: {min(times):.3f} to {max(times):.3f})")
