"""The sample, verified once a process: a store of it is a copy of a file, not another verification."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.services import Services
from dashboard.settings import DATABASE_NAME

PATIENCE = 60  # seconds


def with_sample(home: Path) -> Services:
    """Services over a new store in `home`, the sample verified in it."""
    home.mkdir(parents=True, exist_ok=True)
    (home / DATABASE_NAME).write_bytes(finished())
    return Services.open(home)


@cache
def finished() -> bytes:
    """The file of a store at rest, the sample verified in it."""
    with TemporaryDirectory() as folder:
        with closing(Services.open(Path(folder))) as services:
            verify_sample(services)
        return (Path(folder) / DATABASE_NAME).read_bytes()


def verify_sample(services: Services) -> None:
    """Load the sample, and wait until it is verified."""
    services.work.wait(services.intake.load_sample(), PATIENCE)
