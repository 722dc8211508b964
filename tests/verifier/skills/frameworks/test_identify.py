"""Frameworks are told by the shape of the identifier, whatever type a document declares (SKILLS §1.2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.model import Alignment
from verifier.skills.frameworks import FRAMEWORKS, UNKNOWN, identify, identity_of

UUID = "ccd0a1d9-afda-43d9-b901-96344886e14d"
ESCO = f"http://data.europa.eu/esco/skill/{UUID}"
CTID = f"ce-{UUID}"


@pytest.mark.parametrize(
    ("uri", "framework", "kind"),
    [
        (ESCO, "ESCO", "skill"),
        (ESCO.replace("http:", "https:"), "ESCO", "skill"),
        (f"http://data.europa.eu/esco/occupation/{UUID}", "ESCO", "occupation"),
        ("http://data.europa.eu/esco/isco/C2511", "ESCO", "occupation"),
        (
            f"https://esco.ec.europa.eu/en/classification/skill?uri=http%3A//data.europa.eu/esco/skill/{UUID}",
            "ESCO",
            "skill",
        ),
        ("https://www.onetonline.org/link/summary/15-1254.00", "O*NET", "occupation"),
        ("https://www.onetonline.org/find/descriptor/result/2.A.1.a", "O*NET", "skill"),
        ("https://services.onetcenter.org/ws/online/occupations/15-1254.00/", "O*NET", "occupation"),
        (f"https://credentialengineregistry.org/resources/{CTID}", "CTDL", "skill"),
        (f"https://credentialfinder.org/competency/{CTID}", "CTDL", "skill"),
        (f"https://case.example.edu/ims/case/v1p0/CFItems/{UUID}", "CASE", "skill"),
        (f"https://case.nd.gov/uri/{UUID}", "CASE", "skill"),
        (f"https://osmt.example.edu/api/skills/{UUID}", "RSD", "skill"),
        (f"https://osmt.example.edu/api/v3/skills/{UUID}", "RSD", "skill"),
        ("http://data.europa.eu/snb/dcf/u69o196gu6", "DigComp", "skill"),
        ("http://data.europa.eu/snb/eqf/6", "EQF", "level"),
        ("https://college.example/skills/python", UNKNOWN, "skill"),
        ("https://data.europa.eu.evil.example/esco/skill/" + UUID, UNKNOWN, "skill"),
        ("https://evil.example/?x=http://data.europa.eu/esco/skill/" + UUID, UNKNOWN, "skill"),
        ("not a url", UNKNOWN, "skill"),
        ("", UNKNOWN, "skill"),
    ],
)
def test_an_address_tells_its_framework(uri: str, framework: str, kind: str) -> None:
    found = identify(uri)
    assert (found.framework, found.kind) == (framework, kind)


@pytest.mark.parametrize(
    ("fields", "framework", "kind", "code"),
    [
        ({"target_type": "ceasn:Competency", "target_url": "https://x.example/1"}, "CTDL", "skill", None),
        ({"target_type": "ceterms:Credential", "target_code": CTID}, "CTDL", "credential", CTID),
        ({"target_type": "CFItem", "target_url": ESCO}, "ESCO", "skill", None),
        ({"target_type": "CFItem", "target_url": "https://x.example/1"}, "CASE", "skill", None),
        ({"target_type": "ext:EQF", "target_code": "5"}, "EQF", "level", "5"),
        ({"target_framework": "O*NET-SOC 2019", "target_code": "15-1254"}, "O*NET", "occupation", "15-1254"),
        ({"target_framework": "ESCO v1.2", "target_url": "urn:local:1"}, "ESCO", "skill", None),
        ({"target_framework": "DigComp 2.2", "target_code": "3.1"}, "DigComp", "skill", "3.1"),
    ],
)
def test_a_wrong_or_missing_type_does_not_mislead(
    fields: dict[str, str], framework: str, kind: str, code: str | None
) -> None:
    found = identify(Alignment(pointer="", **fields))  # type: ignore[arg-type]  # fields by name
    assert (found.framework, found.kind, found.code) == (framework, kind, code)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (ESCO, ESCO.replace("http:", "https:"), True),
        (ESCO, ESCO.upper(), True),
        (ESCO, ESCO + "/", True),
        ("https://x.example/Skill/A", "http://X.example:443/Skill/A", True),
        ("https://x.example/Skill/A", "https://x.example/skill/a", False),
        ("https://x.example/a?b", "https://x.example/a?c", False),
        ("https://x.example/a#b", "https://x.example/a#c", False),
        ("urn:A", "urn:a", False),
        (ESCO, ESCO[:-1] + "e", False),
    ],
)
def test_two_spellings_of_one_identifier_are_equal_and_no_others(one: str, other: str, equal: bool) -> None:
    assert (identity_of(one) == identity_of(other)) is equal


@given(st.text(max_size=300))
def test_identity_is_stable_and_nothing_is_refused(text: str) -> None:
    assert identity_of(identity_of(text)) == identity_of(text)
    identify(text)


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=lambda framework: framework.name)
def test_no_framework_claims_an_empty_reference(framework: object) -> None:
    assert identify(Alignment(pointer="")).framework == UNKNOWN
