"""VC-JWT in both directions with `jose`, SD-JWT VC with `@sd-jwt/sd-jwt-vc`."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import pytest

from tests.conftest import TERM_START
from tests.interop.conftest import Node
from tests.interop.secrets import secret_jwk
from tests.issuing import CREATED, VALID_FROM, Issuer
from tests.issuing_documents import registered, seconds
from tests.issuing_keys import Json, Kind
from verifier import Outcome, PresentationRequest, Report, Uploaded, Verdict, verify

NONCE, AUDIENCE = "n-1", "https://employer.example"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One algorithm, by one kind of issuer."""

    alg: str
    kind: Kind
    model: Literal["2.0", "1.1"] = "2.0"

    @property
    def name(self) -> str:
        return f"{self.alg} VCDM {self.model}"

    @property
    def issuer(self) -> Issuer:
        if self.kind == "RSA":
            return Issuer.pinned("Example Institute", "https://institute.example")
        return Issuer.with_did_web("Example College", "college.example", self.kind)

    def payload(self) -> Json:
        issuer = self.issuer
        return issuer.credential() if self.model == "2.0" else registered(issuer.vc11(), issuer.did)

    def header(self) -> Json:
        typ = {"typ": "vc+jwt", "cty": "vc"} if self.model == "2.0" else {"typ": "JWT"}
        return {"alg": self.alg, "kid": self.issuer.method, **typ}


CASES = (
    Case(alg="EdDSA", kind="Ed25519"),
    Case(alg="EdDSA", kind="Ed25519", model="1.1"),
    Case(alg="ES256", kind="P-256"),
    Case(alg="ES256", kind="P-256", model="1.1"),
    Case(alg="ES384", kind="P-384"),
    Case(alg="RS256", kind="RSA"),
    Case(alg="PS256", kind="RSA"),
)
by_name = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)

CLAIMS: Json = {
    "vct": "https://college.example/types/diploma",
    "iat": seconds(VALID_FROM),
    "exp": seconds("2031-06-30T00:00:00Z"),
    "given_name": "Ada",
    "degree": {"name": "Statistics", "level": 6},
    "courses": ["Estimation", "Testing", "Regression"],
}
HOLDER = Issuer.with_did_key("A holder", "P-256")
SD_KINDS: dict[str, Kind] = {"EdDSA": "Ed25519", "ES256": "P-256", "ES384": "P-384"}
SD_NAMES = (*SD_KINDS, "sha-512", "bound")


def sd_issuer(name: str) -> Issuer:
    return Issuer.with_did_web("Example College", "college.example", SD_KINDS.get(name, "P-256"))


def sd_task(name: str) -> Json:
    """Top-level, nested and array disclosures, of which the holder shows some."""
    issuer = sd_issuer(name)
    bound = {"cnf": {"jwk": HOLDER.key.jwk}} if name == "bound" else {}
    task = {
        "name": name,
        "work": "sdJwt",
        "payload": {"iss": issuer.did, **CLAIMS, **bound},
        "header": {"alg": issuer.key.algorithm, "typ": "dc+sd-jwt", "kid": issuer.method},
        "key": secret_jwk(issuer.key),
        "hashAlg": "sha-512" if name == "sha-512" else "sha-256",
        "frame": {
            "_sd": ["given_name", "degree"],
            "degree": {"_sd": ["level"]},
            "courses": {"_sd": [0, 2]},
            "_sd_decoy": 2,
        },
        "shown": {"degree": {"level": True}, "courses": {"0": True}},
    }
    binding = {"iat": seconds(CREATED), "aud": AUDIENCE, "nonce": NONCE}
    return task | ({"binding": binding, "holder": secret_jwk(HOLDER.key)} if name == "bound" else {})


@pytest.fixture(scope="module")
def theirs(node: Node) -> dict[str, Any]:
    """Every token, all issued by one process."""
    jwts = [
        {
            "name": case.name,
            "work": "jwt",
            "payload": case.payload(),
            "header": case.header(),
            "key": secret_jwk(case.issuer.key),
        }
        for case in CASES
    ]
    return node("tokens.mjs", [*jwts, *map(sd_task, SD_NAMES)])


def report_on(token: Any, issuer: Issuer, **given: Any) -> Report:
    assert isinstance(token, str), token
    source = Uploaded(token.encode(), "theirs.jwt")
    return verify(source, trust=[issuer.listed()], web=issuer.web(), now=TERM_START, **given)


def is_verified(report: Report) -> bool:
    outcomes = {report.check(name).outcome for name in ("proof", "issuer", "trust")}
    return report.verdict is Verdict.VERIFIED and outcomes == {Outcome.PASSED}


def flipped(token: str, segment: int, at: int) -> str:
    """`token` with one bit of one segment changed, in its octets: never only in the spelling."""
    jws, *rest = token.split("~")
    parts = jws.split(".")
    octets = bytearray(base64.urlsafe_b64decode(parts[segment] + "=" * (-len(parts[segment]) % 4)))
    octets[at % len(octets)] ^= 1
    parts[segment] = base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
    return "~".join((".".join(parts), *rest))


@by_name
def test_a_token_from_another_implementation_is_verified(case: Case, theirs: dict[str, Any]) -> None:
    assert is_verified(report_on(theirs[case.name], case.issuer))


@by_name
def test_one_changed_bit_of_its_signature_is_refused(case: Case, theirs: dict[str, Any]) -> None:
    for at in (0, 17, -1):
        report = report_on(flipped(theirs[case.name], 2, at), case.issuer)
        assert (report.verdict, report.check("proof").outcome) == (Verdict.FAILED, Outcome.FAILED)


@by_name
def test_one_changed_letter_of_its_payload_is_refused(case: Case, theirs: dict[str, Any]) -> None:
    token = theirs[case.name]
    payload = base64.urlsafe_b64decode(token.split(".")[1] + "==")
    report = report_on(flipped(token, 1, payload.index(b"Data Analysis") + 1), case.issuer)
    assert (report.verdict, report.check("proof").outcome) == (Verdict.FAILED, Outcome.FAILED)


@pytest.mark.parametrize("name", SD_NAMES)
def test_a_selectively_disclosed_token_is_verified_and_shows_what_was_shown(
    name: str, theirs: dict[str, Any]
) -> None:
    report = report_on(theirs[name], sd_issuer(name))
    assert is_verified(report), report.to_dict()
    assert report.proved is not None
    assert "given_name" not in report.proved
    assert report.proved["degree"] == CLAIMS["degree"]
    assert report.proved["courses"] == ["Estimation", "Testing"]


@pytest.mark.parametrize("name", SD_NAMES)
def test_a_changed_disclosure_is_refused(name: str, theirs: dict[str, Any]) -> None:
    jws, *rest = theirs[name].split("~")
    shown = json.loads(base64.urlsafe_b64decode(rest[0] + "=" * (-len(rest[0]) % 4)))
    shown[-1] = "Forgery"
    rest[0] = base64.urlsafe_b64encode(json.dumps(shown).encode()).rstrip(b"=").decode()
    report = report_on("~".join((jws, *rest)), sd_issuer(name))
    assert (report.verdict, report.check("proof").outcome) == (Verdict.FAILED, Outcome.FAILED)


@pytest.mark.parametrize(
    ("nonce", "verdict"), [(NONCE, Verdict.VERIFIED), ("n-2", Verdict.FAILED)], ids=["ours", "replayed"]
)
def test_their_key_binding_answers_one_request_only(
    nonce: str, verdict: Verdict, theirs: dict[str, Any]
) -> None:
    request = PresentationRequest(
        nonce=nonce, audience=AUDIENCE, require_key_binding=True, max_age=timedelta(days=90)
    )
    assert report_on(theirs["bound"], sd_issuer("bound"), request=request).verdict is verdict


@pytest.fixture(scope="module")
def their_answers(node: Node) -> dict[str, Any]:
    """What jose and sd-jwt-vc say of what `tests.issuing` signed, and of the same with one bit changed."""
    tasks: list[Json] = []
    for case in CASES:
        document = case.issuer.credential() if case.model == "2.0" else case.issuer.vc11()
        token = case.issuer.jwt(document, model=case.model, alg=case.alg)
        asked: Json = {"work": "verifyJwt", "key": case.issuer.key.jwk, "alg": case.alg}
        tasks += [asked | {"name": case.name, "token": token}]
        tasks += [asked | {"name": f"{case.name} forged", "token": flipped(token, 1, 40)}]
    for alg, kind in SD_KINDS.items():
        issuer = Issuer.with_did_key("Example College", kind)
        issued = issuer.sd_jwt(CLAIMS, ["given_name", "degree"], holder=HOLDER)
        token = HOLDER.bound(issued, audience=AUDIENCE, nonce=NONCE)
        checked: Json = {"work": "verifySdJwt", "key": issuer.key.jwk, "alg": alg, "holder": HOLDER.key.jwk}
        checked |= {"nonce": NONCE, "now": seconds(CREATED) + 60}
        tasks += [checked | {"name": f"sd {alg}", "token": token}]
        tasks += [checked | {"name": f"sd {alg} forged", "token": flipped(token, 2, 3)}]
    return node("tokens.mjs", tasks)


@by_name
def test_jose_verifies_what_we_sign(case: Case, their_answers: dict[str, Any]) -> None:
    assert their_answers[case.name].get("verified"), their_answers[case.name]
    assert "error" in their_answers[f"{case.name} forged"]


@pytest.mark.parametrize("alg", SD_KINDS)
def test_sd_jwt_vc_verifies_what_we_sign(alg: str, their_answers: dict[str, Any]) -> None:
    answer = their_answers[f"sd {alg}"]
    assert answer.get("verified"), answer
    assert answer["claims"]["given_name"] == "Ada"
    assert "error" in their_answers[f"sd {alg} forged"]
