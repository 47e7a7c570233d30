"""A rule plugin with a lexicon of many made-up names, for measurements in Python."""
import random

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
RULES = """schema: kutip.rules/v1
plugin: bench
lexicons:
  phrase: {file: lexicons/phrase.tsv, columns: [form, name]}
rules:
  - id: phrase
    phase: extra
    pattern: [{lex: phrase, as: phrase}]
    emit: [{type: PHRASE, span: $phrase, fields: {value: $phrase.name}}]
"""


def _word(chance):
    return "".join(chance.choice("bdgklmnprst") + chance.choice("aiueo") for _ in range(chance.randint(2, 5)))


def add(rules, entries):
    """Writes the plugin below the folder `rules` (a Path) and returns the path of its lexicon."""
    lexicon = rules / "bench" / "lexicons" / "phrase.tsv"
    lexicon.parent.mkdir(parents=True)
    (rules / "bench" / "plugin.yaml").write_text(MANIFEST)
    (rules / "bench" / "bench.yaml").write_text(RULES)
    chance = random.Random(7)
    with open(lexicon, "w") as lines:
        for i in range(entries):
            lines.write(" ".join(_word(chance) for _ in range(2 + i % 2)) + f"\tphrase{i}\n")
    return lexicon
