"""A store, a server over it, and a browser that walks through: once the sample, once many people."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import sync_playwright

from dashboard.services import Services
from dashboard.settings import DATABASE_NAME
from dashboard.store import Database
from tests.benchmarks.painting import WATCH, Hand, Taken, serving
from tests.benchmarks.people import fill, groups_of
from tests.benchmarks.walk import Ids, filters, saves, walk
from tests.browser.conftest import FLAGS, browser_path

OTHER_JOB = "Gardener"
ROUNDS = 3
SWITCHED = 30  # clicks on the filter over which the server's memory is watched


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What each click took, the load of the machine, and the memory of the server."""

    taken: dict[str, list[Taken]]
    load: tuple[float, float]  # processes that wanted a core, before and after
    memory_mb: tuple[float, float]  # before and after the filter was switched
    switched: int = SWITCHED


def walked(people: int) -> Walked:
    """Every click, each round in a browser that has never been here; 0 people: the sample alone."""
    taken: dict[str, list[Taken]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ids = prepare(Path(folder), people)
        begun = load()
        with serving(Path(folder)) as server:
            browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
            for number in range(ROUNDS):
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.add_init_script(WATCH)
                hand = Hand(page=page, server=server, round=number, taken=taken)
                walk(hand, ids)
                if number == ROUNDS - 1:
                    memory = watched(hand)
                    saves(hand)
                page.close()
            browser.close()
        return Walked(taken=taken, load=(begun, load()), memory_mb=memory)


def prepare(home: Path, people: int) -> Ids:
    """A store with the sample, an older job that nobody applied for, and so many people: their ids."""
    earlier = Services.open(home, now=lambda: datetime.now(UTC) - timedelta(days=1))
    earlier.jobs.create(OTHER_JOB)
    earlier.close()
    services = Services.open(home)
    batch = services.intake.load_sample()
    services.work.wait(batch, 120)
    database = Database(f"sqlite:///{home / DATABASE_NAME}")
    fill(database, people)
    database.close()
    job = services.jobs.sample_id() or ""
    rows = services.candidates.rows(job)
    ids = tuple(row.applicant_id for row in rows[:5])
    cred = services.candidates.detail(ids[0]).credentials[0].cred
    services.close()
    return Ids(job=job, people=ids, cred=cred, batch=batch, other_job=OTHER_JOB, groups=groups_of(rows))


def watched(hand: Hand) -> tuple[float, float]:
    """Megabytes that the server holds before and after many clicks on the filter."""
    filters(hand, 2)
    before = hand.server.resident_mb()
    filters(hand, SWITCHED)
    return before, hand.server.resident_mb()


def load() -> float:
    """Processes that wanted a core in the last minute; 0 where the system does not tell."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
