"""What the candidate's page and the coverage say in words, from values."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.components import coverage, deciding, receipt, requirements, skills, statements, trust_chain
from dashboard.services import (
    CandidateDetail,
    CheckRow,
    ClaimRow,
    DecisionWord,
    FindingRow,
    Mark,
    Services,
    ShareRow,
    Statement,
)


def person(sample: Services, name: str) -> CandidateDetail:
    row = next(row for row in sample.candidates.rows() if row.name == name)
    return sample.candidates.detail(row.applicant_id)


def said(outcome: str, code: str) -> Statement:
    return Statement(outcome=outcome, check="binding", code=code, message="")


def claim(name: str, *, level: str = "", framework: str = "ESCO", mark: Mark = Mark.VERIFIED) -> ClaimRow:
    return ClaimRow(
        cred="1",
        skill_id="",
        skill_name=name,
        framework=framework,
        level=level,
        mark=mark,
        code="verified" if mark is Mark.VERIFIED else "invalid_signature",
    )


def test_the_two_statements_are_in_a_recruiters_words(sample: Services) -> None:
    cards = person(sample, "Ada Example").credentials
    assert statements.genuine_lines([card.genuine for card in cards]) == [
        ":green[✓] All 5 genuine and in force"
    ]
    assert statements.theirs_lines([card.theirs for card in cards]) == [
        ":green[✓] All 5 issued to this applicant"
    ]


def test_what_is_wrong_is_named_beside_what_holds(sample: Services) -> None:
    cards = person(sample, "Dmitri Sample").credentials
    assert statements.genuine_lines([card.genuine for card in cards]) == [
        ":green[✓] 1 of 2 genuine and in force",
        ":red[✗] Changed after it was signed",
    ]
    assert statements.theirs_lines([card.theirs for card in cards]) == [
        ":green[✓] 1 of 2 issued to this applicant",
        ":gray[–] The file says so, but nothing proves it",
    ]


def test_the_worst_statement_stands_first_and_each_kind_once() -> None:
    lines = statements.theirs_lines(
        [said("indeterminate", "bearer"), said("failed", "other_subject"), said("indeterminate", "bearer")]
    )
    assert lines == [":red[✗] Issued to somebody else", ":yellow[?] Genuine, but names nobody (2)"]


@pytest.mark.parametrize(
    ("name", "state"),
    [("Dmitri Sample", "rejected_evidence"), ("Carla Beispiel", "level_short"), ("Ada Example", "met")],
)
def test_the_line_that_wants_a_judgement_is_open_first(sample: Services, name: str, state: str) -> None:
    cells = person(sample, name).cells
    opened = requirements._first_to_read(cells)
    assert next(cell.state for cell in cells if cell.requirement.requirement_id == opened) == state


def test_a_piece_of_evidence_that_nothing_proves_goes_by_its_file(sample: Services) -> None:
    detail = person(sample, "Dmitri Sample")
    links = [link for cell in detail.cells for link in cell.evidence if link.mark is Mark.PROBLEM]
    assert {requirements._title(link, detail.credentials) for link in links} == {"statistics-altered.json"}


def test_a_credential_that_names_a_skill_twice_is_one_piece(sample: Services) -> None:
    cell = next(cell for cell in person(sample, "Ines Ejemplo").cells if cell.state == "claimed")
    assert len(cell.evidence) == 2
    assert len(requirements._distinct(cell.evidence)) == 1


def test_a_proved_skill_stands_once_with_all_its_levels() -> None:
    rows = [claim("SQL"), claim("SQL", level="EQF 6"), claim("Maths", framework=""), claim("SQL")]
    assert skills.by_framework(rows) == [("ESCO", ["SQL · EQF 6"]), ("In no framework", ["Maths"])]


def test_a_claim_says_why_it_does_not_count() -> None:
    rows = [claim("SQL", level="EQF 7", mark=Mark.PROBLEM)] * 2
    assert skills.claimed(rows) == ["✗ SQL · EQF 7 – Changed after it was signed"]


def test_the_last_decision_stands_with_its_note(sample: Services) -> None:
    detail = person(sample, "Bruno Muster")
    assert deciding.last(detail) == ""
    sample.candidates.decide(detail.row.applicant_id, DecisionWord.ON_HOLD, "waits for mathematics")
    assert "waits for mathematics" in deciding.last(person(sample, "Bruno Muster"))
    assert deciding.last(person(sample, "Bruno Muster")).startswith("On hold on ")


def check(outcome: str, code: str, **changes: Any) -> CheckRow:
    values: dict[str, Any] = {"outcome": outcome, "code": code, "message": "", "spec": "", "pointer": ""}
    finding = FindingRow(**{**values, "detail": {}, **changes})
    return CheckRow(check="proof", outcome=outcome, findings=(finding,))


def test_a_check_answers_with_headline_and_outcome_and_says_nothing_twice() -> None:
    assert receipt.answer("failed", "invalid_signature") == "Changed after it was signed · failed"
    assert receipt.answer("indeterminate", "no_such_code") == "Could not check"
    assert receipt.answer("unproved", "in_date") == "the file says so, nothing proves it"


def test_the_chain_is_drawn_to_where_it_breaks_in_our_words_alone(sample: Services) -> None:
    altered = next(card for card in person(sample, "Dmitri Sample").credentials if not card.proved)
    whole = person(sample, "Ada Example").credentials[0]
    assert trust_chain.picture(sample.evidence.view(altered.cred)).count('class="off"') == 3
    drawn = trust_chain.picture(sample.evidence.view(whole.cred))
    assert 'class="off"' not in drawn
    assert whole.issuer_listed not in drawn


def test_the_coverage_names_the_requirement_that_fewest_prove(sample: Services) -> None:
    values = sample.candidates.coverage(sample.jobs.sample_id() or "")
    assert coverage.finding(values) == "Fewest prove business intelligence: 1 of 15 people"
    assert "Met" in coverage.legend(values)
    assert "Related only" not in coverage.legend(values)


def test_the_shares_are_summed_in_their_title() -> None:
    rows = [ShareRow(label="A", verified=1, total=4), ShareRow(label="B", verified=2, total=2)]
    assert coverage.issuer_finding(rows) == "3 of 6 credentials verified, from 2 issuers"
    assert coverage.framework_finding(rows[:1]) == "1 of 4 skill claims verified, in 1 framework"
