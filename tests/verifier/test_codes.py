"""docs/codes.md is what the code says; every code is one word, unique, and listed."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import verifier
from tests.verifier.forging import scene
from tests.verifier.test_forgeries import FORGERIES
from verifier.codes import FINDINGS, error_classes, page
from verifier.errors import VerifierError
from verifier.trust.judgement import _SAYS

ROOT = Path(verifier.__file__).parent
CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
KNOWN = {kind.code for kind in error_classes()} | FINDINGS.keys()
# Functions that make a finding, and where among their arguments its code stands.
MAKERS = {"passed": 0, "does_not_apply": 0, "_finding": 1}


def said(module: Path) -> Iterator[str]:
    """The codes of findings that `module` spells out."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        place = MAKERS.get(name)
        values = [
            word.value for word in node.keywords if word.arg == "code" and name in ("Finding", "not_checked")
        ]
        values += [node.args[place]] if place is not None and len(node.args) > place + 1 else []
        yield from (
            value.value
            for value in values
            if isinstance(value, ast.Constant) and isinstance(value.value, str)
        )


def test_the_page_is_what_the_code_says() -> None:
    assert (ROOT.parent / "docs" / "codes.md").read_text("utf-8") == page(), (
        "python -m verifier.codes > docs/codes.md"
    )


def test_every_code_is_one_word() -> None:
    assert [code for code in KNOWN if not CODE.fullmatch(code)] == []


def test_no_two_errors_share_a_code() -> None:
    counted = Counter(kind.code for kind in error_classes())
    assert [code for code, count in counted.items() if count > 1] == []
    assert counted.keys() & FINDINGS.keys() == set()


@pytest.mark.parametrize("kind", error_classes(), ids=lambda kind: str(kind.code))
def test_every_error_says_a_sentence_about_the_credential(kind: type[VerifierError]) -> None:
    assert kind.sentence[0].islower()
    assert not kind.sentence.endswith(".")
    assert kind.spec == "" or kind.spec.startswith("https://")


def test_every_finding_that_is_spelled_out_is_listed() -> None:
    spelled = {code for module in ROOT.rglob("*.py") for code in said(module)}
    assert spelled - KNOWN == set()
    assert {code for _, code, _ in _SAYS.values()} <= FINDINGS.keys()
    assert {"well_formed", "no_status", "request_answered", "belongs_to_applicant"} <= spelled


def test_every_code_that_is_met_is_listed() -> None:
    reports = [
        base().judged()
        for base in (scene.badge, scene.revocable, scene.presented, scene.disclosed, scene.theirs)
    ]
    reports += [forge(base()).judged() for base, forge, _, _ in FORGERIES]
    met = {part.code for report in reports for part in report.walk()}
    met |= {
        finding.code
        for report in reports
        for part in report.walk()
        for result in part.results
        for finding in result.findings
    }
    assert met - KNOWN == set()
