"""What the employer gives: sources, what is known of the applicant, what a presentation must answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Uploaded:
    """Bytes that somebody sent, and the name they came under (never a path to be written)."""

    data: bytes = field(repr=False)
    filename: str

    @property
    def name(self) -> str:
        """What a report calls it."""
        return self.filename


@dataclass(frozen=True, slots=True)
class Linked:
    """An address that somebody sent."""

    url: str

    @property
    def name(self) -> str:
        """What a report calls it."""
        return self.url


Source = Uploaded | Linked


@dataclass(frozen=True, slots=True)
class Applicant:
    """What the employer has established about the person; each value counts as proved to the employer."""

    dids: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class PresentationRequest:
    """What a presentation had to answer (VCDM 2.0 §4.13; RFC 9901 §4.3). All None: nothing is demanded."""

    nonce: str | None = None
    audience: str | None = None
    domain: str | None = None
    challenge: str | None = None
    require_key_binding: bool = False
    max_age: timedelta = timedelta(minutes=10)
    received: datetime | None = (
        None  # when the answer came, aware: how fresh it was is judged then; None: now
    )

    @property
    def demands(self) -> bool:
        """Whether anything is demanded at all."""
        return self.require_key_binding or any((self.nonce, self.audience, self.domain, self.challenge))
