"""The command `python -m kutip`: asks a server who said what in text files."""
from __future__ import annotations

import argparse
import pathlib
import sys
from collections.abc import Iterator, Sequence

from google.protobuf import json_format

from kutip._answer import Answer
from kutip._channel import TIMEOUT, default_server
from kutip._client import Client
from kutip._errors import KutipError
from kutip.v1 import annotation_pb2 as pb

_FORMS = {pb.QUOTE_FORM_DIRECT: "direct", pb.QUOTE_FORM_INDIRECT: "indirect", pb.QUOTE_FORM_MIXED: "mixed"}


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kutip", description="Asks a Kutip server.")
    commands = parser.add_subparsers(dest="command", required=True)
    annotate = commands.add_parser("annotate", help="who said what in text files")
    annotate.add_argument("files", nargs="*", default=["-"], metavar="FILE", help="UTF-8 text; - or none: standard input")
    annotate.add_argument("--server", default=default_server(), metavar="ADDR", help="default: $KUTIP_SERVER, %(default)s")
    annotate.add_argument("--language", default="", metavar="TAG", help="language of the texts; default: detected")
    annotate.add_argument("--format", choices=("table", "jsonl"), default="table",
                          help="table: a quote a line, with TABs; jsonl: an answer a line")
    annotate.add_argument("--timeout", type=float, default=TIMEOUT, metavar="SECONDS")
    return parser.parse_args(argv)


def _documents(files: Sequence[str], language: str) -> Iterator[pb.Document]:
    for file in files:
        content = sys.stdin.buffer.read() if file == "-" else pathlib.Path(file).read_bytes()
        yield pb.Document(document_id=file, utf8=content, language_code=language)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _lines(answer: Answer, form: str) -> Iterator[str]:
    if form == "jsonl":
        yield json_format.MessageToJson(answer.response, indent=None, ensure_ascii=False)
        return
    for said in answer:
        cue = answer.text_of(said.quote.cue.span)
        yield "\t".join((said.speaker or "-", _FORMS.get(said.quote.form, "-"), _one_line(cue) or "-", _one_line(said.text)))


def main(argv: Sequence[str] | None = None) -> int:
    """Returns the exit status: 0, or 1 if a text could not be annotated."""
    arguments = _arguments(argv)
    failures = 0
    try:
        with Client(arguments.server, timeout=arguments.timeout) as client:
            texts = _documents(arguments.files, arguments.language)
            for outcome in client.annotate_all(texts, pb.AnnotateOptions(include_text=arguments.format == "jsonl"),
                                               patience=arguments.timeout):
                if outcome.answer is not None:
                    print(*_lines(outcome.answer, arguments.format), sep="\n")
                else:
                    failures += 1
                    print(f"{outcome.document.document_id}: {outcome.error}", file=sys.stderr)
    except (KutipError, OSError) as error:
        print(f"kutip: {error}", file=sys.stderr)
        return 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
