"""Addresses that the last checks asked: status lists, keys, registries; how old each answer is, asked anew.

Nothing is kept of an answer but its hash: a check asks again. So "refresh" checks again what depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Select, select

from dashboard.services.core import Core
from dashboard.services.reading import instant
from dashboard.services.records import AddressRow
from dashboard.services.work import Work
from dashboard.store.tables import ApplicantRecord, Item, ReportRecord

LOOKED_BACK = 500  # current reports: a list that matters stands in many
_LISTS = frozenset({"statusListCredential", "revocationListCredential", "revocationList", "uri"})
_KEYS = ("/did.json", "/.well-known/jwks.json", "jwks")


class Addresses:
    """What was asked on the network, by address."""

    def __init__(self, core: Core, work: Work) -> None:
        self._core, self._work = core, work

    def rows(self) -> tuple[AddressRow, ...]:
        """Each address of the last current reports, the longest unanswered first."""
        with self._core.database.read() as session:
            reports = [
                (item, sample, body["consulted"], set(_lists(body["proved"])))
                for item, sample, body in session.execute(_current().limit(LOOKED_BACK))
            ]
        lists = {url for *_, found in reports for url in found}
        asked: dict[str, list[Mapping[str, Any]]] = {}
        for item, sample, consulted, _found in reports:
            for entry in consulted:
                asked.setdefault(entry["url"], []).append({**entry, "item": item, "sample": sample})
        rows = [_row(url, entries, self._kind(url, lists)) for url, entries in asked.items()]
        return tuple(sorted(rows, key=lambda row: (row.last_answer is not None, row.last_answer, row.url)))

    def refresh(self, url: str, *, actor: str = "local") -> int:
        """Check again every item whose last check asked `url`: how many."""
        with self._core.database.write() as session:
            items = tuple(
                item
                for item, _sample, body in session.execute(_current().limit(LOOKED_BACK))
                if any(entry["url"] == url for entry in body["consulted"])
            )
            count = self._work.ask_again(session, Item.id.in_(items), actor)
        self._core.wake.set()
        return count

    def _kind(self, url: str, lists: set[str]) -> str:
        if url in self._core.settings.registries:
            return "registry"
        if url in lists:
            return "status_list"
        return "keys" if url.endswith(_KEYS) else "other"


def _current() -> Select[tuple[str, bool, dict[str, Any]]]:
    """The current report of every item, newest first."""
    return (
        select(Item.id, ApplicantRecord.sample, ReportRecord.body)
        .join(ReportRecord, ReportRecord.id == Item.report_id)
        .join(ApplicantRecord, ApplicantRecord.id == Item.applicant_id)
        .order_by(ReportRecord.created_at.desc(), Item.id)
    )


def _lists(value: Any) -> Iterator[str]:
    """The addresses of status lists that a document names."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name in _LISTS and isinstance(inner, str):
                yield inner
            else:
                yield from _lists(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _lists(inner)


def _row(url: str, entries: Iterable[Mapping[str, Any]], kind: str) -> AddressRow:
    entries = list(entries)
    answers = [entry for entry in entries if entry["sha256"]]
    last = max(answers, key=lambda entry: instant(entry["at"]), default=None)
    failures = [instant(entry["at"]) for entry in entries if not entry["sha256"]]
    return AddressRow(
        url=url,
        kind=kind,
        last_answer=instant(last["at"]) if last else None,
        last_failure=max(failures, default=None),
        sha256=last["sha256"] if last else "",
        size=last["bytes"] if last else 0,
        files=len({entry["item"] for entry in entries}),
        sample=all(entry["sample"] for entry in entries),
    )
