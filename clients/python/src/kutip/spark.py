"""Annotates the texts of a Spark data frame. Run as a program it reads and writes Parquet: python -m kutip.spark IN OUT"""
from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kutip._batches import Outcome
from kutip._channel import default_server
from kutip._client import Client
from kutip.v1 import annotation_pb2 as pb

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_ROWS = 1024  # held by a task at a time, with their answers
_FORMS = {pb.QUOTE_FORM_DIRECT: "direct", pb.QUOTE_FORM_INDIRECT: "indirect", pb.QUOTE_FORM_MIXED: "mixed"}

_QUOTE = pa.struct([("speaker", pa.string()), ("form", pa.string()), ("cue", pa.string()), ("text", pa.string()),
                    ("begin", pa.int32()), ("end", pa.int32())])
_ORGANIZATION = pa.struct([("name", pa.string()), ("category", pa.string()), ("acronyms", pa.list_(pa.string()))])
_ERROR = pa.struct([("code", pa.string()), ("reason", pa.string()), ("message", pa.string())])
_RESULT = pa.struct([
    ("language", pa.string()), ("ruleset", pa.string()), ("quotes", pa.list_(_QUOTE)), ("persons", pa.list_(pa.string())),
    ("organizations", pa.list_(_ORGANIZATION)), ("response", pa.binary()), ("error", _ERROR)])


def annotate(frame: DataFrame, server: str | None = None, *, text: str = "text", language: str = "", output: str = "kutip",
             ruleset_digest: str | None = None, batch_size: int = 64, patience: float = 300.0,
             metadata: Sequence[tuple[str, str]] = ()) -> DataFrame:
    """The frame with one more column, a struct, that holds what Kutip says about the column `text` (a string or binary).

    Fields: language, ruleset (digest), quotes (speaker, form, cue, text, begin, end), persons, organizations (name, category,
    acronyms), response (a kutip.v1.AnnotateResponse with all the rest) and error (code, reason, message). A row whose text cannot be
    annotated has its error there and null elsewhere; no row is lost. Offsets count code points, as substring() does.

    All rows are answered by one ruleset: `ruleset_digest`, else the one that is active when this is called. If another one becomes
    active meanwhile, or the server stays away for `patience` seconds, the task fails, and Spark tries it again.

    Each partition has a connection of its own; with two cores for the server, two partitions at a time keep it busy.
    """
    server = server or default_server()
    if ruleset_digest is None:
        with Client(server, metadata=metadata) as client:
            ruleset_digest = client.server_info().ruleset.digest
    task = _Task(server, text, language, ruleset_digest, batch_size, patience, tuple(metadata))
    return frame.mapInArrow(task, _schema_with(frame, output))


@dataclass(frozen=True)
class _Task:
    """What is done in each partition; travels to the executors."""

    server: str
    text: str
    language: str
    ruleset_digest: str
    batch_size: int
    patience: float
    metadata: tuple[tuple[str, str], ...]

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        options = pb.AnnotateOptions(ruleset_digest=self.ruleset_digest)
        with Client(self.server, metadata=self.metadata) as client:
            for batch in batches:
                for begin in range(0, batch.num_rows, _ROWS):
                    rows = batch.slice(begin, _ROWS)
                    outcomes = client.annotate_all(self._documents(rows), options, batch_size=self.batch_size,
                                                   patience=self.patience)
                    results = pa.array([_result(outcome) for outcome in outcomes], type=_RESULT)
                    yield pa.RecordBatch.from_arrays([*rows.columns, results], names=[*rows.schema.names, ""])

    def _documents(self, rows: pa.RecordBatch) -> Iterator[pb.Document]:
        texts = rows.column(rows.schema.get_field_index(self.text))
        for text in texts.cast(pa.binary()):  # as they are: Spark's strings may be ill-formed
            if text.is_valid:
                yield pb.Document(utf8=text.as_py(), language_code=self.language)
            else:
                yield pb.Document(language_code=self.language)  # the server says DOCUMENT_REQUIRED


def _schema_with(frame: DataFrame, output: str) -> Any:
    from pyspark.sql.pandas.types import from_arrow_type
    from pyspark.sql.types import StructField, StructType
    return StructType([*frame.schema.fields, StructField(output, from_arrow_type(_RESULT))])


def _result(outcome: Outcome) -> dict[str, Any]:
    if outcome.answer is None:
        error = outcome.error
        assert error is not None
        return {"error": {"code": error.code.name, "reason": error.reason, "message": error.message}}
    answer, response = outcome.answer, outcome.answer.response
    return {
        "language": response.language_code,
        "ruleset": response.ruleset.digest,
        "quotes": [{"speaker": said.speaker, "form": _FORMS.get(said.quote.form), "cue": answer.text_of(said.quote.cue.span),
                    "text": said.text, "begin": said.quote.span.begin, "end": said.quote.span.end} for said in answer],
        "persons": [person.name for person in response.persons],
        "organizations": [{"name": organization.name, "category": organization.category,
                           "acronyms": list(organization.acronyms)} for organization in response.organizations],
        "response": response.SerializeToString(),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Annotates the Parquet files of a folder and writes others; a token comes from $KUTIP_TOKEN."""
    parser = argparse.ArgumentParser(prog="python -m kutip.spark", description="Annotates texts in Parquet files.")
    parser.add_argument("input", help="Parquet, at any address that Spark can read")
    parser.add_argument("output", help="folder to write to; must not be there yet")
    parser.add_argument("--server", default=default_server(), metavar="ADDR", help="default: $KUTIP_SERVER, %(default)s")
    parser.add_argument("--text", default="text", metavar="COLUMN", help="column with the texts; default: %(default)s")
    parser.add_argument("--language", default="", metavar="TAG", help="language of the texts; default: detected")
    parser.add_argument("--partitions", type=int, metavar="N", help="connections to the server; default: as the input is cut")
    arguments = parser.parse_args(argv)

    from pyspark.sql import SparkSession
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # local workers find this package; on a cluster it is set
    session = SparkSession.builder.appName("kutip").getOrCreate()
    frame = session.read.parquet(arguments.input)
    if arguments.partitions:
        frame = frame.repartition(arguments.partitions)
    token = os.environ.get("KUTIP_TOKEN")
    metadata = [("authorization", f"Bearer {token}")] if token else []
    annotated = annotate(frame, arguments.server, text=arguments.text, language=arguments.language, metadata=metadata)
    annotated.write.parquet(arguments.output)
    session.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
