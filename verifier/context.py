"""What a check may look at besides the credential."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from verifier.dids import DidMethod
from verifier.given import Applicant, PresentationRequest
from verifier.model import Credential
from verifier.policy import Policy
from verifier.proofs.canonical import Contexts
from verifier.report import CheckResult, Outcome
from verifier.trust.source import TrustSource


@runtime_checkable
class ResolvesIdentifiers(Protocol):
    """A source of trust that is a registry of identifiers as well."""

    def did_methods(self) -> tuple[DidMethod, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    """The presentation or record that a credential was found in, and who presented the outermost."""

    credential: Credential
    holder: str | None = None  # of the outermost presentation whose proof passed
    fresh: bool = False  # that presentation answered the employer's request


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The employer's side of one verification."""

    policy: Policy
    contexts: Contexts
    now: datetime
    trust: tuple[TrustSource, ...] = ()
    applicant: Applicant | None = None
    request: PresentationRequest | None = None
    outer: Outer | None = None
    made: Mapping[str, CheckResult] = field(
        default_factory=dict
    )  # the checks already made on this credential
    path: tuple[int, ...] = ()  # where in the report this credential stands: `Step.path`

    def passed(self, *checks: str) -> bool:
        """Whether every one of `checks` has been made and PASSED."""
        return all(name in self.made and self.made[name].outcome is Outcome.PASSED for name in checks)

    def pinned_keys(self, issuer_id: str) -> tuple[dict[str, object], ...]:
        """JWKs that the employer's own list pins for an issuer that publishes none."""
        return tuple(key for source in self.trust for key in source.pinned_keys(issuer_id))

    def did_methods(self) -> tuple[DidMethod, ...]:
        """Methods of identifiers that the employer's own sources resolve, and nobody else."""
        return tuple(
            method
            for source in self.trust
            if isinstance(source, ResolvesIdentifiers)
            for method in source.did_methods()
        )
