"""The report of one candidate: summary, the two statements, requirements, credentials with every check."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.exports.candidate_paper import (
    About,
    Known,
    answer,
    cells,
    checks,
    issuer_of,
    name_of,
    valid,
    verdict,
    where_it_stands,
)
from dashboard.exports.paper import Block, Paper, facts, heading, table, words
from dashboard.services.values import CredentialCard
from dashboard.wording import _, answers, headline, mark, moment, said


def candidate_report(known: Known, about: About) -> Paper:
    """For the employer's file: what is proved, how it is known, and by what it was checked."""
    detail = known.detail
    job = (
        _("{title}, version {version}").format(title=detail.job.title, version=detail.job.version)
        if (detail.job)
        else _("no job")
    )
    return Paper(
        title=_("Candidate report"),
        subtitle=f"{known.person} · {job}",
        footer=f"{known.person} · {moment(about.made)}",
        attached=_("Signed verification receipt"),
        blocks=(*_summary(known), *_requirements(known), *_credentials(known), *where_it_stands(about)),
    )


def _summary(known: Known) -> Iterator[Block]:
    detail = known.detail
    if detail.row.sample:
        yield words(_("Sample data, not for hiring."), "strong")
    if detail.cells:
        yield words(headline([cell.state for cell in detail.cells if cell.requirement.required]), "strong")
    yield facts(
        [
            (_("Is it genuine?"), answers([card.genuine.outcome for card in detail.credentials]) or "–"),
            (_("Is it theirs?"), answers([card.theirs.outcome for card in detail.credentials]) or "–"),
            (_("Oldest check"), moment(detail.row.oldest_check)),
        ]
    )


def _requirements(known: Known) -> Iterator[Block]:
    if known.detail.cells:
        yield heading(_("Requirements"))
        yield from cells(known.detail, levels=True)


def _credentials(known: Known) -> Iterator[Block]:
    detail = known.detail
    if detail.credentials:
        yield heading(_("Credentials"))
    for card in detail.credentials:
        yield from _credential(known, card)
    if detail.unreadable or detail.pending:
        yield heading(_("Files without an outcome"))
        rows = [
            [item.filename, _(mark(item.mark).word), _(said(item.code, "unreadable").sentence)]
            for item in detail.unreadable
        ]
        rows += [[item.filename, _(mark(item.mark).word), "–"] for item in detail.pending]
        yield table([_("File"), _("Verdict"), _("Why")], rows, (4, 3, 6))


def _credential(known: Known, card: CredentialCard) -> Iterator[Block]:
    yield heading(name_of(card), 3)
    if not card.proved:
        yield words(_("Nothing proves what this file says, so nothing of it is shown as a fact."), "quiet")
    yield verdict(card)
    yield facts(
        [
            (_("Issuer"), issuer_of(card)),
            (_("Is it genuine?"), answer(card.genuine)),
            (_("Is it theirs?"), answer(card.theirs)),
            (_("Valid"), valid(card)),
            (_("Checked"), moment(card.checked_at)),
        ]
    )
    view = known.views.get(card.cred)
    if view and view.checks:
        yield checks(view, rules=True)
