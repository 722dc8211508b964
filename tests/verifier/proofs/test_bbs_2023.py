"""bbs-2023: derived proofs made here, each part of one changed, and what is answered without the extra."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cbor2
import pytest

from tests.conftest import TERM_START
from tests.issuing_keys import SigningKey, b64url
from verifier import IssuerList, MemoryWeb, Outcome, Report, Uploaded, Verdict
from verifier import verify as verify_source
from verifier.errors import (
    InvalidSignature,
    KeyMismatch,
    MalformedProof,
    UnsupportedSuite,
    VerifierError,
    WorkLimit,
)
from verifier.model import EmbeddedProof, JsonObject
from verifier.policy import Limits
from verifier.proofs import bbs, canonical, data_integrity, keys
from verifier.proofs.contexts import Contexts
from verifier.proofs.encoding import multibase
from verifier.proofs.material import PublicKey

LIMITS = Limits()
CONTEXTS = Contexts.of({})
ANY_KEY = PublicKey(kind="BLS12-381-G2", key=None, raw=bytes(96))
needs_extra = pytest.mark.skipif(not bbs.INSTALLED, reason="the extra “bbs” is not installed")

DOCUMENT: JsonObject = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "urn:uuid:5f0c2a37-0005-4000-8000-000000000001",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": "did:web:college.example",
    "name": "Welding",
    "validFrom": "2026-03-01T00:00:00Z",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "id": "did:example:student",
        "achievement": {
            "id": "urn:uuid:5f0c2a37-0006-4000-8000-000000000001",
            "type": ["Achievement"],
            "name": "Welding",
            "description": "MIG and TIG",
            "criteria": {"narrative": "A practical test"},
            "alignment": [
                {"type": ["Alignment"], "targetName": "weld", "targetUrl": "https://skills.example/1"},
                {"type": ["Alignment"], "targetName": "cut", "targetUrl": "https://skills.example/2"},
            ],
        },
    },
}
OPTIONS: JsonObject = {
    "type": "DataIntegrityProof",
    "cryptosuite": "bbs-2023",
    "created": "2026-03-01T09:00:00Z",
    "verificationMethod": "did:web:college.example#key-3",
    "proofPurpose": "assertionMethod",
}


def relabelled(document: JsonObject) -> tuple[dict[int, int], list[str]]:
    """Labels as an issuer could have shuffled them, and the statements under them."""
    dataset = canonical.canonical_dataset(document, CONTEXTS, LIMITS)
    count = len(dataset.labels)
    labels = {number: count - 1 - number for number in range(count)}
    text = {f"_:c14n{number}": f"_:b{label}" for number, label in labels.items()}
    return labels, dataset.relabelled(text)


def parts_of(document: JsonObject, withheld: tuple[bytes, ...] = (b"a withheld statement",)) -> list[Any]:
    """The five parts of a derived proof (§3.3.6), the withheld statements signed before all others."""
    from tests.issuing_bbs import BbsKey, proof_of

    labels, statements = relabelled(document)
    mandatory = [at for at, statement in enumerate(statements) if "credentials#issuer" in statement]
    options = OPTIONS | {"@context": document["@context"]}
    configuration = canonical.rdfc(options, CONTEXTS, LIMITS)
    shown = "".join(statements[at] for at in mandatory).encode()
    header = hashlib.sha256(configuration).digest() + hashlib.sha256(shown).digest()
    messages = [
        *withheld,
        *(text.encode() for at, text in enumerate(statements) if at not in mandatory),
    ]
    chosen = list(range(len(withheld), len(messages)))
    proof = proof_of(BbsKey.demo("college"), messages, chosen, header=header, presentation_header=b"nonce 1")
    return [proof, labels, mandatory, chosen, b"nonce 1"]


def signed(parts: Any, header: bytes = b"\xd9\x5d\x03") -> EmbeddedProof:
    options = OPTIONS | {"proofValue": "u" + b64url(header + cbor2.dumps(parts))}
    return EmbeddedProof(type="DataIntegrityProof", options=options, pointer="/proof")


def key() -> PublicKey:
    from tests.issuing_bbs import BbsKey

    return keys.from_multikey(BbsKey.demo("college").multikey)


def verify(document: JsonObject, proof: EmbeddedProof, limits: Limits = LIMITS) -> None:
    data_integrity.verify(document, proof, key(), CONTEXTS, limits)


# ------------------------------------------------------------------------------------- what holds


@needs_extra
def test_a_derived_proof_holds() -> None:
    verify(DOCUMENT, signed(parts_of(DOCUMENT)))


@needs_extra
def test_a_derived_proof_that_withholds_nothing_holds() -> None:
    verify(DOCUMENT, signed(parts_of(DOCUMENT, withheld=())))


# ------------------------------------------------------------------------------------- one change each


@needs_extra
@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(issuer="did:web:attacker.example"),  # mandatory
        lambda document: document.update(name="Surgery"),
        lambda document: document["credentialSubject"].update(id="did:example:somebody-else"),
        lambda document: document["credentialSubject"]["achievement"].update(
            name="MIG and TIG", description="Welding"
        ),
    ],
)
def test_no_statement_may_change(change: Callable[[JsonObject], object]) -> None:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    with pytest.raises(InvalidSignature):
        verify(document, signed(parts_of(DOCUMENT)))


@needs_extra
def test_no_statement_may_be_added_or_left_out_without_a_new_proof() -> None:
    longer, shorter = copy.deepcopy(DOCUMENT), copy.deepcopy(DOCUMENT)
    longer["description"] = "Master of Science"
    del shorter["name"]
    for document in (longer, shorter):
        with pytest.raises(MalformedProof):
            verify(document, signed(parts_of(DOCUMENT)))


@needs_extra
def test_the_options_of_the_proof_are_signed() -> None:
    proof = signed(parts_of(DOCUMENT))
    for change in ({"created": "2026-03-02T09:00:00Z"}, {"proofPurpose": "authentication"}):
        options = {**proof.options, **change}
        with pytest.raises(InvalidSignature):
            verify(DOCUMENT, EmbeddedProof(type=proof.type, options=options, pointer="/proof"))


def replaced(at: int, value: Callable[[Any], Any]) -> Callable[[list[Any]], list[Any]]:
    return lambda parts: [*parts[:at], value(parts[at]), *parts[at + 1 :]]


@needs_extra
@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts[:4],
        lambda parts: [*parts, 9],
        lambda parts: dict(enumerate(parts)),
        replaced(0, lambda proof: []),
        replaced(0, lambda proof: proof[:-32]),
        replaced(1, lambda labels: dict(list(labels.items())[1:])),
        replaced(1, lambda labels: dict.fromkeys(labels, 0)),
        replaced(1, lambda labels: {at: bytes([label]) for at, label in labels.items()}),
        replaced(1, lambda labels: dict(zip(labels, reversed(labels.values()), strict=True))),
        replaced(1, lambda labels: {at: label + 100 for at, label in labels.items()}),
        replaced(2, lambda mandatory: []),
        replaced(2, lambda mandatory: [at + 1 for at in mandatory]),
        replaced(2, lambda mandatory: mandatory * 2),
        replaced(2, lambda mandatory: [10**6]),
        replaced(2, lambda mandatory: [b"0"]),
        replaced(3, lambda chosen: chosen[1:]),
        replaced(3, lambda chosen: [*chosen[1:], 10**6]),
        replaced(3, lambda chosen: [*chosen[1:], 2**64 - 1]),
        replaced(3, lambda chosen: [*chosen[1:], chosen[1]]),
        replaced(3, lambda chosen: [chosen[1], chosen[0], *chosen[2:]]),
        replaced(3, lambda chosen: [0, *chosen[1:]]),
        replaced(4, lambda nonce: b"nonce 2"),
        replaced(4, lambda nonce: b""),
        replaced(4, lambda nonce: 7),
    ],
    ids=range(24),
)
def test_a_proof_with_a_wrong_part_is_refused(change: Callable[[list[Any]], Any]) -> None:
    with pytest.raises((MalformedProof, InvalidSignature)):
        verify(DOCUMENT, signed(change(parts_of(DOCUMENT))))


@needs_extra
def test_no_byte_of_a_proof_value_may_change() -> None:
    data = multibase(signed(parts_of(DOCUMENT)).options["proofValue"])
    for at in range(len(data)):
        forged = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        options = OPTIONS | {"proofValue": "u" + b64url(forged)}
        with pytest.raises(VerifierError):
            verify(DOCUMENT, EmbeddedProof(type="DataIntegrityProof", options=options, pointer="/proof"))


@pytest.mark.parametrize("value", [None, 7, "", "z1", "u", "uAAAA", "u2V0D", "u2V0DgA", "u2V0L", "u2V0Dhf"])
def test_a_value_that_is_no_derived_proof_is_refused(value: Any) -> None:
    proof = EmbeddedProof(
        type="DataIntegrityProof", options=OPTIONS | {"proofValue": value}, pointer="/proof"
    )
    with pytest.raises(MalformedProof):
        data_integrity.verify(DOCUMENT, proof, ANY_KEY, CONTEXTS, LIMITS)


@pytest.mark.parametrize("last", [2, 4, 6, 8])
def test_a_base_proof_is_not_for_showing(last: int) -> None:
    with pytest.raises(MalformedProof, match="base proof"):
        data_integrity.verify(DOCUMENT, signed([], bytes([0xD9, 0x5D, last])), ANY_KEY, CONTEXTS, LIMITS)


@pytest.mark.parametrize("last", [5, 7, 9])
def test_a_proof_bound_to_a_secret_or_a_pseudonym_cannot_be_checked(last: int) -> None:
    with pytest.raises(UnsupportedSuite, match="holder"):
        data_integrity.verify(DOCUMENT, signed([], bytes([0xD9, 0x5D, last])), ANY_KEY, CONTEXTS, LIMITS)


def test_a_key_of_another_kind_is_a_mismatch() -> None:
    other = keys.from_multikey(SigningKey.demo("P-256", "college").multikey)
    with pytest.raises(KeyMismatch):
        data_integrity.verify(DOCUMENT, signed([]), other, CONTEXTS, LIMITS)


@needs_extra
def test_statements_are_counted_up_to_a_limit() -> None:
    with pytest.raises(WorkLimit):
        verify(DOCUMENT, signed(parts_of(DOCUMENT)), Limits(signed_statements=3))


# ------------------------------------------------------------------------------------- through the front door


def report_on(document: JsonObject, issuer: str) -> Report:
    entry = {"id": issuer, "name": "College", "decision": "accept", "reason": "-", "approved_by": "-"}
    trust = [IssuerList.parse(json.dumps({"version": 1, "name": "List", "issuers": [entry]}).encode())]
    source = Uploaded(json.dumps(document).encode(), "badge.json")
    return verify_source(source, trust=trust, web=MemoryWeb({}), now=TERM_START)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> tuple[JsonObject, str]:
    """A credential of a did:key, as its holder shows it, and its issuer."""
    if not bbs.INSTALLED:
        pytest.skip("the extra “bbs” is not installed")
    from tests.issuing_bbs import BbsKey

    multikey = BbsKey.demo("college").multikey
    issuer = f"did:key:{multikey}"
    monkeypatch.setitem(OPTIONS, "verificationMethod", f"{issuer}#{multikey}")
    document = DOCUMENT | {"issuer": issuer}
    return document | {"proof": signed(parts_of(document)).options}, issuer


def test_what_a_listed_issuer_signed_is_verified(shown: tuple[JsonObject, str]) -> None:
    report = report_on(*shown)
    assert (report.verdict, report.code) == (Verdict.VERIFIED, "verified")


def test_a_forged_one_is_failed(shown: tuple[JsonObject, str]) -> None:
    document, issuer = shown
    report = report_on(document | {"name": "Surgery"}, issuer)
    assert (report.verdict, report.code) == (Verdict.FAILED, "invalid_signature")


def test_an_undefined_term_is_refused_before_its_proof(shown: tuple[JsonObject, str]) -> None:
    document, issuer = shown
    report = report_on(document | {"finalGrade": "A"}, issuer)
    assert (report.verdict, report.code) == (Verdict.FAILED, "undefined_term")


def test_without_the_extra_it_cannot_be_checked_and_the_report_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bbs, "INSTALLED", False)
    with pytest.raises(UnsupportedSuite, match="the extra “bbs” is not installed") as caught:
        data_integrity.verify(DOCUMENT, signed([b"", {}, [], [], b""]), ANY_KEY, CONTEXTS, LIMITS)
    assert caught.value.finding().outcome is Outcome.INDETERMINATE


def test_without_the_extra_nothing_is_verified(
    shown: tuple[JsonObject, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bbs, "INSTALLED", False)
    report = report_on(*shown)
    assert (report.verdict, report.code) == (Verdict.INDETERMINATE, "unsupported_suite")


# ------------------------------------------------------------------------------------- the W3C vector


@pytest.fixture(scope="session")
def vectors(shared_cases: Path) -> dict[str, JsonObject]:
    """The documents of vc-di-bbs 1.0 Appendix A."""
    folder = shared_cases / "standards" / "vc-di" / "bbs-2023"
    return {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}


def taken_apart(document: JsonObject) -> tuple[EmbeddedProof, PublicKey]:
    options = document["proof"]
    proof = EmbeddedProof(type=options["type"], options=options, pointer="/proof")
    return proof, keys.from_multikey(options["verificationMethod"].partition("#")[2])


@needs_extra
def test_the_vector_of_the_specification_holds(vectors: dict[str, JsonObject]) -> None:
    document = vectors["bbs-2023-windsurf-derived"]
    proof, issuer_key = taken_apart(document)
    data_integrity.verify(document, proof, issuer_key, CONTEXTS, LIMITS)
    altered = copy.deepcopy(document)
    altered["credentialSubject"]["sails"][0]["size"] = 6.2
    with pytest.raises(InvalidSignature):
        data_integrity.verify(altered, proof, issuer_key, CONTEXTS, LIMITS)


@needs_extra
def test_the_vector_brings_a_vocabulary_so_that_nothing_in_it_is_proved(
    vectors: dict[str, JsonObject],
) -> None:
    document = vectors["bbs-2023-windsurf-derived"]
    report = report_on(document, document["issuer"])
    assert report.check("structure").outcome is Outcome.INDETERMINATE
    assert report.check("proof").outcome is Outcome.PASSED
    assert report.proved is None


@pytest.mark.parametrize("name", ["bbs-2023-HolderBinding-derived", "bbs-2023-Pseudonym-derived"])
def test_vectors_of_the_optional_features_are_unsupported(vectors: dict[str, JsonObject], name: str) -> None:
    proof, issuer_key = taken_apart(vectors[name])
    with pytest.raises(UnsupportedSuite, match="holder"):
        data_integrity.verify(vectors[name], proof, issuer_key, CONTEXTS, LIMITS)
