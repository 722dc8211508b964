"""Values → data frames as the screens show them: words, not codes. Pure; cells show text as text.

`frames.py` has the same values for exports and analysis, with codes and one column a value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pandas as pd

from dashboard import wording
from dashboard.services import (
    ActivityRow,
    AddressRow,
    CandidateRow,
    Counts,
    CredentialCard,
    IssuerRow,
    RequirementRow,
)
from dashboard.wording import N_, _, ngettext

RUBRIC = "rubric:"  # then an address, which says nothing to a reader
NEVER = datetime.max.replace(tzinfo=UTC)


def of_total(met: int, total: int) -> str:
    """ "4 of 5", the form in which requirements are counted everywhere."""
    return _("{met} of {total}").format(met=f"{met:,}", total=f"{total:,}") if total else "–"


def verdict_mix(counts: Counts) -> str:
    """ "✓ 3  ✗ 1": the verdicts of one person's items."""
    return "  ".join(
        f"{wording.mark(mark).icon} {count}" for mark, count in counts.by_mark().items() if count
    )


def is_shown(row: CandidateRow, only: str) -> bool:
    """Whether the filter keeps the row."""
    counts = row.counts
    kept = {
        "all_met": row.required_total > 0 and row.required_met == row.required_total,
        "some_open": counts.not_checked + counts.issuer_unknown + counts.unreadable > 0,
        "problem": counts.problem > 0,
        "unlisted": counts.issuer_unknown > 0,
        "undecided": row.decision == "undecided",
        "shortlisted": row.decision == "shortlisted",
        "changed": row.changed,
    }
    return kept.get(only, True)


def ordered(rows: Sequence[CandidateRow], order: str) -> list[CandidateRow]:
    """As received unless asked otherwise; who is level stays in the order received, so nobody is ranked."""
    if order == "required":
        return sorted(rows, key=lambda row: -row.required_met)
    if order == "oldest":
        return sorted(rows, key=lambda row: (row.oldest_check is None, row.oldest_check or NEVER))
    return list(rows)


def candidates(rows: Sequence[CandidateRow], names: Mapping[str, str]) -> pd.DataFrame:
    """The grid of people: one line a person; a column that says nothing of anybody is left out."""
    # Ten thousand people share a few dozen of these: each is worded once.
    totals = {pair: of_total(*pair) for pair in {pair for row in rows for pair in _pairs(row)}}
    mixes = {counts: verdict_mix(counts) for counts in {row.counts for row in rows}}
    words = {decision: _(word) for decision, word in wording.DECISIONS.items()}
    table = pd.DataFrame(
        {
            "who": [names[row.applicant_id] for row in rows],
            "open": ["→"] * len(rows),
            "required": [totals[row.required_met, row.required_total] for row in rows],
            "share": [row.required_met / row.required_total if row.required_total else None for row in rows],
            "preferred": [totals[row.preferred_met, row.preferred_total] for row in rows],
            "skills": [row.verified_skills for row in rows],
            "verdicts": [mixes[row.counts] for row in rows],
            "oldest": [row.oldest_check for row in rows],
            "decision": [words[row.decision] for row in rows],
        }
    )
    if not any(row.preferred_total for row in rows):
        table = table.drop(columns="preferred")
    if any(row.changed for row in rows):
        table["changed"] = [_("changed") if row.changed else "" for row in rows]
    return table


def _pairs(row: CandidateRow) -> tuple[tuple[int, int], tuple[int, int]]:
    return (row.required_met, row.required_total), (row.preferred_met, row.preferred_total)


def requirement_text(requirement: RequirementRow) -> str:
    """The skill by name, else by identifier."""
    return requirement.skill_name or requirement.skill_id


def level_text(requirement: RequirementRow) -> str:
    """ "EQF 6"; of a rubric the name of the level alone."""
    return level_name(requirement.level_scheme, requirement.level_value, requirement.level_label)


def level_name(scheme: str, value: str, label: str) -> str:
    """A level in words: its own where it has any; an address says nothing to a reader."""
    if not value:
        return ""
    if scheme.startswith(RUBRIC) or "/" in value:
        return label or short_level(value).replace("-", " ").capitalize()
    return f"{scheme} {label or value}"


def short_level(level: str) -> str:
    """A level without the address of its rubric."""
    return level if "/" not in level else level.rpartition("#")[2].rpartition("/")[2]


def title_of(card: CredentialCard) -> str:
    """The name only where it is proved; else the file."""
    return card.name if card.proved and card.name else card.source


def credentials(cards: Sequence[CredentialCard]) -> pd.DataFrame:
    """Credentials as a table; dates only where they are proved."""
    return pd.DataFrame(
        [
            (
                wording.mark(card.mark).label,
                title_of(card),
                card.issuer_listed or card.issuer_id,
                wording.day(card.valid_from if card.proved else None),
                wording.day(card.valid_until if card.proved else None),
            )
            for card in cards
        ],
        columns=[_("Verdict"), _("Credential"), _("Issuer"), _("From"), _("Until")],
    )


def issuers(rows: Sequence[IssuerRow], called: Mapping[str, str]) -> pd.DataFrame:
    """The employer's list; among others, what belongs to the sample is marked: it is not for hiring.

    `called` says who stands behind the id of a member.
    """
    mixed = not all(row.sample for row in rows)
    return pd.DataFrame(
        {
            "name": [issuer_name(row, marked=mixed and row.sample) for row in rows],
            "decision": [_(wording.ISSUER_DECISIONS.get(row.decision, row.decision)) for row in rows],
            "scope": [scope_text(row) for row in rows],
            "reason": [row.reason for row in rows],
            "approved": [called.get(row.approved_by, row.approved_by) for row in rows],
            "held": [row.credentials for row in rows],
            "since": [row.updated_at for row in rows],
        }
    )


def issuer_name(row: IssuerRow, *, marked: bool) -> str:
    """What the list calls it."""
    name = row.name or row.issuer_id
    return _("{name} (sample)").format(name=name) if marked else name


def scope_text(row: IssuerRow) -> str:
    """For what the issuer is accepted."""
    parts = [part for part in (*row.types, *row.achievement_types) if part != "*"]
    if row.valid_from:
        parts.append(_("from {date}").format(date=wording.day(row.valid_from)))
    if row.valid_until:
        parts.append(_("until {date}").format(date=wording.day(row.valid_until)))
    return ", ".join(parts) or _("everything")


KINDS = {
    "status_list": N_("Status list"),
    "keys": N_("Keys"),
    "registry": N_("Registry"),
    "other": N_("Other"),
}


def is_silent(row: AddressRow) -> bool:
    """Whether it gave no answer when it was asked last."""
    return row.last_failure is not None and (row.last_answer is None or row.last_failure > row.last_answer)


def addresses(rows: Sequence[AddressRow], now: datetime) -> pd.DataFrame:
    """Addresses that were asked; the sample's clock stands still, so its answers have no age."""
    return pd.DataFrame(
        {
            "kind": [_(KINDS.get(row.kind, row.kind)) for row in rows],
            "url": [row.url for row in rows],
            "answered": [_answered(row, now) for row in rows],
            "failed": [
                f"{'✗ ' if is_silent(row) else ''}{wording.day(row.last_failure)}" if row.last_failure else ""
                for row in rows
            ],
            "files": [row.files for row in rows],
            "sha256": [row.sha256[:16] for row in rows],
        }
    )


def _answered(row: AddressRow, now: datetime) -> str:
    if row.last_answer is None:
        return _("never")
    if row.sample:
        return _("{day} (demo clock)").format(day=wording.day(row.last_answer))
    days = max((now - row.last_answer).days, 0)
    age = ngettext("{count} day ago", "{count} days ago", days) if days else _("today")
    return f"{wording.day(row.last_answer)}, {age}"


def activity(rows: Sequence[ActivityRow], called: Mapping[str, str]) -> pd.DataFrame:
    """The log, newest first; `called` says who stands behind the id of a member."""
    return pd.DataFrame(
        {
            "seq": [row.seq for row in rows],
            "at": [row.at for row in rows],
            "actor": [called.get(row.actor, row.actor) for row in rows],
            "action": [wording.logged(row.action) for row in rows],
            "subject": [row.subject for row in rows],
            "detail": ["; ".join(f"{name}: {value}" for name, value in row.detail.items()) for row in rows],
            "digest": [row.digest[:16] for row in rows],
        }
    )
