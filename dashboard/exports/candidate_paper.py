"""What the report and the candidate's copy have in common: requirements, credentials, checks, origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard import frames
from dashboard.exports.paper import Block, facts, heading, mark_cell, marked, table, words
from dashboard.services.people import CandidateDetail, Cell
from dashboard.services.values import CredentialCard, EvidenceView, Statement
from dashboard.wording import ISSUER_TIERS, _, day, mark, moment, outcome, question, said, state


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """By what it was checked, and the receipt that goes with it."""

    made: datetime
    policy: str
    tool: str
    receipt_id: str
    receipt_sha256: str
    signer: str  # did:key


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that is known of one candidate; masked already where names are left out."""

    detail: CandidateDetail
    views: Mapping[str, EvidenceView]  # by cred
    person: str  # name or pseudonym


def cells(detail: CandidateDetail, *, levels: bool) -> Iterator[Block]:
    """The requirements, must-haves first, each with its state and the reason in a sentence."""
    for required, title in ((True, _("Required")), (False, _("Preferred"))):
        lines = [cell for cell in detail.cells if cell.requirement.required is required]
        if lines:
            yield heading(title, 3)
            yield _cells(lines, levels=levels)


def _cells(lines: Sequence[Cell], *, levels: bool) -> Block:
    heads = [_("Requirement"), _("State"), _("Why")]
    rows: list[list[str | Block]] = [
        [frames.label(cell.requirement), mark_cell(state(cell.state)), cell.sentence] for cell in lines
    ]
    if not levels:
        return table(heads, rows, (3, 3, 6))
    heads[2:2] = [_("Level asked"), _("Level held")]
    for row, cell in zip(rows, lines, strict=True):
        row[2:2] = [cell.asked or "–", cell.held or "–"]
    return table(heads, rows, (5, 4, 3, 3, 8))


def name_of(card: CredentialCard) -> str:
    """What a credential is called; only a proof makes what the file says a name."""
    return card.name if card.proved and card.name else card.source


def issuer_of(card: CredentialCard) -> str:
    """Who issued it, as the employer's list says; of a masked one the standing alone."""
    known = card.issuer_listed or card.issuer_id
    tier = _(ISSUER_TIERS.get(card.issuer_tier, card.issuer_tier))
    return f"{known} ({tier})" if known else tier


def answer(statement: Statement) -> str:
    """One of the two statements, e.g. "✓ The signature holds"."""
    look = outcome(statement.outcome)
    told = look.word if statement.outcome == "unproved" else said(statement.code, statement.outcome).headline
    return f"{look.icon} {_(told)}"


def valid(card: CredentialCard) -> str:
    """From when until when, as far as it is proved."""
    if not card.proved or (card.valid_from is None and card.valid_until is None):
        return _("not shown")
    return f"{day(card.valid_from)} – {day(card.valid_until) if card.valid_until else _('no end date')}"


def checks(view: EvidenceView, *, rules: bool) -> Block:
    """Every check in its order; none is left out."""
    heads = [_("Check"), _("Answer"), _("This credential …")]
    rows: list[list[str | Block]] = [
        [
            question(row.check) if place == 0 else "",
            mark_cell(outcome(row.as_shown(finding))),
            finding.message,
            f"{finding.code} {finding.spec}",
        ]
        for row in view.checks
        for place, finding in enumerate(row.findings)
    ]
    if rules:
        return table([*heads, _("Code and rule")], rows, (4, 3, 5, 5))
    return table(heads, [row[:3] for row in rows], (5, 3, 7))


def verdict(card: CredentialCard) -> Block:
    """The mark of a credential and the sentence of its code."""
    told, look = said(card.code, card.verdict), mark(card.mark)
    more = "" if told.headline == look.word else f"{_(told.headline)}. "  # the mark has said it already
    return marked(look, more + _(told.sentence))


def where_it_stands(about: About) -> Iterator[Block]:
    """When and by what it was checked, and how the receipt is checked again."""
    yield heading(_("How this was checked"))
    yield facts(
        [
            (_("Written"), moment(about.made)),
            (_("Policy"), about.policy),
            (_("Program"), about.tool),
        ]
    )
    yield words(
        _(
            "The signed receipt attached to this file (receipt.json) holds the same outcomes with the hashes "
            "of the files. This paper itself is not signed: where the two differ, the receipt counts. "
            "Anybody can check it: python -m dashboard receipt receipt.json"
        ),
        "quiet",
    )
    yield facts(
        [
            (_("Receipt"), about.receipt_id),
            (_("Signed by"), about.signer),
            (_("SHA-256"), about.receipt_sha256),
        ],
        mono=True,
    )
