"""Stores that are made once a process: a further one is a copy of a file, not another making of it."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.services import Services
from dashboard.settings import DATABASE_NAME

PATIENCE = 60  # seconds


def blank_home(home: Path) -> Path:
    """`home`, with a new store in it that has its tables and nothing else."""
    return _put(home, blank())


def with_sample(home: Path) -> Services:
    """Services over a new store in `home`, the sample verified in it."""
    return Services.open(_put(home, _finished()))


def verify_sample(services: Services) -> None:
    """Load the sample, and wait until it is verified."""
    services.work.wait(services.intake.load_sample(), PATIENCE)


@cache
def blank() -> bytes:
    """The file of a store at rest, nobody in it."""
    with TemporaryDirectory() as folder:
        Services.open(Path(folder)).close()
        return (Path(folder) / DATABASE_NAME).read_bytes()


@cache
def _finished() -> bytes:
    """The file of a store at rest, the sample verified in it."""
    with TemporaryDirectory() as folder:
        with closing(Services.open(Path(folder))) as services:
            verify_sample(services)
        return (Path(folder) / DATABASE_NAME).read_bytes()


def _put(home: Path, store: bytes) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    (home / DATABASE_NAME).write_bytes(store)
    return home
