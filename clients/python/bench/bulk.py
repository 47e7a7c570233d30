"""How fast Python gets articles annotated: single calls, batches, and Spark with two partitions; and whether a server that is
killed and started again in the middle of a Spark job loses a row.

usage: bulk.py [ARTICLES]     (default 10000; needs pip install './clients/python[spark]' and build/release/service/kutip)
"""
import os
import pathlib
import random
import sys
import tempfile
import threading
import time

import pyarrow as pa
import pyarrow.parquet as parquet
from pyspark.sql import SparkSession

import kutip
from kutip import spark as kutip_spark

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests"))
import servers  # noqa: E402

GIVEN = "Rini Budi Ratna Hendra Slamet Dewi Agus Sari Joko Wulan Bayu Lestari Tono Maya Eko Nia".split()
FAMILY = "Wulandari Santoso Wijayanti Gunadi Prabowo Hartono Kusuma Siregar Nasution Pratama Setiawan Halim".split()
OFFICES = ["Bupati Demak", "Kepala Dinas Perhubungan", "Direktur Utama Perum Bulog", "Ketua Koperasi Nelayan",
           "Juru bicara Kementerian Pertanian", "Kepala Badan Pangan Nasional"]
CONTENTS = ["harga beras akan turun pada akhir bulan", "jalan menuju pelabuhan ditutup selama dua hari",
            "bantuan pupuk sudah sampai di empat kecamatan", "kapal penyeberangan kembali berlayar besok pagi",
            "produksi jagung naik 8,2 persen dibandingkan tahun lalu", "gudang baru dapat menampung 40.000 ton gabah",
            "warga diminta tidak membeli secara berlebihan", "pasar malam dibuka setelah perbaikan selesai"]
SCENES = ["Hujan turun sejak pagi di kawasan itu.", "Sejumlah pedagang menata kembali lapak mereka.",
          "Antrean truk memanjang hingga dua kilometer.", "Rapat itu dihadiri puluhan petani dari tiga desa.",
          "Perbaikan jembatan dimulai pada awal Maret dan menelan biaya Rp 6,5 miliar."]


def article(chance):
    """An article of its own, of about ten sentences."""
    speakers = [f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}" for _ in range(3)]
    paragraphs = [f"Demak - {chance.choice(OFFICES)} {speakers[0]} meninjau pasar, Jumat ({chance.randint(1, 28)}/3). "
                  f"{chance.choice(SCENES)}"]
    for _ in range(4):
        speaker, content = chance.choice(speakers), chance.choice(CONTENTS)
        paragraphs.append(chance.choice([
            f"{speaker} mengatakan, {content}. {chance.choice(SCENES)}",
            f"“{content.capitalize()},” kata {speaker} kepada wartawan. {chance.choice(SCENES)}",
            f"Menurut {speaker}, {content}. “{chance.choice(CONTENTS).capitalize()},” ujarnya."]))
    return "\n\n".join(paragraphs)


def report(what, articles, seconds, characters):
    print(f"{what:<34} {articles:>6} articles {seconds:>7.2f} s {articles / seconds:>8.0f} articles/s "
          f"{characters / seconds / 1e6:>6.2f} M characters/s", flush=True)


def timed(call):
    began = time.perf_counter()
    result = call()
    return result, time.perf_counter() - began


def single_calls(client, texts):
    return sum(len(client.annotate(text).response.quotes) for text in texts)


def in_batches(client, texts):
    return sum(len(outcome.unwrap().response.quotes) for outcome in client.annotate_all(texts))


def quotes_of(folder):
    rows = parquet.read_table(folder).to_pylist()
    assert all(row["kutip"]["error"] is None for row in rows)
    return len({row["id"] for row in rows}), sum(len(row["kutip"]["quotes"]) for row in rows)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    chance = random.Random(1)
    texts = [article(chance) for _ in range(count)]
    characters = sum(map(len, texts))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="kutip-bulk-"))
    listen = f"unix:{folder}/kutip.sock"
    running = [servers.LiveServer(listen)]
    print(f"{count} articles of {characters / count:.0f} characters on average; {servers.program()}")

    with kutip.Client(listen) as client:
        in_batches(client, texts[:500])  # warm up
        quotes, seconds = timed(lambda: in_batches(client, texts))
        report("annotate_all, one thread", count, seconds, characters)
        single, seconds = timed(lambda: single_calls(client, texts))
        report("annotate, one thread", count, seconds, characters)
    assert single == quotes

    (folder / "in").mkdir()
    half = count // 2
    for name, ids in (("a", range(half)), ("b", range(half, count))):
        parquet.write_table(pa.table({"id": list(ids), "text": [texts[i] for i in ids]}), folder / "in" / f"{name}.parquet")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    session.conf.set("spark.sql.files.openCostInBytes", 128 << 20)  # a file is a partition
    frame = session.read.parquet(str(folder / "in"))
    assert frame.rdd.getNumPartitions() == 2
    kutip_spark.annotate(frame.limit(100), listen).collect()  # warm up

    _, seconds = timed(lambda: kutip_spark.annotate(frame, listen).write.parquet(str(folder / "out")))
    report("Spark, two partitions, Parquet", count, seconds, characters)
    assert quotes_of(folder / "out") == (count, quotes)

    def kill():
        running[0].kill()
        threading.Timer(2.0, lambda: running.append(servers.LiveServer(listen))).start()

    threading.Timer(max(1.0, seconds / 2), kill).start()
    _, seconds = timed(lambda: kutip_spark.annotate(frame, listen).write.parquet(str(folder / "out2")))
    report("the same, server away for 2 s", count, seconds, characters)
    assert len(running) == 2, "the job ended before the server was killed"
    rows, found = quotes_of(folder / "out2")
    print(f"after the kill: {rows} of {count} rows, {found} of {quotes} quotes")
    running[1].kill()
    session.stop()


if __name__ == "__main__":
    main()
