"""Rows 51 to 53 of the table of faults: attacks on HTTP/2 that gRPC 1.51 cannot stop, against deploy/nginx/kutip.conf.

usage: nginx_wire_test.py KUTIP NGINX_CONF RULES
"""

import os
import pathlib
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest

try:
    import grpc
except ImportError:
    print("python3-grpcio is missing")
    sys.exit(77)

NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
if NGINX is None:
    print("nginx is missing")
    sys.exit(77)

KUTIP, CONF, RULES = sys.argv[1:4]
ANNOTATE = "/kutip.v1.AnnotationService/Annotate"
DATA, HEADERS, RESET, SETTINGS, CONTINUATION = 0, 1, 3, 4, 9
END_HEADERS = 4
LANGUAGE = b"\x22\x02id"  # language_code


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def request(text):
    """AnnotateRequest{document{utf8: text}}, by hand."""
    utf8 = text.encode()
    source = b"\x1a" + varint(len(utf8)) + utf8 + LANGUAGE
    return b"\x0a" + varint(len(source)) + source


def varint(number):
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def frame(kind, flags, stream, payload):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def header_block():
    fields = [(b":method", b"POST"), (b":scheme", b"http"), (b":path", ANNOTATE.encode()), (b":authority", b"x"),
              (b"te", b"trailers"), (b"content-type", b"application/grpc")]
    return b"".join(b"\0" + bytes([len(n)]) + n + bytes([len(v)]) + v for n, v in fields)


class Nginx(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        cls.port = free_port()
        cls.socket = f"{folder}/kutip.sock"
        conf = pathlib.Path(CONF).read_text()
        conf = conf.replace("127.0.0.1:50051", f"127.0.0.1:{cls.port}").replace("/run/kutip", str(folder))
        conf = conf.replace("worker_processes auto", "worker_processes 1").replace("worker_rlimit_nofile 65536;", "")
        if os.geteuid() == 0:
            conf = "user root;\n" + conf
        (folder / "nginx.conf").write_text(conf)
        cls.kutip = subprocess.Popen([KUTIP, "serve", "--rules", RULES, "--listen", f"unix:{cls.socket}",
                                      "--client-header", "x-client"], stderr=subprocess.PIPE, text=True)
        for line in cls.kutip.stderr:
            if "listening on " in line:
                break
        cls.nginx = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"],
                                     stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", cls.port)) == 0:
                    break
            time.sleep(0.05)

    @classmethod
    def tearDownClass(cls):
        for process in (cls.nginx, cls.kutip):
            process.terminate()
            process.wait(20)
        cls.kutip.stderr.close()
        cls.folder.cleanup()

    def answer(self):
        with grpc.insecure_channel(f"127.0.0.1:{self.port}") as channel:
            return channel.unary_unary(ANNOTATE)(request("“Kapal siap berlayar,” kata Rini Wulandari."), timeout=20)

    def usage(self):
        """Seconds of processor time and bytes of memory that the server has taken."""
        fields = pathlib.Path(f"/proc/{self.kutip.pid}/stat").read_text().rsplit(")", 1)[1].split()
        status = pathlib.Path(f"/proc/{self.kutip.pid}/status").read_text()
        seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return seconds, int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024

    def attack(self, send):
        """Runs send(socket) until nginx closes; the server must hardly notice, and answer others."""
        before = self.usage()
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as s:
            s.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(SETTINGS, 0, 0, b""))
            try:
                send(s)
            except OSError:
                pass
        self.assertIn("Rini Wulandari".encode(), self.answer())
        after = self.usage()
        print(f"{self.id()}: {after[0] - before[0]:.2f} s of the server's processor, "
              f"{(after[1] - before[1]) / 2**20:.1f} MiB more", file=sys.stderr)
        self.assertLess(after[0] - before[0], 1.0)
        self.assertLess(after[1] - before[1], 32 * 2**20)

    def test_ordinary_calls_pass(self):
        self.assertIn("Rini Wulandari".encode(), self.answer())

    def test_errors_pass_with_their_details(self):
        with grpc.insecure_channel(f"127.0.0.1:{self.port}") as channel:
            with self.assertRaises(grpc.RpcError) as caught:
                channel.unary_unary(ANNOTATE)(b"\xff", timeout=20)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
        self.assertIn(b"MALFORMED_REQUEST", dict(caught.exception.trailing_metadata())["grpc-status-details-bin"])

    def test_messages_over_either_limit_are_refused_alike(self):
        with grpc.insecure_channel(f"127.0.0.1:{self.port}") as channel:
            for size in (4_500_000, 6_000_000):  # Kutip's limit, and nginx's
                with self.assertRaises(grpc.RpcError) as caught:
                    channel.unary_unary(ANNOTATE)(request("a" * size), timeout=20)
                self.assertEqual(caught.exception.code(), grpc.StatusCode.RESOURCE_EXHAUSTED, size)

    def test_rule_service_is_not_reached(self):
        with grpc.insecure_channel(f"127.0.0.1:{self.port}") as channel:
            with self.assertRaises(grpc.RpcError) as caught:
                channel.unary_unary("/kutip.v1.RuleService/ListPlugins")(b"", timeout=20)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.UNIMPLEMENTED)

    def test_row_51_rapid_reset(self):
        block = header_block()

        def send(s):
            stream, until = 1, time.monotonic() + 5
            while time.monotonic() < until:
                burst = b""
                for _ in range(100):
                    burst += frame(HEADERS, END_HEADERS, stream, block) + frame(RESET, 0, stream, struct.pack(">I", 8))
                    stream += 2
                s.sendall(burst)

        self.attack(send)

    def test_row_52_header_lengths_with_padding(self):
        def send(s):
            s.sendall(frame(HEADERS, 0, 1, b"\0\x7f" + b"\x80" * 16000))
            for _ in range(60):
                s.sendall(frame(CONTINUATION, 0, 1, b"\x80" * 16000))

        self.attack(send)

    def test_row_53_header_without_end(self):
        def send(s):
            s.sendall(frame(HEADERS, 0, 1, header_block()))
            for _ in range(2400):
                s.sendall(frame(CONTINUATION, 0, 1, (b"\0\x01a\x7f\x81\x7c" + b"b" * 16000)[:16300]))

        self.attack(send)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
