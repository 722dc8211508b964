"""Data Integrity in both directions with `@digitalbazaar/vc` and `@digitalcredentials/vc`."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

import pytest

from tests.conftest import TERM_START
from tests.interop.conftest import Node
from tests.interop.secrets import secret_multikey
from tests.issuing import CREATED, Issuer, Suite, json_bytes
from tests.issuing_documents import ACHIEVEMENT
from tests.issuing_keys import Json, Kind
from tests.issuing_proofs import DATA_INTEGRITY, ED25519_2020
from verifier import Outcome, PresentationRequest, Uploaded, Verdict, extract_skills, verify

SKILL = "http://data.europa.eu/esco/skill/6d8b5f2c-0000-4000-8000-000000000001"
# Two alignments and a result without ids: unnamed nodes, which canonicalisation has to tell apart.
DETAILED = ACHIEVEMENT | {
    "alignment": [
        {"type": ["Alignment"], "targetName": "statistics", "targetUrl": SKILL},
        {"type": ["Alignment"], "targetName": "statistics", "targetUrl": SKILL, "targetFramework": "ESCO"},
    ],
    "tag": ["data", "Zürich"],
}
CHALLENGE, DOMAIN = "c-1", "https://employer.example"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One suite of one library, under one kind of key."""

    library: str
    suite: str
    kind: Kind
    model: str = "2.0"

    @property
    def name(self) -> str:
        return f"{self.library} {self.suite} {self.kind} VCDM {self.model}"

    @property
    def issuer(self) -> Issuer:
        return Issuer.with_did_key("Example College", self.kind)

    def document(self) -> Json:
        old = self.suite == "Ed25519Signature2020"
        suite_context = ED25519_2020 if old else DATA_INTEGRITY
        if self.model == "2.0":
            document = self.issuer.credential(achievement=DETAILED)
            more = [suite_context] if old else []  # VCDM 2.0 defines the terms of Data Integrity itself
            return document | {"@context": [*document["@context"], *more]}
        document = self.issuer.vc11(achievement=DETAILED)
        return document | {"@context": [*document["@context"][:2], suite_context]}

    def task(self, work: str, document: Json, **more: Any) -> Json:
        key = secret_multikey(self.issuer)
        named = {"name": self.name, "work": work, "library": self.library, "suite": self.suite}
        return named | {"key": key, "date": CREATED, "document": document} | more


CASES = (
    Case(library="digitalbazaar", suite="eddsa-rdfc-2022", kind="Ed25519"),
    Case(library="digitalbazaar", suite="eddsa-rdfc-2022", kind="Ed25519", model="1.1"),
    Case(library="digitalbazaar", suite="eddsa-jcs-2022", kind="Ed25519"),
    Case(library="digitalbazaar", suite="ecdsa-rdfc-2019", kind="P-256"),
    Case(library="digitalbazaar", suite="ecdsa-rdfc-2019", kind="P-384"),
    Case(library="digitalbazaar", suite="ecdsa-jcs-2019", kind="P-256"),
    Case(library="digitalbazaar", suite="ecdsa-jcs-2019", kind="P-384"),
    Case(library="digitalbazaar", suite="ecdsa-sd-2023", kind="P-256"),
    Case(library="digitalbazaar", suite="Ed25519Signature2020", kind="Ed25519"),
    Case(library="digitalbazaar", suite="Ed25519Signature2020", kind="Ed25519", model="1.1"),
    Case(library="digitalcredentials", suite="eddsa-rdfc-2022", kind="Ed25519"),
    Case(library="digitalcredentials", suite="Ed25519Signature2020", kind="Ed25519"),
    Case(library="digitalcredentials", suite="Ed25519Signature2020", kind="Ed25519", model="1.1"),
)
OURS = tuple(case for case in CASES if case.suite != "ecdsa-sd-2023")  # issuing.py signs all others
by_name = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@pytest.fixture(scope="module")
def theirs(node: Node) -> dict[str, Json]:
    """A credential from every case, all issued by one process."""
    withheld = {
        "mandatory": ["/issuer", "/validFrom", "/credentialSubject/achievement/name"],
        "selective": ["/validUntil", "/credentialSubject/id"],
    }
    return node(
        "linked_data.mjs",
        [
            case.task("issue", case.document(), **(withheld if case.suite == "ecdsa-sd-2023" else {}))
            for case in CASES
        ],
    )


def verdict_on(document: Json, case: Case, **given: Any) -> tuple[Verdict, Outcome, Outcome]:
    source = Uploaded(json_bytes(document), "theirs.json")
    trust = [case.issuer.listed()]
    report = verify(source, trust=trust, web=case.issuer.web(), now=TERM_START, **given)
    return report.verdict, report.check("proof").outcome, report.check("issuer").outcome


@by_name
def test_what_another_implementation_issued_is_verified(case: Case, theirs: dict[str, Json]) -> None:
    issued = theirs[case.name]
    assert "error" not in issued, issued["error"]
    assert verdict_on(issued, case) == (Verdict.VERIFIED, Outcome.PASSED, Outcome.PASSED)


@by_name
def test_one_changed_letter_in_it_is_refused(case: Case, theirs: dict[str, Json]) -> None:
    forged = copy.deepcopy(theirs[case.name])
    achievement = forged["credentialSubject"]["achievement"]
    achievement["name"] = achievement["name"].replace("D", "E", 1)
    assert verdict_on(forged, case)[:2] == (Verdict.FAILED, Outcome.FAILED)


@by_name
def test_one_changed_character_of_its_signature_is_refused(case: Case, theirs: dict[str, Json]) -> None:
    forged = copy.deepcopy(theirs[case.name])
    proof = forged["proof"]
    value = proof["proofValue"]
    at = len(value) // 2
    proof["proofValue"] = value[:at] + ("2" if value[at] != "2" else "3") + value[at + 1 :]
    assert verdict_on(forged, case)[:2] == (Verdict.FAILED, Outcome.FAILED)


def test_what_a_derived_proof_withholds_is_gone_and_the_rest_is_proved(theirs: dict[str, Json]) -> None:
    case = next(case for case in CASES if case.suite == "ecdsa-sd-2023")
    derived = theirs[case.name]
    assert "validUntil" in derived
    assert "alignment" not in derived["credentialSubject"]["achievement"]
    source = Uploaded(json_bytes(derived), "derived.json")
    report = verify(source, trust=[case.issuer.listed()], web=case.issuer.web(), now=TERM_START)
    assert report.proved is not None
    assert report.proved["credentialSubject"]["achievement"]["name"] == "Data Analysis"


def test_skills_come_out_of_what_another_implementation_issued(theirs: dict[str, Json]) -> None:
    case = CASES[0]
    source = Uploaded(json_bytes(theirs[case.name]), "theirs.json")
    report = verify(source, trust=[case.issuer.listed()], web=case.issuer.web(), now=TERM_START)
    claims = extract_skills(report)
    assert SKILL in {claim.skill.id for claim in claims}
    assert {claim.verdict for claim in claims} == {Verdict.VERIFIED}


@pytest.fixture(scope="module")
def their_answers(node: Node) -> dict[str, Json]:
    """What the libraries say of what `tests.issuing` signed, and of the same with one letter changed."""
    tasks = []
    for case in OURS:
        signed = case.issuer.sign(case.document(), cast(Suite, case.suite))
        forged = copy.deepcopy(signed)
        forged["credentialSubject"]["achievement"]["description"] += "!"
        for name, document in ((case.name, signed), (f"{case.name} forged", forged)):
            now = TERM_START.isoformat()
            tasks.append(case.task("verify", document, now=now) | {"name": name})
    return node("linked_data.mjs", tasks)


@pytest.mark.parametrize("case", OURS, ids=lambda case: case.name)
def test_another_implementation_verifies_what_we_sign(case: Case, their_answers: dict[str, Json]) -> None:
    assert their_answers[case.name].get("verified") is True, their_answers[case.name]
    assert their_answers[f"{case.name} forged"].get("verified") is False


def test_their_record_around_their_badges_is_verified_with_each_of_them(
    node: Node, theirs: dict[str, Json]
) -> None:
    case, children = CASES[0], [theirs[CASES[0].name], theirs[CASES[2].name]]
    record = node("linked_data.mjs", [case.task("issue", case.issuer.clr(children))])[case.name]
    assert "error" not in record, record["error"]
    source = Uploaded(json_bytes(record), "record.json")
    report = verify(source, trust=[case.issuer.listed()], web=case.issuer.web(), now=TERM_START)
    assert [inner.verdict for inner in report.walk()] == [Verdict.VERIFIED] * 3


@pytest.fixture(scope="module")
def presented(node: Node, theirs: dict[str, Json]) -> Json:
    """A presentation of two of their credentials, signed by its holder with their library."""
    holder = Issuer.with_did_key("subject")  # the person that issuing.py credentials are about
    shown = holder.presentation([theirs[CASES[0].name], theirs[CASES[2].name]])
    case = CASES[0]
    task = case.task("present", shown, challenge=CHALLENGE, domain=DOMAIN) | {"key": secret_multikey(holder)}
    found: Json = node("linked_data.mjs", [task])[case.name]
    return found


@pytest.mark.parametrize(
    ("challenge", "verdict"),
    [(CHALLENGE, Verdict.VERIFIED), ("c-2", Verdict.FAILED)],
    ids=["ours", "replayed"],
)
def test_their_presentation_answers_one_request_only(
    presented: Json, challenge: str, verdict: Verdict
) -> None:
    assert "error" not in presented, presented["error"]
    request = PresentationRequest(challenge=challenge, domain=DOMAIN, max_age=timedelta(days=90))
    assert verdict_on(presented, CASES[0], request=request)[0] is verdict
