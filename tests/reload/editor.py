"""Changes rule files as people, their editors and their tools do, well and badly."""
import os
import random
import shutil
import time

from rule_sets import RuleSet


class Editor:
    """Edits the rules folder `folder`, a link to one of several, with one set after the other. `sets` holds every set
    that was complete and right at some time, by its digest; one is in it before the first of its bytes is written."""

    def __init__(self, work, seed):
        self.random = random.Random(seed)
        self.work = work
        self.folder = os.path.join(work, "rules")
        self.sets = {}
        self.number = 0
        self.latest = None  # the set that the folder holds; None: what it holds is wrong
        self.flips = 0
        self.flip()

    def edit(self):
        """One edit, by a kind drawn by lot; returns the kind."""
        kind = self.random.choices(["valid", "flip", "broken", "half", "removed"], [40, 15, 20, 15, 10])[0]
        {"valid": self.write_all, "flip": self.flip, "broken": self.break_one, "half": self.write_half,
         "removed": self.remove_one}[kind]()
        return kind

    def next_set(self, tied=True):
        self.number += 1
        made = RuleSet(self.number, tied)
        self.sets[made.digest] = made
        return made

    def write_all(self):
        """All four files, one after the other in any order, each in one of the ways in which editors save."""
        made = self.next_set()
        self.latest = None
        paths = list(made.files)
        self.random.shuffle(paths)
        for path in paths:
            self.save(path, made.files[path])
            self.pause(0.03)
        self.latest = made

    def flip(self):
        """A new folder, put in the place of the old one by turning a link, as Kubernetes does. Nothing but reading at
        one moment keeps these sets from being mixed."""
        made = self.next_set(tied=self.random.random() < 0.3)
        self.flips += 1
        target = os.path.join(self.work, f"set{self.flips}")
        for path, content in made.files.items():
            os.makedirs(os.path.join(target, os.path.dirname(path)), exist_ok=True)
            with open(os.path.join(target, path), "wb") as file:
                file.write(content)
        os.symlink(target, self.folder + ".next")
        os.rename(self.folder + ".next", self.folder)
        shutil.rmtree(os.path.join(self.work, f"set{self.flips - 1}"), ignore_errors=True)
        self.latest = made

    def break_one(self):
        """A mistake in one file of an otherwise new set."""
        made = self.next_set()
        del self.sets[made.digest]
        self.latest = None
        broken = self.random.choice([
            ("t/rules.yaml", lambda text: text.replace(b"pattern: [", b"pattern: [[")),
            ("t/rules.yaml", lambda text: text.replace(b"lex: first", b"lex: frist")),
            ("t/rules.yaml", lambda text: text + b"\xff\xfe\n"),
            ("t/rules.yaml", lambda text: text.replace(b"    phase:", b"\tphase:")),
            ("t/plugin.yaml", lambda text: text.replace(b"language: id", b"langauge: id")),
            ("t/plugin.yaml", lambda text: b""),
            ("t/first.tsv", lambda text: text.replace(b"alfa\t", b"alfa\tx\ty\tz\t")),
            ("t/second.tsv", lambda text: text[:text.rindex(b"beta")]),  # the test beside the rule fails
        ])
        for path, content in made.files.items():
            self.save(path, broken[1](content) if path == broken[0] else content)
            self.pause(0.03)

    def write_half(self):
        """A file is written in two halves, with time to be read between them; sometimes the second never comes."""
        made = self.next_set()
        self.latest = None
        half_path = self.random.choice(list(made.files))
        for path, content in made.files.items():
            if path != half_path:
                self.save(path, content)
        content = made.files[half_path]
        cut = self.random.randrange(1, len(content) * 9 // 10)
        finished = self.random.random() < 0.6
        with open(os.path.join(self.folder, half_path), "wb") as file:
            file.write(content[:cut])
            file.flush()
            self.pause(0.6)
            if finished:
                file.write(content[cut:])
        if finished:
            self.latest = made

    def remove_one(self):
        if self.latest is None:
            return self.write_all()
        path = self.random.choice(list(self.latest.files))
        self.latest = None
        os.unlink(os.path.join(self.folder, path))

    def save(self, path, content):
        target = os.path.join(self.folder, path)
        way = self.random.randrange(4)
        if way == 0:  # truncates and writes
            with open(target, "wb") as file:
                file.write(content)
        elif way == 1:  # writes beside it and renames
            with open(target + ".new~", "wb") as file:
                file.write(content)
            os.rename(target + ".new~", target)
        elif way == 2:  # keeps a backup, as vim does
            if os.path.exists(target):
                os.rename(target, target + "~")
            with open(target, "wb") as file:
                file.write(content)
        else:  # in pieces, with a swap file beside it
            swap = os.path.join(os.path.dirname(target), "." + os.path.basename(target) + ".swp")
            with open(swap, "wb") as file:
                file.write(b"swap")
            with open(target, "wb") as file:
                for begin in range(0, len(content), 700):
                    file.write(content[begin:begin + 700])
                    file.flush()
            os.unlink(swap)

    def pause(self, seconds):
        time.sleep(self.random.random() * seconds)
