"""Was a credential valid on the day of the application? Said only as far as dates and checks can tell.

A revocation is for good and carries no date that is signed: a check on or after the day that found none shows
that there was none on the day; one found later may have come before or after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dashboard.services.values import ValidOn
from dashboard.store.tables import ApplicantRecord, CredentialRecord

Node = Mapping[str, Any]  # the stored report of one credential


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What one check said of the status."""

    at: datetime
    outcome: str
    codes: frozenset[str]


def applied_on(person: ApplicantRecord) -> tuple[date, bool]:
    """The day of the application, and whether somebody said so; else it is the day of the first files."""
    if person.applied_on is not None:
        return person.applied_on, True
    return person.created_at.date(), False


def valid_on(
    person: ApplicantRecord, record: CredentialRecord, history: Iterable[tuple[datetime, Node]]
) -> ValidOn:
    """What can be said; `history` holds (clock, report) of every check of this credential, in any order."""
    day, stated = applied_on(person)
    asked = sorted((_asked(at, node) for at, node in history), key=lambda one: one.at)
    answer, code, known = _answer(day, record, asked)
    return ValidOn(on=day, stated=stated, answer=answer, code=code, status_known_at=known)


def _answer(day: date, record: CredentialRecord, asked: list[_Asked]) -> tuple[str, str, datetime | None]:
    if not record.proved:
        return "unknown", "not_proved", None  # dates that nothing proves say nothing
    if record.valid_from is not None and day < record.valid_from.date():
        return "no", "not_yet_valid", None
    if record.valid_until is not None and day > record.valid_until.date():
        return "no", "expired", None
    return _by_status(day, asked)


def _by_status(day: date, asked: list[_Asked]) -> tuple[str, str, datetime | None]:
    for one in asked:
        if one.outcome == "passed" and one.at.date() >= day:
            return "yes", "status_clear_since", one.at
        if "revoked" in one.codes and one.at.date() <= day:
            return "no", "revoked", one.at
    last = asked[-1] if asked else None
    if last is None or last.outcome == "indeterminate":
        return "unknown", "status_not_known", None
    if last.outcome == "not_applicable":
        return "yes", "within_dates", None
    if last.outcome == "failed":
        return "unknown", "revoked_since" if "revoked" in last.codes else "suspended_since", last.at
    return "unknown", "checked_before", last.at  # the day had not come yet


def _asked(at: datetime, node: Node) -> _Asked:
    for result in node["results"]:
        if result["check"] == "status":
            codes = frozenset(finding["code"] for finding in result["findings"])
            return _Asked(at=at, outcome=result["outcome"], codes=codes)
    return _Asked(at=at, outcome="indeterminate", codes=frozenset())
