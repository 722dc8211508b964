"""What a document says of itself is laid beside the verdict: counted, never weighed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.services import Incoming, Services
from dashboard.services.microcredentials import microcredential
from dashboard.services.registry_links import registry_links

CTID = "ce-84958217-1323-46fe-87c8-652120800190"
REGISTRY = f"https://credentialengineregistry.org/resources/{CTID}"


def card(document: dict[str, Any]) -> Any:
    return microcredential(document, cred="x", name="x", proved=True)


def test_the_sample_badges_have_a_card_with_all_sixteen_elements(sample: Services) -> None:
    ada = sample.candidates.detail(sample.candidates.rows()[0].applicant_id)
    assert [one.cred for one in ada.microcredentials] == [one.cred for one in ada.credentials]
    first = ada.microcredentials[0]
    assert len(first.elements) == 16
    assert sum(one.mandatory for one in first.elements) == 11
    assert [one.name for one in first.yardsticks] == [
        "the Common Microcredential Framework",
        "the UNESCO/EU definition",
    ]
    assert sample.evidence.view(first.cred).microcredential == first


def test_every_element_points_into_the_document(sample: Services) -> None:
    for row in sample.candidates.rows():
        for one in sample.candidates.detail(row.applicant_id).microcredentials:
            document = sample.evidence.view(one.cred).document
            for element in one.elements:
                if element.presence == "present":
                    value: Any = document
                    for step in element.pointer.split("/")[1:]:
                        value = value[int(step)] if isinstance(value, list) else value[step]


@pytest.mark.parametrize(
    ("name", "headline"),
    [("signed", "10 of 11 mandatory elements"), ("unsigned", "9 of 11 mandatory elements")],
)
def test_the_sample_of_the_european_commission_is_counted_as_its_makers_count(
    shared_cases: Path, services: Services, name: str, headline: str
) -> None:
    path = shared_cases.parent / "frameworks" / "elm" / f"Sample-MC-Annex1-{name}.jsonld"
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    batch = services.intake.receive([Incoming(filename=path.name, data=path.read_bytes())])
    services.work.wait(batch)
    [row] = services.candidates.rows()
    [found] = services.candidates.detail(row.applicant_id).microcredentials
    assert found.headline.startswith(headline)


def test_without_an_assessment_it_is_no_microcredential(shared_cases: Path) -> None:
    path = shared_cases.parent / "frameworks" / "elm" / "Sample-CertOfPart-unsigned.jsonld"
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    definition = card(json.loads(path.read_bytes())).yardsticks[1]
    assert definition.holds == "no"
    assert "no assessment" in definition.sentence


@pytest.mark.parametrize(
    "document", [None, {}, {"credentialSubject": {}}, {"type": ["VerifiableCredential"]}]
)
def test_another_document_has_no_card(document: dict[str, Any] | None) -> None:
    assert microcredential(document, cred="x", name="x", proved=False) is None


@pytest.mark.parametrize(
    "text", [CTID, CTID.upper(), f"res:{CTID}", REGISTRY, REGISTRY.replace("https", "http")]
)
def test_a_ctid_is_recognised_however_it_is_written(text: str) -> None:
    [link] = registry_links({"a": [{"b/c": text}], "again": CTID})
    assert (link.ctid, link.url, link.pointer) == (CTID, REGISTRY, "/a/0/b~1c")


@pytest.mark.parametrize(
    "text",
    [
        f"https://sandbox.credentialengineregistry.org/resources/{CTID}",
        f"https://evil.example/{CTID}",
        f"javascript:alert('{CTID}')",
        CTID[:-1],
        f"{CTID}/../x",
        "ce-" * 200,
    ],
)
def test_what_only_looks_like_one_leads_nowhere(text: str) -> None:
    assert registry_links({"a": text}) == ()


def test_the_links_of_one_document_are_bounded() -> None:
    many = [f"ce-84958217-1323-46fe-87c8-{number:012}" for number in range(1_000)]
    assert len(registry_links({"a": many})) == 100
