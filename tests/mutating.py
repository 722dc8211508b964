"""A badge, and what a hostile hand could make of it: for properties that hold for every document."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

BADGE: Json = {
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


def objects(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


@st.composite
def mutated(draw: st.DrawFn) -> Json:
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
    result: Json = json.loads(json.dumps(document))
    return result
