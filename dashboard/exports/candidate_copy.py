"""The candidate's copy: what the employer saw, in plain words, with what would help and the right to comment.

No decision and no note: those are a person's, and theirs to tell.
"""

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
    verdict,
    where_it_stands,
)
from dashboard.exports.paper import Block, Paper, facts, heading, table, words
from dashboard.services.values import CredentialCard, EvidenceView
from dashboard.wording import MESSAGES, N_, Owner, _, day, headline, moment, said

# Whose move it is, told to the candidate.
OWNERS = {
    Owner.CANDIDATE: N_("You can help"),
    Owner.ISSUER: N_("The issuer’s move"),
    Owner.NETWORK: N_("Nobody’s fault: the network; it is asked again"),
    Owner.YOU: N_("The employer’s move"),
    Owner.US: N_("A limit of the employer’s program"),
    Owner.NOBODY: N_("Nothing to do"),
}


def candidate_copy(known: Known, about: About) -> Paper:
    """For the candidate."""
    return Paper(
        title=_("What was checked of your application"),
        subtitle=known.person,
        footer=_("Copy for {person} · {when}").format(person=known.person, when=moment(about.made)),
        attached=_("Signed verification receipt"),
        blocks=(
            *_what_it_is(known),
            *_requirements(known),
            *_credentials(known),
            *_unread(known),
            *_addresses(known),
            *where_it_stands(about),
        ),
    )


def _what_it_is(known: Known) -> Iterator[Block]:
    if known.detail.row.sample:
        yield words(_("Sample data, not for hiring."), "strong")
    yield words(
        _(
            "This is the result that the employer saw, in the same words. It says what the files you sent "
            "prove, not what you can do. A person decides about your application; no score and no outcome is "
            "computed."
        )
    )
    yield words(
        _(
            "You have the right to comment. If something was read wrongly, or is missing, answer whoever "
            "gave you this paper. A point that stands open does not count against you."
        )
    )
    yield words(_("“You” and “your list” in the sentences below are the employer and theirs."), "quiet")


def _requirements(known: Known) -> Iterator[Block]:
    detail = known.detail
    if detail.job and detail.cells:
        yield heading(_("What the job asks for: {title}").format(title=detail.job.title))
        yield words(headline([cell.state for cell in detail.cells if cell.requirement.required]), "strong")
        yield from cells(detail, levels=False)


def _credentials(known: Known) -> Iterator[Block]:
    if known.detail.credentials:
        yield heading(_("Your credentials"))
    for card in known.detail.credentials:
        yield from _credential(card, known.views.get(card.cred))


def _credential(card: CredentialCard, view: EvidenceView | None) -> Iterator[Block]:
    told = said(card.code, card.verdict)
    yield heading(name_of(card), 3)
    yield verdict(card)
    rows = [
        (_("File"), card.source),
        (_("Issuer"), issuer_of(card)),
        (_("Is it genuine?"), answer(card.genuine)),
        (_("Is it yours?"), answer(card.theirs)),
        (_("Checked"), moment(card.checked_at)),
        (_("Whose move"), _(OWNERS[told.owner])),
    ]
    if told.ask:
        rows.append((_("What would help"), _(MESSAGES[told.ask])))
    if view:
        rows.append((_("File kept until"), _kept(view)))
    yield facts(rows)
    if view and view.checks:
        yield checks(view, rules=False)


def _kept(view: EvidenceView) -> str:
    return day(view.raw_until) if view.raw_until else _("your application is deleted")


def _unread(known: Known) -> Iterator[Block]:
    items = known.detail.unreadable
    if not items:
        return
    yield heading(_("Files that could not be read"))
    yield table(
        [_("File"), _("Why"), _("What would help")],
        [
            [item.filename, _(told.sentence), _(MESSAGES[told.ask]) if told.ask else "–"]
            for item in items
            for told in (said(item.code, "unreadable"),)
        ],
        (3, 4, 5),
    )


def _addresses(known: Known) -> Iterator[Block]:
    """What an offline check would have asked stands in its report as well, and was not asked."""
    views = known.views.values()
    asked = sorted({entry.url for view in views if view.policy != "offline" for entry in view.consulted})
    is_offline = any(view.policy == "offline" for view in views)
    yield heading(_("Who was asked"))
    if is_offline:
        yield words(_("Some of it was checked without a network: nobody was asked about that."))
    if asked:
        yield words(_("To check your credentials, these addresses were asked, and nobody else:"))
        yield facts([(f"{place}", url) for place, url in enumerate(asked, 1)], mono=True)
    elif not is_offline:
        yield words(_("Nobody: everything that was needed stood in your files."))
