"""What a recruiter reads: whole sentences in plain words, no code, no doubled word, no wrong number."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.verifier.skills.making import ISSUED, PYTHON, WELDING, credential, eqf, job, report, requirement
from verifier.codes import FINDINGS, error_classes
from verifier.errors import Unreadable
from verifier.model import Level
from verifier.skills import SkillClaim, extract_skills, match
from verifier.skills.reasons import REASONS, words_for

CODES = sorted(
    {kind.code for kind in error_classes() if not issubclass(kind, Unreadable)}
    | {code for code, (outcome, _) in FINDINGS.items() if outcome in ("failed", "indeterminate")}
)


def claims(*outers: dict[str, Any], **inner: Any) -> tuple[SkillClaim, ...]:
    """One credential for each of `outers`, its report made with them."""
    members = tuple(
        report(credential({"target_url": PYTHON}, id=f"urn:{n}", **inner), source=f"{n}.json", **outer)
        for n, outer in enumerate(outers)
    )
    return extract_skills(report(None, contained=members))


def said(found: tuple[SkillClaim, ...], **asked: Any) -> str:
    return match(job(requirement(**asked)), found).requirements[0].sentence


@pytest.mark.parametrize("code", CODES)
def test_every_code_of_a_report_has_plain_words(code: str) -> None:
    assert code in REASONS
    assert "_" not in REASONS[code]
    assert re.fullmatch(r"[a-z][^.;:“”{}]{8,90}", REASONS[code])


def test_a_code_of_tomorrow_shows_no_code() -> None:
    assert words_for("moon_in_the_wrong_phase") == "it could not be verified"


def test_an_issuer_that_does_not_answer_is_said_in_plain_words() -> None:
    assert said(claims({"doubtful": {"issuer": "did_unreachable"}})) == (
        "“Python” is claimed in a credential of 10 January 2026 from Example College, "
        "but the issuer's website could not be reached, so it is not checked yet."
    )


def test_nobody_is_named_who_is_not_known() -> None:
    assert said(claims({"doubtful": {"trust": "issuer_unknown"}})) == (
        "“Python” is claimed in a credential of 10 January 2026, "
        "but its issuer is in none of your sources of trust."
    )


@pytest.mark.parametrize(
    ("rejected", "ending"),
    [
        (0, "from Example College."),
        (1, "; 1 other piece of evidence was rejected."),
        (2, "; 2 other pieces of evidence were rejected."),
    ],
)
def test_one_was_and_two_were(rejected: int, ending: str) -> None:
    revoked = [{"failed": {"status": "revoked"}}] * rejected
    assert said(claims({}, *revoked)).endswith(ending)


def test_rejected_evidence_says_why() -> None:
    assert said(claims({"failed": {"status": "revoked"}})) == (
        "The evidence for “Python” was rejected: its issuer has revoked it."
    )


@pytest.mark.parametrize(
    ("level", "minimum", "words"),
    [
        (eqf("5"), eqf("6"), "proved at EQF 5, 1 level short of EQF 6."),
        (eqf("4"), eqf("6"), "proved at EQF 4, 2 levels short of EQF 6."),
        (Level(scheme="O*NET LV", value="3.5"), Level(scheme="O*NET LV", value="4"), "0.5 short of"),
        (None, eqf("6"), "proved, but at no stated level; EQF 6 is asked."),
        (Level(scheme="CEFR", value="B2"), eqf("6"), "CEFR B2, which cannot be compared with EQF 6."),
        (eqf("6"), eqf("6"), "proved at EQF 6 (asked: EQF 6) by a credential of 10 January 2026 from"),
    ],
)
def test_levels_are_counted(level: Level | None, minimum: Level, words: str) -> None:
    found = extract_skills(report(credential({"target_url": PYTHON, "level": level})))
    assert words in said(found, minimum_level=minimum)


def test_what_is_only_near_asks_for_a_person() -> None:
    found = extract_skills(report(credential({"target_url": WELDING, "target_name": "Python"})))
    assert said(found) == (
        "“Python” itself is not proved, but a skill called “Python” is proved; "
        "a person has to confirm that this counts."
    )


def test_every_sentence_is_one_sentence() -> None:
    failed, doubtful = [[{kind: {"status": code}} for code in CODES] for kind in ("failed", "doubtful")]
    asked: list[dict[str, Any]] = [{}, {"minimum_level": eqf("6")}, {"uri": WELDING}]
    for outer in [{}, *failed, *doubtful]:
        for wanted in asked:
            found = claims(outer, issued=ISSUED + timedelta(days=1))
            sentence = said(found, **wanted)
            assert sentence.endswith(".")
            assert ".." not in sentence
            assert "_" not in sentence
            assert not re.search(r"\b(\w+) \1\b|  | ,|None", sentence)
