"""What is well and what is not: the store, the log, the queue, the room on disk. No name of anybody in it."""

from __future__ import annotations

import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from dashboard.settings import Settings
from dashboard.store import Database, StoreUnavailable, journal
from dashboard.store.signing_key import NAME, SigningKeyUnusable, kept_key
from dashboard.store.tables import Blob, Item, ReportRecord
from verifier import did_key

ROOM = 500_000_000  # bytes that should be free: a day's files of a busy recruiter


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """One thing that was looked at."""

    name: str
    well: bool
    said: str


def examine(settings: Settings) -> tuple[Examined, ...]:
    """Everything that can be looked at without changing anything."""
    database = Database(settings.database_url)
    try:
        found = [*_folder(settings), *_whole(database)]
        if database.is_there() and not database.integrity() and database.revision():
            found += [*_rows(database)]
        return tuple(found)
    except StoreUnavailable as error:
        return (Examined(name="database", well=False, said=f"cannot be opened now ({error})"),)
    finally:
        database.close()


def _folder(settings: Settings) -> Iterator[Examined]:
    home = settings.home
    if not home.is_dir():
        yield Examined(
            name="folder", well=True, said=f"{home} is not there yet; it is made at the first start"
        )
        return
    mode = stat.S_IMODE(home.stat().st_mode)
    private = sys.platform == "win32" or mode & 0o077 == 0
    yield Examined(
        name="folder", well=private, said=f"{home}" if private else f"{home} can be read by others"
    )
    yield from _receipt_key(settings)
    free = shutil.disk_usage(home).free
    yield Examined(name="room on disk", well=free >= ROOM, said=f"{free // 1_000_000:,} MB free")
    sample = (settings.sample_data / "applicants.json").is_file()
    yield Examined(
        name="sample data", well=sample, said="present" if sample else "missing: start in a checkout"
    )


def _receipt_key(settings: Settings) -> Iterator[Examined]:
    """The key that receipts are signed with: whoever can read it can sign in the employer's name."""
    try:
        key = kept_key(settings.home, settings.key)
    except (SigningKeyUnusable, OSError) as error:
        yield Examined(name="receipt key", well=False, said=str(error))
        return
    if key is None:
        yield Examined(name="receipt key", well=True, said="made with the first receipt")
        return
    mode = stat.S_IMODE((settings.home / NAME).stat().st_mode)
    private = sys.platform == "win32" or mode & 0o077 == 0
    said = did_key(key.public_key()) if private else f"{settings.home / NAME} can be read by others"
    yield Examined(name="receipt key", well=private, said=said)


def _whole(database: Database) -> Iterator[Examined]:
    if not database.is_there():  # looking must not make it
        yield Examined(name="database", well=True, said="not made yet")
        return
    problems = database.integrity()
    yield Examined(name="database", well=not problems, said=problems[0] if problems else "whole")
    revision = database.revision() if not problems else ""
    yield Examined(name="tables", well=not problems, said=revision or "not made yet")


def _rows(database: Database) -> Iterator[Examined]:
    with database.read() as session:
        chain = journal.walk(session)
        said = f"{chain.length} lines" if chain.broken_at is None else f"broken at line {chain.broken_at}"
        yield Examined(
            name="activity log", well=chain.broken_at is None, said=f"{said}, head {chain.head[:16]}"
        )
        states = {
            row[0]: row[1] for row in session.execute(select(Item.state, func.count()).group_by(Item.state))
        }
        counted = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        yield Examined(name="items", well=True, said=counted or "none")
        kept = select(ReportRecord.id).where(ReportRecord.id == Item.report_id).exists()
        lost = select(func.count()).where(Item.state == "done", ~kept)
        missing = session.scalar(lost) or 0
        yield Examined(name="verdicts", well=missing == 0, said=f"{missing} items without their report")
        size = session.scalar(select(func.sum(Blob.size))) or 0
        yield Examined(name="files kept", well=True, said=f"{size // 1_000_000:,} MB")
