"""Rule sets that can be told from each other by any one of their four files, and from any mixture of them."""
import hashlib

TEXT = "Hari ini alfa beta dibuka untuk umum."


def digest_of(files):
    """As loading::digest_of(): SHA-256 over path and content of each file, each behind its length."""
    sha = hashlib.sha256()
    for path in sorted(files):
        for part in (path.encode(), files[path]):
            sha.update(len(part).to_bytes(8, "little"))
            sha.update(part)
    return sha.hexdigest()


class RuleSet:
    """Set number `number`. Each file carries the number, and an answer to TEXT shows all four of them: the plugin's
    version and the label's type (manifest), the rule's id (rules), the labels' values (lexicons).

    `tied`: files of different sets do not load together, for the label's type is named in two of them, and the test
    beside the rule needs both lexicons. A file cut anywhere is a mistake, too: what the others need stands at its end.
    Not tied: any mixture would load, so that only reading at one moment keeps it out."""

    def __init__(self, number, tied=True, filler=200):
        self.number, self.tied = number, tied
        own = number if tied else 0
        test = f"alfa{number} beta{number}" if tied else "alfa beta"
        words = "".join(f"kata{i}\t{number}\n" for i in range(filler))
        first, second = test.split()
        self.files = {
            "t/plugin.yaml": f"""schema: kutip.plugin/v1
plugin: t
version: 1.0.{number}
engine: ">=0.1 <1"
language: id
title: Set {number}
maintainers: [kutip]
license: Apache-2.0
needs: {{}}
phases: [labels]
files: [rules.yaml]
labels:
  PAIR_{own}: {{title: Set {number}}}
""".encode(),
            "t/rules.yaml": f"""schema: kutip.rules/v1
plugin: t
rules:
  - id: pair.set{number}
    phase: labels
    overlap: nest
    tests:
      - {{name: pair, text: "Hari ini [[a|{first}]] [[b|{second}]] dibuka."}}
    pattern: [{{lex: first, as: a}}, {{lex: second, as: b}}]
    emit:
      - {{type: PAIR_{own}, span: $a, fields: {{value: $a.set}}}}
      - {{type: PAIR_{own}, span: $b, fields: {{value: $b.set}}}}
lexicons:
  first: {{file: first.tsv, columns: [form, set]}}
  second: {{file: second.tsv, columns: [form, set]}}
""".encode(),
            "t/first.tsv": f"alfa\t{number}\n{words}alfa{number}\t{number}\n".encode(),
            "t/second.tsv": f"beta\t{number}\n{words}beta{number}\t{number}\n".encode(),
        }
        self.digest = digest_of(self.files)

    def fits(self, answer):
        """Whether an answer to TEXT can have come of this set and of no other."""
        kind = f"PAIR_{self.number if self.tied else 0}"
        return (answer.ruleset.digest == self.digest
                and [(label.type, label.value, label.span.begin) for label in answer.labels]
                == [(kind, str(self.number), 9), (kind, str(self.number), 14)]
                and [(rule.rule_id, rule.version) for rule in answer.rules]
                == [(f"pair.set{self.number}", f"1.0.{self.number}")])
