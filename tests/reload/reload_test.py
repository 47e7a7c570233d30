#!/usr/bin/env python3
"""Edits the rules of a running server, well and badly, under load; then kills it again and again. No call may fail
while it runs, every answer must come of one complete set and fit it, and every restart must serve one.

usage: reload_test.py KUTIP PROTO_FOLDER [--edits N] [--kills N] [--seed N]
Exits with 77 (skipped) where Debian's python3-grpcio or grpc_python_plugin is missing.
"""
import argparse
import collections
import os
import subprocess
import sys
import tempfile
import threading
import time

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)),
                os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support")]
import python_stubs  # noqa: E402
from editor import Editor  # noqa: E402
from rule_sets import TEXT  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("kutip")
parser.add_argument("proto")
parser.add_argument("--edits", type=int, default=25)
parser.add_argument("--kills", type=int, default=4)
parser.add_argument("--seed", type=int, default=1)
flags = parser.parse_args()
python_stubs.make_importable(flags.proto)
import grpc  # noqa: E402
from kutip.v1 import annotation_pb2, annotation_service_pb2, annotation_service_pb2_grpc  # noqa: E402
from kutip.v1 import rule_service_pb2, rule_service_pb2_grpc  # noqa: E402

LOAD_THREADS = 4
PATIENCE = 30  # seconds for what takes a fraction of one


class Server:
    def __init__(self, work):
        self.log = open(os.path.join(work, "log"), "ab")
        self.address = "unix:" + os.path.join(work, "kutip.sock")
        self.arguments = [flags.kutip, "serve", "--listen", self.address, "--rules", os.path.join(work, "rules"),
                          "--state-dir", os.path.join(work, "state")]
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.arguments, stderr=self.log)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def connect(self):
        """A channel of its own: one that saw the last server die waits before it tries again."""
        channel = grpc.insecure_channel(self.address, options=[("grpc.use_local_subchannel_pool", 1)])
        grpc.channel_ready_future(channel).result(timeout=PATIENCE)
        return channel


class Load:
    """Calls without pause from several threads, and checks each answer against the sets there were."""

    def __init__(self, server, sets):
        self.sets = sets
        self.failed, self.mixed = [], []
        self.answers = collections.Counter()  # by digest
        self.stopped = False
        self.channel = server.connect()
        self.threads = [threading.Thread(target=self.run) for _ in range(LOAD_THREADS)]
        for thread in self.threads:
            thread.start()

    def run(self):
        stub = annotation_service_pb2_grpc.AnnotationServiceStub(self.channel)
        request = annotation_service_pb2.AnnotateRequest(
            document=annotation_pb2.Document(text=TEXT, language_code="id"))
        while not self.stopped:
            try:
                answer = stub.Annotate(request, timeout=PATIENCE)
            except grpc.RpcError as error:
                if not self.stopped:
                    self.failed.append(str(error.details()))
                continue
            self.answers[answer.ruleset.digest] += 1
            made = self.sets.get(answer.ruleset.digest)
            if made is None or not made.fits(answer):
                self.mixed.append(answer)

    def stop(self):
        self.stopped = True
        for thread in self.threads:
            thread.join()
        self.channel.close()


def status_of(channel):
    stub = rule_service_pb2_grpc.RuleServiceStub(channel)
    return stub.GetRulesetStatus(rule_service_pb2.GetRulesetStatusRequest(), timeout=PATIENCE).status


def wait_until_active(channel, digest):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if status_of(channel).active.digest == digest:
            return True
        time.sleep(0.02)
    return False


def edit_under_load(work, editor):
    server = Server(work)
    load = Load(server, editor.sets)
    kinds = collections.Counter()
    not_reached = 0
    for _ in range(flags.edits):
        kinds[editor.edit()] += 1
        if editor.latest is not None and editor.random.random() < 0.3:
            not_reached += not wait_until_active(load.channel, editor.latest.digest)
        else:
            editor.pause(0.5)
    editor.write_all()
    not_reached += not wait_until_active(load.channel, editor.latest.digest)
    generation = status_of(load.channel).active.generation
    load.stop()
    server.kill()
    print(f"{flags.edits} edits {dict(kinds)}: {sum(load.answers.values())} calls, {len(load.failed)} failed, "
          f"{len(load.mixed)} of no complete set; {len(load.answers)} of {len(editor.sets)} sets answered, "
          f"{generation} activations, {not_reached} sets never became active")
    for answer in load.mixed[:3]:
        print("mixed:", answer)
    for failure in load.failed[:3]:
        print("failed:", failure)
    return not load.failed and not load.mixed and not not_reached and len(load.answers) > 1


def kill_at_random(work, editor):
    server = Server(work)
    server.connect().close()
    stop = threading.Event()

    def keep_editing():
        while not stop.is_set():
            editor.edit()
            editor.pause(0.1)
    editing = threading.Thread(target=keep_editing)
    editing.start()
    wrong, states = 0, collections.Counter()
    for _ in range(flags.kills):
        time.sleep(editor.random.random() * 0.6)
        server.kill()
        server.start()
        channel = server.connect()
        try:
            stub = annotation_service_pb2_grpc.AnnotationServiceStub(channel)
            answer = stub.Annotate(annotation_service_pb2.AnnotateRequest(
                document=annotation_pb2.Document(text=TEXT, language_code="id")), timeout=PATIENCE)
            made = editor.sets.get(answer.ruleset.digest)
            wrong += made is None or not made.fits(answer)
            states[rule_service_pb2.RulesetState.Name(status_of(channel).state)] += 1
        except grpc.RpcError as error:
            wrong += 1
            print("after a restart:", error.details())
        channel.close()
    stop.set()
    editing.join()
    server.kill()
    print(f"{flags.kills} kills: {wrong} restarts without a complete set; states {dict(states)}")
    return wrong == 0


with tempfile.TemporaryDirectory(prefix="kutip-reload-") as folder:
    tool = Editor(folder, flags.seed)
    good = edit_under_load(folder, tool)
    tool.write_all()
    good = kill_at_random(folder, tool) and good
    if not good:
        with open(os.path.join(folder, "log"), encoding="utf-8", errors="replace") as file:
            print("".join(file.readlines()[-40:]))
sys.exit(0 if good else 1)
