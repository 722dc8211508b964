"""What all services share: the store, the settings, the clock, and how the log and ids are written."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from dashboard.services.board import Board
from dashboard.services.refusals import Missing, NoteRequired
from dashboard.settings import Settings
from dashboard.store import Database, journal

Row = TypeVar("Row")


def utc_now() -> datetime:
    """The clock of rows and leases; tests pass their own."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """One open store."""

    settings: Settings
    database: Database
    now: Callable[[], datetime] = utc_now
    wake: threading.Event = field(default_factory=threading.Event)  # set when there may be work
    board: Board = field(default_factory=Board)  # what is being checked at this moment

    def log(self, session: Session, actor: str, action: str, subject: str = "", **detail: str) -> None:
        """A line of the log in the caller's transaction. Ids, codes and counts only: never a name."""
        journal.append(session, at=self.now(), actor=actor, action=action, subject=subject, detail=detail)


def new_id() -> str:
    """An opaque id: it may stand in an address bar."""
    return secrets.token_hex(8)


def found(row: Row | None, what: str) -> Row:
    """`row`, or `Missing`."""
    if row is None:
        raise Missing(what)
    return row


def note_of(text: str) -> str:
    """A note that says something, or `NoteRequired`."""
    note = plain(text.strip(), 4_000)
    if not note:
        raise NoteRequired("a reason is required")
    return note


def plain(text: str, limit: int = 300) -> str:
    """`text` as a column can hold it: no NUL, no lone surrogate, at most `limit` characters."""
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
    return whole if len(whole) <= limit else whole[: limit - 1] + "…"
