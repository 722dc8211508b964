"""Values of the services as data frames: pure, one row a line of the screen, columns named like the values.

Columns hold codes (`verified`, `no_evidence`); a view puts the words beside them. With `names=False` a person
is a pseudonym and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from dashboard.services.people import CandidateDetail, CandidateRow, Cell, Comparison, Coverage
from dashboard.services.records import ActivityRow, RequirementRow
from dashboard.services.values import CheckRow, CredentialCard, Mark

TIMES = ("oldest_check", "checked_at", "valid_from", "valid_until", "recheck_due", "at", "updated_at")


def frame(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """A frame with exactly `columns`, also when there is no row."""
    table = pd.DataFrame(list(rows), columns=list(columns))
    for name in set(TIMES) & set(columns):
        table[name] = pd.to_datetime(table[name], utc=True)
    return table


def candidates(rows: Iterable[CandidateRow], *, names: bool) -> pd.DataFrame:
    """The grid: a person a row, their items by mark in a column each."""
    people = list(rows)  # column by column: ten thousand dictionaries would take three times as long
    table = {
        "applicant_id": [row.applicant_id for row in people],
        "person": [person(row, names=names) for row in people],
        "required_met": [row.required_met for row in people],
        "required_total": [row.required_total for row in people],
        "preferred_met": [row.preferred_met for row in people],
        "preferred_total": [row.preferred_total for row in people],
        "verified_skills": [row.verified_skills for row in people],
        **{mark.value: [getattr(row.counts, mark.value) for row in people] for mark in Mark},
        "oldest_check": pd.to_datetime(
            pd.Series([row.oldest_check for row in people], dtype=object), utc=True
        ),
        "decision": [row.decision.value for row in people],
        "changed": [row.changed for row in people],
    }
    return pd.DataFrame(table)


def person(row: CandidateRow, *, names: bool) -> str:
    """What a person is called here."""
    return (row.name or row.label or row.pseudonym) if names else row.pseudonym


def requirements(detail: CandidateDetail) -> pd.DataFrame:
    """One person against the job: a requirement a row."""
    columns = (
        "requirement",
        "required",
        "state",
        "asked",
        "held",
        "reason",
        "evidence",
        "confirmed",
        "issuers",
    )
    return frame(
        (
            {
                "requirement": label(cell.requirement),
                "required": cell.requirement.required,
                "state": cell.state,
                "asked": cell.asked,
                "held": cell.held,
                "reason": cell.reason,
                "evidence": "; ".join(link.name for link in cell.evidence if link.mark is Mark.VERIFIED),
                "confirmed": "; ".join(_confirmed(cell)),
                "issuers": "; ".join(sorted({link.issuer for link in cell.evidence if link.issuer})),
            }
            for cell in detail.cells
        ),
        columns,
    )


def _confirmed(cell: Cell) -> Iterator[str]:
    """Who let evidence count, when and why; what does not stand any more counts no longer."""
    for link in cell.evidence:
        if link.confirmed and link.mark is Mark.VERIFIED:
            yield f"{link.confirmed.actor}, {link.confirmed.at:%Y-%m-%d}: {link.confirmed.reason}"


def credentials(cards: Iterable[CredentialCard]) -> pd.DataFrame:
    """A credential a row. What nothing proves is not shown as a fact."""
    columns = (
        "cred",
        "credential",
        "format",
        "issuer",
        "mark",
        "code",
        "genuine",
        "theirs",
        "valid_from",
        "valid_until",
        "checked_at",
        "source",
    )
    return frame((_credential(card) for card in cards), columns)


def _credential(card: CredentialCard) -> dict[str, Any]:
    return {
        "cred": card.cred,
        "credential": card.name if card.proved else "",
        "format": card.format,
        "issuer": card.issuer_listed or card.issuer_id or card.issuer_tier,
        "mark": card.mark.value,
        "code": card.code,
        "genuine": card.genuine.outcome,
        "theirs": card.theirs.outcome,
        "valid_from": card.valid_from if card.proved else None,
        "valid_until": card.valid_until if card.proved else None,
        "checked_at": card.checked_at,
        "source": card.source,
    }


def checks(rows: Iterable[CheckRow]) -> pd.DataFrame:
    """A finding a row, in the order of the checks."""
    columns = ("check", "outcome", "code", "message", "spec", "pointer")
    return frame(
        (
            {
                "check": row.check,
                "outcome": row.as_shown(finding),
                "code": finding.code,
                "message": finding.message,
                "spec": finding.spec,
                "pointer": finding.pointer,
            }
            for row in rows
            for finding in row.findings
        ),
        columns,
    )


def comparison(value: Comparison, *, names: bool, differences: bool = False) -> pd.DataFrame:
    """Requirement × person, the states as cells; equal names get their pseudonym beside them."""
    heads = _heads(value.people, names=names)
    rows = [row for row in value.rows if row.differs or not differences]
    return frame(
        (
            {
                "requirement": label(row.requirement),
                "required": row.requirement.required,
                **{head: cell.state for head, cell in zip(heads, row.cells, strict=True)},
            }
            for row in rows
        ),
        ("requirement", "required", *heads),
    )


def _heads(people: Sequence[CandidateRow], *, names: bool) -> list[str]:
    shown = [person(row, names=names) for row in people]
    return [
        one if shown.count(one) == 1 else f"{one} ({row.pseudonym})"
        for one, row in zip(shown, people, strict=True)
    ]


def coverage(value: Coverage) -> pd.DataFrame:
    """A requirement a row, people by state in a column each."""
    states = list(value.requirements[0].states) if value.requirements else []
    return frame(
        (
            {"requirement": label(row.requirement), "required": row.requirement.required, **row.states}
            for row in value.requirements
        ),
        ("requirement", "required", *states),
    )


def activity(rows: Iterable[ActivityRow]) -> pd.DataFrame:
    """The log, a line a row."""
    return frame(
        (
            {
                "seq": row.seq,
                "at": row.at,
                "actor": row.actor,
                "action": row.action,
                "subject": row.subject,
                "detail": ", ".join(f"{name}: {value}" for name, value in row.detail.items()),
                "digest": row.digest,
            }
            for row in rows
        ),
        ("seq", "at", "actor", "action", "subject", "detail", "digest"),
    )


def label(requirement: RequirementRow) -> str:
    """What a requirement is called: its name, else its identifier."""
    return requirement.skill_name or requirement.skill_code or requirement.skill_id


def facts(pairs: Iterable[tuple[str, str | int | datetime]]) -> pd.DataFrame:
    """Named facts as two columns of text: the first sheet of a workbook."""
    return frame(
        (
            {
                "what": name,
                "value": value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else str(value),
            }
            for name, value in pairs
        ),
        ("what", "value"),
    )
