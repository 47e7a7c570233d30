"""python -m kutip"""
import json
import subprocess
import sys

TEXT = "“Kapal siap,” kata Rini Wulandari.\r\nBudi Santoso mengatakan, pasar malam dibuka besok."


def run(*arguments, text=b""):
    return subprocess.run([sys.executable, "-m", "kutip", *arguments], input=text, capture_output=True, check=False, timeout=60)


def test_a_quote_a_line(live):
    done = run("annotate", "--server", live.address, text=TEXT.encode())
    assert done.stdout.decode().splitlines() == [
        "Rini Wulandari\tdirect\tkata\tKapal siap,",
        "Budi Santoso\tindirect\tmengatakan\tpasar malam dibuka besok"]
    assert done.returncode == 0


def test_an_answer_a_line(live, tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(TEXT.encode())
    done = run("annotate", "--server", live.address, "--format", "jsonl", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["documentId"][-5:] for answer in answers] == ["a.txt", "b.txt"]
    assert [quote["text"] for quote in answers[0]["quotes"]] == ["Kapal siap,", "pasar malam dibuka besok"]


def test_a_bad_text_is_told_and_the_others_are_answered(live, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    (tmp_path / "good.txt").write_bytes(TEXT.encode())
    done = run("annotate", "--server", live.address, str(tmp_path / "bad.txt"), str(tmp_path / "good.txt"))
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 2)
    assert b"bad.txt: TEXT_NOT_UTF8" in done.stderr


def test_no_server_is_told():
    done = run("annotate", "--server", "unix:/nonexistent/kutip.sock", "--timeout", "4")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"kutip: UNAVAILABLE")


def test_a_missing_file_is_told(live):
    done = run("annotate", "--server", live.address, "/nonexistent.txt")
    assert done.returncode == 1
    assert b"/nonexistent.txt" in done.stderr
