"""bbs-2023 as `@digitalbazaar/bbs-2023-cryptosuite` issues and derives it, under our pinned contexts."""

from __future__ import annotations

import copy
from typing import Any

import cbor2
import pytest

pytest.importorskip("py_arkworks_bls12381", reason="the extra “bbs” is not installed")

from tests.conftest import TERM_START
from tests.interop.conftest import Node
from tests.issuing import CREATED, Issuer, json_bytes
from tests.issuing_bbs import BbsKey
from tests.issuing_documents import ACHIEVEMENT
from tests.issuing_keys import Json, SigningKey, b64url, multibase
from verifier import Outcome, Report, Uploaded, Verdict, verify
from verifier.proofs import encoding

SECRET_MULTICODEC = b"\x8a\x26"  # bls12_381-g2-priv, 0x130a
HEADER = b"\xd9\x5d\x03"
DETAILED = ACHIEVEMENT | {
    "alignment": [  # unnamed nodes, whose labels the issuer shuffles
        {"type": ["Alignment"], "targetName": name, "targetUrl": f"https://skills.example/{name}"}
        for name in ("statistics", "regression", "sampling")
    ]
}


def college() -> Issuer:
    multikey = BbsKey.demo("college").multikey
    did = f"did:key:{multikey}"
    # Its key is no `SigningKey`; what is signed here is signed by the other implementation.
    unused = SigningKey.demo("Ed25519", "unused")
    return Issuer(name="Example College", did=did, key=unused, method=f"{did}#{multikey}")


ISSUER = college()


def task(name: str, mandatory: list[str], selective: list[str], presentation_header: str = "nonce 1") -> Json:
    key = BbsKey.demo("college")
    pair = {
        "id": ISSUER.method,
        "controller": ISSUER.did,
        "publicKeyMultibase": key.multikey,
        "secretKeyMultibase": multibase(SECRET_MULTICODEC + key.secret.to_be_bytes()),
    }
    return {
        "name": name,
        "document": ISSUER.credential(achievement=DETAILED),
        "key": pair,
        "date": CREATED,
        "now": TERM_START.isoformat(),
        "mandatory": mandatory,
        "selective": selective,
        "presentationHeader": presentation_header,
    }


ACHIEVED = "/credentialSubject/achievement"
TASKS = (
    task(
        "some of it",
        ["/issuer", "/validFrom", f"{ACHIEVED}/name"],
        ["/validUntil", f"{ACHIEVED}/alignment/1"],
    ),
    task("all of it", ["/issuer"], ["/validFrom", "/validUntil", "/name", "/credentialSubject"]),
    task("nothing mandatory", [], ["/issuer", "/validFrom", "/validUntil", ACHIEVED]),
    task("nothing but the mandatory", ["/issuer", "/validFrom", "/validUntil", ACHIEVED], []),
    task("no nonce", ["/issuer", "/validFrom"], [ACHIEVED], ""),
)
by_name = pytest.mark.parametrize("name", [one["name"] for one in TASKS])


@pytest.fixture(scope="module")
def theirs(node: Node) -> dict[str, Json]:
    return node("bbs.mjs", list(TASKS))


def report_on(document: Json, issuer: Issuer = ISSUER) -> Report:
    source = Uploaded(json_bytes(document), "theirs.json")
    return verify(source, trust=[issuer.listed()], web=issuer.web(), now=TERM_START)


def reproved(document: Json, change: Any) -> Json:
    """`document` with `change` made to the parts of its derived proof."""
    forged = copy.deepcopy(document)
    parts = cbor2.loads(encoding.multibase(forged["proof"]["proofValue"])[len(HEADER) :])
    change(parts)
    forged["proof"]["proofValue"] = "u" + b64url(HEADER + cbor2.dumps(parts))
    return forged


@by_name
def test_what_another_implementation_derived_is_verified(theirs: dict[str, Json], name: str) -> None:
    answer = theirs[name]
    assert "error" not in answer, answer["error"]
    assert answer["verified"] is True
    report = report_on(answer["shown"])
    assert (report.verdict, report.code) == (Verdict.VERIFIED, "verified")
    assert report.check("issuer").outcome is Outcome.PASSED


def test_what_is_withheld_is_gone_and_the_rest_is_proved(theirs: dict[str, Json]) -> None:
    proved = report_on(theirs["some of it"]["shown"]).proved
    assert proved is not None
    achievement = proved["credentialSubject"]["achievement"]
    assert achievement["name"] == "Data Analysis"
    assert [aligned["targetName"] for aligned in achievement["alignment"]] == ["regression"]
    assert "description" not in achievement


def test_their_base_proof_is_not_for_showing(theirs: dict[str, Json]) -> None:
    report = report_on(theirs["some of it"]["issued"])
    assert (report.verdict, report.code) == (Verdict.FAILED, "malformed_proof")


@by_name
def test_a_flipped_byte_is_refused(theirs: dict[str, Json], name: str) -> None:
    def flip(parts: list[Any]) -> None:
        at = len(parts[0]) - 1
        parts[0] = parts[0][:at] + bytes([parts[0][at] ^ 1])

    assert report_on(reproved(theirs[name]["shown"], flip)).verdict is Verdict.FAILED


@by_name
def test_another_presentation_header_is_refused(theirs: dict[str, Json], name: str) -> None:
    forged = reproved(theirs[name]["shown"], lambda parts: parts.__setitem__(4, b"nonce 2"))
    report = report_on(forged)
    assert (report.verdict, report.code) == (Verdict.FAILED, "invalid_signature")


@by_name
def test_a_swapped_statement_is_refused(theirs: dict[str, Json], name: str) -> None:
    forged = copy.deepcopy(theirs[name]["shown"])
    forged["issuer"]["name"] = "Another College"
    report = report_on(forged)
    assert (report.verdict, report.code) == (Verdict.FAILED, "invalid_signature")


def test_statements_that_change_places_are_refused(theirs: dict[str, Json]) -> None:
    forged = copy.deepcopy(theirs["all of it"]["shown"])
    first, second, _ = forged["credentialSubject"]["achievement"]["alignment"]
    first["targetUrl"], second["targetUrl"] = second["targetUrl"], first["targetUrl"]
    assert report_on(forged).code == "invalid_signature"


def test_a_proof_of_one_showing_does_not_fit_another(theirs: dict[str, Json]) -> None:
    forged = theirs["no nonce"]["shown"] | {"proof": theirs["some of it"]["shown"]["proof"]}
    assert report_on(forged).verdict is Verdict.FAILED


def test_another_issuer_is_not_proved_by_it(theirs: dict[str, Json]) -> None:
    stranger = Issuer.with_did_key("Stranger")
    forged = copy.deepcopy(theirs["some of it"]["shown"])
    forged["issuer"]["id"] = stranger.did
    assert report_on(forged, stranger).verdict is Verdict.FAILED
