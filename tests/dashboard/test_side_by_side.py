"""The table of a comparison: marks and levels, words for whoever listens, who confirmed, what all share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dashboard import side_by_side
from dashboard.services import Comparison, ConfirmationRow, DecisionWord, Services


def compared(sample: Services, *names: str) -> Comparison:
    ids = {row.name: row.applicant_id for row in sample.candidates.rows(sample.jobs.sample_id())}
    return sample.candidates.compare([ids[name] for name in names], job_id=sample.jobs.sample_id())


def table(shown: Comparison) -> dict[str, list[dict[str, Any]]]:
    """The texts of the cells by skill."""
    names = {person.applicant_id: person.name for person in shown.people}
    groups = side_by_side.table(shown, names, shown.rows)["groups"]
    return {row["skill"]: row["cells"] for group in groups for row in group["rows"]}


def test_required_lines_stand_apart_from_preferred_ones(sample: Services) -> None:
    shown = compared(sample, "Ada Example", "Dmitri Sample")
    names = {person.applicant_id: person.name for person in shown.people}
    groups = side_by_side.table(shown, names, shown.rows)["groups"]
    assert [(group["title"], len(group["rows"])) for group in groups] == [("Required", 6), ("Preferred", 3)]


def test_a_cell_has_mark_and_level_and_its_word_for_whoever_hovers_or_listens(sample: Services) -> None:
    cells = table(compared(sample, "Ada Example", "Carla Beispiel"))["apply statistical analysis techniques"]
    assert [cell["text"] for cell in cells] == ["✓ EQF 7", "↓ EQF 5"]
    assert [cell["said"] for cell in cells] == ["Met", "Level short"]
    assert all(cell["hover"].startswith(cell["said"]) for cell in cells)
    assert all(cell["evidence"] for cell in cells)


def test_nothing_is_only_a_dash_and_still_has_its_word(sample: Services) -> None:
    _ada, dmitri = table(compared(sample, "Ada Example", "Dmitri Sample"))["Python (computer programming)"]
    assert (dmitri["text"], dmitri["said"], dmitri["evidence"]) == ("–", "No evidence", [])


def test_the_level_of_a_rubric_is_a_name_and_never_an_address(sample: Services) -> None:
    shown = compared(sample, "Ada Example", "Dmitri Sample")
    names = {person.applicant_id: person.name for person in shown.people}
    groups = side_by_side.table(shown, names, shown.rows)["groups"]
    levels = {row["skill"]: row["level"] for group in groups for row in group["rows"]}
    assert levels["deliver visual presentation of data"] == "at least Capable"
    assert not any("://" in level for level in levels.values())


def test_a_cell_that_a_person_confirmed_says_so(sample: Services) -> None:
    shown = compared(sample, "Ada Example", "Dmitri Sample")
    sql = next(row for row in shown.rows if row.requirement.skill_name == "SQL").cells[0]
    made = ConfirmationRow(actor="hr", at=datetime(2026, 9, 1, tzinfo=UTC), reason="we called the school")
    confirmed = replace(sql, evidence=(replace(sql.evidence[0], confirmed=made),))
    assert side_by_side.cell(sql)["confirmed"] == ""
    assert side_by_side.cell(confirmed)["confirmed"] == "confirmed by hr"


def test_what_all_share_is_named_where_only_differences_are_shown(sample: Services) -> None:
    shown = compared(sample, "Ada Example", "Dmitri Sample")
    kept = side_by_side.kept_rows(shown, only_differences=True)
    assert all(row.differs for row in kept)
    assert side_by_side.alike(shown) == [
        "SQL (✓ Met)",
        "business intelligence (– No evidence)",
        "Critical Thinking (– No evidence)",
    ]


def test_the_last_decision_on_each_stands_below_with_its_note(loaded: Services) -> None:
    job = loaded.jobs.sample_id() or ""
    ada, bruno = (row.applicant_id for row in loaded.candidates.rows(job)[:2])
    loaded.candidates.decide(ada, DecisionWord.ON_HOLD, "wait for the reference")
    loaded.candidates.decide(ada, DecisionWord.SHORTLISTED, "Ada Example proved SQL")
    shown = loaded.candidates.compare([ada, bruno], job_id=job)
    names = {person.applicant_id: person.name for person in shown.people}
    assert side_by_side.table(shown, names, shown.rows)["notes"] == [
        {"decision": "Shortlisted", "said": "", "note": "Ada Example proved SQL"},
        {"decision": "–", "said": "Undecided", "note": ""},
    ]
    blind = loaded.candidates.compare([ada, bruno], job_id=job, blind=True)
    assert "Ada" not in str(blind.notes)
