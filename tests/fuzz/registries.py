"""Targets over what the employer trusts: registries and federations that answer oddly, and certificates.

A source of trust raises only `Inconclusive`, for it blames itself and never the person.
"""

from __future__ import annotations

import base64
import json
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache

from cryptography.hazmat.primitives.serialization import Encoding

from tests.conftest import TERM_START
from tests.fuzz import seeds
from tests.fuzz.choices import Choices, mutated
from tests.issuing_keys import SigningKey
from tests.issuing_proofs import compact_json, jws
from tests.verifier.proofs.test_jades import LEAF_CERT
from tests.verifier.trust import ebsi_registry
from tests.verifier.trust.test_openid_federation import ANCHOR, COLLEGE, deep, jwks_of
from tests.verifier.trust.test_registries import URL, registry
from verifier import formats
from verifier.errors import Inconclusive, Unreachable, VerifierError
from verifier.flow import Fetch, Fetched, drive
from verifier.model import Credential
from verifier.policy import Limits, Policy
from verifier.proofs import certificates
from verifier.trust import (
    Asked,
    CertificateAuthorities,
    DccRegistry,
    Decision,
    EbsiRegistry,
    OpenIdFederation,
    TrustSource,
)

STRANGER = SigningKey.demo("P-256", "a stranger")
Answer = Callable[[Fetch], Fetched]


@cache
def worlds() -> tuple[tuple[TrustSource, str, Answer], ...]:
    """A source, an issuer that it accepts, and what the addresses below it answer."""
    ebsi = {url: page for url, page in ebsi_registry.served().items() if isinstance(page, bytes)}
    base = f"{ebsi_registry.BASE}/trusted-issuers-registry/v5/issuers"
    body = registry()
    listed = body if isinstance(body, bytes) else json.dumps(body).encode()
    return (
        (DccRegistry(URL), COLLEGE, _pages({URL: listed})),
        (OpenIdFederation(ANCHOR, jwks_of(ANCHOR)), COLLEGE, deep()),
        (EbsiRegistry(base), ebsi_registry.TI, _pages(ebsi)),
    )


def _pages(known: Mapping[str, bytes]) -> Answer:
    def answer(wish: Fetch) -> Fetched:
        if wish.url not in known:
            raise Unreachable(wish.url, "there is no such page", asked=True, status=404)
        return Fetched(url=wish.url, body=known[wish.url])

    return answer


@cache
def _diploma() -> Credential:
    return formats.read(ebsi_registry.diploma().encode(), Limits())


def decision_of(source: TrustSource, issuer: str, answer: Answer) -> Decision:
    """What `source` says of `issuer`."""
    asked = Asked(credential=_diploma(), issuer_id=issuer, now=TERM_START, policy=Policy.standard())
    return drive(source.recognise(asked), answer).decision


def ask_source(data: bytes) -> None:
    """One source whose pages are changed on the way, a token perhaps signed anew by a stranger."""
    choices = Choices(data)
    source, issuer, genuine = worlds()[choices.below(3)]
    changes, seen = 1 + choices.below(3), 0

    def answer(wish: Fetch) -> Fetched:
        nonlocal changes, seen
        seen += 1
        assert seen < 2_000, "it asks without end"
        body = genuine(wish).body
        if changes and choices.below(2):
            changes -= 1
            body = _changed(body, choices)
        return Fetched(url=wish.url, body=body)

    with suppress(Inconclusive):
        decision_of(source, issuer, answer)


def _changed(body: bytes, choices: Choices) -> bytes:
    if body[:1] in b"{[":
        return seeds.compact(mutated(json.loads(body), choices))
    head, claims = (json.loads(_octets(part)) for part in body.split(b".")[:2])
    token = mutated({"head": head, "claims": claims}, choices)
    head = token.get("head")
    if not isinstance(head, dict) or choices.below(3) == 0:
        return body[: choices.below(len(body))] + choices.text().encode() + body[choices.below(len(body)) :]
    return jws({**head, "alg": "ES256"}, compact_json(token.get("claims")), STRANGER).encode()


def _octets(part: bytes) -> bytes:
    return base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))


def read_certificates(data: bytes) -> None:
    """A chain in `x5c`, and the employer's own file of authorities."""
    with suppress(VerifierError), warnings.catch_warnings(action="ignore"):  # of odd serial numbers
        for certificate in certificates.read_chain([base64.b64encode(data).decode()]):
            certificates.organisation_of(certificate)
            certificates.judge_use(certificate)
    for pem in (data, _pem(data)):
        with suppress(ValueError), warnings.catch_warnings(action="ignore"):
            assert CertificateAuthorities.parse(pem).certificates


def _pem(data: bytes) -> bytes:
    lines = base64.encodebytes(data)
    return b"-----BEGIN CERTIFICATE-----\n" + lines + b"-----END CERTIFICATE-----\n"


def certificate_seeds() -> list[bytes]:
    der = LEAF_CERT.public_bytes(Encoding.DER)
    return [der, _pem(der)]
