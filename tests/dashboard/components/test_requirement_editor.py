"""The grid of requirements: what it does not show survives, a level is chosen by name, a new line is new."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.components import job_changes
from dashboard.components import requirement_editor as editor
from dashboard.services import LevelChoice, RequirementChange, RequirementRow, Services

Levels = dict[str, LevelChoice]


@pytest.fixture(scope="module")
def draft(sample: Services) -> tuple[RequirementRow, ...]:
    return sample.jobs.detail(sample.jobs.sample_id() or "").requirements


@pytest.fixture(scope="module")
def levels(sample: Services, draft: tuple[RequirementRow, ...]) -> Levels:
    return {editor._coded(one.scheme, one.value): one for one in sample.jobs.levels(draft)}


def test_an_untouched_grid_changes_nothing(draft: tuple[RequirementRow, ...], levels: Levels) -> None:
    rows = editor._rows(editor._frame(draft), draft, levels)
    assert rows == draft
    assert [row.kept for row in rows] == [row.kept for row in draft]


def test_no_address_is_offered_as_a_level(levels: Levels) -> None:
    names = [editor._level_name(one) for one in levels.values()]
    assert {"EQF 6", "CEFR B2", "Capable", "Expert"} <= set(names)
    assert not any("://" in name for name in names)


def test_another_level_is_taken_with_its_scale(draft: tuple[RequirementRow, ...], levels: Levels) -> None:
    table = editor._frame(draft)
    table.loc[0, "level"] = editor._coded("CEFR", "B2")
    table.loc[2, "level"] = None
    rows = editor._rows(table, draft, levels)
    assert (rows[0].level_scheme, rows[0].level_value) == ("CEFR", "B2")
    assert (rows[2].level_scheme, rows[2].level_value) == ("", "")


def test_a_line_keeps_what_it_is_when_another_above_it_goes(
    draft: tuple[RequirementRow, ...], levels: Levels
) -> None:
    rows = editor._rows(editor._frame(draft).drop(index=[0, 1]), draft, levels)
    assert rows == draft[2:]


def test_a_new_line_has_no_past_and_a_code_and_identity_can_be_asked(levels: Levels) -> None:
    table = pd.concat([editor._frame(()), pd.DataFrame([{"skill_name": "Welding", "skill_code": "W1"}])])
    table["identity_verified"] = True
    [row] = editor._rows(table, (), levels)
    assert row == RequirementRow(
        skill_name="Welding", skill_code="W1", identity_verified=True, required=row.required
    )


def test_issuers_are_chosen_for_one_line(draft: tuple[RequirementRow, ...], levels: Levels) -> None:
    table = editor._frame(draft)
    table["issuers"] = [["did:web:college.example"], *[[] for _ in draft[1:]]]
    rows = editor._rows(table, draft, levels)
    assert rows[0] == replace(draft[0], issuers=("did:web:college.example",))
    assert rows[1:] == draft[1:]


def test_a_change_is_said_in_words(draft: tuple[RequirementRow, ...]) -> None:
    before = draft[2]
    after = replace(before, level_value="7", must_hold=True, required=False)
    change = RequirementChange(
        kind="changed", before=before, after=after, fields=("required", "level_value", "must_hold")
    )
    assert job_changes.sentence(change) == (
        "apply statistical analysis techniques: required or preferred required → preferred, "
        "level EQF 6 → EQF 7, licence off → on"
    )
    assert job_changes.sentence(RequirementChange(kind="added", before=None, after=before)).startswith("+ ")
