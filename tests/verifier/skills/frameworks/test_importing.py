"""Official downloads: all of one or nothing of it; what is wrong is named by file, row and column."""

from __future__ import annotations

import contextlib
import gzip
import json
import sqlite3
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verifier.skills.frameworks import Relation
from verifier.skills.frameworks.entries import FrameworkUnreadable
from verifier.skills.frameworks.importing import IMPORTERS, import_framework
from verifier.skills.frameworks.store import Library
from verifier.skills.occupations import propose

SKILL = "http://data.europa.eu/esco/skill/{:08d}-aaaa-4bbb-8ccc-dddddddddddd"
OCCUPATION = "http://data.europa.eu/esco/occupation/{:08d}-aaaa-4bbb-8ccc-dddddddddddd"
SKILLS_CSV = (
    "conceptType,conceptUri,skillType,preferredLabel,altLabels,status\n"
    f'KnowledgeSkillCompetence,{SKILL.format(1)},knowledge,weaving,"looming\ntextile weaving",released\n'
    f"KnowledgeSkillCompetence,{SKILL.format(2)},skill/competence,weave by hand,,released\n"
)
OCCUPATIONS_CSV = (
    "conceptType,conceptUri,iscoGroup,preferredLabel,code\n"
    f"Occupation,{OCCUPATION.format(1)},7318,weaver,7318.1\n"
)
RELATIONS_CSV = (
    "occupationUri,relationType,skillType,skillUri\n"
    f"{OCCUPATION.format(1)},essential,knowledge,{SKILL.format(1)}\n"
    f"{OCCUPATION.format(1)},optional,skill/competence,{SKILL.format(2)}\n"
)
BROADER_CSV = f"conceptType,conceptUri,broaderType,broaderUri\nS,{SKILL.format(2)},K,{SKILL.format(1)}\n"


GROUPS_CSV = (
    "conceptType,conceptUri,preferredLabel\n"
    "SkillGroup,http://data.europa.eu/esco/skill/S1.2,handling cloth\n"
    "ISCOGroup,http://data.europa.eu/esco/isco/C7318,Handicraft workers in textile\n"
    "ConceptScheme,http://data.europa.eu/esco/concept-scheme/skills,Skills pillar\n"
)


def esco_zip(folder: Path, **members: str) -> Path:
    path = folder / "esco.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"ESCO/{name}_en.csv", text)
    return path


def full(folder: Path) -> Path:
    return esco_zip(
        folder, skills=SKILLS_CSV, occupations=OCCUPATIONS_CSV, relations=RELATIONS_CSV, broader=BROADER_CSV
    )


def test_the_official_zip_replaces_the_bundled_subset(tmp_path: Path) -> None:
    database = tmp_path / "frameworks.sqlite"
    seen: list[int] = []
    done = import_framework("esco", full(tmp_path), database, version="1.3", progress=seen.append)
    assert (done.skills, done.occupations, done.hops, done.ratings) == (2, 1, 1, 2)
    assert done.retired > 700
    library = Library.open(database)
    assert library.versions()["ESCO"] == ("1.3", "esco.zip")
    assert library.labels(SKILL.format(1)) == ("weaving", "looming", "textile weaving")
    assert [rating.relation for rating in library.ratings(OCCUPATION.format(1))] == ["essential", "optional"]
    assert [hop.relation for hop in library.related(SKILL.format(1))] == [Relation.NARROWER]
    assert [hop.relation for hop in library.related(SKILL.format(2))] == [Relation.BROADER]


def test_groups_are_kept_and_counted_as_no_skills(tmp_path: Path) -> None:
    database = tmp_path / "frameworks.sqlite"
    done = import_framework("esco", esco_zip(tmp_path, groups=GROUPS_CSV), database, version="1.2")
    assert (done.skills, done.occupations, done.retired) == (0, 0, 0)
    library = Library.open(database)
    assert library.label("http://data.europa.eu/esco/skill/S1.2") == "handling cloth"
    assert library.concept("http://data.europa.eu/esco/concept-scheme/skills") is None


def test_what_a_release_no_longer_has_is_kept_as_retired(tmp_path: Path) -> None:
    database = tmp_path / "frameworks.sqlite"
    import_framework("esco", full(tmp_path), database, version="1.2")
    newer = (
        "conceptUri,preferredLabel,replacedBy\n"
        f"{SKILL.format(3)},weaving techniques,\n{SKILL.format(1)},weaving,{SKILL.format(3)}\n"
    )
    import_framework("esco", esco_zip(tmp_path, skills=newer), database, version="1.3")
    library = Library.open(database)
    assert library.current(SKILL.format(1).upper().replace("HTTP:", "https:")) == SKILL.format(3)
    assert library.retired(SKILL.format(3)) == (SKILL.format(1),)
    gone = library.concept(SKILL.format(2))
    assert gone is not None
    assert gone.retired_in == "1.3"
    assert library.concept(OCCUPATION.format(1)) is not None, "a file of skills retires no occupation"
    assert library.ratings(OCCUPATION.format(1))


@pytest.mark.parametrize(
    ("member", "text", "row", "column"),
    [
        ("skills", SKILLS_CSV.replace(SKILL.format(2), "nonsense"), "row 3", "conceptUri"),
        ("skills", SKILLS_CSV.replace("weave by hand", "=cmd|' /C calc'!A0"), "row 3", "preferredLabel"),
        ("skills", SKILLS_CSV.replace("looming", "@SUM(A1)"), "row 2", "altLabels"),
        ("skills", SKILLS_CSV.replace(",weave by hand,,released", ""), "row 3", "preferredLabel"),
        ("relations", RELATIONS_CSV.replace("optional", "perhaps"), "row 3", "relationType"),
        ("skills", SKILLS_CSV.replace("preferredLabel", "name"), "the header", "conceptUri, preferredLabel"),
    ],
)
def test_a_bad_file_is_named_by_row_and_column_and_leaves_nothing(
    tmp_path: Path, member: str, text: str, row: str, column: str
) -> None:
    database = tmp_path / "frameworks.sqlite"
    with pytest.raises(FrameworkUnreadable) as caught:
        import_framework("esco", esco_zip(tmp_path, **{member: text}), database)
    assert (caught.value.row, caught.value.column) == (row, column)
    with pytest.raises(FrameworkUnreadable):
        import_framework("esco", tmp_path / "absent.zip", database)
    import_framework("esco", full(tmp_path), database, version="1.3")
    with pytest.raises(FrameworkUnreadable):
        import_framework("esco", esco_zip(tmp_path, **{member: text}), database)
    library = Library.open(database)
    assert library.versions()["ESCO"][0] == "1.3"
    assert len(library.ratings(OCCUPATION.format(1))) == 2


def onet(folder: Path, text: str) -> Path:
    path = folder / "Skills.txt"
    path.write_text(text, encoding="utf-8")
    return path


ONET = (
    "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tRecommend Suppress\tNot Relevant\n"
    "15-1254.00\t2.A.1.a\tReading Comprehension\tIM\t3.88\tN\tn/a\n"
    "15-1254.00\t2.A.1.a\tReading Comprehension\tLV\t4.00\tN\tN\n"
    "15-1254.00\t2.B.3.b\tEquipment Selection\tIM\t2.12\tY\tn/a\n"
    "15-1254.00\t1.A.1.a.1\tOral Comprehension\tIM\t4.12\tN\tn/a\n"
)


def test_onet_ratings_are_read_scale_by_scale(tmp_path: Path) -> None:
    database = tmp_path / "frameworks.sqlite"
    import_framework("onet", onet(tmp_path, ONET), database, version="30.0")
    reading, equipment = Library.open(database).ratings("https://www.onetonline.org/link/summary/15-1254.00")
    assert (reading.importance, reading.level, reading.suppressed) == (3.88, 4.0, False)
    assert (equipment.importance, equipment.level, equipment.suppressed) == (2.12, None, True)


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        (ONET.replace("15-1254.00\t2.B", "web dev\t2.B"), "row 4", "O*NET-SOC Code"),
        (ONET.replace("3.88", "high"), "row 2", "IM"),
        (ONET.replace("Element ID", "Task ID"), "row 1", "Element ID"),
        (ONET.replace("3.88", "5.01"), "row 2", "IM"),
        (ONET.replace("4.00", "7.01"), "row 3", "LV"),
    ],
)
def test_an_onet_file_of_another_shape_is_refused(tmp_path: Path, text: str, row: str, column: str) -> None:
    with pytest.raises(FrameworkUnreadable) as caught:
        import_framework("onet", onet(tmp_path, text), tmp_path / "frameworks.sqlite")
    assert (caught.value.row, caught.value.column) == (row, column)


def test_a_level_of_onet_is_shown_beside_its_anchor(tmp_path: Path) -> None:
    path = tmp_path / "db_30_0_text.zip"
    anchors = (
        "Element ID\tElement Name\tScale ID\tAnchor Value\tAnchor Description\n"
        "2.A.1.a\tReading Comprehension\tLV\t2\tRead step-by-step instructions\n"
        "2.A.1.a\tReading Comprehension\tLV\t4\tRead a memo from management\n"
        "1.A.1.a.1\tOral Comprehension\tLV\t4\tUnderstand a coach\n"
    )
    occupations = "O*NET-SOC Code\tTitle\tDescription\n15-1254.00\tWeb Developers\tDevelop.\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("db/Skills.txt", ONET)
        archive.writestr("db/Level Scale Anchors.txt", anchors)
        archive.writestr("db/Occupation Data.txt", occupations)
    database = tmp_path / "frameworks.sqlite"
    import_framework("onet", path, database, version="30.0")
    library = Library.open(database)
    proposal = propose(library, "https://www.onetonline.org/link/summary/15-1254.00", job_id="j")
    assert proposal.notes == (
        ("r1", "O*NET importance 3.88 of 5, level 4 of 7 (beside 4: Read a memo from management)"),
    )
    assert library.anchor("https://www.onetonline.org/find/descriptor/result/1.A.1.a.1", 4.0) == ""


def test_the_broad_match_of_the_crosswalk_means_that_the_onet_side_is_broader(tmp_path: Path) -> None:
    path = tmp_path / "crosswalk.csv"
    path.write_text(
        "ESCO-O*NET crosswalk;;\nO*NET Id,O*NET Title,ESCO or ISCO URI,ESCO or ISCO Title,Type of Match\n"
        f"11-1011.00,Chief Executives,{OCCUPATION.format(7)},airport chief executive,broadMatch\n"
        "11-3031.00,Financial Managers,http://data.europa.eu/esco/isco/C1211,Finance managers,exactISCO\n",
        encoding="utf-8",
    )
    database = tmp_path / "frameworks.sqlite"
    assert import_framework("crosswalk", path, database, version="1").hops == 2
    library = Library.open(database)
    (from_esco,) = library.related(OCCUPATION.format(7))
    assert (from_esco.relation, from_esco.source, from_esco.version) == (
        Relation.BROADER,
        "ESCO–O*NET crosswalk",
        "1",
    )
    (group,) = library.related("https://www.onetonline.org/link/summary/11-3031.00")
    assert group.relation is Relation.RELATED
    assert library.label(OCCUPATION.format(7)) == "airport chief executive"


def case(folder: Path, associations: list[tuple[str, str, str]]) -> Path:
    uri = "https://case.example/ims/case/v1p0/CFItems/{}"
    package = {
        "CFDocument": {},
        "CFItems": [
            {"uri": uri.format(name), "fullStatement": f"Item {name}", "humanCodingScheme": name}
            for name in "abc"
        ],
        "CFAssociations": [
            {
                "associationType": kind,
                "originNodeURI": {"uri": uri.format(origin)},
                "destinationNodeURI": {"uri": uri.format(destination)},
            }
            for origin, kind, destination in associations
        ],
    }
    path = folder / "package.json"
    path.write_text(json.dumps(package), encoding="utf-8")
    return path


def test_a_case_package_brings_items_hierarchy_and_successors(tmp_path: Path) -> None:
    database = tmp_path / "frameworks.sqlite"
    path = case(tmp_path, [("a", "isChildOf", "b"), ("a", "exactMatchOf", "c"), ("c", "replacedBy", "a")])
    done = import_framework("case", path, database)
    assert (done.skills, done.hops) == (3, 2)
    library = Library.open(database)
    uri = "https://case.example/ims/case/v1p0/CFItems/"
    assert {(hop.id[-1], hop.relation) for hop in library.related(uri + "a")} == {
        ("b", Relation.BROADER),
        ("c", Relation.EXACT),
    }
    assert library.current(uri + "c") == uri + "a"


@pytest.mark.parametrize(
    ("associations", "column"),
    [
        ([("a", "isChildOf", "b"), ("b", "isChildOf", "c"), ("c", "isChildOf", "a")], "isChildOf"),
        ([("a", "isChildOf", "a")], "isChildOf"),
        ([("a", "isFriendOf", "b")], "associationType"),
    ],
)
def test_a_package_that_runs_in_circles_is_refused(
    tmp_path: Path, associations: list[tuple[str, str, str]], column: str
) -> None:
    database = tmp_path / "frameworks.sqlite"
    with pytest.raises(FrameworkUnreadable) as caught:
        import_framework("case", case(tmp_path, associations), database)
    assert caught.value.column == column


def test_two_parents_with_one_grandparent_are_no_circle(tmp_path: Path) -> None:
    path = case(tmp_path, [("a", "isChildOf", "b"), ("a", "isChildOf", "c"), ("b", "isChildOf", "c")])
    assert import_framework("case", path, tmp_path / "frameworks.sqlite").hops == 3


def test_a_package_of_100_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "package.json"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(FrameworkUnreadable, match="is over"):
        import_framework("case", path, tmp_path / "frameworks.sqlite")


def test_a_descriptor_reaches_its_own_alignments_in_one_hop(tmp_path: Path) -> None:
    uri = "https://osmt.example/api/skills/0a000000-aaaa-4bbb-8ccc-dddddddddddd"
    path = tmp_path / "rsd.json"
    descriptor = {
        "id": uri,
        "skillName": "Weaving",
        "skillStatement": "Weave cloth on a loom.",
        "alignments": [{"id": SKILL.format(1), "skillName": "weaving"}],
    }
    path.write_text(json.dumps([descriptor]), encoding="utf-8")
    database = tmp_path / "frameworks.sqlite"
    import_framework("rsd", path, database)
    library = Library.open(database)
    known = library.concept(uri)
    assert known is not None
    assert known.statement == "Weave cloth on a loom."
    assert [(hop.id, hop.relation) for hop in library.related(uri)] == [(SKILL.format(1), Relation.CLOSE)]


def test_no_package_renames_what_another_framework_owns(tmp_path: Path) -> None:
    database = tmp_path / "frameworks.sqlite"
    import_framework("esco", full(tmp_path), database, version="1.3")
    path = tmp_path / "rsd.json"
    path.write_text(json.dumps([{"id": SKILL.format(1), "skillName": "Juggling"}]), encoding="utf-8")
    import_framework("rsd", path, database)
    assert Library.open(database).label(SKILL.format(1)) == "weaving"


def test_a_bomb_stops_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verifier.skills.frameworks.tables.MAX_TABLE_BYTES", 10_000)
    path = tmp_path / "skills.csv.gz"
    line = f"K,{SKILL.format(1)},knowledge,weaving,,released\n"
    path.write_bytes(gzip.compress((SKILLS_CSV + line * 1_000).encode()))
    with pytest.raises(FrameworkUnreadable, match="is over"):
        import_framework("esco", path, tmp_path / "frameworks.sqlite")


@pytest.mark.parametrize("kind", IMPORTERS)
@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff\xfe", b"{}", b"[]", b"PK\x05\x06" + bytes(18), b"\x1f\x8b\x08broken"]
)
def test_anything_else_is_unreadable(tmp_path: Path, kind: str, data: bytes) -> None:
    path = tmp_path / "file.csv.gz" if data.startswith(b"\x1f") else tmp_path / "file.csv"
    path.write_bytes(data)
    with pytest.raises(FrameworkUnreadable):
        import_framework(kind, path, tmp_path / "frameworks.sqlite")


def test_a_kind_that_there_is_not_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="none of"):
        import_framework("lightcast", tmp_path, tmp_path / "frameworks.sqlite")


@pytest.mark.shared
def test_the_reference_files_are_imported_with_their_counts(shared_frameworks: Path, tmp_path: Path) -> None:
    database = tmp_path / "frameworks.sqlite"
    counts = {
        "esco_skills_en.csv.gz": ("esco", 13_981, 0, None, 0),
        "esco120_occupation_skill.csv.gz": ("esco", 0, 3_039, 0, None),
        "onet292_skill_knowledge_im_lv.csv.gz": ("onet", 68, 879, 0, 59_772),
        "onet_esco_matchtypes.csv.gz": ("crosswalk", 0, 0, 4_253, 0),
        "case/opensalt-framework-sample.json": ("case", 16, 0, 39, 0),
        "case/SmartLevelFramework.json": ("case", 14, 0, 14, 0),
        "osmt/skill_v3_one.json": ("rsd", 1, 0, 1, 0),
        "osmt/skills_v3_list.json": ("rsd", 50, 0, 0, 0),
    }
    for name, (kind, *expected) in counts.items():
        done = import_framework(kind, shared_frameworks / name, database, version=name)
        got = (done.skills, done.occupations, done.hops, done.ratings)
        assert all(want in (None, have) for want, have in zip(expected, got, strict=True)), (name, got)
    library = Library.open(database)
    for text in ("pyth", "javascrpt", "manage musical stff", "xyzzy"):
        begun = time.thread_time()  # of this thread alone: a busy machine is no failure
        library.search(text)
        assert time.thread_time() - begun < 0.25, "50 ms on a quiet machine"
    assert library.search("javascrpt")[0].label == "JavaScript"


def test_a_first_import_that_fails_leaves_the_bundled_subset_in_use(tmp_path: Path) -> None:
    database = tmp_path / "frameworks.sqlite"
    with pytest.raises(FrameworkUnreadable):
        import_framework("esco", esco_zip(tmp_path, skills="a,b\n1,2\n"), database)
    assert Library.open(database).versions()["ESCO"] == ("1.2.0", "bundled")
    assert import_framework("esco", full(tmp_path), database, version="1.3").skills == 2


def test_a_database_of_another_release_is_neither_read_nor_written(tmp_path: Path) -> None:
    database = tmp_path / "frameworks.sqlite"
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("CREATE TABLE framework (name TEXT)")
        connection.commit()
    assert Library.open(database).versions()["ESCO"] == ("1.2.0", "bundled")
    with pytest.raises(FrameworkUnreadable, match="another release"):
        import_framework("esco", full(tmp_path), database)


HEADERS = st.sampled_from(
    [
        "conceptUri,preferredLabel,altLabels,broader\n",
        "occupationUri,relationType,skillUri\n",
        "O*NET-SOC Code\tElement ID\tElement Name\tim\tlv\n",
        "O*NET Id,O*NET Title,ESCO or ISCO URI,ESCO or ISCO Title,Type of Match\n",
        "",
    ]
)
CELLS = st.sampled_from(
    [
        SKILL.format(1),
        "15-1254.00",
        "2.A.1.a",
        "essential",
        "exactMatch",
        "label",
        '"',
        "=1",
        "",
        "4.1",
        "\t",
        ",",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(sorted(IMPORTERS)),
    header=HEADERS,
    rows=st.lists(st.lists(CELLS | st.text(max_size=6), max_size=6).map(",".join), max_size=4),
)
def test_whatever_stands_in_a_table_is_imported_or_refused(
    tmp_path: Path, kind: str, header: str, rows: list[str]
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes((header + "\n".join(rows)).encode("utf-8", "surrogatepass"))
    with contextlib.suppress(FrameworkUnreadable):
        import_framework(kind, path, tmp_path / "frameworks.sqlite")
