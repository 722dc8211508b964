"""Every case of the shared corpora through verify(), judged as their manifests say.

A case that is answered otherwise has its reason in docs/conformance_reasons.json: the test fails when the
difference disappears, and when a new one appears. The scorer's own readers build the calls and judge them.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import verifier
from tests.conftest import ROOT, SHARED
from verifier.codes import FINDINGS, error_classes
from verifier.proofs import bbs

CASES = SHARED / "cases"
BBS_2023 = "vc-di/bbs-2023"
KNOWN_CODES = {kind.code for kind in error_classes()} | FINDINGS.keys()
REASONS: dict[str, str] = {
    case: entry["reason"]
    for entry in json.loads((ROOT / "docs" / "conformance_reasons.json").read_text("utf-8"))
    for case in entry["cases"]
}
pytestmark = pytest.mark.shared


def module(name: str) -> ModuleType:
    """One of the scorer's modules, without leaving compiled files in its folder."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, str(CASES))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(CASES))
        sys.dont_write_bytecode = before


def cases() -> Iterator[Any]:
    if not CASES.is_dir():
        return
    corpora = module("corpora")
    for name, read in corpora.READERS.items():
        for case in read(corpora.folder_of(name, CASES), verifier):
            if case.call is not None and not case.skipped:
                yield pytest.param(case, id=f"{case.corpus}/{case.id}")


@pytest.mark.parametrize("case", list(cases()))
def test_a_case_is_answered_as_its_manifest_says_or_for_a_reason(case: Any) -> None:
    if case.family == BBS_2023 and case.expected == "proof: valid" and not bbs.INSTALLED:
        pytest.skip("the extra “bbs” is not installed")
    ask = module("corpora").prepare(case.call)(verifier)
    report = ask()
    seen = module("sandbox").describe(report)
    problems = case.judge(seen)
    if f"{case.corpus}/{case.id}" in REASONS:
        assert problems, "it is answered as expected now: its reason is to go"
    else:
        assert problems == []
    if case.never == "verified":
        assert report.verdict is not verifier.Verdict.VERIFIED
    found = {finding.code for part in report.walk() for result in part.results for finding in result.findings}
    assert found - KNOWN_CODES == set()
    assert "internal_error" not in found


def test_every_reason_is_for_a_case_and_names_a_specification(shared_cases: Path) -> None:
    names = {str(parameters.id) for parameters in cases()}
    entries = json.loads((ROOT / "docs" / "conformance_reasons.json").read_text("utf-8"))
    assert REASONS.keys() - names == set()
    assert all(entry["specification"].startswith("https://") and entry["reason"] for entry in entries)


def test_the_page_names_every_difference(shared_cases: Path) -> None:
    page = (ROOT / "docs" / "conformance.md").read_text("utf-8")
    assert [name for name in REASONS if f"| {name} |" not in page] == []
