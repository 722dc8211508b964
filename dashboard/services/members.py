"""Who may sign in, as what. Roles are given at the machine's own command line, never from a screen.

Whoever could hand out roles on a screen could be their own second person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, select

from dashboard.access import Actor, Role
from dashboard.services.core import Core, found, new_id, plain
from dashboard.services.records import MemberRow
from dashboard.store.tables import Member


class Members:
    """The people of the organisation who work here."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def rows(self) -> tuple[MemberRow, ...]:
        """Everybody, by label."""
        with self._core.database.read() as session:
            return tuple(
                _row(one) for one in session.scalars(select(Member).order_by(Member.label, Member.id))
            )

    def any(self) -> bool:
        """Whether people sign in here: then nobody works without it."""
        with self._core.database.read() as session:
            return session.scalar(select(Member.id).limit(1)) is not None

    def actor(self, issuer: str, subject: str) -> Actor | None:
        """What this identity may do now; None: it has no role."""
        with self._core.database.read() as session:
            member = session.scalar(_named(issuer, subject))
            return Actor.of(member.id, member.label, _roles(member)) if member else None

    def called(self, actors: Iterable[str]) -> Mapping[str, str]:
        """What to call those whom a note or a log line names; who is no member any more keeps the bare id."""
        wanted = set(actors)
        with self._core.database.read() as session:
            known = {
                one.id: one.label for one in session.scalars(select(Member).where(Member.id.in_(wanted)))
            }
        return {actor: known.get(actor, actor) for actor in wanted}

    def add(
        self, *, issuer: str, subject: str, label: str, roles: Sequence[Role], actor: str = "local"
    ) -> MemberRow:
        """Give this identity exactly these roles. Raises `ValueError` where one of the three is missing."""
        label = plain(label.strip())
        if not (issuer and subject and label and roles):
            raise ValueError("a member has an issuer, a subject, a label and at least one role")
        held = sorted({role.value for role in roles})
        with self._core.database.write() as session:
            member = session.scalar(_named(issuer, subject))
            action = "member.changed" if member else "member.added"
            if member is None:
                member = Member(id=new_id(), issuer=plain(issuer, 2_000), subject=plain(subject, 2_000))
                session.add(member)
            member.label, member.roles = label, held
            member.added_by, member.since = actor, self._core.now()
            session.flush()
            self._core.log(session, actor, action, member.id, roles=" ".join(held))
            return _row(member)

    def remove(self, member_id: str, *, actor: str = "local") -> None:
        """Take every role away, with the next click. The log keeps the id alone. Raises `Missing`."""
        with self._core.database.write() as session:
            session.delete(found(session.get(Member, member_id), "member"))
            self._core.log(session, actor, "member.removed", member_id)


def _named(issuer: str, subject: str) -> Select[tuple[Member]]:
    return select(Member).where(Member.issuer == issuer, Member.subject == subject)


def _roles(member: Member) -> tuple[Role, ...]:
    """The roles that this version knows: one that it does not know gives nothing."""
    known = {role.value for role in Role}
    return tuple(Role(one) for one in member.roles if one in known)


def _row(member: Member) -> MemberRow:
    return MemberRow(
        member_id=member.id,
        issuer=member.issuer,
        subject=member.subject,
        label=member.label,
        roles=_roles(member),
        added_by=member.added_by,
        since=member.since,
    )
