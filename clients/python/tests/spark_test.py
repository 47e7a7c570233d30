"""kutip.spark in local mode, Parquet to Parquet."""
import os
import sys
import threading

import pytest
import servers

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install '.[spark]'")
pa = pytest.importorskip("pyarrow")

import pyarrow.parquet as parquet  # noqa: E402
from pyspark.errors import PySparkException  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

from kutip import spark as kutip_spark  # noqa: E402
from kutip.v1 import annotation_pb2 as pb  # noqa: E402

TEXT = "🙂 “Kapal siap,” kata Rini Wulandari dari Kementerian Perhubungan."


@pytest.fixture(scope="module")
def session():
    os.environ["PYSPARK_PYTHON"] = sys.executable  # workers find the package where this test does
    try:
        session = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
                   .config("spark.sql.shuffle.partitions", "2")
                   .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # a short life
                   .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate())
    except (PySparkException, OSError) as error:
        pytest.skip(f"Spark does not start here, perhaps without Java 17: {error}")
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def written(folder, texts):
    folder.mkdir()
    parquet.write_table(pa.table({"id": pa.array(range(len(texts))), "text": pa.array(texts)}), folder / "part.parquet")
    return str(folder)


def test_parquet_in_and_out(live, session, tmp_path):
    texts = [TEXT, None, "", TEXT]
    frame = session.read.parquet(written(tmp_path / "in", texts)).repartition(2)
    kutip_spark.annotate(frame, live.address).write.parquet(str(tmp_path / "out"))
    rows = {row["id"]: row for row in session.read.parquet(str(tmp_path / "out")).collect()}
    assert [rows[i]["text"] for i in range(4)] == texts
    answer = rows[0]["kutip"]
    assert [quote.asDict() for quote in answer["quotes"]] == [
        {"speaker": "Rini Wulandari", "form": "direct", "cue": "kata", "text": "Kapal siap,", "begin": 2, "end": 15}]
    assert [organization["name"] for organization in answer["organizations"]] == ["Kementerian Perhubungan"]
    assert (answer["persons"], answer["language"], answer["error"]) == (["Rini Wulandari"], "id", None)
    assert pb.AnnotateResponse.FromString(answer["response"]).text_length == len(TEXT)
    assert (rows[1]["kutip"]["error"]["reason"], rows[1]["kutip"]["quotes"]) == ("DOCUMENT_REQUIRED", None)
    assert (rows[2]["kutip"]["error"], rows[2]["kutip"]["quotes"]) == (None, [])


def test_a_bad_row_has_its_error_and_the_others_their_answers(live, session):
    frame = session.createDataFrame([(i, b"\xff" if i == 7 else TEXT.encode()) for i in range(20)], "id int, body binary")
    rows = kutip_spark.annotate(frame, live.address, text="body", output="said", batch_size=4).collect()
    assert sorted(row["id"] for row in rows) == list(range(20))
    assert {row["id"]: row["said"]["error"] and row["said"]["error"]["reason"] for row in rows} == {
        i: "TEXT_NOT_UTF8" if i == 7 else None for i in range(20)}


def test_another_ruleset_fails_the_job(live, session):
    frame = session.createDataFrame([(TEXT,)], "text string")
    with pytest.raises(PySparkException, match="RULESET_NOT_LOADED"):
        kutip_spark.annotate(frame, live.address, ruleset_digest="0" * 64).collect()


def test_a_server_that_is_killed_and_started_again_loses_no_row(session, tmp_path):
    if servers.program() is None:
        pytest.skip("no server is built; run script/build dev kutip")
    listen = f"unix:{tmp_path}/kutip.sock"
    running = [servers.LiveServer(listen)]
    texts = [f"{TEXT} {i}" for i in range(3000)]
    frame = session.read.parquet(written(tmp_path / "in", texts)).repartition(2)
    annotated = kutip_spark.annotate(frame, listen, batch_size=8)

    def kill():
        running[0].kill()
        threading.Timer(1.0, lambda: running.append(servers.LiveServer(listen))).start()

    threading.Timer(1.0, kill).start()
    rows = annotated.collect()
    assert sorted(row["id"] for row in rows) == list(range(3000))
    assert {row["kutip"]["error"] for row in rows} == {None}
    while len(running) < 2:
        threading.Event().wait(0.1)
    running[1].kill()


def test_the_program(live, session, tmp_path):
    source = written(tmp_path / "in", [TEXT] * 3)
    assert kutip_spark.main([source, str(tmp_path / "out"), "--server", live.address, "--partitions", "2"]) == 0
    table = parquet.read_table(tmp_path / "out")
    assert [quote["speaker"] for row in table.to_pylist() for quote in row["kutip"]["quotes"]] == ["Rini Wulandari"] * 3
