"""The server as it is started: pages and routes in one process, which ends when it is told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60.0
Running = tuple[subprocess.Popen[bytes], str]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The process and where it listens."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "dashboard", "--no-browser", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "SKILLPROOF_HOME": str(home)},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}/health")
        yield server, f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def wait_until_healthy(health: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(health, timeout=5.0).text == "ok":
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    pytest.fail("the server did not start")


def test_pages_and_routes_stand_side_by_side(address: Running) -> None:
    _server, here = address
    assert httpx.get(here + "/_stcore/health").text == "ok"
    assert "<html" in httpx.get(here + "/").text.lower()
    gone = httpx.get(here + "/wallet/x/request")
    assert (gone.status_code, gone.json()["title"]) == (404, "This request is not open.")
    assert "set-cookie" not in gone.headers


def test_a_wallet_is_heard_under_no_strange_name(address: Running) -> None:
    _server, here = address
    assert httpx.get(here + "/wallet/x/request", headers={"Host": "evil.example"}).status_code == 400


def test_the_routes_do_not_open_streamlits_own(address: Running) -> None:
    """Its web socket still hears its own machine alone, and an upload still needs its token."""
    _server, here = address
    handshake = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    key = {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}
    stream = here + "/_stcore/stream"
    assert httpx.get(stream, headers={**handshake, **key, "Host": "evil.example"}).status_code == 403
    assert httpx.put(here + "/_stcore/upload_file/a/b", files={"file": b"x"}).status_code in (400, 403)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_to_be_stopped_is_no_fault(address: Running) -> None:
    server, _here = address
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=START_SECONDS) == 0
