"""docs/operations.md beside the program: each setting with its default, each metric of a scrape, each reason of an error.

usage: operators_guide_test.py KUTIP SOURCE_FOLDER RULES
"""

import os
import pathlib
import re
import socket
import subprocess
import sys
import unittest
import urllib.request

KUTIP, RULES = os.path.abspath(sys.argv[1]), sys.argv[3]
SOURCE = pathlib.Path(sys.argv[2])
GUIDE = (SOURCE / "docs" / "operations.md").read_text()
BARE = {name: value for name, value in os.environ.items() if not name.startswith("KUTIP_")}
# Settings whose default the guide tells in words.
IN_WORDS = {"rules", "workers"}


def rows(heading):
    """Cells of the table under a heading."""
    section = GUIDE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("| ")]


def quoted(text):
    return re.findall(r"`([^`]+)`", text)


def printed_settings():
    shown = subprocess.run([KUTIP, "serve", "--print-config"], cwd="/", env=BARE, capture_output=True, text=True, check=True)
    return {key: value.strip("'") for key, value in re.findall(r"^(\w+): (.*)$", shown.stdout, re.M)}


def scraped_metrics():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        metrics = f"127.0.0.1:{s.getsockname()[1]}"
    process = subprocess.Popen([KUTIP, "serve", "--rules", RULES, "--listen", "127.0.0.1:0", "--rule-metrics", "yes",
                                "--metrics-listen", metrics], stderr=subprocess.PIPE, text=True, env=BARE)
    try:
        for line in process.stderr:
            if "listening on " in line:
                break
        url = f"http://{metrics}/metrics"
        urllib.request.urlopen(url).close()  # the listener counts itself from its first answer on
        with urllib.request.urlopen(url) as page:
            return set(re.findall(r"^# TYPE (\S+)", page.read().decode(), re.M))
    finally:
        process.terminate()
        process.wait(60)
        process.stderr.close()


class OperatorsGuide(unittest.TestCase):
    def test_each_setting_with_its_default(self):
        told = {}
        for names, default, _ in rows("Settings")[1:]:
            names, defaults = quoted(names), default.split(", ")
            for i, name in enumerate(names):
                told[name] = defaults[min(i, len(defaults) - 1)].strip("`").replace("none", "")
        printed = printed_settings()
        self.assertEqual(set(told), set(printed))
        for name in set(printed) - IN_WORDS:
            self.assertEqual(told[name], printed[name], name)

    def test_each_metric(self):
        told = {name for row in rows("Metrics")[1:] for name in quoted(row[0])}
        there = scraped_metrics()
        self.assertLessEqual(there - told, set(), "not in the guide")
        self.assertLessEqual(told - there - {"kutip_rule_texts_total"}, set(), "not in the program")

    def test_each_reason(self):
        told = {reason for row in rows("Errors")[1:] for reason in quoted(row[1])}
        contract = "".join(path.read_text() for path in (SOURCE / "proto" / "kutip" / "v1").glob("*_service.proto"))
        promised = set(re.findall(r"^// {3,}(?:[A-Z_]+ +)?([A-Z0-9_]{8,}) {2,}", contract, re.M))
        self.assertGreater(len(promised), 15)
        self.assertEqual(told, promised)
        code = "".join(path.read_text() for path in (SOURCE / "service").glob("*.cc"))
        sent = set(re.findall(r"\"([A-Z][A-Z0-9_]{7,})\"", code))
        self.assertGreater(len(sent), 15)
        self.assertLessEqual(sent - told, set(), "sent, but not in the guide")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
