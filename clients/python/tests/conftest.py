import pytest
import servers


@pytest.fixture(scope="session")
def live():
    if servers.program() is None:
        pytest.skip("no server is built; run script/build dev kutip")
    server = servers.LiveServer()
    yield server
    server.kill()


@pytest.fixture
def scripted():
    started = []

    def start(replies):
        started.append(servers.ScriptedServer(replies))
        return started[-1]

    yield start
    for server in started:
        server.stop()
