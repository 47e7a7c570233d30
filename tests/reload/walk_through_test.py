#!/usr/bin/env python3
"""What docs/reload.md tells, done: an editor changes the shipped rules of a running server.

usage: walk_through_test.py KUTIP RULES_FOLDER [--show]     --show: prints each command with what it says
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

SHOW = "--show" in sys.argv
KUTIP, RULES = [argument for argument in sys.argv[1:] if argument != "--show"][:2]
PATIENCE = 60  # seconds for what takes a fraction of one

NEW_VERB = "Rini Wulandari menggumamkan bahwa harga beras akan turun."
OWN_VERB = "Rini Wulandari mencicitkan bahwa harga beras akan turun."
OVERLAY = """schema: kutip.overlay/v1
base: {plugin: id, version: ">=0.1 <1"}
changes:
  - lexicon: cue_that
    add: [{form: mencicitkan, lemma: cicit}]
    reason: A verb of our columnists.
"""


class WalkThrough(unittest.TestCase):
    def setUp(self):
        self.work = tempfile.TemporaryDirectory(prefix="kutip-walk-")
        self.rules = os.path.join(self.work.name, "rules")
        shutil.copytree(RULES, self.rules)
        self.address = "unix:" + os.path.join(self.work.name, "kutip.sock")
        self.server = subprocess.Popen([KUTIP, "serve", "--rules", self.rules, "--listen", self.address, "--state-dir",
                                        os.path.join(self.work.name, "state")], stderr=subprocess.DEVNULL)
        self.wait_for(lambda: self.kutip("status")[0] == 0, "the server answers")

    def tearDown(self):
        self.server.terminate()
        self.server.wait()
        self.work.cleanup()

    def kutip(self, *arguments, text=None):
        done = subprocess.run([KUTIP, *arguments, "--server", self.address], input=text, capture_output=True, text=True)
        return done.returncode, done.stdout

    def show(self, *arguments, text=None):
        code, out = self.kutip(*arguments, text=text)
        if SHOW:
            print(f"$ {'echo … | ' if text else ''}kutip {' '.join(arguments)}\n{out}")
        return code, out

    def wait_for(self, holds, what):
        until = time.monotonic() + PATIENCE
        while not holds():
            self.assertLess(time.monotonic(), until, what)
            time.sleep(0.05)

    def digest(self):
        return next(line.split()[1] for line in self.kutip("status")[1].splitlines() if line.startswith("digest"))

    def finds_a_quote(self, text):
        return '"speakerName": "Rini Wulandari"' in self.kutip("annotate", "--format", "json", text=text)[1]

    def edit(self, path, change):
        path = os.path.join(self.rules, path)
        with open(path, encoding="utf-8") as file:
            content = change(file.read())
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)

    def test_walk_through(self):
        first = self.digest()
        self.assertFalse(self.finds_a_quote(NEW_VERB))

        # A verb is added.
        self.edit("id/lexicons/cue_that.tsv", lambda text: text + "menggumamkan\tgumam\n")
        self.wait_for(lambda: self.digest() != first, "the new rules are active")
        self.assertTrue(self.finds_a_quote(NEW_VERB))
        self.show("annotate", "--format", "pretty", text=NEW_VERB)
        second = self.digest()

        # A file is broken: its place is told, the last good rules answer.
        self.edit("id/quotes_indirect.yaml", lambda text: text.replace("{use: circumstance", "{use: circumstanse", 1))
        self.wait_for(lambda: self.kutip("status")[0] == 1, "the mistake is noticed")
        code, status = self.show("status")
        self.assertIn("last good", status)
        self.assertRegex(status, r"  --> id/quotes_indirect\.yaml:\d+:\d+\n")
        self.assertIn("did you mean `circumstance`?", status)
        self.assertEqual(self.digest(), second)
        self.assertTrue(self.finds_a_quote(NEW_VERB))
        self.assertEqual(self.show("reload")[0], 1)

        # It is mended.
        self.edit("id/quotes_indirect.yaml", lambda text: text.replace("circumstanse", "circumstance"))
        self.wait_for(lambda: self.kutip("status")[0] == 0, "the mended rules are active")
        self.assertEqual(self.digest(), second)

        # Why is another verb not found?
        why = subprocess.run([KUTIP, "explain", "indirect.that", "--rules", self.rules, "--text", OWN_VERB],
                             capture_output=True, text=True)
        self.assertIn("NO ANCHOR", why.stdout)
        self.assertRegex(why.stdout, "wanted an entry of .*cue_that")

        # An overlay adds a verb of one's own, without an edit of a shipped file.
        self.assertFalse(self.finds_a_quote(OWN_VERB))
        os.mkdir(os.path.join(self.rules, "desk"))
        with open(os.path.join(self.rules, "desk", "desk.overlay.yaml"), "w", encoding="utf-8") as file:
            file.write(OVERLAY)
        self.wait_for(lambda: self.digest() != second, "the overlay is active")
        self.assertTrue(self.finds_a_quote(OWN_VERB))

        # And back.
        self.assertEqual(self.show("rollback")[0], 0)
        self.assertEqual(self.digest(), second)
        self.assertFalse(self.finds_a_quote(OWN_VERB))
        self.assertTrue(self.finds_a_quote(NEW_VERB))
        self.assertIn("rolled back", self.show("status")[1])
        self.assertEqual(self.show("reload")[0], 0)
        self.assertTrue(self.finds_a_quote(OWN_VERB))


unittest.main(argv=[sys.argv[0]])
