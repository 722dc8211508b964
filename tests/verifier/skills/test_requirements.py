"""A job as JSON: identical after a round trip, and strict with a complaint that names row and column."""

from __future__ import annotations

import contextlib
import json
import pickle
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verifier.skills.making import PYTHON, job, requirement
from verifier.errors import Unreadable
from verifier.model import Level
from verifier.skills import (
    EvidencePolicy,
    IssuerTier,
    JobRequirements,
    JobUnreadable,
    MatchPolicy,
    Requirement,
    Skill,
)

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
SKILLS = st.builds(
    Skill, id=st.just(PYTHON), name=TEXTS, code=st.none() | TEXTS, framework=TEXTS, version=TEXTS
)
WORDS = TEXTS.filter(str.strip)
LEVELS = st.builds(Level, scheme=WORDS, value=WORDS, label=TEXTS, order=st.tuples() | st.tuples(TEXTS, TEXTS))
POLICIES = st.builds(
    EvidencePolicy,
    issuer_tier=st.sampled_from(IssuerTier),
    max_age=st.none() | st.integers(1, 36_525).map(lambda days: timedelta(days=days)),
    assessed=st.booleans(),
    identity_verified=st.booleans(),
    self_asserted_allowed=st.booleans(),
)
ROWS = st.builds(
    Requirement,
    id=TEXTS,
    skill=SKILLS,
    required=st.booleans(),
    weight=st.floats(0, 1_000),
    minimum_level=st.none() | LEVELS,
    must_hold=st.booleans(),
    evidence=POLICIES,
    match=st.builds(MatchPolicy, crosswalk=st.booleans(), related=st.booleans(), label=st.booleans()),
)
JOBS = st.builds(
    JobRequirements,
    id=TEXTS,
    name=TEXTS,
    revision=st.integers(1, 99),
    requirements=st.lists(ROWS, max_size=4, unique_by=lambda row: row.id).map(tuple),
)


@given(JOBS)
def test_export_and_import_again_give_the_identical_job(made: JobRequirements) -> None:
    written = made.to_json()
    again = JobRequirements.parse(written)
    assert again == normal(made)
    assert again.to_json() == written


def normal(made: JobRequirements) -> JobRequirements:
    """An empty code is no code: both are written as nothing."""
    rows = tuple(
        row
        if row.skill.code != ""
        else Requirement(
            id=row.id,
            skill=Skill(
                id=row.skill.id, name=row.skill.name, framework=row.skill.framework, version=row.skill.version
            ),
            required=row.required,
            weight=row.weight,
            minimum_level=row.minimum_level,
            must_hold=row.must_hold,
            evidence=row.evidence,
            match=row.match,
        )
        for row in made.requirements
    )
    return JobRequirements(id=made.id, name=made.name, revision=made.revision, requirements=rows)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_job_or_unreadable(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        JobRequirements.parse(data)


@pytest.mark.parametrize(
    ("change", "row", "column"),
    [
        ({"version": 2}, "the job", "version"),
        ({"revision": 0}, "the job", "revision"),
        ({"colour": "red"}, "the job", "colour"),
        ({"requirements": [7]}, "row 1", "row"),
        ({"requirements": [{"skill": PYTHON}, {"id": "x"}]}, "row 2", "skill"),
        ({"requirements": [{"skill": {}}]}, "row 1", "skill"),
        ({"requirements": [{"skill": PYTHON, "required": "yes"}]}, "row 1", "required"),
        ({"requirements": [{"skill": PYTHON, "weight": True}]}, "row 1", "weight"),
        ({"requirements": [{"skill": PYTHON, "weight": -1}]}, "row 1", "weight"),
        (
            {"requirements": [{"skill": PYTHON, "minimum_level": {"value": "6"}}]},
            "row 1",
            "minimum_level.scheme",
        ),
        (
            {"requirements": [{"skill": PYTHON, "evidence": {"issuer_tier": "gold"}}]},
            "row 1",
            "evidence.issuer_tier",
        ),
        (
            {"requirements": [{"skill": PYTHON, "evidence": {"max_age_days": 0}}]},
            "row 1",
            "evidence.max_age_days",
        ),
        ({"requirements": [{"id": "a", "skill": PYTHON}] * 2}, "row 2", "id"),
        ({"requirements": [{"skill": PYTHON}] * 1_001}, "the job", "requirements"),
    ],
)
def test_a_complaint_names_row_and_column(change: dict[str, Any], row: str, column: str) -> None:
    document = json.loads(job(requirement()).to_json()) | change
    with pytest.raises(JobUnreadable) as caught:
        JobRequirements.parse(json.dumps(document).encode())
    assert (caught.value.row, caught.value.column) == (row, column)
    assert isinstance(caught.value, ValueError)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301  # our own value


def test_an_address_alone_is_a_skill() -> None:
    document = {"version": 1, "id": "j", "name": "J", "requirements": [{"skill": PYTHON}]}
    (row,) = JobRequirements.parse(json.dumps(document).encode()).requirements
    assert (row.id, row.skill) == ("r1", Skill(id=PYTHON, framework="ESCO"))


def test_a_revision_counts_up() -> None:
    first = job(requirement())
    assert first.revised(()).revision == 2
