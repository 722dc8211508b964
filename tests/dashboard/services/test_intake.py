"""What is handed in becomes items, each counted once, none dropped quietly."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.services import (
    BatchState,
    Given,
    Grouping,
    Incoming,
    Mark,
    Missing,
    Services,
    without_litter,
)
from tests.dashboard.finished import blank_home
from tests.dashboard.services.making import verifying


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Services]:
    """Services whose verification is made up."""
    opened = Services.open(blank_home(tmp_path / "home"), verifying=verifying())
    yield opened
    opened.close()


def files(*names: str) -> list[Incoming]:
    return [Incoming(filename=name, data=f"ok {name}".encode()) for name in names]


def test_every_item_gets_its_own_outcome(desk: Services) -> None:
    handed_in = [
        Incoming(filename=f"{data[:3].decode()}.json", data=data)
        for data in (b"ok 1", b"bad", b"far", b"new", b"odd")
    ]
    batch = desk.intake.receive(handed_in)
    progress = desk.work.wait(batch)
    assert progress.state is BatchState.FINISHED
    assert set(progress.counts.by_mark().values()) == {0, 1}
    assert progress.counts.received == 5
    assert [row.mark for row in desk.work.items(batch)] == [
        Mark.VERIFIED, Mark.PROBLEM, Mark.NOT_CHECKED, Mark.ISSUER_UNKNOWN, Mark.UNREADABLE,
    ]  # fmt: skip
    assert [row.filename for row in desk.work.items(batch, mark=Mark.PROBLEM)] == ["bad.json"]


def test_the_same_bytes_of_the_same_person_are_taken_once_and_named(desk: Services) -> None:
    batch = desk.intake.receive([*files("a"), Incoming(filename="copy of a", data=b"ok a")])
    progress = desk.work.wait(batch)
    assert (progress.counts.received, progress.duplicates) == (1, ("copy of a",))
    [person] = desk.candidates.rows()
    again = desk.intake.receive(files("a", "b"), applicant_id=person.applicant_id)
    assert desk.work.wait(again).duplicates == ("a",)
    assert desk.candidates.rows()[0].counts.verified == 2


def test_the_same_bytes_of_two_people_are_two_items(desk: Services) -> None:
    batch = desk.intake.receive(
        [*files("a"), Incoming(filename="b", data=b"ok a")], grouping=Grouping.FILE_EACH
    )
    assert desk.work.wait(batch).counts.received == 2
    assert len(desk.candidates.rows()) == 2


def test_a_folder_is_a_person_also_the_second_time(desk: Services) -> None:
    job = desk.jobs.create("Analyst")
    first = files("pool/Ada/one.json", "pool/Ada/two.json", "pool\\Bo\\one.json", "loose.json")
    desk.work.wait(desk.intake.receive(first, job_id=job, grouping=Grouping.FOLDER_EACH))
    assert sorted(row.counts.received for row in desk.candidates.rows(job)) == [1, 1, 2]
    later = files("Ada/three.json")
    desk.work.wait(desk.intake.receive(later, job_id=job, grouping=Grouping.FOLDER_EACH))
    assert sorted(row.counts.received for row in desk.candidates.rows(job)) == [1, 1, 3]


def test_a_folder_tells_people_apart_and_is_no_evidence_of_a_name(desk: Services) -> None:
    batch = desk.intake.receive(files("Ada Lovelace/one.json"), grouping=Grouping.FOLDER_EACH)
    desk.work.wait(batch)
    [row] = desk.candidates.rows()
    assert (row.name, row.label) == ("", "Ada Lovelace")
    assert row.pseudonym.startswith("Candidate ")
    assert [item.applicant for item in desk.work.items(batch)] == ["Ada Lovelace"]
    assert desk.candidates.detail(row.applicant_id, blind=True).row.label == ""


def test_a_zip_in_the_folder_of_one_of_several_people_is_theirs(desk: Services) -> None:
    packed = zipped({"a.json": b"ok a", "courses/b.json": b"ok b"})
    handed_in = [
        *files("pool/Bo/one.json"),
        Incoming(filename="pool/Ada/old.zip", data=packed),
        Incoming(filename="pool/Ada/new.zip", data=zipped({"c.json": b"ok c"})),
    ]
    desk.work.wait(desk.intake.receive(handed_in, grouping=Grouping.FOLDER_EACH))
    people = {row.label: row.counts.received for row in desk.candidates.rows()}
    assert people == {"Ada": 3, "Bo": 1}


def test_zips_side_by_side_in_one_folder_are_a_person_each(desk: Services) -> None:
    handed_in = [
        Incoming(filename=f"pool/{name}.zip", data=zipped({"a.json": b"ok " + name.encode()}))
        for name in ("Ada", "Bo")
    ]
    desk.work.wait(desk.intake.receive(handed_in, grouping=Grouping.FOLDER_EACH))
    assert [row.label for row in desk.candidates.rows()] == ["Ada", "Bo"]


def test_what_an_operating_system_put_into_a_folder_was_sent_by_nobody() -> None:
    names = ("pool/.DS_Store", "pool/Ada/Thumbs.db", "pool/Ada/._badge.png", "pool/Ada/badge.png")
    assert [one.filename for one in without_litter(files(*names))] == ["pool/Ada/badge.png"]


def test_nothing_handed_in_is_refused(desk: Services) -> None:
    with pytest.raises(ValueError, match="nothing"):
        desk.intake.receive([])
    assert desk.work.batches() == ()


def test_a_person_or_job_that_is_gone_is_named_as_missing(desk: Services) -> None:
    with pytest.raises(Missing):
        desk.intake.receive(files("a"), applicant_id="gone")
    with pytest.raises(Missing):
        desk.intake.receive(files("a"), job_id="gone")
    assert desk.work.batches() == ()


def test_pasted_text_is_a_link_only_when_it_is_one_address(desk: Services) -> None:
    assert desk.intake.pasted("  https://issuer.example/badge/1\n").url == "https://issuer.example/badge/1"
    assert desk.intake.pasted("see https://issuer.example/badge/1").url is None
    assert desk.intake.pasted('{"id": 1}').data == b'{"id": 1}'
    assert desk.intake.pasted("javascript:alert(1)").url is None


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "a\0b.json", "<b>.json", "x" * 5_000, "", "\ud800.json", "=1+1", "a\u202egnp.exe"],
)
def test_a_hostile_file_name_is_only_a_name(desk: Services, name: str) -> None:
    batch = desk.intake.receive([Incoming(filename=name, data=b"ok")])
    assert desk.work.wait(batch).counts.verified == 1
    [row] = desk.work.items(batch)
    download = desk.evidence.raw(row.item_id)
    assert download.data == b"ok"
    assert not set(download.filename) & set("/\\\0<>=\u202e")
    assert not download.filename.startswith(".")


def test_a_table_of_links_makes_people(desk: Services) -> None:
    table = (
        "Name,E-Mail,Link\n"
        "Ada,ada@applicants.example,https://a.example/1\n"
        "Ada,ada@applicants.example,https://a.example/2\n"
        "Bo,,https://a.example/3\n"
    )
    batch = desk.intake.receive_table(table.encode("utf-8-sig"))
    assert desk.work.wait(batch).counts.received == 3
    assert [(row.name, row.counts.received) for row in desk.candidates.rows()] == [("Ada", 2), ("Bo", 1)]


def test_a_table_with_semicolons_is_read_too(desk: Services) -> None:
    batch = desk.intake.receive_table(b"name;link\nAda;https://a.example/1\n")
    assert desk.work.wait(batch).counts.received == 1


@pytest.mark.parametrize(
    "table",
    [
        b"",
        b"name,email\nAda,a@b.example\n",
        b"\xff\xfe",
        b"name,link\nAda,\n",
        b"link,applied\nhttps://a.example/1,31.3.2026\n",
        b"name,link\nLovelace, Ada,https://a.example/1\n",
        b'"' * 200_000,
        b"a" * 6_000_000,
    ],
)
def test_a_table_that_cannot_be_used_is_refused_in_a_sentence(desk: Services, table: bytes) -> None:
    with pytest.raises(ValueError, match=r"^The table .*\."):
        desk.intake.receive_table(table)
    assert desk.candidates.rows() == ()


def test_twenty_submissions_at_once_take_the_same_file_once(desk: Services) -> None:
    [batch] = [desk.intake.receive(files("first"), given=Given(name="Ada"))]
    person = desk.work.items(batch)[0].applicant_id
    submit = lambda n: desk.intake.receive(files("same", f"own {n}"), applicant_id=person)  # noqa: E731
    threads = [threading.Thread(target=submit, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for progress in desk.work.batches(limit=50):
        desk.work.wait(progress.batch_id)
    [row] = desk.candidates.rows()
    assert row.counts.verified == 1 + 1 + 20
    assert desk.activity.verify().intact


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


POOL = {"Ada/one.json": b"ok 1", "Ada/courses/two.json": b"bad", "Bo/one.json": b"ok 1", "cv.json": b"odd"}


@pytest.mark.parametrize("around", ["", "applicants/"])
def test_a_zip_makes_a_person_of_each_sub_folder_and_an_item_of_each_file(
    desk: Services, around: str
) -> None:
    job = desk.jobs.create("Analyst")
    data = zipped({around + name: content for name, content in POOL.items()})
    batch = desk.intake.receive(
        [Incoming(filename="pool.zip", data=data)], job_id=job, grouping=Grouping.FOLDER_EACH
    )
    counts = desk.work.wait(batch).counts
    assert (counts.verified, counts.problem, counts.unreadable, counts.received) == (2, 1, 1, 4)
    assert sorted(row.counts.received for row in desk.candidates.rows(job)) == [1, 1, 2]


def test_two_zips_of_one_person_each_are_two_people(desk: Services) -> None:
    incoming = [
        Incoming(filename=f"{name}.zip", data=zipped({"a.json": b"ok a", "b.json": name.encode()}))
        for name in ("Ada", "Bo")
    ]
    for grouping in (Grouping.FILE_EACH, Grouping.FOLDER_EACH):
        batch = desk.intake.receive(incoming, grouping=grouping)
        assert desk.work.wait(batch).counts.received == 4
    assert [row.counts.received for row in desk.candidates.rows()] == [2, 2, 2, 2]


def test_what_cannot_be_opened_is_an_item_of_its_own_person(desk: Services) -> None:
    damaged = bytearray(zipped({"Ada/one.json": b"ok 1" * 30, "Bo/two.json": b"ok 2" * 30}))
    damaged[damaged.index(b"Ada/one.json") + len(b"Ada/one.json") + 3] ^= 0xFF
    batch = desk.intake.receive(
        [
            Incoming(filename="pool.zip", data=bytes(damaged)),
            Incoming(filename="cut.zip", data=bytes(damaged)[:-9]),
        ],
        grouping=Grouping.FOLDER_EACH,
    )
    assert desk.work.wait(batch).counts.received == 3
    assert [row.filename for row in desk.work.items(batch)] == ["Ada/one.json", "Bo/two.json", "cut.zip"]


def test_a_sub_folder_of_a_person_makes_no_second_person(desk: Services) -> None:
    handed_in = files("Ada/one.json", "Ada/courses/two.json", "Bo/three.json")
    desk.work.wait(desk.intake.receive(handed_in, grouping=Grouping.FOLDER_EACH))
    assert sorted(row.counts.received for row in desk.candidates.rows()) == [1, 2]


def test_links_without_a_person_are_not_laid_together(desk: Services) -> None:
    table = b"person,link\nAda,https://a.example/1\n,https://a.example/2\n,https://a.example/3\n"
    desk.work.wait(desk.intake.receive_table(table))
    assert [(row.name, row.counts.received) for row in desk.candidates.rows()] == [
        ("Ada", 1),
        ("", 1),
        ("", 1),
    ]
