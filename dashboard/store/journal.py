"""The activity log: append and prove. Each line's digest covers the line and the digest before it.

An edited, deleted or inserted line breaks the chain from there on; lines cut off the end are missed by the
head, and an older copy of the whole is told by the head that somebody wrote down elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.store.tables import LogHead, LogLine

GENESIS = "0" * 64
HEAD = 1  # the one row of log_head
CHUNK = 1_000  # lines held at once while the chain is walked


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What walking the chain found."""

    length: int
    head: str
    broken_at: int | None


def append(
    session: Session,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: str = "",
    detail: Mapping[str, str] | None = None,
) -> None:
    """Add a line in the caller's transaction: what was done is committed with its line or not at all."""
    head = session.get(LogHead, HEAD)
    if head is None:
        head = LogHead(id=HEAD, seq=0, digest=GENESIS)
        session.add(head)
    line = LogLine(
        seq=head.seq + 1, at=at, actor=actor, action=action, subject=subject, detail=dict(detail or {})
    )
    line.digest = digest_of(head.digest, line)
    session.add(line)
    head.seq, head.digest = line.seq, line.digest
    session.flush()


def digest_of(previous: str, line: LogLine) -> str:
    """SHA-256 over the digest before and every field of the line, as JSON in one fixed form."""
    fields: list[Any] = [
        previous,
        line.seq,
        line.at.isoformat(),
        line.actor,
        line.action,
        line.subject,
        line.detail,
    ]
    return hashlib.sha256(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def walk(session: Session) -> Chain:
    """Follow the chain from its first line to the head."""
    digest, expected = GENESIS, 1
    lines = session.execute(select(LogLine).order_by(LogLine.seq)).scalars().yield_per(CHUNK)
    for line in lines:
        if line.seq != expected or not hmac.compare_digest(line.digest, digest_of(digest, line)):
            return Chain(length=expected - 1, head=digest, broken_at=expected)
        digest, expected = line.digest, expected + 1
    head = session.get(LogHead, HEAD)
    ended = (head.seq, head.digest) if head else (0, GENESIS)
    broken = None if ended == (expected - 1, digest) else expected
    return Chain(length=expected - 1, head=digest, broken_at=broken)
