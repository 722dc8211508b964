"""Dates and durations as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard import wording
from dashboard.wording import speak

AT = datetime(2026, 3, 3, 14, 5, tzinfo=UTC)


def test_a_date_leaves_no_order_of_digits_to_guess() -> None:
    assert wording.day(AT) == "3 Mar 2026"
    assert wording.moment(AT) == "3 Mar 2026, 14:05 UTC"
    assert wording.day(None) == "–"


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "1 second left"), (3, "4 seconds left"), (90, "2 minutes left")]
)
def test_remaining_time_never_promises_too_much(seconds: float, text: str) -> None:
    assert wording.remaining(seconds) == text


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (timedelta(seconds=-1), "due now"),
        (timedelta(minutes=15), "due in 15 minutes"),
        (timedelta(days=30), "due on 2 Apr 2026"),
    ],
)
def test_a_re_check_says_when_it_is_due(left: timedelta, text: str) -> None:
    assert wording.until(AT + left, AT) == text


def test_a_language_without_a_catalogue_reads_english() -> None:
    speak(lambda: "xx-YY")
    assert wording.mark("verified").label == "✓ Verified"
    assert wording.remaining(30) == "30 seconds left"
    speak(lambda: "../../etc/passwd")
    assert wording.until(AT, AT) == "due now"
    speak(lambda: "en")
