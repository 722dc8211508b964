"""One candidate as an LER-RS 4.5 record (HR Open): what is verified, with the credentials themselves inside.

    {"type": "http://schema.hropenstandards.org/4.5/recruiting/json/LER-RSType.json",
     "person": {"name": {"formattedName": "…", "given": "…", "family": "…"}},
     "skills": [{"name": "SQL", "comments": ["Verified, …"]}],
     "certifications": [{"name": "…", "issuingAuthority": {"name": "…"}, "verifications": [ … ]}]}

It is not signed: whoever reads it checks the credentials inside, and reads our word of them as a comment. A
credential that a check speaks against, or that nothing proves, is left out; the narrative says how many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from dashboard.exports.plain_text import plain
from dashboard.services.people import CandidateDetail, ClaimRow
from dashboard.services.values import CredentialCard, Given, Mark
from dashboard.wording import mark

TYPE = "http://schema.hropenstandards.org/4.5/recruiting/json/LER-RSType.json"
MAX_TEXT = 1_000  # characters of one text
LEFT_OUT = frozenset({Mark.PROBLEM, Mark.UNREADABLE, Mark.PENDING})
MEDIA_OF = {
    True: "application/vc+sd-jwt",
    False: "application/vc+jwt",
}  # by whether it discloses (VC-JOSE-COSE)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A credential as its issuer signed it: a document with its proof, or a token; else a picture, a PDF."""

    document: Mapping[str, Any] | None = None
    token: str = ""

    def verification(self) -> Json | None:
        """What goes into `verifications`; a token in the envelope of VCDM 2.0 §4.14."""
        if self.token:
            kind = MEDIA_OF["~" in self.token]
            return {
                "@context": "https://www.w3.org/ns/credentials/v2",
                "id": f"data:{kind},{quote(self.token, safe='~')}",
                "type": "EnvelopedVerifiableCredential",
            }
        return dict(self.document) if self.document is not None and "proof" in self.document else None


def ler_rs(detail: CandidateDetail, originals: Mapping[str, Original], *, about: Sequence[str]) -> Json:
    """The record of one candidate; `originals` by `cred`; `about`: by what it was checked, a line each."""
    shown = [card for card in detail.credentials if card.proved and card.mark not in LEFT_OUT]
    hidden = len(detail.credentials) + len(detail.unreadable) + len(detail.pending) - len(shown)
    record: Json = {
        "type": TYPE,
        "documentId": {"value": detail.row.applicant_id, "schemeId": "skillproof"},
        "person": {"name": _name(detail)},
        "communication": _communication(detail.given),
        "narratives": [
            {"name": "Verification", "texts": [{"name": "skillproof", "lines": [*about, _left_out(hidden)]}]}
        ],
        "skills": _skills(detail.skills, {card.cred: card for card in shown}),
        "certifications": [_certification(card, originals.get(card.cred, Original())) for card in shown],
    }
    return {name: value for name, value in record.items() if value}


def parted(name: str, pseudonym: str) -> tuple[str, str]:
    """First and last name, as systems that insist on two want them; the last word is the last name."""
    words = plain(name, MAX_TEXT).split() or pseudonym.split()
    first, last = " ".join(words[:-1]), words[-1]
    return (first, last) if first else (last, "(none)")


def _name(detail: CandidateDetail) -> Json:
    first, last = parted(detail.row.name, detail.row.pseudonym)
    whole = plain(detail.row.name or detail.row.pseudonym, MAX_TEXT)
    return {"formattedName": whole, "given": first, "family": last}


def _communication(given: Given) -> Json:
    fields = {
        "email": [{"address": plain(address, MAX_TEXT)} for address in given.emails],
        "phone": [{"formattedNumber": plain(number, MAX_TEXT)} for number in given.phones],
    }
    return {name: value for name, value in fields.items() if value}


def _left_out(count: int) -> str:
    return f"Left out, because a check speaks against them or nothing proves them: {count}."


def _skills(claims: Iterable[ClaimRow], cards: Mapping[str, CredentialCard]) -> list[Json]:
    """Verified skills, each once; what was said of it by which credential stands in its comments."""
    skills: dict[str, Json] = {}
    for claim in claims:
        card = cards.get(claim.cred)
        if card is None:
            continue
        name = plain(claim.skill_name or claim.skill_id, MAX_TEXT)
        skill = skills.setdefault(claim.skill_id or name, {"name": name, "comments": []})
        if claim.skill_id:
            skill["id"] = claim.skill_id
        level = f", level {claim.level}" if claim.level else ""
        source = plain(f"{card.name} by {_issuer(card)}", MAX_TEXT)
        skill["comments"].append(f"{mark(claim.mark).word}{level}: {source}")
    return list(skills.values())


def _certification(card: CredentialCard, original: Original) -> Json:
    checked = f"{card.checked_at:%Y-%m-%dT%H:%M:%SZ}"
    verification = original.verification()
    comments = [f"{mark(card.mark).word} ({card.code}), checked {checked}"]
    if verification is None:
        comments.append(
            "Its original is no JSON or not kept: ask for what is handed over beside this record."
        )
    entry: Json = {
        "name": plain(card.name, MAX_TEXT),
        "issuingAuthority": {"name": plain(_issuer(card), MAX_TEXT)},
        "firstIssued": f"{card.valid_from:%Y-%m-%d}" if card.valid_from else "",
        "comments": comments,
        "verifications": [verification] if verification else [],
    }
    return {name: value for name, value in entry.items() if value}


def _issuer(card: CredentialCard) -> str:
    """As the employer's list calls it; what a credential calls its issuer is no evidence."""
    return card.issuer_listed or card.issuer_id
