"""Mutated badges: what is accepted is signed, and it is signed as independent tools would sign it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.issuing_proofs import rdfc as rdfc_of_the_issuer
from verifier.errors import VerifierError
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.proofs import canonical
from verifier.proofs.contexts import Contexts

LIMITS = Limits()
CONTEXTS = Contexts.of({})
BADGE: JsonObject = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "urn:uuid:0b9c0d5e-0001-4000-8000-000000000001",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "did:web:college.example", "type": ["Profile"], "name": "Example College"},
    "validFrom": "2026-03-01T00:00:00Z",
    "credentialSubject": {
        "id": "did:example:learner",
        "type": ["AchievementSubject"],
        "result": [
            {"type": ["Result"], "value": "B"},
            {"type": ["Result"], "value": "A", "status": "Completed"},
        ],
        "achievement": {
            "id": "urn:uuid:0b9c0d5e-0002-4000-8000-000000000001",
            "type": ["Achievement"],
            "name": "Welding",
            "criteria": {"narrative": "A practical test"},
            "creditsAvailable": 4.5,
            "tag": ["metal", "safety"],
            "alignment": [
                {"type": ["Alignment"], "targetName": "EN ISO 9606", "targetUrl": "https://iso.example/9606"}
            ],
        },
    },
}
ORIGINAL = canonical.rdfc(BADGE, CONTEXTS, LIMITS)

KEYS = st.sampled_from(
    [
        *("name", "description", "image", "evidence", "id", "type", "result", "tag", "validUntil", "gpa"),
        *("credentialStatus", "@id", "@type", "@index", "@graph", "@nest", "@included", "@reverse"),
        *("@value", "@language", "_:p", "a b:c", "", "urn:example:term"),
        *("https://schema.org/name", "https://www.w3.org/2018/credentials#validUntil"),
    ]
)
SCALARS = st.sampled_from(
    [
        *(None, True, False, 0, -0.0, 1.0, 1.5, 1e21, 2**60, "", "text", "rel/ative", "//host/path"),
        *("urn:example:a", "_:b", "did:example:learner", "Profile", "Nope", "2020-01-01T00:00:00Z"),
        'quote " \\ \n \u2028 é',
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=2),
    max_leaves=4,
)


def objects(value: Any) -> Iterator[JsonObject]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


@st.composite
def mutated(draw: st.DrawFn) -> JsonObject:
    """The badge with up to three members added, replaced, removed or moved."""
    document = copy.deepcopy(BADGE)
    for _ in range(draw(st.integers(1, 3))):
        places = list(objects(document))
        place = draw(st.sampled_from(places))
        match draw(st.sampled_from(["add", "replace", "remove", "move"])):
            case "add":
                place[draw(KEYS)] = draw(VALUES)
            case "replace" if place:
                place[draw(st.sampled_from(sorted(place)))] = draw(VALUES)
            case "remove" if place:
                place.pop(draw(st.sampled_from(sorted(place))))
            case "move" if place:
                key = draw(st.sampled_from(sorted(place)))
                draw(st.sampled_from(places))[key] = copy.deepcopy(place.pop(key))
    result: JsonObject = json.loads(json.dumps(document))
    return result


def meaning(value: Any) -> Any:
    """`value` without what JSON-LD and our readers both take for nothing: null, empty, order, repetition."""
    if isinstance(value, dict):
        if set(value) == {"id"}:
            return meaning(value["id"])
        members = {key: meaning([inner]) for key, inner in value.items() if key != "@context"}
        return {key: inner for key, inner in members.items() if inner}
    if isinstance(value, list):
        return sorted({json.dumps(meaning(inner), sort_keys=True) for inner in _flat(value)})
    return int(float(value)) if isinstance(value, int | float) and float(value).is_integer() else value


def _flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        elif value is not None:
            yield value


@settings(deadline=None)
@given(mutated())
def test_a_document_that_keeps_its_signature_keeps_its_meaning(document: JsonObject) -> None:
    try:
        data = canonical.rdfc(document, CONTEXTS, LIMITS)
    except VerifierError:
        return
    assert (data == ORIGINAL) <= (meaning(document) == meaning(BADGE))


@settings(deadline=None)
@given(mutated())
def test_what_is_accepted_has_the_bytes_of_independent_tools(document: JsonObject) -> None:
    try:
        data = canonical.rdfc(document, CONTEXTS, LIMITS)
    except VerifierError:
        return
    assert data == rdfc_of_the_issuer(document, "Ed25519")


@settings(deadline=None)
@given(mutated())
def test_examination_and_canonicalisation_agree(document: JsonObject) -> None:
    problems = list(canonical.examine(document, CONTEXTS, LIMITS))
    try:
        canonical.rdfc(document, CONTEXTS, LIMITS)
    except VerifierError as error:
        assert not problems or error.code == problems[0].code  # noqa: PT017  # the first problem is what is raised
    else:
        assert problems == []
