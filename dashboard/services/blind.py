"""Blind mode: what tells who somebody is, or where and when they learnt, taken out of what a screen gets.

Hidden: name, picture, date of birth, address, nationality, gender, identifiers, year of graduation, free
narrative, and the issuer's brand, which is a tier here. Kept: requirement, skill, level, verdict, and where
in the file it stands. Texts are masked by what is known of this person, and by what dates, addresses and
identifiers look like; the document by the list of what may be shown, so that a new member is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.services.microcredentials import Microcredential
from dashboard.services.people import (
    CandidateDetail,
    CandidateRow,
    Cell,
    ClaimRow,
    Comparison,
    DecisionRow,
    EvidenceLink,
)
from dashboard.services.values import (
    Alert,
    CheckRow,
    ConsultedRow,
    CredentialCard,
    EvidenceView,
    Given,
    ItemRow,
    Statement,
)
from dashboard.store.tables import ApplicantRecord, ClaimRecord, CredentialRecord, Item, ReportRecord

HIDDEN = "▮▮▮"
MAX_WORDS = 1_000  # of one person; more than that hides nobody better
# An address or identifier names its host, a year tells an age.
_TELLING = re.compile(
    r"\S{1,200}@\S{1,200}|\b[a-z][a-z0-9+.-]{1,20}:\S{2,2000}|\b(?:19|20)\d\d\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
# Words of many issuers and of many skills: alone they are nobody's brand.
_GENERIC = frozenset(
    _WORD.findall(
        """
        academy advanced and applied board business center centre certification college community company
        data department digital education faculty for foundation group health higher institute international
        learning limited ministry national of online open polytechnic professional school science sciences
        skills society state technical technology the training university vocational
        """
    )
)
_TELLING_ELEMENTS = frozenset({"1", "3", "4", "5", "10", "11", "o5"})  # who, where, when: Annex I
_SHOWN = frozenset(
    {"type", "@type", "achievementType", "cryptosuite", "proofPurpose", "statusPurpose", "language"}
)
_SHOWN_BELOW = frozenset(
    {"alignment", "alignments", "resultDescription", "rubricCriterionLevel", "creditPoint"}
)


@dataclass(frozen=True, slots=True)
class Mask:
    """What is hidden of one person."""

    pattern: re.Pattern[str]

    def text(self, text: str) -> str:
        """`text` without the names, dates and addresses that tell."""
        return _TELLING.sub(HIDDEN, self.pattern.sub(HIDDEN, text))


def mask_of(session: Session, applicant_id: str) -> Mask:
    """The mask over everything that the store holds of one person."""
    person = session.get_one(ApplicantRecord, applicant_id)
    skills = select(ClaimRecord.skill_name).where(ClaimRecord.applicant_id == applicant_id).distinct()
    spared = _GENERIC | {word for name in session.scalars(skills) for word in _words(name)}
    issuers = select(
        CredentialRecord.issuer_claimed, CredentialRecord.issuer_listed, CredentialRecord.issuer_id
    ).where(CredentialRecord.applicant_id == applicant_id)
    brands = {text for row in session.execute(issuers.distinct()) for text in row if text}
    bodies = (
        select(ReportRecord.body)
        .join(Item, Item.report_id == ReportRecord.id)
        .where(Item.applicant_id == applicant_id)
    )
    subjects = {name for body in session.scalars(bodies) for name in _subjects(body)}
    names = {person.name, person.label, *subjects, *person.emails, *person.phones, *person.dids}
    words = {word for name in (person.name, *subjects) for word in _words(name)}
    words |= {word for brand in brands for word in _words(brand) if len(word) > 3 and word not in spared}
    return mask((*names, *brands), words)


def mask(names: Iterable[str], words: Iterable[str]) -> Mask:
    """Whole names wherever they stand, words only as words; the longest first."""
    whole = sorted({re.escape(name) for name in names if name.strip()}, key=len, reverse=True)[:MAX_WORDS]
    single = sorted({rf"\b{re.escape(word)}\b" for word in words}, key=len, reverse=True)[:MAX_WORDS]
    return Mask(re.compile("|".join([*whole, *single]) or r"(?!)", re.IGNORECASE))


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _subjects(node: Mapping[str, Any]) -> Iterable[str]:
    """What credentials call the people they are about, contained ones included."""
    for subject in (node.get("credential") or {}).get("subjects", ()):
        yield subject["name"] or ""
    for inner in node["contained"]:
        yield from _subjects(inner)


# ------------------------------------------------------------------------------------ values


def row(shown: CandidateRow) -> CandidateRow:
    """A person in the grid, by pseudonym."""
    return replace(shown, name="", label="", line="")


def alert(shown: Alert) -> Alert:
    """A shortlisted person's change, by pseudonym; what a credential is called may tell who it is."""
    return replace(shown, name="", credential="")


def detail(shown: CandidateDetail, hide: Mask) -> CandidateDetail:
    """One person; what the employer has established about them is left out."""
    return replace(
        shown,
        blind=True,
        row=row(shown.row),
        given=Given(),
        cells=tuple(cell(one, hide) for one in shown.cells),
        credentials=tuple(card(one, hide) for one in shown.credentials),
        microcredentials=tuple(microcredential(one, hide) for one in shown.microcredentials),
        skills=tuple(claim(one, hide) for one in shown.skills),
        unverified=tuple(claim(one, hide) for one in shown.unverified),
        unreadable=tuple(item(one) for one in shown.unreadable),
        pending=tuple(item(one) for one in shown.pending),
        decisions=tuple(_decision(one, hide) for one in shown.decisions),
    )


def comparison(shown: Comparison, masks: tuple[Mask, ...]) -> Comparison:
    """Several people; a mask for each, in their order."""
    return replace(
        shown,
        people=tuple(row(one) for one in shown.people),
        notes=tuple(
            None if one is None else _decision(one, hide)
            for one, hide in zip(shown.notes, masks, strict=True)
        ),
        rows=tuple(
            replace(
                line,
                cells=tuple(cell(one, hide) for one, hide in zip(line.cells, masks, strict=True)),
            )
            for line in shown.rows
        ),
    )


def evidence(shown: EvidenceView, hide: Mask, pseudonym: str) -> EvidenceView:
    """One credential; its document keeps its shape, so that pointers still lead somewhere."""
    masked = shown.microcredential
    return replace(
        shown,
        blind=True,
        card=card(shown.card, hide),
        applicant=pseudonym,
        checks=tuple(_check(one, hide) for one in shown.checks),
        consulted=tuple(_consulted(one) for one in shown.consulted),
        document=None if shown.document is None else document(shown.document, hide),
        contained=tuple(card(one, hide) for one in shown.contained),
        microcredential=None if masked is None else microcredential(masked, hide),
        registry_links=(),  # the registry's page names the issuer
    )


def cell(shown: Cell, hide: Mask) -> Cell:
    return replace(
        shown,
        sentence=hide.text(shown.sentence),
        evidence=tuple(_link(one, hide) for one in shown.evidence),
    )


def card(shown: CredentialCard, hide: Mask) -> CredentialCard:
    """The issuer is a tier here, the file a kind of file, its dates an answer (`EvidenceView.valid_on`)."""
    return replace(
        shown,
        source=_file(shown.source),
        name=hide.text(shown.name),
        issuer_id="",
        issuer_claimed="",
        issuer_listed="",
        genuine=_statement(shown.genuine, hide),
        theirs=_statement(shown.theirs, hide),
        valid_from=None,
        valid_until=None,
    )


def item(shown: ItemRow) -> ItemRow:
    return replace(
        shown,
        applicant=shown.pseudonym,
        filename=_file(shown.filename),
        credential="",
        issuer_id="",
        issuer="",
    )


def claim(shown: ClaimRow, hide: Mask) -> ClaimRow:
    """The skill as a framework names it; in somebody's own words it may say where it was learnt."""
    own = not shown.skill_id
    return replace(shown, skill_name=hide.text(shown.skill_name)) if own else shown


def microcredential(shown: Microcredential, hide: Mask) -> Microcredential:
    elements = tuple(
        replace(one, value=HIDDEN if one.value and one.number in _TELLING_ELEMENTS else hide.text(one.value))
        for one in shown.elements
    )
    return replace(shown, name=hide.text(shown.name), elements=elements)


def document(value: Any, hide: Mask, *, shown: bool = False) -> Any:
    """`value` in its shape; texts and numbers only where they name a skill, a level or a kind."""
    if isinstance(value, Mapping):
        return {
            hide.text(name): document(inner, hide, shown=shown or name in _SHOWN_BELOW or name in _SHOWN)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [document(inner, hide, shown=shown) for inner in value]
    if value is None or isinstance(value, bool):
        return value
    if not shown:
        return HIDDEN
    return hide.text(value) if isinstance(value, str) else value


def _link(shown: EvidenceLink, hide: Mask) -> EvidenceLink:
    made = shown.confirmed and replace(shown.confirmed, reason=hide.text(shown.confirmed.reason))
    return replace(shown, name=hide.text(shown.name), issuer="", confirmed=made)


def _decision(shown: DecisionRow, hide: Mask) -> DecisionRow:
    return replace(shown, note=hide.text(shown.note))


def _statement(shown: Statement, hide: Mask) -> Statement:
    return replace(shown, message=hide.text(shown.message))


def _check(shown: CheckRow, hide: Mask) -> CheckRow:
    findings = tuple(replace(one, message=hide.text(one.message), detail={}) for one in shown.findings)
    return replace(shown, findings=findings)


def _consulted(shown: ConsultedRow) -> ConsultedRow:
    return replace(shown, url=HIDDEN)


def _file(name: str) -> str:
    """The kind of file alone; inside an archive only that of the file itself."""
    ending = name.rpartition("/")[2].rpartition(".")[2].lower()
    return f"{HIDDEN}.{ending}" if ending.isalnum() and len(ending) <= 5 and "." in name else HIDDEN
