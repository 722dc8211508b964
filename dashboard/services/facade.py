"""The services, put together over one store."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from dashboard.services.activity import Activity
from dashboard.services.addresses import Addresses
from dashboard.services.candidates import Candidates
from dashboard.services.core import Core, utc_now
from dashboard.services.evidence import Evidence
from dashboard.services.exchanges import Exchanges
from dashboard.services.exports import Exports
from dashboard.services.guarding import Admit, acting
from dashboard.services.intake import Intake
from dashboard.services.issuers import Issuers
from dashboard.services.jobs import Jobs
from dashboard.services.knowledge import KNOWN, knowledge
from dashboard.services.members import Members
from dashboard.services.papers import Papers
from dashboard.services.proposals import Proposals
from dashboard.services.receipts import Receipts
from dashboard.services.recruiting_systems import RecruitingSystems
from dashboard.services.sample import read_sample
from dashboard.services.verifying import Verifying
from dashboard.services.work import Work
from dashboard.services.workers import Workers
from dashboard.settings import Settings
from dashboard.store import Database
from dashboard.store.home import Lock, make_private


class Services:
    """One open store and everything that a view may ask of it. Safe to share between threads and sessions."""

    def __init__(self, core: Core, verifying: Verifying | None = None) -> None:
        settings = core.settings
        self._core = core
        self._workers = Workers(
            core,
            verifying
            or Verifying(
                settings=settings,
                sample=lambda: read_sample(settings.sample_data),
                now=core.now,
                extract=lambda report: knowledge(settings.home).skills_of(report),
            ),
        )
        self._lock = Lock(settings.home)
        self.work = Work(core)  # progress, cancel, resume, re-check
        self.intake = Intake(core)  # files, text, links, sample → a batch
        self.exchanges = Exchanges(core)  # questions to a wallet; an answer → a batch
        self.candidates = Candidates(core, self.work)  # grid, person, compare, coverage, decisions
        self.evidence = Evidence(core)  # one credential, its raw file
        self.jobs = Jobs(core)
        self.issuers = Issuers(core, self.work)
        self.addresses = Addresses(core, self.work)  # what was asked on the network
        self.proposals = Proposals(core, self.issuers)  # issuer changes that need two persons
        self.members = Members(core)  # who may sign in, as what
        self.activity = Activity(core)
        self.exports = Exports(core, self.candidates, self.evidence, self.activity)
        self.receipts = Receipts(core)  # signed, to be checked again by anybody
        self.systems = RecruitingSystems(core, self.candidates, self.evidence)  # LER-RS, Greenhouse, …
        self.papers = Papers(core, self.candidates, self.evidence, self.receipts)  # PDF

    @classmethod
    def open(
        cls,
        home: Path | None = None,
        *,
        database_url: str | None = None,
        now: Callable[[], datetime] = utc_now,
        verifying: Verifying | None = None,
    ) -> Services:
        """The services over the store in `home` (default: SKILLPROOF_HOME, else the user's data folder).

        Checks the store's integrity, brings its tables up to date, and resumes what a crash left behind.
        Raises `StoreDamaged`. Tests give a clock and a verification of their own.
        """
        settings = Settings.read(home)
        if database_url:
            settings = replace(settings, database_url=database_url)
        make_private(settings.home)
        database = Database(
            settings.database_url,
            key=settings.key,
            info={KNOWN: lambda: knowledge(settings.home)},
        )
        database.open()
        services = cls(Core(settings=settings, database=database, now=now), verifying)
        services._start()
        atexit.register(services.close)
        return services

    def close(self) -> None:
        """Let running items finish, stop the workers, close the store. Closing twice is closing once."""
        atexit.unregister(self.close)
        self._workers.stop()
        self._lock.release()
        self._core.database.close()

    def acting(self, admit: Admit) -> Services:
        """These services for one person: every method asks `admit` first and writes their id into the log.

        A method raises `NotAllowed`, or answers blind, where the person's roles say so (`services.guarding`).
        """
        return acting(self, admit)

    @property
    def offline(self) -> bool:
        """Whether no address is asked at all (SKILLPROOF_OFFLINE=1): show the banner."""
        return self._core.settings.offline

    def _start(self) -> None:
        # Alone on a one-machine store, every lease found is of a process that died.
        alone = self._core.database.is_sqlite and self._lock.take()
        self._workers.start(alone=alone)
