"""Who may do what: the roles of SCREENS §6, what each sees and may do. Decided here and nowhere else.

On one machine, without sign-in, everything is allowed and the log says "local". With sign-in a person has the
roles that our own store gives them, and no role is no access.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Screen(StrEnum):
    """A screen that stands in the navigation, by its address."""

    VERIFY = "verify"
    CANDIDATES = "candidates"
    CANDIDATE = "candidate"
    COMPARE = "compare"
    COVERAGE = "coverage"
    JOBS = "jobs"
    TRUST = "trust"


class Permission(StrEnum):
    """One thing that somebody may do."""

    VERIFY = "verify"  # hand files in, watch them, check again
    DEMO = "demo"  # load the sample people and reset them
    READ_PEOPLE = "read_people"  # the grid of everybody
    READ_PERSON = "read_person"
    COMPARE = "compare"
    COVERAGE = "coverage"  # and the impact panel
    READ_EVIDENCE = "read_evidence"
    READ_FILES = "read_files"  # as handed in, and the whole report
    NAMES = "names"  # be told who people are; without it every answer is blind
    REVEAL = "reveal"  # a name, with a reason
    DECIDE = "decide"  # with a note; what counts as evidence, too
    NOTE = "note"  # without a decision
    CHANGE_PERSON = "change_person"  # what is established about somebody; delete them
    EXPORT = "export"
    EXPORT_NAMES = "export_names"
    READ_JOBS = "read_jobs"
    CHANGE_JOBS = "change_jobs"
    READ_ISSUERS = "read_issuers"
    CHANGE_ISSUERS = "change_issuers"  # propose a change, or approve another person's
    READ_LOG = "read_log"
    READ_RECEIPTS = "read_receipts"  # check one again, and the key they are signed with
    COLLEAGUES = "colleagues"  # be told who stands behind a pseudonym of the log; every role may
    ALONE = "alone"  # what no role may: change an issuer without a second person, give out roles


class Role(StrEnum):
    """What a member of the organisation is here."""

    RECRUITER = "recruiter"
    ANALYST = "analyst"
    HIRING_MANAGER = "hiring_manager"
    ADMIN = "admin"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a role brings."""

    screens: frozenset[Screen]
    may: frozenset[Permission]


def _grant(screens: Iterable[Screen], may: Iterable[Permission]) -> Grant:
    return Grant(screens=frozenset(screens), may=frozenset((*may, Permission.COLLEAGUES)))


GRANTS: Mapping[Role, Grant] = MappingProxyType(
    {
        Role.RECRUITER: _grant(
            (Screen.VERIFY, Screen.CANDIDATES, Screen.CANDIDATE, Screen.JOBS),
            (
                Permission.VERIFY,
                Permission.DEMO,
                Permission.READ_PEOPLE,
                Permission.READ_PERSON,
                Permission.READ_EVIDENCE,
                Permission.READ_FILES,
                Permission.NAMES,
                Permission.REVEAL,
                Permission.DECIDE,
                Permission.CHANGE_PERSON,
                Permission.EXPORT,
                Permission.EXPORT_NAMES,  # somebody has to hand the shortlist on
                Permission.READ_JOBS,
            ),
        ),
        Role.ANALYST: _grant(
            (Screen.CANDIDATES, Screen.COMPARE, Screen.COVERAGE),
            (
                Permission.READ_PEOPLE,
                Permission.COMPARE,
                Permission.COVERAGE,
                Permission.READ_EVIDENCE,  # the drawer of screens 2 and 5: blind, like everything here
                Permission.EXPORT,
                Permission.READ_JOBS,
            ),
        ),
        Role.HIRING_MANAGER: _grant(
            (Screen.CANDIDATE, Screen.COMPARE),
            (
                Permission.DEMO,
                Permission.READ_PEOPLE,  # for the choice of whom to compare
                Permission.READ_PERSON,
                Permission.COMPARE,
                Permission.READ_EVIDENCE,
                Permission.NAMES,
                Permission.NOTE,
                Permission.READ_JOBS,
            ),
        ),
        Role.ADMIN: _grant(
            (Screen.JOBS, Screen.TRUST),
            (
                Permission.READ_JOBS,
                Permission.CHANGE_JOBS,
                Permission.READ_ISSUERS,
                Permission.CHANGE_ISSUERS,
                Permission.READ_LOG,
                Permission.READ_RECEIPTS,
            ),
        ),
        Role.AUDITOR: _grant(
            (Screen.TRUST,), (Permission.READ_ISSUERS, Permission.READ_LOG, Permission.READ_RECEIPTS)
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody at work here."""

    id: str  # what the log holds: opaque, so that deleting a member leaves the chain whole
    label: str
    roles: tuple[Role, ...]
    screens: frozenset[Screen]
    permissions: frozenset[Permission]

    @classmethod
    def of(cls, actor_id: str, label: str, roles: Iterable[Role]) -> Actor:
        """A member with these roles, who may do what any of them may."""
        held = tuple(roles)
        return cls(
            id=actor_id,
            label=label,
            roles=held,
            screens=frozenset(screen for role in held for screen in GRANTS[role].screens),
            permissions=frozenset(one for role in held for one in GRANTS[role].may),
        )

    def may(self, permission: Permission) -> bool:
        """Whether this is allowed."""
        return permission in self.permissions


LOCAL = Actor(
    id="local", label="", roles=(), screens=frozenset(Screen), permissions=frozenset(Permission)
)  # one machine, no sign-in
