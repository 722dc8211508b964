"""Whether a credential was valid on the day of the application is said only as far as it can be told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from dashboard.services import Missing, Services
from dashboard.services.validity import valid_on
from dashboard.store.tables import ApplicantRecord, CredentialRecord

DAY = date(2026, 6, 15)
BEFORE, ON, AFTER = (datetime(2026, month, 15, 9, tzinfo=UTC) for month in (3, 6, 9))
CLEAR, NONE, REVOKED, SUSPENDED, DOWN = (
    ("passed", "status_clear"),
    ("not_applicable", "no_status"),
    ("failed", "revoked"),
    ("failed", "suspended"),
    ("indeterminate", "status_unreachable"),
)


def answer(
    *history: tuple[datetime, tuple[str, str]],
    proved: bool = True,
    valid_from: datetime | None = BEFORE,
    valid_until: datetime | None = None,
    applied: date | None = DAY,
) -> tuple[str, str]:
    person = ApplicantRecord(applied_on=applied, created_at=ON)
    record = CredentialRecord(proved=proved, valid_from=valid_from, valid_until=valid_until)
    checks = [(at, node(*said)) for at, said in history]
    found = valid_on(person, record, checks)
    assert found.on == DAY
    assert found.stated is (applied is not None)
    return found.answer, found.code


def node(outcome: str, code: str) -> dict[str, Any]:
    return {"results": [{"check": "status", "outcome": outcome, "findings": [{"code": code}]}]}


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ([(AFTER, CLEAR)], ("yes", "status_clear_since")),
        ([(ON, CLEAR), (AFTER, REVOKED)], ("yes", "status_clear_since")),
        ([(AFTER, NONE)], ("yes", "within_dates")),
        ([(BEFORE, CLEAR)], ("unknown", "checked_before")),
        ([(BEFORE, CLEAR), (AFTER, REVOKED)], ("unknown", "revoked_since")),
        ([(BEFORE, REVOKED), (AFTER, REVOKED)], ("no", "revoked")),
        ([(AFTER, SUSPENDED)], ("unknown", "suspended_since")),
        ([(AFTER, DOWN)], ("unknown", "status_not_known")),
        ([(ON, CLEAR), (AFTER, DOWN)], ("yes", "status_clear_since")),
        ([], ("unknown", "status_not_known")),
    ],
)
def test_a_revocation_counts_from_the_check_that_saw_it(
    history: list[tuple[datetime, tuple[str, str]]], said: tuple[str, str]
) -> None:
    assert answer(*history) == said
    assert answer(*reversed(history), applied=None) == said


def test_the_dates_decide_before_any_check() -> None:
    assert answer((AFTER, CLEAR), valid_from=AFTER) == ("no", "not_yet_valid")
    assert answer((AFTER, CLEAR), valid_until=BEFORE) == ("no", "expired")
    assert answer((AFTER, CLEAR), valid_from=ON, valid_until=ON) == ("yes", "status_clear_since")


def test_dates_that_nothing_proves_say_nothing() -> None:
    assert answer((AFTER, CLEAR), proved=False, valid_until=BEFORE) == ("unknown", "not_proved")


def test_the_sample_shows_what_was_valid_on_the_day(loaded: Services) -> None:
    people = {row.name: row.applicant_id for row in loaded.candidates.rows()}

    def said(name: str, part: str) -> str:
        cards = loaded.candidates.detail(people[name]).credentials
        [card] = [card for card in cards if part in card.source]
        return loaded.evidence.view(card.cred).valid_on.code

    assert said("Ada Example", "sql") == "status_clear_since"
    assert said("Farid Specimen", "sql") == "expired"
    assert said("Dmitri Sample", "altered") == "not_proved"
    loaded.candidates.set_applied(people["Farid Specimen"], date(2025, 5, 1))
    assert said("Farid Specimen", "sql") != "expired"
    assert loaded.candidates.detail(people["Farid Specimen"]).applied_on == date(2025, 5, 1)
    with pytest.raises(Missing):
        loaded.candidates.set_applied("gone", None)
