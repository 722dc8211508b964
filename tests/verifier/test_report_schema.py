"""The published schema of a report is exactly what reports are."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.verifier.forging import scene
from tests.verifier.test_forgeries import FORGERIES
from verifier import Outcome, Verdict
from verifier.model import Kind
from verifier.report import CHECK_NAMES

SCHEMA: dict[str, Any] = json.loads(files("verifier").joinpath("report.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
DEFS = SCHEMA["$defs"]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "make",
    [scene.badge, scene.token, scene.disclosed, scene.presented, scene.record, scene.revocable, scene.theirs],
)
def test_what_is_genuine_fits(make: Any) -> None:
    VALIDATOR.validate(make().judged().to_dict())


def test_what_is_forged_fits_too() -> None:
    for base, forge, _, _ in FORGERIES:
        VALIDATOR.validate(forge(base()).judged().to_dict())


def test_nothing_but_a_report_fits() -> None:
    whole = scene.badge().judged().to_dict()
    for name in whole:
        assert not VALIDATOR.is_valid({key: value for key, value in whole.items() if key != name})
    assert not VALIDATOR.is_valid({**whole, "score": 100})
    assert not VALIDATOR.is_valid({**whole, "verdict": "fine"})
    assert not VALIDATOR.is_valid({**whole, "at": "2026-09-01"})


def test_its_vocabularies_are_ours() -> None:
    assert DEFS["report"]["properties"]["verdict"]["enum"] == [verdict.value for verdict in Verdict]
    assert DEFS["outcome"]["enum"] == [outcome.value for outcome in Outcome]
    assert DEFS["result"]["properties"]["check"]["enum"] == list(CHECK_NAMES)
    assert DEFS["credential"]["properties"]["kind"]["enum"] == [kind.value for kind in Kind]
