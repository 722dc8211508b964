"""Every format keeps one contract: it recognises its own documents alone and survives any shape of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import TERM_START
from tests.issuing import Issuer, json_bytes
from tests.verifier.forging.scene import COLLEGE
from verifier import MemoryWeb, Uploaded, Verdict, VerifierError, verify
from verifier.errors import Unreadable
from verifier.formats import FORMATS, format_of, read
from verifier.formats.document import Document
from verifier.policy import Limits

Json = dict[str, Any]
OB2 = "https://w3id.org/openbadges/v2"
VCDM1 = "https://www.w3.org/2018/credentials/v1"
SUBJECT = {"id": "did:example:1"}


def credential(*types: str, **members: Any) -> Json:
    return {
        "@context": [VCDM1],
        "type": ["VerifiableCredential", *types],
        "credentialSubject": SUBJECT,
        **members,
    }


SAMPLES: dict[str, Json] = {
    "presentation": {"@context": [VCDM1], "type": "VerifiablePresentation", "verifiableCredential": []},
    "clr_2": credential("ClrCredential"),
    "open_badges_3": credential("OpenBadgeCredential"),
    "blockcerts": credential("BlockcertsCredential"),
    "open_attestation": {"issuers": [{"documentStore": "0x9b0c", "name": "College"}]},
    "open_badges_2": {"@context": OB2, "type": "Assertion", "badge": "https://college.example/b"},
    "open_badges_1": {"verify": {"type": "hosted", "url": "https://college.example/a"}},
    "elm": credential("EuropeanDigitalCredential"),
    "ebsi": credential("VerifiableAttestation", "VerifiableDiploma"),
    "ler_rs": credential("LER-RS VC"),
    "w3c_vc": credential(),
}
# Read from an envelope, which a bare document does not have.
ENVELOPED = {"sd_jwt_vc", "sealed_document"}
EVERY_VC = "w3c_vc"  # what every W3C credential also is; it is asked after the others


def test_every_format_has_a_sample() -> None:
    assert SAMPLES.keys() | ENVELOPED == FORMATS.keys()


@pytest.mark.parametrize("name", SAMPLES)
def test_no_two_formats_take_the_same_document(name: str) -> None:
    document = Document(json=SAMPLES[name])
    takers = {entry.name for entry in FORMATS.values() if entry.sniff(document)}
    assert takers - {EVERY_VC} == {name} - {EVERY_VC}


@pytest.mark.parametrize("name", SAMPLES)
def test_what_a_format_reads_carries_its_name(name: str) -> None:
    found = read(json_bytes(SAMPLES[name]), Limits())
    assert found.format == name
    entry = format_of(found)
    assert entry is not None
    assert entry.label


@pytest.mark.parametrize("name", SAMPLES)
def test_a_bare_document_is_never_verified(name: str) -> None:
    issuer = Issuer.with_did_key("Anybody")
    source = Uploaded(json_bytes(SAMPLES[name]), name)
    report = verify(source, trust=[issuer.listed()], web=MemoryWeb({}), now=TERM_START)
    assert report.verdict is not Verdict.VERIFIED
    assert "internal_error" not in {result.findings[0].code for result in report.results}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "https://college.example/a", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "a"]), inner),
    max_leaves=6,
)
MEMBERS = sorted(
    {name for sample in SAMPLES.values() for name in sample}
    | {"proof", "issuer", "recipient", "issuedOn", "expires", "verification", "signature", "hasClaim", "data"}
    | {"skills", "employmentHistories", "learningAchievement", "issuanceDate", "credentialStatus", "image"}
)


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=40, deadline=None)
@given(changes=st.dictionaries(st.sampled_from(MEMBERS), JSON, min_size=1, max_size=4), inside=st.booleans())
def test_any_shape_raises_nothing_but_our_errors(name: str, changes: Json, inside: bool) -> None:
    sample = dict(SAMPLES[name])
    if inside and isinstance(sample.get("credentialSubject"), dict):
        sample["credentialSubject"] = {**sample["credentialSubject"], **changes}
    else:
        sample |= changes
    try:
        found = read(json_bytes(sample), Limits())
    except Unreadable:
        return
    entry = format_of(found)
    errors = list(entry.examine(found)) if entry is not None else []
    assert all(isinstance(error, VerifierError) for error in errors)


def test_the_college_signs_a_badge_of_the_third_version() -> None:
    assert read(json_bytes(COLLEGE.credential()), Limits()).format == "open_badges_3"
