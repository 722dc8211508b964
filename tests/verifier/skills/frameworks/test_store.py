"""What ships with the verifier, and how it is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from verifier.skills.frameworks import Relation
from verifier.skills.frameworks.bundled import attributions
from verifier.skills.frameworks.store import Library

PYTHON = "http://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d"


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.bundled()


def test_several_hundred_skills_and_some_dozen_occupations_are_bundled(library: Library) -> None:
    assert len(list(library.skills())) > 700
    assert len(library.occupations("ESCO")) + len(library.occupations("O*NET")) > 24
    assert set(library.versions()) == {"ESCO", "O*NET", "ESCO–O*NET crosswalk"}
    assert any("ESCO classification of the European Commission" in line for line in attributions())
    assert any("USDOL/ETA, CC BY 4.0" in line for line in attributions())


def test_a_skill_is_found_under_any_spelling_of_its_identifier(library: Library) -> None:
    assert library.label(PYTHON.replace("http:", "https:").upper().replace("HTTPS:", "https:")) == (
        "Python (computer programming)"
    )
    assert library.label("https://nowhere.example/x") == ""
    assert library.current("https://nowhere.example/x") == "https://nowhere.example/x"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("pyth", "Python (computer programming)"),
        ("JAVASCRPT", "JavaScript"),
        ("spreadsheet", "use spreadsheets software"),
        ("first  aid", "first aid"),
    ],
)
def test_search_takes_beginnings_words_and_misspellings(library: Library, text: str, label: str) -> None:
    assert label in [known.label for known in library.search(text, limit=5)]


def test_search_for_nothing_finds_nothing(library: Library) -> None:
    assert library.search("") == ()
    assert library.search("%_'\";--") == ()
    assert library.search("data analyst", kind="occupation")[0].code == "2511"


def test_an_alias_names_the_skill(library: Library) -> None:
    assert [known.id for known in library.named("python")] == [PYTHON]


def test_an_occupation_without_ratings_has_none_and_not_zero(library: Library) -> None:
    assert library.ratings("https://www.onetonline.org/link/summary/15-1252.00") == ()


def test_the_crosswalk_is_read_in_its_own_direction(library: Library) -> None:
    developers = library.related("https://www.onetonline.org/link/summary/15-1252.00")
    assert [hop.relation for hop in developers] == [Relation.NARROWER]
    nurses = library.related("https://www.onetonline.org/link/summary/29-1141.00")
    assert [hop.relation for hop in nurses] == [Relation.EXACT]


def test_without_a_file_the_bundled_subset_is_there(tmp_path: Path) -> None:
    assert Library.open(tmp_path / "absent.sqlite").label(PYTHON)
