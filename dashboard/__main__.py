"""`python -m dashboard`: open the store, start the server, say where it is. Also backup, doctor, receipt …"""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import os
import signal
import socket
import sys
import threading
import time
import webbrowser
from datetime import UTC, datetime
from pathlib import Path

import click
import httpx
from streamlit import config

from dashboard import session
from dashboard.admission import require_usable, sign_in
from dashboard.identity import Misconfigured
from dashboard.member_command import member
from dashboard.receipt_command import receipt
from dashboard.server import server
from dashboard.services.doctor import examine
from dashboard.settings import CHECKOUT, Settings
from dashboard.store import Database, StoreDamaged, StoreUnavailable
from dashboard.store.backup import BackupRefused, back_up, restore
from dashboard.store.blobs import KeyUnusable

HOST = "127.0.0.1"
PORT = 8501  # Streamlit's own, so that people find what they know
CODE = ("dashboard.session", "dashboard.charts", "dashboard.grids")  # and all that they need
START_SECONDS = 30.0  # until the browser is no longer opened by itself


@click.group(invoke_without_command=True)
@click.option("--port", type=click.IntRange(1, 65_535), help=f"Port to listen on; {PORT} or a free one.")
@click.option("--browser/--no-browser", default=True, help="Open the page in a browser.")
@click.pass_context
def main(context: click.Context, port: int | None, browser: bool) -> None:
    """Skillproof: which of a job's skills has an applicant proved, and how do we know?"""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    if context.invoked_subcommand is None:
        _serve(port or _free_port(), browser=browser)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write a whole copy of the store to FILE; it may be in use."""
    try:
        back_up(_database(), file)
    except (BackupRefused, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"{file}: {file.stat().st_size:,} bytes. It holds applicants' data: keep it as safe as the store."
    )


@main.command(name="restore")
@click.argument("file", type=click.Path(path_type=Path))
def put_back(file: Path) -> None:
    """Put the copy in FILE in the store's place; the replaced store is kept beside it."""
    try:
        aside = restore(_database(), file, datetime.now(UTC))
    except (BackupRefused, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo("Restored." + (f" What was there before is in {aside}" if aside else ""))


@main.command()
def doctor() -> None:
    """Look at the store, the log, the queue and the disk; exit code 1 when something is wrong."""
    found = examine(Settings.read())
    for one in found:
        click.echo(f"{'ok ' if one.well else 'BAD'}  {one.name}: {one.said}")
    if not all(one.well for one in found):
        raise SystemExit(1)


main.add_command(receipt)
main.add_command(member)


def _database() -> Database:
    return Database(Settings.read().database_url)


def _serve(port: int, *, browser: bool) -> None:
    """Run the server until Ctrl-C, on a store that is whole."""
    settings = Settings.read()
    os.chdir(CHECKOUT)  # .streamlit/config.toml and secrets.toml are read from the working directory
    _open_store(settings)
    address = f"http://{HOST}:{port}"
    click.echo(f"Skillproof: {address}   (Ctrl-C stops it; the store is in {settings.home})")
    if browser and _has_screen():
        threading.Thread(target=_open_when_ready, args=(address,), daemon=True).start()
    _load()
    # The server raises anew what stopped it, once it has stopped; to be stopped is no fault.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    config.set_option("server.port", port)  # it has been read by now: a change would be warned of
    with contextlib.suppress(KeyboardInterrupt):
        server(settings).run(config={"server.port": port})


def _load() -> None:
    """Load what the screens are made of before anybody waits for it, and set it apart.

    Streamlit collects garbage after every run; going through all loaded code would cost each click 0.1 s.
    """
    for name in CODE:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def _open_store(settings: Settings) -> None:
    """Open the store, once for this process, or end with a sentence that says what to do."""
    try:
        store = session.store()
    except KeyUnusable as error:
        raise click.ClickException(f"{error}. Nothing was opened.") from error
    except (StoreUnavailable, OSError) as error:
        raise click.ClickException(
            f"The store in {settings.home} cannot be opened ({error}). Is the folder writable, and is there "
            "room on the disk?"
        ) from error
    except StoreDamaged as error:
        raise click.ClickException(
            f"The store in {settings.home} cannot be used: {error}. Put a backup back with "
            "`python -m dashboard restore FILE`, or choose another folder with SKILLPROOF_HOME."
        ) from error
    try:
        require_usable(sign_in(), store.members.any())
    except Misconfigured as error:
        store.close()
        raise click.ClickException(f"{error}.") from error


def _free_port() -> int:
    """8501 if nobody has it, else one that the system gives."""
    for wanted in (PORT, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, wanted))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise click.ClickException("No free port on this machine.")


def _has_screen() -> bool:
    """Whether a browser can show itself: a text browser in this terminal would be in the way."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_when_ready(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{address}/_stcore/health", timeout=1.0).is_success:
                webbrowser.open(address)
                return
        except httpx.HTTPError:
            time.sleep(0.2)


if __name__ == "__main__":
    main()
