"""Open Badges 0.5 to 2.0 and their extensions: what an assertion and its class say, in any shape."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.issuing import json_bytes
from verifier.formats import open_badges_1, open_badges_2, read
from verifier.formats.open_badges_2 import achievement_of, date_of
from verifier.policy import Limits

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("value", "end", "expected"),
    [
        ("2026-06-30T09:00:00Z", False, datetime(2026, 6, 30, 9, tzinfo=UTC)),
        ("2026-06-30T09:00:00+02:00", False, datetime(2026, 6, 30, 7, tzinfo=UTC)),
        ("2026-06-30T09:00:00.123456", False, datetime(2026, 6, 30, 9, 0, 0, 123456, tzinfo=UTC)),
        ("2026-06-30", False, datetime(2026, 6, 30, tzinfo=UTC)),
        ("2026-06-30", True, datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)),
        (1_782_810_000, False, datetime(2026, 6, 30, 9, tzinfo=UTC)),
        ("1782810000", False, datetime(2026, 6, 30, 9, tzinfo=UTC)),
        ("2026-13-30", False, None),
        ("2026-06-30T25:00", False, None),
        ("9" * 30, False, None),
        ("٢٠٢٦-٠٦-٣٠", False, None),
        ("soon", False, None),
        (True, False, None),
        (-1, False, None),
        (10**15, False, None),
        (None, False, None),
    ],
)
def test_a_date_is_read_as_it_was_ever_written(value: Any, end: bool, expected: datetime | None) -> None:
    assert date_of(value, end=end) == expected


@pytest.mark.parametrize(
    ("node", "pointer", "url"),
    [
        ({"alignment": {"targetUrl": "https://x.example/1"}}, "/badge/alignment", "https://x.example/1"),
        ({"alignment": [{"url": "https://x.example/1"}]}, "/badge/alignment/0", "https://x.example/1"),
        ({"alignments": ["https://x.example/1"]}, "/badge/alignments/0", "https://x.example/1"),
    ],
)
def test_an_alignment_may_have_any_of_its_names(node: Json, pointer: str, url: str) -> None:
    [found] = achievement_of(node).alignments
    assert (found.pointer, found.target_url) == (pointer, url)


@pytest.mark.parametrize(
    ("eqf", "level"), [(6, "6"), ("6", "6"), (9, None), ("12", None), (True, None), ("", None), (None, None)]
)
def test_the_level_of_an_edubadge_is_one_of_eight(eqf: Any, level: str | None) -> None:
    found = achievement_of({"extensions:EQFExtension": {"eqf": eqf}}).level
    assert (found.value if found else None) == level


def test_the_oldest_shape_becomes_an_assertion() -> None:
    old = {"recipient": "sha256$abc", "salt": "s", "badge": {}, "issued_on": "2012-01-01"}
    assert open_badges_1.upgraded(old) == {
        "type": "Assertion",
        "recipient": {"type": "email", "identity": "sha256$abc", "hashed": True, "salt": "s"},
        "badge": {},
        "issuedOn": "2012-01-01",
    }


def test_upgrading_twice_changes_nothing() -> None:
    old = {
        "uid": "1",
        "badge": "https://x.example/b",
        "verify": {"type": "hosted", "url": "https://x.example/a"},
    }
    once = open_badges_1.upgraded(old)
    assert open_badges_1.upgraded(once) == once


@pytest.mark.parametrize("missing", ["id", "recipient", "issuedOn", "verification"])
def test_an_assertion_says_who_when_and_how_it_is_verified(missing: str) -> None:
    whole = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": "https://x.example/a",
        "recipient": {"type": "email", "identity": "alex@learner.example"},
        "badge": "https://x.example/b",
        "issuedOn": "2026-06-30T09:00:00Z",
        "verification": {"type": "hosted"},
    }
    assert list(open_badges_2.examine(read(json_bytes(whole), Limits()))) == []
    less = {name: value for name, value in whole.items() if name != missing}
    [error] = open_badges_2.examine(read(json_bytes(less), Limits()))
    assert (error.code, error.pointer) == ("assertion_malformed", f"/{missing}")


def test_an_edubadge_of_the_third_version_says_how_it_was_assessed() -> None:
    achievement = {
        "type": ["Achievement", "EducredentialAchievement"],
        "name": "Transmutation",
        "assessmentType": "testing",
        "identityChecked": True,
        "alignment": [{"targetType": "ext:EQF", "targetName": "EQF level 4", "targetCode": "4"}],
    }
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "credentialSubject": {"type": "AchievementSubject", "achievement": achievement},
    }
    [found] = read(json_bytes(document), Limits()).achievements
    assert (found.assessed, found.identity_verified) == (True, True)
    assert found.level is not None
    assert (found.level.scheme, found.level.value) == ("EQF", "4")


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ({"learningAchievement": {"title": "Master"}, "learningSpecification": {"eqfLevel": 7}}, "Master"),
        ({"achieved": [{"title": "Master", "specifiedBy": [{"eqfLevel": "7"}]}]}, "Master"),
    ],
)
def test_a_diploma_of_the_ebsi_pilots_has_a_title_and_a_level(subject: Json, name: str) -> None:
    document = {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiableCredential", "VerifiableAttestation", "VerifiableDiploma"],
        "credentialSubject": {"id": "did:ebsi:z1", "givenNames": "Jane", "familyName": "Doe", **subject},
    }
    found = read(json_bytes(document), Limits())
    [achievement] = found.achievements
    assert achievement.level is not None
    assert (achievement.name, achievement.level.value, found.subjects[0].name) == (name, "7", "Jane Doe")
