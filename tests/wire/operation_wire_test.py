"""The program in operation: a drain under load, a rolling restart, a log that nothing takes.

usage: operation_wire_test.py KUTIP RULES SERVICE_CONFIG
"""

import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest
import urllib.request

try:
    import grpc
except ImportError:
    print("python3-grpcio is missing")
    sys.exit(77)

KUTIP, RULES, SERVICE_CONFIG = sys.argv[1:4]
ANNOTATE = "/kutip.v1.AnnotationService/Annotate"
SPEAKER = "Rini Wulandari".encode()


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


REQUEST = request("“Kapal siap berlayar,” kata Rini Wulandari di Dinas Kelautan Tambora.\n" * 20)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    def __init__(self, port, rules, *more):
        self.process = subprocess.Popen([KUTIP, "serve", "--rules", str(rules), "--listen", f"127.0.0.1:{port}", *more],
                                        stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if "listening on " in line:
                break
        self.reader = threading.Thread(target=self.process.stderr.read)  # so that it never has to wait
        self.reader.start()

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self):
        self.signal(signal.SIGTERM)
        exit_code = self.process.wait(60)
        self.reader.join()
        self.process.stderr.close()
        return exit_code


class Callers:
    """Calls from some threads until stop(); counts what comes back."""

    def __init__(self, target, threads=4):
        self.answered, self.failures, self.begun = 0, [], 0
        self.going, self.lock = True, threading.Lock()
        options = [("grpc.service_config", pathlib.Path(SERVICE_CONFIG).read_text())]
        self.channel = grpc.insecure_channel(target, options)
        self.call = self.channel.unary_unary(ANNOTATE)
        self.threads = [threading.Thread(target=self.run) for _ in range(threads)]
        for thread in self.threads:
            thread.start()

    def run(self):
        while self.going:
            try:
                good = SPEAKER in self.call(REQUEST, timeout=30)
                with self.lock:
                    self.answered += 1
                    if not good:
                        self.failures.append("another answer")
            except grpc.RpcError as error:
                with self.lock:
                    self.failures.append(f"{error.code()}: {error.details()}")

    def wait_for(self, more):
        goal, until = self.answered + more, time.monotonic() + 60
        while self.answered < goal and not self.failures and time.monotonic() < until:
            time.sleep(0.01)

    def stop(self):
        self.going = False
        for thread in self.threads:
            thread.join()
        self.channel.close()


class Operation(unittest.TestCase):
    def test_drain_under_load_loses_no_accepted_call(self):
        for _ in range(3):
            port, metrics = free_port(), free_port()
            server = Server(port, RULES, "--drain-grace", "60s", "--metrics-listen", f"127.0.0.1:{metrics}")
            with grpc.insecure_channel(f"127.0.0.1:{port}", [("grpc.enable_retries", 0)]) as channel:
                call = channel.unary_unary(ANNOTATE)
                # Long enough to be under way, or to wait, when the signal comes.
                text = request("“Kapal siap berlayar,” kata Rini Wulandari.\n" * 20000)
                calls = [call.future(text, timeout=120) for _ in range(16)]
                accepted = 0
                while accepted < len(calls):
                    with urllib.request.urlopen(f"http://127.0.0.1:{metrics}/metrics") as page:
                        found = re.search(rb'call_started_total\{grpc_method="[^"]*/Annotate"\} (\d+)', page.read())
                    accepted = int(found[1])
                self.assertEqual(server.stop(), 0)
                self.assertEqual([str(c.exception()) for c in calls if c.exception() is not None], [])

    def test_rolling_restart_behind_round_robin_shows_no_failure(self):
        ports = [free_port(), free_port()]
        servers = [Server(port, RULES, "--drain-delay", "1s") for port in ports]
        callers = Callers("ipv4:" + ",".join(f"127.0.0.1:{port}" for port in ports))
        callers.wait_for(200)
        for _ in range(3):
            for i, port in enumerate(ports):
                self.assertEqual(servers[i].stop(), 0)
                servers[i] = Server(port, RULES, "--drain-delay", "1s")
                callers.wait_for(200)
                time.sleep(1.5)  # for the client to find it again
        callers.stop()
        for server in servers:
            server.stop()
        print(f"rolling restart: {callers.answered} calls answered, 6 restarts", file=sys.stderr)
        self.assertEqual(callers.failures, [])
        self.assertGreater(callers.answered, 1000)

    def answers_with_standard_error(self, **how):
        """Starts a server, calls it, stops it; returns what was behind its standard error, and lines of the log lost."""
        port, metrics = free_port(), free_port()
        process = subprocess.Popen([KUTIP, "serve", "--rules", RULES, "--listen", f"127.0.0.1:{port}", "--log-calls", "all",
                                    "--metrics-listen", f"127.0.0.1:{metrics}"], **how)
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            call = channel.unary_unary(ANNOTATE)
            for _ in range(10):
                self.assertIn(SPEAKER, call(REQUEST, timeout=60, wait_for_ready=True))
        behind = os.readlink(f"/proc/{process.pid}/fd/2")
        lost, until = 0, time.monotonic() + 60
        while lost == 0 and behind == "/dev/full" and time.monotonic() < until:
            with urllib.request.urlopen(f"http://127.0.0.1:{metrics}/metrics") as page:
                lost = int(re.search(rb"\nkutip_log_lines_dropped_total (\d+)", page.read())[1])
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(60), 0)
        return behind, lost

    def test_lines_that_a_full_disk_does_not_take_are_counted(self):
        with open("/dev/full", "wb") as full:
            behind, lost = self.answers_with_standard_error(stderr=full)
        self.assertEqual(behind, "/dev/full")
        self.assertGreater(lost, 0)

    def test_closed_standard_error_is_not_taken_by_a_connection(self):
        behind, _ = self.answers_with_standard_error(preexec_fn=lambda: os.close(2))
        self.assertEqual(behind, "/dev/null")

    def test_output_that_a_full_disk_does_not_take_is_an_error(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([KUTIP, "annotate", "--rules", RULES], input=b"Kapal siap berlayar.", stdout=full,
                                  stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stderr, b"kutip: standard output cannot be written\n")

    def test_client_header_may_be_written_in_capitals(self):
        port = free_port()
        process = subprocess.Popen([KUTIP, "serve", "--rules", RULES, "--listen", f"127.0.0.1:{port}", "--log-calls", "all",
                                    "--client-header", "X-Client"], stderr=subprocess.PIPE)
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            call = channel.unary_unary(ANNOTATE)
            self.assertIn(SPEAKER, call(REQUEST, metadata=[("x-client", "newsroom")], timeout=60, wait_for_ready=True))
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=60)
        self.assertIn(b"newsroom", log)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[4:])
