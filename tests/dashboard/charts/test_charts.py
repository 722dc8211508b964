"""Charts say what the values say, in the colours of the verdicts, and never run what a label brings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from dashboard import charts, wording
from dashboard.services import AgeRow, Counts, CoverageRow, RequirementRow, Services, ShareRow

NOW = datetime(2026, 9, 1, tzinfo=UTC)
HOSTILE = '<a href="javascript:x">y</a>\u202e\n**b**'


def bar_texts(figure: Any) -> str:
    return str(figure.to_json())


def test_the_verdict_bar_counts_everything_received() -> None:
    figure = charts.verdict_bar(Counts(verified=3, problem=1, pending=2))
    assert [bar.x[0] for bar in figure.data] == [3, 1, 2]
    assert figure.data[0].marker.color == wording.palette("light")["green"][2]


def test_a_label_is_plain_and_short() -> None:
    text = charts.label(HOSTILE * 50)
    assert "<" not in text
    assert "\u202e" not in text
    assert "\n" not in text
    assert text.endswith("…")


def test_long_names_that_differ_at_their_end_stay_apart() -> None:
    names = [charts.shortened("communicate findings in regulated environments, part " + end) for end in "12"]
    assert len(set(names)) == 2
    assert all(len(name) <= charts.LABEL for name in names)
    assert charts.shortened("SQL") == "SQL"


def test_coverage_draws_every_state_once() -> None:
    rows = [CoverageRow(requirement=RequirementRow(skill_name=HOSTILE), states={"met": 2, "claimed": 1})]
    figure, table = charts.coverage_bars(rows, 3)
    assert len(figure.data) == len(wording.STATES)
    assert sum(bar.x[0] for bar in figure.data) == 3
    assert "<a" not in bar_texts(figure)
    assert table.iloc[0, 1:].sum() == 3


def test_shares_name_both_numbers() -> None:
    figure, table = charts.share_bars([ShareRow(label=HOSTILE, verified=1, total=4)])
    assert "1 of 4 verified" in bar_texts(figure)
    assert "<a" not in bar_texts(figure)
    assert list(table.iloc[0, 1:]) == [1, 4]


def test_thousands_are_set_apart() -> None:
    figure, _table = charts.share_bars([ShareRow(label="College", verified=1_333, total=10_000)])
    assert "1,333 of 10,000 verified" in figure.layout.annotations[0].text


def test_ages_are_named_by_their_bounds() -> None:
    rows = [AgeRow(at_most_days=7, checks=2), AgeRow(at_most_days=30, checks=0), AgeRow(checks=1)]
    figure, _table = charts.age_bars(rows)
    assert dict(zip(figure.data[0].x, figure.data[0].y, strict=True)) == {"≤ 7": 2, "≤ 30": 0, "> 30": 1}


def test_levels_are_drawn_on_one_scale_only(sample: Services) -> None:
    person = sample.candidates.rows(sample.jobs.sample_id())[2]
    drawn = charts.level_dots(sample.candidates.detail(person.applicant_id).cells)
    assert drawn is not None
    assert len(drawn[1]) == 1


def test_no_level_asked_draws_nothing() -> None:
    assert charts.level_dots(()) is None
    assert charts.timeline((), NOW) is None


def test_a_timeline_has_a_bar_for_each_dated_credential(sample: Services) -> None:
    person = sample.candidates.rows(sample.jobs.sample_id())[0]
    cards = sample.candidates.detail(person.applicant_id).credentials
    drawn = charts.timeline(cards, NOW)
    assert drawn is not None
    assert len(drawn[0].data) == len([card for card in cards if card.valid_from])


def test_a_timeline_shows_no_date_that_nothing_proves(sample: Services) -> None:
    person = next(row for row in sample.candidates.rows() if row.name == "Dmitri Sample")
    cards = sample.candidates.detail(person.applicant_id).credentials
    drawn = charts.timeline(cards, NOW)
    assert drawn is not None
    assert len(cards) == 2
    assert len(drawn[0].data) == 1
    altered = drawn[1][drawn[1].iloc[:, 1].str.contains("altered")]
    assert altered.empty


def test_the_heat_map_has_a_cell_for_each_person_and_requirement(sample: Services) -> None:
    job = sample.jobs.sample_id()
    people = sample.candidates.rows(job)[:3]
    comparison = sample.candidates.compare([row.applicant_id for row in people], job_id=job)
    figure = charts.heat_map(comparison, {row.applicant_id: HOSTILE for row in people})
    assert len(figure.data[0].z) == len(comparison.rows)
    assert len(figure.data[0].z[0]) == 3
    assert "<a" not in bar_texts(figure)
