"""What one code means to a recruiter: what happened, whose move it is, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dashboard.wording.catalogue import N_, _


class Owner(StrEnum):
    """Whose move it is."""

    CANDIDATE = "candidate"
    ISSUER = "issuer"
    NETWORK = "network"
    YOU = "you"
    US = "us"
    NOBODY = "nobody"


OWNERS: dict[Owner, str] = {
    Owner.CANDIDATE: N_("Candidate’s move"),
    Owner.ISSUER: N_("Issuer’s move"),
    Owner.NETWORK: N_("Network: try again"),
    Owner.YOU: N_("Your move"),
    Owner.US: N_("Our move"),
    Owner.NOBODY: N_("Nothing to do"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The wording of one code. `headline` is short enough for a row, `ask` names a message or nothing."""

    headline: str
    sentence: str
    owner: Owner
    step: str
    ask: str = ""  # key of MESSAGES

    @property
    def whose(self) -> str:
        """Whose move it is, in words."""
        return _(OWNERS[self.owner])


def to_candidate(headline: str, sentence: str, step: str, ask: str) -> Said:
    """The candidate can settle it."""
    return Said(headline=headline, sentence=sentence, owner=Owner.CANDIDATE, step=step, ask=ask)


def to_issuer(headline: str, sentence: str, step: str, ask: str = "issuer_fault") -> Said:
    """The issuer can settle it; the candidate may pass it on."""
    return Said(headline=headline, sentence=sentence, owner=Owner.ISSUER, step=step, ask=ask)


def to_network(headline: str, sentence: str, step: str) -> Said:
    """An address did not answer; asking again may settle it."""
    return Said(headline=headline, sentence=sentence, owner=Owner.NETWORK, step=step)


def to_you(headline: str, sentence: str, step: str, ask: str = "") -> Said:
    """The employer can settle it."""
    return Said(headline=headline, sentence=sentence, owner=Owner.YOU, step=step, ask=ask)


def to_us(headline: str, sentence: str, step: str, ask: str = "other_export") -> Said:
    """This program falls short."""
    return Said(headline=headline, sentence=sentence, owner=Owner.US, step=step, ask=ask)


def fine(headline: str, sentence: str) -> Said:
    """Nothing is left to do."""
    return Said(headline=headline, sentence=sentence, owner=Owner.NOBODY, step=N_("Nothing to do."))
