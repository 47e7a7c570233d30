"""annotate_all over many texts: bounded memory, servers that go away, batches that are too much for one call."""
import threading

import pytest
import servers

import kutip
from kutip.v1 import annotation_pb2 as pb

TEXT = "“Kapal siap,” kata Rini Wulandari."


def test_reads_only_as_many_texts_as_it_needs(live):
    read = 0

    def texts():
        nonlocal read
        while True:
            read += 1
            yield TEXT

    with kutip.Client(live.address) as client:
        outcomes = client.annotate_all(texts(), batch_size=8, in_flight=2)
        for given in range(1, 200):
            assert [said.speaker for said in next(outcomes).unwrap()] == ["Rini Wulandari"]
            assert read <= given + 3 * 8
        outcomes.close()


def test_large_texts_make_small_batches():
    from kutip import _batches
    sizes = [len(batch) for batch in _batches.batches(["x" * (_batches.BATCH_BYTES // 2 - 100)] * 5 + ["x"] * 3, 64)]
    assert sizes == [2, 2, 4]


@pytest.mark.parametrize("text", ["\ud800 separuh", b"\xff"])
def test_a_text_that_is_no_unicode_fails_alone(live, text):
    with kutip.Client(live.address) as client:
        good, bad = client.annotate_all([TEXT, text])
    assert good.error is None
    assert (bad.error.reason, "byte_offset" in bad.error.metadata) == ("TEXT_NOT_UTF8", True)


def test_wrong_options_fail_the_call(live):
    with kutip.Client(live.address) as client, pytest.raises(kutip.KutipError, match="PLUGIN_UNKNOWN"):
        list(client.annotate_all([TEXT], pb.AnnotateOptions(plugins=["nihil"])))


def test_a_server_that_is_killed_and_started_again_loses_no_text(tmp_path):
    if servers.program() is None:
        pytest.skip("no server is built; run script/build dev kutip")
    listen = f"unix:{tmp_path}/kutip.sock"
    first = servers.LiveServer(listen)
    second = []
    starter = threading.Timer(1.0, lambda: second.append(servers.LiveServer(listen)))
    outcomes = 0
    with kutip.Client(listen) as client:
        for outcome in client.annotate_all((f"{TEXT} {i}" for i in range(300)), batch_size=10):
            assert kutip.Answer is type(outcome.unwrap())
            assert outcome.answer.text == f"{TEXT} {outcomes}"
            outcomes += 1
            if outcomes == 50:
                first.kill()
                starter.start()
    starter.join()
    second[0].kill()
    assert outcomes == 300


def test_impatience_is_told():
    with kutip.Client("unix:/nonexistent/kutip.sock") as client, pytest.raises(kutip.KutipError) as caught:
        list(client.annotate_all([TEXT], patience=0.5))
    assert caught.value.reason == "UNAVAILABLE"


def test_a_batch_that_is_too_much_for_a_call_is_tried_in_halves(scripted):
    server = scripted([{"status": "CAg=", "pushback_ms": -1}])  # RESOURCE_EXHAUSTED without details, as gRPC gives it
    with kutip.Client(server.address) as client:
        outcomes = list(client.annotate_all([TEXT] * 3))
    assert [outcome.error.reason for outcome in outcomes] == ["RESOURCE_EXHAUSTED"] * 3
    assert server.calls == 5  # three, one, two, one, one
