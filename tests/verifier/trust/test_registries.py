"""A registry that cannot be asked, or answers nonsense, blames itself and never the applicant."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from verifier.errors import AnswerUnusable, Inconclusive, Offline, Unreachable
from verifier.flow import Fetch, Fetched, Purpose, drive
from verifier.model import Credential
from verifier.policy import Limits, Policy
from verifier.trust import (
    Asked,
    CertificateAuthorities,
    DccRegistry,
    Decision,
    EbsiRegistry,
    EuTrustedLists,
    OpenIdFederation,
    Recognition,
    TrustSource,
)

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
URL = "https://registry.example/registry.json"
COLLEGE = "did:web:college.example"


def asked(issuer_id: str = COLLEGE, **changes: Any) -> Asked:
    given = {"now": NOW, "policy": Policy.standard(), **changes}
    return Asked(credential=Credential(format="open_badges_3"), issuer_id=issuer_id, **given)


def registry(**changes: Any) -> dict[str, Any]:
    return {
        "meta": {"created": "2022-10-27T17:57:31+00:00", "updated": "2026-03-25T00:00:00+00:00"},
        "registry": {COLLEGE: {"name": "Example College", "location": "Exampleton", "url": "https://x"}},
        **changes,
    }


def answering(body: Any) -> Callable[[Fetch], Fetched]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()

    def answer(wish: Fetch) -> Fetched:
        assert (wish.url, wish.purpose) == (URL, Purpose.REGISTRY)
        return Fetched(url=wish.url, body=data)

    return answer


def failing(error: Unreachable) -> Callable[[Fetch], Fetched]:
    def answer(wish: Fetch) -> Fetched:
        raise error

    return answer


def look_up(body: Any, source: DccRegistry | None = None, **about: Any) -> Recognition:
    return drive((source or DccRegistry(URL)).recognise(asked(**about)), answering(body))


# ------------------------------------------------------------------------------------- DCC


def test_a_registered_issuer_is_accepted_under_its_registered_name() -> None:
    assert look_up(registry()) == Recognition(decision=Decision.ACCEPT, source=URL, name="Example College")
    assert look_up(registry(), DccRegistry(URL, "Example registry")).source == "Example registry"


@pytest.mark.parametrize("other", ["did:web:College.example", "did:web:college.example:x", "meta", ""])
def test_an_unregistered_issuer_is_unknown(other: str) -> None:
    assert look_up(registry(), issuer_id=other).decision is Decision.UNKNOWN


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (Unreachable(URL, "status 503"), "status 503"),
        (AnswerUnusable(URL, "text/html"), "text/html"),
        (Offline(URL), "checking is offline"),
    ],
)
def test_an_unreachable_registry_is_named(error: Unreachable, named: str) -> None:
    with pytest.raises(Inconclusive, match=named) as caught:
        drive(DccRegistry(URL).recognise(asked()), failing(error))
    assert caught.value.code == "registry_unreachable"
    assert URL in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        b"[]",
        b'{"registry": {}, "registry": {}}',
        registry(registry=[COLLEGE]),
        registry(registry=None),
        registry(registry={COLLEGE: "Example College"}),
        registry(registry={COLLEGE: {"name": None}}),
        registry(meta=None),
        registry(meta={}),
        registry(meta={"updated": "yesterday"}),
        registry(meta={"updated": "2026-09-01T09:05:01Z"}),
    ],
)
def test_an_answer_that_is_no_registry_is_unusable(body: Any) -> None:
    with pytest.raises(Inconclusive) as caught:
        look_up(body)
    assert caught.value.code == "registry_unusable"


def test_a_registry_over_its_limit_is_unusable() -> None:
    policy = Policy.standard().replace(limits=Limits(registry_bytes=10))
    with pytest.raises(Inconclusive) as caught:
        look_up(registry(), policy=policy)
    assert caught.value.code == "registry_unusable"


def test_a_registry_older_than_the_one_seen_before_is_stale() -> None:
    seen = datetime(2026, 3, 25, tzinfo=UTC)
    assert look_up(registry(), DccRegistry(URL, seen=seen)).decision is Decision.ACCEPT
    with pytest.raises(Inconclusive) as caught:
        look_up(registry(), DccRegistry(URL, seen=seen + timedelta(seconds=1)))
    assert caught.value.code == "registry_stale"


def test_the_public_registries_are_read(shared_cases: Path) -> None:
    root = shared_cases / "education"
    cases = json.loads((root / "manifest.json").read_text("utf-8"))
    checked = 0
    for case in cases:
        known = bool(case.get("issuer_names_in_registries"))
        if "issuer_id" not in case:
            continue
        documents = case.get("documents") or {}

        def answer(wish: Fetch, documents: dict[str, str] = documents) -> Fetched:
            return Fetched(url=wish.url, body=(root / documents[wish.url]).read_bytes())

        answers = [
            drive(DccRegistry(url).recognise(asked(case["issuer_id"])), answer)
            for url in case.get("registries") or ()
        ]
        if answers:
            accepted = [answer for answer in answers if answer.decision is Decision.ACCEPT]
            assert bool(accepted) is known, case["id"]
            checked += 1
    assert checked > 90


# ------------------------------------------------------------------------------------- X.509


def certificate(name: str) -> x509.Certificate:
    key = ed25519.Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32, b"\0"))
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(
        issuer_name=subject,
        subject_name=subject,
        public_key=key.public_key(),
        serial_number=1,
        not_valid_before=NOW,
        not_valid_after=NOW + timedelta(days=1),
    )
    return builder.sign(key, None)


def test_an_issuer_under_an_anchor_is_accepted_and_every_other_is_unknown() -> None:
    ours, stranger = certificate("Example Root"), certificate("Stranger")
    source = CertificateAuthorities.parse(ours.public_bytes(Encoding.PEM) * 2)
    assert source.certificates == (ours,)
    accepted = drive(source.recognise(asked(anchor=ours.public_bytes(Encoding.DER))), failing(Offline(URL)))
    assert (accepted.decision, accepted.reason) == (Decision.ACCEPT, "certified under CN=Example Root")
    for anchor in (None, b"", stranger.public_bytes(Encoding.DER)):
        assert (
            drive(source.recognise(asked(anchor=anchor)), failing(Offline(URL))).decision is Decision.UNKNOWN
        )
    assert source.pinned_keys(COLLEGE) == ()
    assert ours.fingerprint(hashes.SHA256())


@pytest.mark.parametrize(
    "pem", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"]
)
def test_anchors_that_cannot_be_read_are_a_mistake_of_the_configuration(pem: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        CertificateAuthorities.parse(pem)


# ------------------------------------------------------------------------------------- all of them

JWKS = {"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}
SOURCES: tuple[Any, ...] = (
    DccRegistry(URL),
    CertificateAuthorities.parse(certificate("Example Root").public_bytes(Encoding.PEM)),
    OpenIdFederation("https://anchor.example", JWKS),
    EuTrustedLists("https://lists.example/lotl.xml", (b"",)),
    EbsiRegistry("https://ebsi.example/trusted-issuers-registry/v5/issuers"),
)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: type(source).__name__)
def test_a_source_pins_no_key_unasked_and_survives_pickling(source: Any) -> None:
    assert isinstance(source, TrustSource)
    assert source.pinned_keys(COLLEGE) == ()
    assert pickle.loads(pickle.dumps(source)) == source  # noqa: S301 – our own bytes


@pytest.mark.parametrize("source", SOURCES[3:4], ids=lambda source: type(source).__name__)
def test_a_source_that_cannot_be_asked_yet_says_so(source: Any) -> None:
    with pytest.raises(Inconclusive, match="this version cannot ask") as caught:
        drive(source.recognise(asked()), failing(Offline(URL)))
    assert caught.value.code == "source_not_supported"


@pytest.mark.parametrize(
    "url", ["http://registry.example", "", "registry.example", "https://a b", "https://a\n"]
)
@pytest.mark.parametrize(
    "make",
    [
        DccRegistry,
        EbsiRegistry,
        lambda url: OpenIdFederation(url, JWKS),
        lambda url: EuTrustedLists(url, ()),
    ],
)
def test_a_registry_needs_an_https_address(make: Callable[[str], object], url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        make(url)
