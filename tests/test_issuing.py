"""What the issuer of our own tests signs is deterministic, readable by other software, and verifies."""

from __future__ import annotations

import base64
import json
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.issuing import Issuer, Json, bake_png, bake_svg, json_bytes, zip_of
from tests.issuing_files import bits, gzip_bytes, zlib_bytes
from tests.issuing_keys import Kind, SigningKey
from tests.issuing_proofs import STATUS_2021
from verifier import (
    Applicant,
    Linked,
    MemoryWeb,
    Policy,
    PresentationRequest,
    Report,
    Uploaded,
    Verdict,
    verify,
)

LIST_URL = "https://college.example/status/1"
KINDS: tuple[Kind, ...] = ("Ed25519", "P-256", "P-384", "RSA")
SUITES = {
    "Ed25519": ("eddsa-rdfc-2022", "eddsa-jcs-2022"),
    "P-256": ("ecdsa-rdfc-2019", "ecdsa-jcs-2019"),
    "P-384": ("ecdsa-rdfc-2019", "ecdsa-jcs-2019"),
}


@pytest.fixture
def college() -> Issuer:
    """An issuer whose identifier is its key."""
    return Issuer.with_did_key("Test College")


def judged(data: bytes | str, issuer: Issuer, now: datetime, **given: Any) -> Report:
    """The report on `data` with its issuer on the list."""
    body = data if isinstance(data, bytes) else data.encode()
    given.setdefault("web", issuer.web())
    return verify(Uploaded(body, "credential"), trust=[issuer.listed()], now=now, **given)


def outcome(report: Report) -> tuple[Verdict, str]:
    return report.verdict, report.code


GOOD = (Verdict.VERIFIED, "verified")


# ------------------------------------------------------------------------------------- the same everywhere


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_names_one_key(kind: Kind) -> None:
    assert SigningKey.demo(kind, "a").jwk == SigningKey.demo(kind, "a").jwk
    assert (SigningKey.demo(kind, "a").jwk == SigningKey.demo(kind, "b").jwk) is (kind == "RSA")


@pytest.mark.parametrize("kind", KINDS)
def test_signing_twice_gives_the_same_bytes(kind: Kind) -> None:
    issuer = Issuer.with_did_jwk("Test Institute", kind)
    assert issuer.jwt(issuer.credential()) == issuer.jwt(issuer.credential())
    if kind != "RSA":
        assert issuer.sign(issuer.credential()) == issuer.sign(issuer.credential())


def test_uncompressed_streams_are_read_by_every_decompressor() -> None:
    import gzip
    import zlib

    for data in (b"", b"a", bytes(range(256)) * 600):
        assert gzip.decompress(gzip_bytes(data)) == data
        assert zlib.decompress(zlib_bytes(data)) == data


def test_the_first_entry_of_a_list_is_the_highest_bit() -> None:
    assert bits([0, 15], 16) == b"\x80\x01"


@pytest.mark.parametrize("chunk", ["iTXt", "compressed iTXt", "tEXt", "zTXt"])
def test_a_baked_picture_is_one_that_pillow_reads(chunk: Any) -> None:
    image = Image.open(BytesIO(bake_png(b'{"a": 1}', chunk=chunk)))
    image.load()
    text: dict[str, str] = image.text  # type: ignore[attr-defined]  # PngImageFile has it
    assert text["openbadgecredential"] == '{"a": 1}'


def test_a_zip_holds_its_members_in_order() -> None:
    with zipfile.ZipFile(BytesIO(zip_of({"b": b"1", "a/c": b"2"}))) as archive:
        assert archive.namelist() == ["b", "a/c"]


# ------------------------------------------------------------------------------------- verified


@pytest.mark.parametrize(
    ("kind", "suite"), [(kind, suite) for kind, suites in SUITES.items() for suite in suites]
)
@pytest.mark.parametrize("make", [Issuer.with_did_key, Issuer.with_did_jwk])
def test_every_suite_verifies(make: Any, kind: Kind, suite: Any, now: datetime) -> None:
    issuer = make("Test Institute", kind)
    signed = issuer.sign(issuer.credential(), suite)
    assert outcome(judged(json_bytes(signed), issuer, now)) == GOOD


@pytest.mark.parametrize("suite", ["Ed25519Signature2020", "eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_data_model_1_1_verifies(college: Issuer, suite: Any, now: datetime) -> None:
    assert outcome(judged(json_bytes(college.sign(college.vc11(name=None), suite)), college, now)) == GOOD


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384", "RSA"])
@pytest.mark.parametrize("model", ["2.0", "1.1"])
def test_every_kind_of_jwt_verifies(kind: Kind, model: Any, now: datetime) -> None:
    issuer = Issuer.with_did_jwk("Test Institute", kind)
    document = issuer.credential() if model == "2.0" else issuer.vc11(name=None)
    assert outcome(judged(issuer.jwt(document, model), issuer, now)) == GOOD


def test_ps256_verifies_under_a_pinned_key(now: datetime) -> None:
    issuer = Issuer.pinned("Pinned College", "https://pinned.example")
    assert outcome(judged(issuer.jwt(issuer.credential(), alg="PS256"), issuer, now)) == GOOD


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("host", ["college.example", "college.example:schools:data"])
def test_did_web_verifies(host: str, kind: Kind, now: datetime) -> None:
    issuer = Issuer.with_did_web("Web College", host, kind)
    data = json_bytes(issuer.sign(issuer.credential())) if kind != "RSA" else issuer.jwt(issuer.credential())
    assert outcome(judged(data, issuer, now)) == GOOD


def test_a_set_of_proofs_verifies_one_by_one(college: Issuer, now: datetime) -> None:
    both = college.sign(college.sign(college.credential()), "eddsa-jcs-2022")
    assert len(both["proof"]) == 2
    assert outcome(judged(json_bytes(both), college, now)) == GOOD


def test_a_chain_of_proofs_verifies_and_breaks_with_its_first_link(college: Issuer, now: datetime) -> None:
    first = college.sign(college.credential(), id="urn:proof:1")
    chain = college.sign(first, id="urn:proof:2", previousProof="urn:proof:1")
    assert outcome(judged(json_bytes(chain), college, now)) == GOOD
    chain["proof"][0]["created"] = "2026-07-01T00:00:00Z"
    assert judged(json_bytes(chain), college, now).verdict is Verdict.FAILED


@pytest.mark.parametrize("chunk", ["iTXt", "compressed iTXt", "tEXt"])
def test_baked_pictures_verify(college: Issuer, chunk: Any, now: datetime) -> None:
    signed = json_bytes(college.sign(college.credential()))
    assert outcome(judged(bake_png(signed, chunk=chunk), college, now)) == GOOD


@pytest.mark.parametrize("as_jwt", [False, True])
def test_baked_drawings_verify(college: Issuer, as_jwt: bool, now: datetime) -> None:
    document = college.credential()
    data = college.jwt(document).encode() if as_jwt else json_bytes(college.sign(document))
    assert outcome(judged(bake_svg(data), college, now)) == GOOD


def test_a_zip_verifies_when_all_its_members_do(college: Issuer, now: datetime) -> None:
    signed = json_bytes(college.sign(college.credential()))
    other = college.sign(college.credential(id="urn:uuid:00000000-0000-4000-8000-000000000002"))
    report = judged(zip_of({"a.json": signed, "b.json": json_bytes(other)}), college, now)
    assert outcome(report) == GOOD
    assert [inner.verdict for inner in report.contained] == [Verdict.VERIFIED] * 2


def test_a_learner_record_verifies_with_its_children(college: Issuer, now: datetime) -> None:
    children = [college.sign(college.credential())]
    assert outcome(judged(json_bytes(college.sign(college.clr(children))), college, now)) == GOOD


def test_a_link_to_a_credential_verifies(college: Issuer, now: datetime) -> None:
    url = "https://college.example/badges/1"
    web = MemoryWeb({url: json_bytes(college.sign(college.credential()))})
    assert outcome(verify(Linked(url), trust=[college.listed()], web=web, now=now)) == GOOD


# ------------------------------------------------------------------------------------- status lists


def with_status(issuer: Issuer, index: int, purpose: str = "revocation") -> bytes:
    entry = issuer.status_entry(LIST_URL, index, purpose)
    return json_bytes(issuer.sign(issuer.credential(credentialStatus=entry)))


def with_older_status(issuer: Issuer, index: int) -> bytes:
    document = issuer.credential(credentialStatus=issuer.status_entry_2021(LIST_URL, index))
    return json_bytes(issuer.sign({**document, "@context": [*document["@context"], STATUS_2021]}))


@pytest.mark.parametrize(("purpose", "code"), [("revocation", "revoked"), ("suspension", "suspended")])
@pytest.mark.parametrize("as_jwt", [False, True])
def test_a_bit_decides(college: Issuer, purpose: str, code: str, as_jwt: bool, now: datetime) -> None:
    document = college.status_list(LIST_URL, [7], purpose=purpose)
    body = college.jwt(document).encode() if as_jwt else json_bytes(college.sign(document))
    web = MemoryWeb({LIST_URL: body})
    assert outcome(judged(with_status(college, 8, purpose=purpose), college, now, web=web)) == GOOD
    report = judged(with_status(college, 7, purpose=purpose), college, now, web=web)
    assert outcome(report) == (Verdict.FAILED, code)


def test_an_older_list_decides_too(college: Issuer, now: datetime) -> None:
    document = college.sign(college.status_list_2021(LIST_URL, [7]), "Ed25519Signature2020")
    web = MemoryWeb({LIST_URL: json_bytes(document)})
    assert outcome(judged(with_older_status(college, 8), college, now, web=web)) == GOOD
    assert judged(with_older_status(college, 7), college, now, web=web).code == "revoked"


def test_a_list_of_a_stranger_proves_nothing(college: Issuer, now: datetime) -> None:
    stranger = Issuer.with_did_key("Stranger")
    web = MemoryWeb({LIST_URL: json_bytes(stranger.sign(stranger.status_list(LIST_URL)))})
    assert judged(with_status(college, 8), college, now, web=web).verdict is not Verdict.VERIFIED


# ------------------------------------------------------------------------------------- presentations


def test_a_presentation_answers_its_request_and_no_other(college: Issuer, now: datetime) -> None:
    wallet = Issuer.with_did_key("Wallet")
    subject = {**college.credential()["credentialSubject"], "id": wallet.did}
    members: list[Json | str] = [
        college.sign(college.credential(credentialSubject=subject)),
        college.jwt(college.credential(credentialSubject=subject, id="urn:uuid:1")),
    ]
    request = PresentationRequest(challenge="c-1", domain="https://employer.example")
    presented = wallet.sign(
        wallet.presentation(members),
        purpose="authentication",
        created="2026-09-01T08:59:00Z",
        challenge="c-1",
        domain="https://employer.example",
    )
    applicant = Applicant(dids=(wallet.did,))
    report = judged(json_bytes(presented), college, now, request=request, applicant=applicant)
    assert outcome(report) == GOOD
    assert len(report.contained) == 2
    other = PresentationRequest(challenge="c-2", domain="https://employer.example")
    report = judged(json_bytes(presented), college, now, request=other, applicant=applicant)
    assert report.verdict is Verdict.FAILED


# ------------------------------------------------------------------------------------- forged


def test_a_change_after_signing_is_named(college: Issuer, now: datetime) -> None:
    signed = college.sign(college.credential())
    signed["validUntil"] = "2041-06-30T00:00:00Z"
    assert outcome(judged(json_bytes(signed), college, now)) == (Verdict.FAILED, "invalid_signature")


def test_an_issuer_on_no_list_is_unknown(college: Issuer, now: datetime) -> None:
    data = json_bytes(college.sign(college.credential()))
    report = verify(Uploaded(data, "a.json"), trust=[Issuer.with_did_key("Other").listed()], now=now)
    assert outcome(report) == (Verdict.INDETERMINATE, "issuer_unknown")


def test_a_credential_without_a_proof_is_unsigned(college: Issuer, now: datetime) -> None:
    assert outcome(judged(json_bytes(college.credential()), college, now)) == (Verdict.FAILED, "unsigned")


def test_a_strict_policy_wants_the_applicant(college: Issuer, now: datetime) -> None:
    data = json_bytes(college.sign(college.credential()))
    assert judged(data, college, now, policy=Policy.strict()).verdict is Verdict.INDETERMINATE


# ------------------------------------------------------------------------------------- SD-JWT


def test_an_sd_jwt_hides_what_it_does_not_disclose() -> None:
    issuer = Issuer.pinned("SD College", "https://sd.example", "P-256")
    wallet = Issuer.with_did_jwk("Wallet")
    claims = {"vct": "https://sd.example/vct/degree", "degree": "BSc", "grade": "A"}
    token = issuer.sd_jwt(claims, ["degree", "grade"], holder=wallet)
    bound = wallet.bound(token, audience="https://employer.example", nonce="n-1")
    jws, *disclosures, key_binding = bound.split("~")
    payload = json.loads(_decoded(jws.split(".")[1]))
    assert "degree" not in payload
    assert payload["cnf"]["jwk"] == wallet.key.jwk
    assert [json.loads(_decoded(item))[1:] for item in disclosures] == [["degree", "BSc"], ["grade", "A"]]
    assert json.loads(_decoded(key_binding.split(".")[0]))["typ"] == "kb+jwt"


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
