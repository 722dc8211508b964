"""Contexts: what is shipped is what the index says, and nothing else is ever believed."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from pathlib import Path

import pytest

from tests.conftest import TERM_START
from tests.issuing import Issuer, Suite, json_bytes
from verifier import Uploaded, Verdict, verify
from verifier.errors import ForbiddenKeyword, MalformedCredential, UnknownContext, VerifierError, WorkLimit
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.proofs.contexts import Contexts, pinned_contexts
from verifier.proofs.contexts.placement import contexts_of

V2 = "https://www.w3.org/ns/credentials/v2"
INDEX = json.loads(resources.files("verifier.proofs.contexts").joinpath("index.json").read_text("utf-8"))


@pytest.mark.parametrize("entry", INDEX, ids=lambda entry: entry["file"])
def test_a_shipped_context_is_pinned_and_says_where_it_came_from(entry: JsonObject) -> None:
    data = resources.files("verifier.proofs.contexts").joinpath(entry["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == entry["sha256"]
    assert entry["source"]
    assert entry["licence"]
    assert "@context" in (Contexts.of({}).document(entry["url"]) or {})


def test_shipped_contexts_are_the_normative_ones(shared_cases: Path) -> None:
    listed = json.loads((shared_cases / "standards" / "contexts" / "index.json").read_text("utf-8"))
    published = {entry["url"]: entry["sha256"] for entry in listed}
    assert {entry["url"]: entry["sha256"] for entry in INDEX}.items() <= published.items()


def test_contexts_that_would_drop_or_swallow_claims_are_not_shipped() -> None:
    contexts = Contexts.of({})
    assert "https://purl.imsglobal.org/spec/clr/v2p0/context.json" not in contexts  # loses the learner
    assert "https://www.w3.org/ns/credentials/examples/v2" not in contexts
    assert "https://www.w3.org/2018/credentials/examples/v1" not in contexts


def test_a_policy_adds_contexts_and_never_replaces_a_shipped_one() -> None:
    given = {"https://college.example/grades": b'{"@context": {}}', V2: b'{"@context": {}}'}
    contexts = Contexts.of(given)
    assert contexts.document("https://college.example/grades") == {"@context": {}}
    assert contexts.document(V2) == Contexts.of({}).document(V2)
    assert contexts is Contexts.of(dict(given))


def test_a_pinned_context_that_is_not_json_defines_nothing() -> None:
    assert (
        Contexts.of({"https://college.example/grades": b"<html>"}).document("https://college.example/grades")
        is None
    )


def problems(document: JsonObject) -> list[VerifierError]:
    return list(contexts_of(document, Contexts.of({}), Limits()))


@pytest.mark.parametrize("context", [7, None, [V2, {"a": None}], [V2, None], [[V2]]])
def test_only_addresses_are_contexts(context: object) -> None:
    (problem,) = problems({"@context": context})
    assert isinstance(problem, ForbiddenKeyword)
    assert problem.pointer == "/@context"


def test_a_vocabulary_inside_the_document_is_never_believed() -> None:
    (harmless,) = problems({"@context": [V2, {"grade": "https://college.example/terms#grade"}]})
    assert isinstance(harmless, UnknownContext)
    (catching_all,) = problems({"@context": [V2, {"@vocab": "https://college.example/terms#"}]})
    assert isinstance(catching_all, UnknownContext)
    (swallowing,) = problems({"@context": [V2, {"@vocab": "urn:x:", "@language": "en"}]})
    assert isinstance(swallowing, ForbiddenKeyword)
    (bending,) = problems({"@context": [V2, {"name": "https://college.example/terms#grade"}]})
    assert isinstance(bending, ForbiddenKeyword)


def test_a_missing_context_is_malformed() -> None:
    (problem,) = problems({"type": "VerifiableCredential"})
    assert isinstance(problem, MalformedCredential)


def test_an_unknown_context_is_not_fetched_but_said() -> None:
    (problem,) = problems({"@context": [V2, "https://attacker.example/c"]})
    assert isinstance(problem, UnknownContext)
    assert "attacker.example" in str(problem)


def test_a_context_inside_is_for_embedded_credentials_only() -> None:
    inner = {"@context": V2, "type": ["VerifiableCredential"]}
    assert not problems({"@context": V2, "verifiableCredential": [inner]})
    assert not problems({"@context": V2, "credentialSubject": {"endorsement": inner}})
    (problem,) = problems({"@context": V2, "credentialSubject": {"@context": V2, "type": "Person"}})
    assert isinstance(problem, ForbiddenKeyword)
    assert problem.pointer == "/credentialSubject/@context"


def test_a_jcs_proof_inside_repeats_the_context_of_what_it_signs() -> None:
    proof = {"@context": V2, "type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022"}
    inner = {"@context": V2, "type": ["VerifiableCredential"], "proof": proof}
    assert not problems({"@context": V2, "verifiableCredential": [inner]})
    (problem,) = problems({"@context": V2, "verifiableCredential": [inner | {"evidence": proof}]})
    assert isinstance(problem, ForbiddenKeyword)


@pytest.mark.parametrize("suite", ["eddsa-jcs-2022", "eddsa-rdfc-2022"])
def test_a_record_holds_children_signed_by_either_kind_of_suite(suite: Suite) -> None:
    college = Issuer.with_did_key("Example College")
    record = college.sign(college.clr([college.sign(college.credential(), suite)]))
    report = verify(Uploaded(json_bytes(record), "clr.json"), trust=[college.listed()], now=TERM_START)
    assert report.verdict is Verdict.VERIFIED


def test_a_thousand_contexts_are_too_many() -> None:
    assert isinstance(problems({"@context": [V2] * 1000})[-1], WorkLimit)


def test_every_pinned_context_says_its_hash_origin_and_licence() -> None:
    pinned = pinned_contexts()
    assert len({entry.url for entry in pinned}) == len(pinned) >= 30
    assert all(len(entry.sha256) == 64 and entry.source and entry.licence for entry in pinned)
    assert all(entry.url in Contexts.of({}) for entry in pinned)
