"""Frameworks that are circular, of another release, too large or hostile: refused by row and column.

Whatever is refused leaves nothing behind: the database answers as it did before.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from verifier.__main__ import run
from verifier.skills.frameworks.entries import FrameworkUnreadable
from verifier.skills.frameworks.hierarchy import circle_in
from verifier.skills.frameworks.importing import import_framework
from verifier.skills.frameworks.store import Library
from verifier.skills.occupations import OccupationUnrated, propose

SKILL = "http://data.europa.eu/esco/skill/{:08d}-aaaa-4bbb-8ccc-dddddddddddd"
OCCUPATION = "http://data.europa.eu/esco/occupation/00000001-aaaa-4bbb-8ccc-dddddddddddd"
ONE, TWO, THREE = (SKILL.format(number) for number in (1, 2, 3))
ITEM = "https://case.example/ims/case/v1p0/CFItems/{}"
HEADER = "conceptUri,preferredLabel,altLabels,broader,replacedBy\n"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", "＠SUM(A1)")


def archive(folder: Path, **members: str) -> Path:
    path = folder / "esco.zip"
    with zipfile.ZipFile(path, "w") as whole:
        for name, text in members.items():
            whole.writestr(f"{name}_en.csv", text)
    return path


def package(folder: Path, *associations: tuple[str, str, str], **item: Any) -> Path:
    items = [{"uri": ITEM.format(name), "fullStatement": f"Item {name}"} for name in "abc"]
    items[1] |= item
    links = [
        {
            "associationType": kind,
            "originNodeURI": {"uri": ITEM.format(origin)},
            "destinationNodeURI": {"uri": ITEM.format(destination)},
        }
        for origin, kind, destination in associations
    ]
    path = folder / "package.json"
    path.write_text(json.dumps({"CFItems": items, "CFAssociations": links}), encoding="utf-8")
    return path


def contents(database: Path) -> list[tuple[Any, ...]]:
    """Every row of every table."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        tables = [name for (name,) in names.fetchall()]
        return [row for name in tables for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2")]  # noqa: S608  # names of tables


def refused(kind: str, path: Path, folder: Path) -> tuple[str, str, str]:
    """Row, column and reason of the refusal, into an empty and into a filled database."""
    database = folder / "frameworks.sqlite"
    with pytest.raises(FrameworkUnreadable):
        import_framework(kind, path, database)
    assert contents(database) == []
    good = archive(folder / "good", skills=f"{HEADER}{THREE},weaving,,,\n")
    import_framework("esco", good, database, version="1.3")
    before = contents(database)
    with pytest.raises(FrameworkUnreadable) as caught:
        import_framework(kind, path, database)
    assert contents(database) == before
    assert caught.value.file == path.name or caught.value.file.endswith("_en.csv")
    return caught.value.row, caught.value.column, caught.value.reason


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good").mkdir()
    return tmp_path


# ------------------------------------------------------------------------------------- circles


@pytest.mark.parametrize(
    ("rows", "row", "column"),
    [
        (f"{ONE},one,,{TWO},\n{TWO},two,,{ONE},\n", "row 3", "broaderUri"),
        (f"{ONE},one,,{ONE},\n", "row 2", "broaderUri"),
        (f"{ONE},one,,,{TWO}\n{TWO},two,,,{ONE}\n", "row 3", "replacedBy"),
    ],
)
def test_a_circle_in_esco_is_named_by_its_row(folder: Path, rows: str, row: str, column: str) -> None:
    place, found, reason = refused("esco", archive(folder, skills=HEADER + rows), folder)
    assert (place, found) == (f"skills_en.csv, {row}", column)
    assert "in a circle back to //data.europa.eu/esco/skill/" in reason


def test_a_circle_over_two_tables_is_found(folder: Path) -> None:
    concepts = f"{HEADER}{ONE},one,,{TWO},\n{TWO},two,,,\n"
    broader = f"conceptType,conceptUri,broaderUri\nK,{TWO},{ONE}\n"
    place, column, _ = refused("esco", archive(folder, broader=broader, skills=concepts), folder)
    assert column == "broaderUri"
    assert place in ("broader_en.csv, row 2", "skills_en.csv, row 2")


@pytest.mark.parametrize(
    ("associations", "row", "column"),
    [
        ([("a", "isChildOf", "b"), ("b", "isPartOf", "a")], "association 2", "isChildOf"),
        ([("c", "isPeerOf", "b"), ("a", "isChildOf", "a")], "association 2", "isChildOf"),
        (
            [("a", "replacedBy", "b"), ("b", "replacedBy", "c"), ("c", "replacedBy", "a")],
            "association 3",
            "replacedBy",
        ),
    ],
)
def test_a_circle_in_a_package_is_named_by_its_association(
    folder: Path, associations: list[tuple[str, str, str]], row: str, column: str
) -> None:
    assert refused("case", package(folder, *associations), folder)[:2] == (row, column)


def test_peers_may_name_each_other(tmp_path: Path) -> None:
    path = package(tmp_path, ("a", "isPeerOf", "b"), ("b", "isPeerOf", "a"))
    assert import_framework("case", path, tmp_path / "frameworks.sqlite").skills == 3


def test_a_hierarchy_of_a_hundred_thousand_steps_is_walked() -> None:
    chain = {f"{n}": [f"{n + 1}"] for n in range(100_000)}
    assert circle_in(chain) is None
    assert circle_in({**chain, "100000": ["0"]}) == ("100000", "0")


# ------------------------------------------------------------------------------------- versions


def test_a_table_of_another_release_beside_good_ones_is_not_passed_over(folder: Path) -> None:
    relations = f"occupationUri,relationType,concept\n{OCCUPATION},essential,{ONE}\n"
    path = archive(folder, skills=f"{HEADER}{ONE},one,,,\n", occupationSkillRelations=relations)
    assert refused("esco", path, folder) == (
        "row 1",
        "skillUri",
        "is missing: another file or version",
    )


@pytest.mark.parametrize(
    ("kind", "text", "column"),
    [
        ("esco", "concept,label\n1,2\n", "conceptUri, preferredLabel"),
        ("onet", "SOC,Score\n15-1254.00,3\n", "O*NET-SOC Code, Element ID"),
        ("onet", "O*NET-SOC Code\tElement ID\tElement Name\tScale\tData Value\n", "Scale ID"),
        ("crosswalk", "O*NET Id,O*NET Title,ESCO URI\n", "O*NET Id, Type of Match"),
        ("onet", "a\rb,c\n", "O*NET-SOC Code, Element ID"),
    ],
)
def test_a_table_of_another_version_names_the_column_that_it_lacks(
    folder: Path, kind: str, text: str, column: str
) -> None:
    path = folder / "other.csv"
    path.write_text(text, encoding="utf-8")
    assert refused(kind, path, folder)[1] == column


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (f"{OCCUPATION},essential,not an address", "skillUri"),
        (f"=HYPERLINK(1),essential,{ONE}", "occupationUri"),
        (f"{OCCUPATION},perhaps,{ONE}", "relationType"),
        (f"{OCCUPATION},essential", "skillUri"),
    ],
)
def test_a_bad_relation_is_named(folder: Path, row: str, column: str) -> None:
    path = archive(folder, relations=f"occupationUri,relationType,skillUri\n{row}\n")
    assert refused("esco", path, folder)[:2] == ("row 2", column)


# ------------------------------------------------------------------------------------- size


@pytest.mark.parametrize("kind", ["case", "rsd"])
def test_a_document_of_100_megabytes_is_refused_before_it_is_read(folder: Path, kind: str) -> None:
    path = folder / "large.json"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert "is over 50,000,000 bytes" in refused(kind, path, folder)[2]


def test_an_archive_is_judged_by_what_it_unpacks_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(folder, a="a" * 60, b="b" * 60)
    with monkeypatch.context() as patch:
        patch.setattr("verifier.skills.frameworks.tables.MAX_ARCHIVE_BYTES", 100)
        with pytest.raises(FrameworkUnreadable, match="unpacks to over 100 bytes"):
            import_framework("esco", path, folder / "frameworks.sqlite")


# ------------------------------------------------------------------------------------- formulas


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize(
    "column", ["fullStatement", "humanCodingScheme", "CFItemType", "abbreviatedStatement"]
)
def test_a_formula_in_a_package_is_named(folder: Path, formula: str, column: str) -> None:
    place = refused("case", package(folder, **{column: formula}), folder)
    assert place == ("item 2", column, "begins like a spreadsheet formula")


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("column", ["skillName", "skillStatement"])
def test_a_formula_in_a_descriptor_is_named(folder: Path, formula: str, column: str) -> None:
    path = folder / "rsd.json"
    descriptor = {"id": "https://osmt.example/1", "skillName": "Weaving", "skillStatement": "Weave."}
    path.write_text(json.dumps([descriptor, {**descriptor, column: formula}]), encoding="utf-8")
    assert refused("rsd", path, folder)[:2] == ("descriptor 2", column)


@pytest.mark.parametrize("column", ["O*NET Title", "ESCO or ISCO Title"])
def test_a_formula_in_the_crosswalk_is_named(folder: Path, column: str) -> None:
    cells = {
        "O*NET Id": "15-1254.00",
        "O*NET Title": "Web Developers",
        "ESCO or ISCO URI": OCCUPATION,
        "ESCO or ISCO Title": "web developer",
        "Type of Match": "closeMatch",
    }
    path = folder / "crosswalk.csv"
    lines = (cells, {**cells, column: "=1+1"})
    path.write_text(
        "\n".join([",".join(cells), *(",".join(line.values()) for line in lines)]), encoding="utf-8"
    )
    assert refused("crosswalk", path, folder)[:2] == ("row 3", column)


# ------------------------------------------------------------------------------------- the rest


def test_an_occupation_that_nobody_rated_is_named_and_never_zero(tmp_path: Path) -> None:
    path = tmp_path / "Occupation Data.txt"
    path.write_text("O*NET-SOC Code\tTitle\tDescription\n99-9999.00\tWeavers\tWeave.\n", encoding="utf-8")
    database = tmp_path / "frameworks.sqlite"
    import_framework("onet", path, database, version="30.0")
    with contextlib.closing(Library.open(database)) as library:
        occupation = "https://www.onetonline.org/link/summary/99-9999.00"
        assert library.ratings(occupation) == ()
        with pytest.raises(OccupationUnrated, match=r"Weavers \(99-9999.00\), for which O\*NET 30.0 has no"):
            propose(library, occupation, job_id="j")


def test_an_import_that_is_broken_off_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verifier.skills.frameworks.importing.PROGRESS_EVERY", 2)
    database = folder / "frameworks.sqlite"
    rows = "".join(f"{SKILL.format(number)},skill {number},,,\n" for number in range(9))

    def broken_off(number: int) -> None:
        if number == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_framework("esco", archive(folder, skills=HEADER + rows), database, progress=broken_off)
    assert contents(database) == []
    assert import_framework("esco", archive(folder, skills=HEADER + rows), database).skills == 9


def test_a_damaged_database_is_named_and_not_used(folder: Path) -> None:
    database = folder / "frameworks.sqlite"
    database.write_bytes(b"no database at all" * 100)
    with contextlib.closing(Library.open(database)) as library:
        assert library.versions()["ESCO"] == ("1.2.0", "bundled")
    with pytest.raises(FrameworkUnreadable, match="is damaged: delete it and import again"):
        import_framework("esco", archive(folder, skills=f"{HEADER}{ONE},one,,,\n"), database)
    assert database.read_bytes().startswith(b"no database")


def test_a_database_that_another_import_writes_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verifier.skills.frameworks.importing.WAIT_SECONDS", 0.05)
    database = folder / "frameworks.sqlite"
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(FrameworkUnreadable, match="cannot be written now"):
            import_framework("esco", archive(folder, skills=f"{HEADER}{ONE},one,,,\n"), database)


def test_the_command_names_file_row_and_column(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SKILLPROOF_HOME", str(folder / "home"))
    path = archive(folder, skills=f"{HEADER}{ONE},one,,,\n{TWO},=1+1,,,\n")
    assert run(["frameworks", "import", "esco", str(path)]) == 64
    said = capsys.readouterr().err
    assert "skills_en.csv, row 3, preferredLabel: begins like a spreadsheet formula" in said
    assert "Traceback" not in said
