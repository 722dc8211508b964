"""Dates, durations and numbers for people."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from dashboard.wording.catalogue import N_, _, ngettext

MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)
MINUTE = 60  # seconds


def day(moment: datetime | None) -> str:
    """The date, e.g. "3 Mar 2026": no order of digits to guess."""
    return "–" if moment is None else calendar_day(moment)


def calendar_day(on: date) -> str:
    """The same of a day without a time."""
    return f"{on.day} {_(MONTHS[on.month - 1])} {on.year}"


def moment(at: datetime | None) -> str:
    """Date and time, e.g. "3 Mar 2026, 14:05 UTC"."""
    return "–" if at is None else f"{day(at)}, {at:%H:%M} UTC"


def remaining(seconds: float) -> str:
    """Time left, rounded up so that it never promises too much."""
    if seconds < MINUTE:
        return ngettext("{count} second left", "{count} seconds left", max(1, round(seconds + 0.5)))
    return ngettext("{count} minute left", "{count} minutes left", round(seconds / MINUTE + 0.5))


def until(due: datetime, now: datetime) -> str:
    """When a re-check is due."""
    left = due - now
    if left <= timedelta():
        return _("due now")
    if left < timedelta(hours=1):
        minutes = max(1, round(left.total_seconds() / MINUTE))
        return ngettext("due in {count} minute", "due in {count} minutes", minutes)
    return _("due on {date}").format(date=day(due))
