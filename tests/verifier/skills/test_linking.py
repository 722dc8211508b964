"""Text → suggestions: with the words that matched, never more than suggestions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.declared import Esco, achievements
from tests.benchmarks.linking import SETS, interval, measure, queries, suggested
from tests.verifier.skills.making import PYTHON, credential, job, report, requirement
from verifier.skills import Link, Standing, extract_skills, match
from verifier.skills.frameworks.store import Library
from verifier.skills.inference import infer_skills
from verifier.skills.linking import Linker, Suggestion
from verifier.skills.ngrams import stem_of, words_of


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker.of(Library.bundled())


def names(found: tuple[Suggestion, ...]) -> list[str]:
    return [item.skill.name for item in found]


def test_a_name_in_a_sentence_is_suggested_first_with_its_words(linker: Linker) -> None:
    best = linker.suggest("You have solid experience in Python and want to learn more.")[0]
    assert best.skill.id == PYTHON
    assert (best.skill.framework, best.words, best.exact) == ("ESCO", ("python",), True)


def test_an_alias_and_another_form_of_a_word_are_found(linker: Linker) -> None:
    assert "use spreadsheets software" in names(linker.suggest("Excel"))
    assert "perform data analysis" in names(linker.suggest("performing analyses of data"))


def test_at_most_five_are_suggested_best_first(linker: Linker) -> None:
    found = linker.suggest("SQL, JavaScript, CSS, PHP, Java, Python, C++, bookkeeping, first aid")
    assert len(found) == 5
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)


def test_what_is_said_about_the_employer_suggests_nothing(linker: Linker) -> None:
    assert (
        linker.suggest("We are an equal opportunity employer with competitive salary and health insurance.")
        == ()
    )


@pytest.mark.parametrize(
    "text", ["", " ", "the and of", "\0", "<ORGANIZATION>", "qqq zzzz", "a" * 100_000, "（）"]
)
def test_where_nothing_reads_like_a_skill_nothing_is_suggested(linker: Linker, text: str) -> None:
    assert linker.suggest(text) == ()


def test_a_linker_over_nothing_suggests_nothing() -> None:
    assert Linker([]).suggest("Python") == ()


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    assert len(SMALL.suggest(text)) <= 5


SMALL = Linker([("urn:1", "data mining", ("mining of data",)), ("urn:2", "Java (computer programming)", ())])


def test_a_name_that_two_skills_share_names_neither() -> None:
    shared = Linker([("urn:1", "welding", ("joining",)), ("urn:2", "glueing", ("joining",))])
    assert not any(item.exact for item in shared.suggest("joining"))


def test_a_bare_word_out_of_a_parenthesis_must_say_enough() -> None:
    labels = ["Source (digital game creation systems)", *(f"open source {n}" for n in "abcd")]
    found = Linker((f"urn:{n}", label, ()) for n, label in enumerate(labels)).suggest("source")
    assert not any(item.exact for item in found)
    assert SMALL.suggest("java")[0].skill.name == "Java (computer programming)"


def test_words_keep_what_tells_languages_apart() -> None:
    assert words_of("C++, C#, Node.js and e-commerce (Müller’s)") == [
        "c++", "c#", "node.js", "and", "e", "commerce", "müller’s",
    ]  # fmt: skip
    assert {stem_of("welding"), stem_of("welder"), stem_of("welds")} == {"weld"}
    assert stem_of("ing") == "ing"


def test_what_was_read_out_of_text_meets_nothing_without_a_person(linker: Linker) -> None:
    inner = report(credential(description="Introduction to Python for analysts"))
    inferred = infer_skills(inner, lambda text: [item.skill for item in linker.suggest(text)])
    assert PYTHON in [claim.skill.id for claim in inferred]
    assert {claim.link for claim in inferred} == {Link.INFERRED}
    assert extract_skills(inner) == ()
    assert match(job(requirement()), inferred).requirements[0].standing is Standing.RELATED_ONLY


def test_what_the_credential_declares_is_not_inferred_again(linker: Linker) -> None:
    inner = report(credential({"target_url": PYTHON, "target_name": "Python"}, description="Python"))
    inferred = infer_skills(inner, lambda text: [item.skill for item in linker.suggest(text)])
    assert PYTHON not in [claim.skill.id for claim in inferred]


@pytest.mark.shared
def test_suggestions_are_better_than_plain_windows_on_validation_data(shared_frameworks: Path) -> None:
    folder = shared_frameworks / "linking"
    labels = {
        name: place
        for place, name in enumerate((folder / "skills_en_label.txt").read_text("utf-8").splitlines())
    }
    ranked = Linker((f"urn:{place}", name, ()) for name, place in labels.items())
    floor = {
        "tech": 62.0,
        "house": 45.0,
    }  # plain n-gram windows, measured on the same sentences: 51.3 and 40.6
    for name in SETS:
        asked = queries(folder / f"{name}_validation_annotations.csv", labels)
        _, at_5, _, _ = measure(ranked, [(text, relevant) for text, relevant in asked if relevant])
        assert at_5 > floor[name]


@pytest.mark.shared
def test_what_achievements_declare_is_mostly_found_when_it_is_hidden(
    shared_frameworks: Path, shared_cases: Path
) -> None:
    esco = Esco(shared_frameworks / "esco_skills_en.csv.gz")
    held = achievements([shared_cases / "education", shared_frameworks / "elm"], esco)
    assert len(held) >= 25
    row = suggested(Linker(esco.entries), held, "achievements")
    assert row.at_5 > 60
    assert str(row).startswith(f"| achievements | {len(held)} |")


def test_few_observations_leave_a_wide_interval() -> None:
    assert interval([True] * 8 + [False] * 2) == pytest.approx((0.490, 0.943), abs=0.001)
    assert interval([True] * 10)[1] == pytest.approx(1.0)
