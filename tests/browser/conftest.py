"""A real browser on the real server, started as the README starts it, in a store of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 30.0
PUBLIC_URL = "https://employer.example"  # stands in codes; nobody visits it
# Streamlit asks for these below the path of a deep link, gets a 404, and asks again at the root.
ALLOWED_404 = ("_stcore/health", "_stcore/host-config")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of the system."""
    pytest.importorskip("playwright", reason="playwright is not installed (extra e2e)")
    found = browser_path()
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[str]:
    """Where the dashboard listens; its process group ends with the module."""
    home = tmp_path_factory.mktemp("home")
    port = free_port()
    log = (home / "server.log").open("w")
    server = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "dashboard", "--no-browser", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "SKILLPROOF_HOME": str(home / "store"), "SKILLPROOF_PUBLIC_URL": PUBLIC_URL},
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=START_SECONDS)
        log.close()


def browser_path() -> str | None:
    """Where the browser of the system is."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(health: str) -> None:
    """Return once the server says that it is well."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(health) as answer:  # noqa: S310 - our own server
                if answer.read() == b"ok":
                    return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail("the dashboard did not start")


@pytest.fixture
def page(chromium: str, address: str, tmp_path: Path) -> Iterator[Page]:
    """A fresh browser profile; at the end no console error may be left and no request off this machine."""
    from playwright.sync_api import sync_playwright

    wrong: list[str] = []
    with sync_playwright() as playwright:
        context: Any = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=chromium,
            headless=True,
            args=FLAGS,
            viewport={"width": 1280, "height": 900},
            accept_downloads=True,
        )
        opened = context.pages[0]
        opened.on("console", lambda message: _note_console(message, wrong))
        opened.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
        opened.on("request", lambda request: _note_request(request.url, address, wrong))
        yield opened
        context.close()
    assert wrong == []


def _note_console(message: Any, wrong: list[str]) -> None:
    where = str(message.location.get("url", ""))
    if message.type == "error" and not where.endswith(ALLOWED_404):
        wrong.append(f"console: {message.text} {where}")


def _note_request(url: str, address: str, wrong: list[str]) -> None:
    own = (f"{address}/", address.replace("http://", "ws://") + "/", "data:", "blob:")
    if not url.startswith(own):
        wrong.append(f"request off this machine: {url}")
