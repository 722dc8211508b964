"""The queue of items: pending → running → done, under a lease: a crash loses nothing and doubles nothing.

An item is taken by writing an owner and an end of lease; a verdict is filed only by the owner that still
holds it. Whoever dies lets the lease run out, and the next worker takes the item again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, update
from sqlalchemy.orm import Session

from dashboard.store import blobs
from dashboard.store.tables import ApplicantRecord, Batch, Item

LEASE = timedelta(seconds=60)  # renewed every third of it; a crash elsewhere is noticed after at most this
UNSEEN = {"synchronize_session": False}  # nobody holds the rows of a change by statement
MAX_ATTEMPTS = 3  # an item that kills its worker so often is given up, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """An item in somebody's hands, with everything that its verification needs."""

    item_id: str
    owner: str
    applicant_id: str
    filename: str
    url: str | None
    data: bytes | None = field(repr=False)  # None: no longer kept, or a link
    name: str = field(repr=False)
    emails: tuple[str, ...] = field(repr=False)
    phones: tuple[str, ...] = field(repr=False)
    dids: tuple[str, ...] = field(repr=False)
    sample: bool
    attempts: int  # this one included
    request: Mapping[str, Any] | None = None  # of a presentation: what it had to answer


def lease(session: Session, owner: str, now: datetime) -> Leased | None:
    """Take an item that nobody holds: the oldest of those that were begun least often, so that one which
    kills its worker comes last. One at a time: every item of a dead owner was in its hands when it died.
    """
    # What this owner still holds it did not get filed: it asks because its hands are empty.
    let_go = or_(Item.lease_until < now, Item.lease_owner == owner)
    free = or_(Item.state == "pending", and_(Item.state == "running", let_go))
    query = (
        select(Item)
        .join(Batch, Batch.id == Item.batch_id)
        .where(free, Batch.cancelled.is_(False))
        .order_by(Item.attempts, Item.queued_at, Item.position)
        .limit(1)
    )
    item = session.execute(query).scalar_one_or_none()
    if item is None:
        return None
    item.state, item.lease_owner, item.lease_until = "running", owner, now + LEASE
    item.attempts += 1
    session.flush()
    return _leased(session, item, owner)


def holds(session: Session, leased: Leased) -> Item | None:
    """The item, if `leased` is still the one that holds it."""
    query = select(Item).where(
        Item.id == leased.item_id, Item.state == "running", Item.lease_owner == leased.owner
    )
    return session.execute(query).scalar_one_or_none()


def renew(session: Session, owner: str, now: datetime) -> None:
    """Extend every lease of a living owner."""
    mine = and_(Item.state == "running", Item.lease_owner == owner)
    session.execute(update(Item).where(mine).values(lease_until=now + LEASE))


def free_all(session: Session) -> None:
    """Take every lease away: only for one who knows that no other worker is alive."""
    session.execute(
        update(Item)
        .where(Item.state == "running")
        .values(state="pending", lease_owner=None, lease_until=None)
    )


def ask_again(session: Session, wanted: ColumnElement[bool], now: datetime) -> int:
    """Put items back into the queue; their reports stay. The number that were put back.

    One that is being checked is taken out of that hand: what it is checked against may just have changed,
    and its verdict would say what was so before. In one statement: ten thousand may be due at once. Those
    of it have `queued_at` = `now`.
    """
    anew = {"state": "pending", "mark": "pending", "attempts": 0, "queued_at": now}
    nobody: dict[str, None] = {"lease_owner": None, "lease_until": None}
    again = update(Item).where(wanted, Item.state != "pending").values(**anew, **nobody)
    done = cast("CursorResult[Any]", session.execute(again, execution_options=UNSEEN))
    return done.rowcount


def _leased(session: Session, item: Item, owner: str) -> Leased:
    person = session.get_one(ApplicantRecord, item.applicant_id)
    return Leased(
        item_id=item.id,
        owner=owner,
        applicant_id=item.applicant_id,
        filename=item.filename,
        url=item.url,
        data=None if item.url else blobs.read(session, item.sha256),
        name=person.name,
        emails=tuple(person.emails),
        phones=tuple(person.phones),
        dids=tuple(person.dids),
        sample=person.sample,
        attempts=item.attempts,
        request=item.request,
    )
