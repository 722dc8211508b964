"""What is accepted, and how much of anything: the employer's policy and every limit, with unit and reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from verifier.report import Accepted, Outcome

MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is read, unpacked, walked or asked before an input is refused (SECURITY §4)."""

    # --- before parsing
    upload_bytes: int = 10 * MB  # the largest real CLR seen is 3 MB
    json_bytes: int = 5 * MB
    json_depth: int = 64  # real documents stay below 20; the recursion of every later walk is bounded by it
    json_nodes: int = 50_000  # values in one document
    key_chars: int = 1_000
    string_chars: int = 1 * MB
    list_chars: int = 5 * MB  # a signed status list is one long string
    integer_digits: int = 4_000  # Python itself refuses beyond 4,300
    # --- what a document may hold
    proofs: int = 16
    contexts: int = 16
    statuses: int = 16
    nested_credentials: int = 200  # children of a CLR, members of a presentation
    nesting: int = 3  # presentation → CLR → badge; a status list within a status check counts as one
    # --- canonicalisation
    quads: int = 20_000
    blank_nodes: int = 500
    hash_n_degree_calls: int = 2_000  # every positive W3C test stays below 468
    permutations: int = 5_000  # summed over groups of blank nodes with equal hashes
    # --- containers
    archive_members: int = 1_000
    archive_ratio: int = 100  # unpacked : packed, for one member
    archive_bytes: int = 200 * MB  # unpacked, counted while reading
    png_text_chunks: int = 100
    inflated_bytes: int = 5 * MB  # one text chunk of a PNG, one member of text
    svg_bytes: int = 5 * MB
    image_pixels: int = 25 * MB  # pixels are decoded only to find a QR code
    pdf_pages: int = 50
    links: int = 50  # credential links collected from one PDF, CV or page
    # --- selective disclosure
    disclosures: int = 500
    disclosure_depth: int = 16
    signed_statements: int = 2_000  # ecdsa-sd-2023: a signature each, 0.1 ms; bbs-2023: 0.5 ms each, once
    # --- names and addresses
    identifier_chars: int = 2_000  # DIDs, URLs
    # --- network
    answer_bytes: int = 2 * 1024 * 1024
    status_bytes: int = 5 * 1024 * 1024
    registry_bytes: int = 30 * 1024 * 1024
    redirects: int = 3
    connect_timeout: timedelta = timedelta(seconds=3)
    read_timeout: timedelta = timedelta(seconds=5)
    fetch_timeout: timedelta = timedelta(seconds=10)  # for one address, redirects included
    item_timeout: timedelta = timedelta(seconds=30)  # all addresses of one source together
    clock_skew: timedelta = timedelta(seconds=300)


_PASSED = frozenset({Outcome.PASSED})
_PASSED_OR_NONE = frozenset({Outcome.PASSED, Outcome.NOT_APPLICABLE})

STANDARD_ACCEPTED: Accepted = {
    "structure": _PASSED,
    "proof": _PASSED,
    "issuer": _PASSED,
    "validity": _PASSED_OR_NONE,
    "status": _PASSED_OR_NONE,
    "trust": _PASSED,
    "binding": _PASSED_OR_NONE,
    "presentation": _PASSED_OR_NONE,
}

# Linked-data suites that were superseded before VCDM 2.0. Registered is not allowed: archives only.
LEGACY_SUITES = frozenset(
    {"RsaSignature2018", "Ed25519Signature2018", "JsonWebSignature2020", "EcdsaSecp256k1Signature2019"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What an employer accepts. Data, made from a preset and changed by `replace`."""

    name: str = "standard"
    accepted: Accepted = field(default_factory=lambda: dict(STANDARD_ACCEPTED))
    limits: Limits = field(default_factory=Limits)
    contexts: Mapping[str, bytes] = field(
        default_factory=dict
    )  # JSON-LD contexts pinned beyond the bundled ones
    refused_suites: frozenset[str] = LEGACY_SUITES
    offline_only: bool = False  # no address is asked at all
    weigh_contained: bool = True  # a container is no better than the worst thing inside it

    @classmethod
    def standard(cls) -> Policy:
        """For screening: everything that is claimed must be checked."""
        return cls()

    @classmethod
    def strict(cls) -> Policy:
        """For a hire: the credential must also be bound to the person."""
        accepted = {**STANDARD_ACCEPTED, "binding": _PASSED}
        return cls(name="strict", accepted=accepted)

    @classmethod
    def archival(cls) -> Policy:
        """For old holdings: superseded signature suites count as well."""
        return cls(name="archival", refused_suites=frozenset())

    @classmethod
    def offline(cls) -> Policy:
        """Nothing is asked; what needs an address is INDETERMINATE."""
        return cls(name="offline", offline_only=True)

    def replace(self, **changes: Any) -> Policy:
        """A copy with `changes`; `TypeError` for a name that is not a field."""
        return replace(self, **changes)
