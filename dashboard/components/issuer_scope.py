"""For what an issuer is accepted: kinds of credentials and achievements, and between which dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import streamlit as st

from dashboard.services import IssuerRow
from dashboard.wording import _

ANY = "*"
TYPES = ("OpenBadgeCredential", "ClrCredential", "EuropeanDigitalCredential", "VerifiableCredential")
ACHIEVEMENTS = (
    "AssociateDegree",
    "Badge",
    "BachelorDegree",
    "Certificate",
    "CertificateOfCompletion",
    "Competency",
    "Course",
    "Diploma",
    "DoctoralDegree",
    "License",
    "MasterDegree",
    "MicroCredential",
)


def fields(row: IssuerRow, *, key: str) -> dict[str, Any]:
    """Draw them inside a form: the scope's fields of an `IssuerRow`. Empty means everything."""
    left, right = st.columns(2)
    types = left.multiselect(
        _("Only these kinds of credential"),
        _known(TYPES, row.types),
        default=_named(row.types),
        accept_new_options=True,
        placeholder=_("Every kind"),
        key=f"scope-types-{key}",
    )
    achievements = right.multiselect(
        _("Only these achievements"),
        _known(ACHIEVEMENTS, row.achievement_types),
        default=_named(row.achievement_types),
        accept_new_options=True,
        placeholder=_("Every achievement"),
        key=f"scope-achievements-{key}",
    )
    first = left.date_input(
        _("Issued from"), value=_day(row.valid_from), key=f"scope-from-{key}", format="YYYY-MM-DD"
    )
    last = right.date_input(
        _("Issued until"), value=_day(row.valid_until), key=f"scope-until-{key}", format="YYYY-MM-DD"
    )
    return {
        "types": tuple(types) or (ANY,),
        "achievement_types": tuple(achievements) or (ANY,),
        "valid_from": _moment(first, row.valid_from, time.min),
        "valid_until": _moment(last, row.valid_until, time(23, 59, 59)),
    }


def _named(values: tuple[str, ...]) -> list[str]:
    return [value for value in values if value != ANY]


def _known(usual: tuple[str, ...], values: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys((*usual, *_named(values))))


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(UTC).date() if moment else None


def _moment(picked: Any, before: datetime | None, at: time) -> datetime | None:
    """The whole day in UTC; an untouched date keeps its time."""
    if not isinstance(picked, date):
        return None
    if picked == _day(before):
        return before
    return datetime.combine(picked, at, UTC)
