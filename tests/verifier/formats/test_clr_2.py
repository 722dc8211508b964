"""A learner record is a credential of credentials: what its children claim is theirs alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.issuing import Json, json_bytes
from tests.issuing_documents import ACHIEVEMENT
from tests.verifier.forging.scene import COLLEGE, TOKENS
from verifier import Credential, Limits, formats
from verifier.errors import TooLarge
from verifier.formats import format_of

LIMITS = Limits()
CHILD = COLLEGE.credential()


def record(*children: Any, **subject: Any) -> Json:
    document = COLLEGE.clr(children)
    return {**document, "credentialSubject": {**document["credentialSubject"], **subject}}


def read(document: Json) -> Credential:
    return formats.read(json_bytes(document), LIMITS)


def complaints(document: Json) -> list[tuple[str, str]]:
    credential = read(document)
    entry = format_of(credential)
    assert entry is not None
    return [(error.code, error.pointer) for error in entry.examine(credential)]


def test_a_record_holds_its_children_unread() -> None:
    credential = read(record(CHILD, TOKENS.jwt(TOKENS.credential())))
    assert credential.format == "clr_2"
    assert [(member.name, member.pointer) for member in credential.contains] == [
        ("credential 1: Data Analysis", "/credentialSubject/verifiableCredential/0"),
        ("credential 2", "/credentialSubject/verifiableCredential/1"),
    ]
    assert credential.achievements == ()
    assert complaints(record(CHILD)) == []


def test_one_child_may_stand_alone() -> None:
    document = record() | {
        "credentialSubject": record()["credentialSubject"] | {"verifiableCredential": CHILD}
    }
    assert [member.pointer for member in read(document).contains] == [
        "/credentialSubject/verifiableCredential"
    ]


def test_achievements_of_the_record_are_its_issuers_own_word() -> None:
    (achievement,) = read(record(CHILD, achievement=[ACHIEVEMENT], result=[{"value": "A"}])).achievements
    assert (achievement.name, achievement.assessed) == ("Data Analysis", None)


def test_associations_are_kept() -> None:
    link = {"type": ["Association"], "associationType": "isChildOf", "sourceId": "urn:a", "targetId": "urn:b"}
    first, second = read(record(CHILD, association=[link, {"sourceId": 5}])).associations
    assert (first.type, first.source_id, first.target_id) == ("isChildOf", "urn:a", "urn:b")
    assert first.pointer == "/credentialSubject/association/0"
    assert (second.type, second.source_id, second.target_id) == ("", "", "")


def test_endorsements_weigh_nothing() -> None:
    members = read(record(CHILD) | {"endorsement": [COLLEGE.credential()]}).contains
    assert [member.weighs for member in members] == [True, False]


def test_more_children_than_allowed_are_not_read() -> None:
    with pytest.raises(TooLarge):
        formats.read(json_bytes(record(*[{"id": "urn:a"}] * 3)), Limits(nested_credentials=2))


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        (record(CHILD, type=["Person"]), "/credentialSubject/type"),
        (record(), "/credentialSubject/verifiableCredential"),
    ],
)
def test_what_is_no_record_is_named(document: Json, pointer: str) -> None:
    assert ("clr_malformed", pointer) in complaints(document)
