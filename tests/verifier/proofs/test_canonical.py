"""Canonical bytes: everything that is shown is covered, or the document is refused by name."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.issuing_proofs import rdfc as rdfc_of_the_issuer
from verifier.errors import (
    ForbiddenKeyword,
    MalformedCredential,
    UndefinedTerm,
    UnknownContext,
    VerifierError,
    WorkLimit,
)
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.proofs import canonical
from verifier.proofs.contexts import Contexts
from verifier.proofs.contexts.placement import CatchAllVocabulary
from verifier.proofs.uncovered import DisguisedTerm, MovedClaim, RelativeIdentifier, UnsignedDirection
from verifier.strict_json import pointer_to

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
ELM = "http://data.europa.eu/snb/model/context/edc-ap"
LIMITS = Limits()
CONTEXTS = Contexts.of({})

BADGE: JsonObject = {
    "@context": [V2, OB3],
    "id": "urn:uuid:0b9c0d5e-0001-4000-8000-000000000001",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Welding, level 2",
    "issuer": {"id": "did:web:college.example", "type": ["Profile"], "name": "Example College"},
    "validFrom": "2026-03-01T00:00:00Z",
    "validUntil": "2031-03-01T00:00:00Z",
    "credentialStatus": {
        "id": "https://college.example/status#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://college.example/status",
    },
    "credentialSubject": {
        "id": "did:example:learner",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "urn:uuid:0b9c0d5e-0002-4000-8000-000000000001",
            "type": ["Achievement"],
            "name": "Welding",
            "description": "MIG and TIG",
            "criteria": {"narrative": "A practical test"},
            "creditsAvailable": 4.5,
            "tag": ["metal", "safety"],
        },
    },
}


def changed(change: Callable[[JsonObject], object]) -> JsonObject:
    document = copy.deepcopy(BADGE)
    change(document)
    return document


def examined(document: JsonObject) -> list[VerifierError]:
    return list(canonical.examine(document, CONTEXTS, LIMITS))


def subject(key: str, value: Any) -> Callable[[JsonObject], object]:
    return lambda document: document["credentialSubject"].__setitem__(key, value)


def achievement(key: str, value: Any) -> Callable[[JsonObject], object]:
    return lambda document: document["credentialSubject"]["achievement"].__setitem__(key, value)


def top(key: str, value: Any) -> Callable[[JsonObject], object]:
    return lambda document: document.__setitem__(key, value)


def renamed(old: str, new: str) -> Callable[[JsonObject], object]:
    return lambda document: document.__setitem__(new, document.pop(old))


def test_an_ordinary_badge_is_covered_in_full() -> None:
    assert examined(BADGE) == []


def test_the_bytes_are_those_of_independent_tools() -> None:
    assert canonical.rdfc(BADGE, CONTEXTS, LIMITS) == rdfc_of_the_issuer(copy.deepcopy(BADGE), "Ed25519")


def test_the_document_is_not_changed_and_key_order_does_not_matter() -> None:
    before = json.dumps(BADGE)
    turned = dict(reversed(copy.deepcopy(BADGE).items()))
    assert canonical.rdfc(turned, CONTEXTS, LIMITS) == canonical.rdfc(BADGE, CONTEXTS, LIMITS)
    assert json.dumps(BADGE) == before


CREDENTIALS = "https://www.w3.org/2018/credentials#"
FORGERIES = [
    ("term at the top", top("finalGrade", "A"), UndefinedTerm, "/finalGrade"),
    ("term in the subject", subject("gpa", "4.0"), UndefinedTerm, "/credentialSubject/gpa"),
    ("prototype", top("__proto__", {"a": 1}), UndefinedTerm, "/__proto__"),
    ("type", subject("type", ["AchievementSubject", "Genius"]), UndefinedTerm, "/credentialSubject/type"),
    ("blank-node type", subject("type", ["_:Genius"]), UndefinedTerm, "/credentialSubject/type"),
    ("null type", subject("type", None), MalformedCredential, "/credentialSubject/type"),
    ("type that is an object", top("type", {"a": 1}), MalformedCredential, "/type"),
    ("relative id", subject("id", "alice"), RelativeIdentifier, "/credentialSubject/id"),
    ("id without a scheme", subject("id", "//college.example/alice"), RelativeIdentifier,
     "/credentialSubject/id"),
    ("type without a scheme", subject("type", ["//college.example/T"]), UndefinedTerm,
     "/credentialSubject/type"),
    ("empty id", subject("id", ""), RelativeIdentifier, "/credentialSubject/id"),
    ("blank-node id", subject("id", "_:alice"), RelativeIdentifier, "/credentialSubject/id"),
    ("base id", subject("id", "http://example.org/base/alice"), RelativeIdentifier, "/credentialSubject/id"),
    ("id with an angle", subject("id", "urn:a> <urn:b"), RelativeIdentifier, "/credentialSubject/id"),
    ("id that is a number", subject("id", 7), MalformedCredential, "/credentialSubject/id"),
    ("null id", subject("id", None), MalformedCredential, "/credentialSubject/id"),
    ("relative reference", top("issuer", "college"), RelativeIdentifier, "/issuer"),
    ("keyword @index", subject("@index", "cum laude"), ForbiddenKeyword, "/credentialSubject/@index"),
    ("keyword @id", subject("@id", "did:example:x"), ForbiddenKeyword, "/credentialSubject/@id"),
    ("keyword @graph", top("@graph", []), ForbiddenKeyword, "/@graph"),
    ("keyword @included", top("@included", []), ForbiddenKeyword, "/@included"),
    ("keyword @nest", subject("@nest", {}), ForbiddenKeyword, "/credentialSubject/@nest"),
    ("keyword @reverse", subject("@reverse", {}), ForbiddenKeyword, "/credentialSubject/@reverse"),
    ("unknown keyword", top("@verified", True), ForbiddenKeyword, "/@verified"),
    ("typed value", achievement("name", {"@value": "x", "@type": "urn:t"}), ForbiddenKeyword,
     "/credentialSubject/achievement/name/@type"),
    ("null value", achievement("name", {"@value": None}), MalformedCredential,
     "/credentialSubject/achievement/name/@value"),
    ("bad language", achievement("name", {"@value": "x", "@language": "!"}), MalformedCredential,
     "/credentialSubject/achievement/name/@language"),
    ("null in a list", achievement("tag", ["metal", None]), MalformedCredential,
     "/credentialSubject/achievement/tag"),
    ("context inside", subject("@context", V2), ForbiddenKeyword, "/credentialSubject/@context"),
    ("inline context", top("@context", [V2, OB3, {"gpa": None}]), ForbiddenKeyword, "/@context"),
    ("relative @vocab", top("@context", [V2, OB3, {"@vocab": "terms#"}]), ForbiddenKeyword, "/@context"),
    ("@vocab and a term", top("@context", [V2, OB3, {"@vocab": "urn:x:", "gpa": "urn:y"}]), ForbiddenKeyword,
     "/@context"),
    ("unknown context", top("@context", [V2, OB3, "https://x.example/c"]), UnknownContext, "/@context"),
    ("status in full", renamed("credentialStatus", CREDENTIALS + "credentialStatus"), DisguisedTerm,
     pointer_to(CREDENTIALS + "credentialStatus")),
    ("type in full", top("type", [CREDENTIALS + "VerifiableCredential"]),
     UndefinedTerm, "/issuer"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("forge", "error", "pointer"), [row[1:] for row in FORGERIES], ids=[row[0] for row in FORGERIES]
)
def test_what_no_signature_covers_is_named_and_refused(
    forge: Callable[[JsonObject], object], error: type[VerifierError], pointer: str
) -> None:
    document = changed(forge)
    assert any(type(found) is error and found.pointer == pointer for found in examined(document)), examined(
        document
    )
    with pytest.raises(VerifierError):
        canonical.rdfc(document, CONTEXTS, LIMITS)


def test_a_lone_vocab_is_named_as_unknown_and_what_it_defines_is_covered() -> None:
    own = changed(top("@context", [V2, OB3, {"@vocab": "https://college.example/terms#"}]))
    own["credentialSubject"]["rank"] = "first of 900"
    assert [type(found) for found in examined(own)] == [CatchAllVocabulary]
    assert b'<https://college.example/terms#rank> "first of 900"' in canonical.rdfc(own, CONTEXTS, LIMITS)
    own["credentialSubject"]["@index"] = "x"
    assert [type(found) for found in examined(own)] == [CatchAllVocabulary, ForbiddenKeyword]


def test_every_problem_is_reported_not_only_the_first() -> None:
    found = examined(changed(lambda document: document.update(one=1, two=2, credentialSubject={"id": "x"})))
    assert {error.pointer for error in found} == {"/one", "/two", "/credentialSubject/id"}


def test_a_name_alone_is_no_credential() -> None:
    with pytest.raises(MalformedCredential):
        canonical.rdfc({"@context": V2, "id": "urn:a"}, CONTEXTS, LIMITS)


def test_a_proof_is_left_to_its_suite() -> None:
    assert examined(changed(top("proof", {"type": "ProofOfTomorrow"}))) == []


def test_null_and_empty_members_are_as_good_as_absent() -> None:
    assert examined(changed(subject("identifier", []))) == []
    assert canonical.rdfc(changed(top("description", None)), CONTEXTS, LIMITS) == canonical.rdfc(
        BADGE, CONTEXTS, LIMITS
    )


def test_a_text_may_have_a_language_and_a_direction_only_where_nothing_is_signed() -> None:
    spoken = changed(achievement("name", {"@value": "Schweißen", "@language": "de"}))
    assert examined(spoken) == []
    assert '"Schweißen"@de'.encode() in canonical.rdfc(spoken, CONTEXTS, LIMITS)
    turned = changed(achievement("name", {"@value": "x", "@language": "ar", "@direction": "rtl"}))
    assert examined(turned) == []
    with pytest.raises(UnsignedDirection):
        canonical.rdfc(turned, CONTEXTS, LIMITS)


def test_a_credential_in_a_presentation_must_say_more_than_its_name() -> None:
    def presentation(inner: Any) -> JsonObject:
        return {"@context": V2, "type": "VerifiablePresentation", "verifiableCredential": inner}

    assert examined(presentation([BADGE])) == []
    for hidden in ("urn:a", {"@context": V2, "id": "urn:a"}, {"@context": V2, "id": "urn:a", "name": None}):
        assert any(isinstance(found, UndefinedTerm) for found in examined(presentation([hidden])))


def test_a_revocation_cannot_be_moved_to_where_nobody_looks() -> None:
    def endorsed(document: JsonObject) -> JsonObject:
        comment = {"id": BADGE["id"], "type": ["EndorsementSubject"], "endorsementComment": "Sound work"}
        endorsement = {
            "id": "urn:uuid:0b9c0d5e-0003-4000-8000-000000000001",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": {"id": "did:web:guild.example", "type": ["Profile"]},
            "validFrom": "2026-03-02T00:00:00Z",
            "credentialSubject": comment,
        }
        document["endorsement"] = [endorsement]
        return comment

    honest = changed(endorsed)
    assert examined(honest) == []
    moved = copy.deepcopy(BADGE)
    endorsed(moved).update(type=["EndorsementSubject", *BADGE["type"]])
    moved["endorsement"][0]["credentialSubject"]["credentialStatus"] = moved.pop("credentialStatus")
    assert any(isinstance(found, MovedClaim) for found in examined(moved))
    with pytest.raises(MovedClaim):
        canonical.rdfc(moved, CONTEXTS, LIMITS)


def test_translations_must_be_texts_with_a_language() -> None:
    base = {"@context": [V1, ELM], "id": "urn:a", "type": ["VerifiableCredential"], "issuer": "urn:b"}

    def learner(title: Any) -> JsonObject:
        claim = {"id": "urn:d", "type": "LearningAchievement", "title": title}
        return {**base, "credentialSubject": {"id": "urn:c", "hasClaim": claim}}

    assert examined(learner({"en": ["Welding"], "de": "Schweißen"})) == []
    for bad in ({"@none": "x"}, {"en": None}, {"en": [1]}, {"!": "x"}):
        assert examined(learner(bad)), bad


def test_numbers_are_what_javascript_makes_of_them() -> None:
    exact = canonical.rdfc(changed(achievement("creditsAvailable", 2**53 + 1)), CONTEXTS, LIMITS)
    rounded = canonical.rdfc(changed(achievement("creditsAvailable", 2**53)), CONTEXTS, LIMITS)
    assert exact == rounded
    with pytest.raises(MalformedCredential):
        canonical.rdfc(changed(achievement("creditsAvailable", 10**400)), CONTEXTS, LIMITS)


def test_identical_unnamed_parts_in_great_number_are_refused() -> None:
    twins = [{"type": ["AchievementSubject"], "identifier": [{"type": "IdentityObject"}] * 9}] * 2
    with pytest.raises(WorkLimit):
        canonical.rdfc(changed(top("credentialSubject", twins)), CONTEXTS, LIMITS)


def test_a_type_repeated_without_end_is_refused() -> None:
    with pytest.raises(WorkLimit):
        canonical.rdfc(changed(top("type", ["VerifiableCredential"] * 20_000)), CONTEXTS, LIMITS)


def test_many_values_take_time_in_proportion() -> None:
    started = time.thread_time()  # of this thread alone: a busy machine is no failure
    canonical.rdfc(
        changed(achievement("tag", [f"tag {number}" for number in range(12_000)])), CONTEXTS, LIMITS
    )
    with pytest.raises(WorkLimit):
        canonical.rdfc(
            changed(achievement("tag", [f"{number}" for number in range(45_000)])), CONTEXTS, LIMITS
        )
    assert time.thread_time() - started < 10  # seconds; PyLD's own node map takes a minute


def test_problems_are_named_up_to_a_number() -> None:
    assert (
        len(examined(changed(lambda document: document.update({f"k{at}": 1 for at in range(5_000)})))) == 100
    )


def test_deep_nesting_ends_in_a_limit() -> None:
    node: JsonObject = {"id": "urn:a"}
    for _ in range(3000):
        node = {"achievement": node}
    with pytest.raises(VerifierError):
        canonical.rdfc(changed(top("credentialSubject", node)), CONTEXTS, LIMITS)


def test_nquads_are_canonicalised_too() -> None:
    assert canonical.canonicalize_nquads('_:x <urn:p> "v" .\n', LIMITS) == b'_:c14n0 <urn:p> "v" .\n'
