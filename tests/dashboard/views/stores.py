"""Stores in every state that a screen may meet, each built once for all tests that only look."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Any
from unittest.mock import patch

from dashboard.services import Given, Grouping, Incoming, RequirementRow, Services
from dashboard.settings import DATABASE_NAME
from dashboard.store import StoreUnavailable
from dashboard.store.base import Base
from tests.dashboard.finished import with_sample
from tests.dashboard.services.making import made, verifying
from tests.dashboard.views.conftest import ROOT
from verifier import Report

APPLICANTS = ROOT / "sample_data" / "applicants"
LINES = (RequirementRow(skill_name="SQL"), RequirementRow(skill_name="Statistics", required=False))
COPIES = 700  # of each of the fifteen sample people: over ten thousand
COUNTED = "WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < ?)"
COPIED = ("applicants", "standings", "items", "reports", "credentials", "claims")
NUMBERED = ("credentials", "claims")  # their rows get a number by themselves
RENAMED = ("id", "applicant_id", "item_id", "report_id")
PATIENCE = 60  # seconds


def files_of(person: str) -> list[Incoming]:
    """What one of the sample people handed in."""
    paths = sorted((APPLICANTS / person).iterdir())
    return [Incoming(filename=path.name, data=path.read_bytes()) for path in paths]


def with_people(services: Services, *handed_in: list[Incoming]) -> Services:
    """A job, and for each entry a person who applied for it, all checked."""
    job = services.jobs.create("Data analyst", LINES)
    for number, files in enumerate(handed_in):
        batch = services.intake.receive(files, job_id=job, given=Given(name=f"Person {number} Example"))
        services.work.wait(batch, PATIENCE)
    return services


def empty(home: Path) -> Services:
    """Nothing at all."""
    return Services.open(home)


def nobody(home: Path) -> Services:
    """A job that nobody has applied for."""
    return with_people(Services.open(home))


def one(home: Path) -> Services:
    """One person with one file."""
    return with_people(Services.open(home, verifying=verifying()), [Incoming(filename="a.json", data=b"ok")])


def unread(home: Path) -> Services:
    """Three people whose files are no credentials."""
    letters = [[Incoming(filename=f"letter-{n}.txt", data=b"Dear reader %d" % n)] for n in range(3)]
    return with_people(Services.open(home), *letters)


def offline(home: Path) -> Services:
    """Two people, checked for real on a machine that asks no address."""
    with patch.dict(os.environ, SKILLPROOF_OFFLINE="1"):
        services = Services.open(home)
    return with_people(services, files_of("ada-example"), files_of("ines-ejemplo"))


def loading(home: Path, gate: threading.Event) -> Services:
    """A dozen people of whom two are checked; the others wait until the gate opens."""

    def verify(source: Any, **given: Any) -> Report:
        if not source.data.startswith(b"ok"):
            gate.wait(PATIENCE)
        return made(source, **given)

    services = Services.open(home, verifying=verifying(verify))
    job = services.jobs.create("Data analyst", LINES)
    data = [b"ok %d" % n if n < 2 else b"later %d" % n for n in range(12)]
    files = [Incoming(filename=f"{n}.json", data=one) for n, one in enumerate(data)]
    batch = services.intake.receive(files, job_id=job, grouping=Grouping.FILE_EACH)
    while services.work.progress(batch).counts.done < 2:
        gate.wait(0.01)
    return services


def many(home: Path) -> Services:
    """The sample people, each of them many times over: more than ten thousand."""
    services = with_sample(home)
    with closing(connect(home / DATABASE_NAME)) as database, database:
        for table in (Base.metadata.tables[name] for name in COPIED):
            names = [column.name for column in table.columns]
            if table.name in NUMBERED:
                names.remove("id")
            values = [f"{name} || '-' || n" if name in RENAMED else name for name in names]
            copied = f"SELECT {', '.join(values)} FROM {table.name}, copies"  # noqa: S608 # our own names
            database.execute(f"{COUNTED} INSERT INTO {table.name} ({', '.join(names)}) {copied}", (COPIES,))
    return services


class Faulty:
    """Services of which some calls fail: `fails` says which exception, None for none."""

    def __init__(self, services: Any, fails: Callable[[str], Exception | None], path: str = "") -> None:
        self._services, self._fails, self._path = services, fails, path

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._services, name)
        path = f"{self._path}.{name}".lstrip(".")
        if not callable(value):
            return value if isinstance(value, bool) else Faulty(value, self._fails, path)

        def call(*args: Any, **given: Any) -> Any:
            error = self._fails(path)
            if error is not None:
                raise error
            return value(*args, **given)

        return call


def unavailable(_path: str) -> Exception:
    """Nothing answers."""
    return StoreUnavailable("OperationalError")


def failing_at(path: str, error: Exception, services: Services) -> Faulty:
    """Services of which one call fails, e.g. `work.progress`."""
    return Faulty(services, lambda asked: error if asked == path else None)
