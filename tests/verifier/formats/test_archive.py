"""An archive opens one level deep, in memory, every byte counted; a bad member does not spoil the rest."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.issuing_files import gzip_bytes, zip_of
from verifier.errors import NotACredential, NotParseable, TooLarge, Unreadable, UnsupportedFormat
from verifier.formats.archive import ARCHIVE, Encrypted, NestedArchive, UnsafeArchive
from verifier.model import Credential, Kind, Member
from verifier.policy import Limits

LIMITS = Limits()
GOOD = {"a.json": b'{"a": 1}', "folder/b.jwt": b"eyJh.e30.c2ln"}


def deflated(members: dict[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            change(info)
            archive.writestr(info, data)
    return buffer.getvalue()


def opened(data: bytes, limits: Limits = LIMITS) -> tuple[Member, ...]:
    found = ARCHIVE.open(data, limits)
    assert isinstance(found, Credential)
    assert found.kind is Kind.ARCHIVE
    return found.contains


def field(data: bytes, marker: bytes, offset: int, form: str, value: int) -> bytes:
    """`data` with one header field overwritten, in the first header that starts with `marker`."""
    changed = bytearray(data)
    struct.pack_into(form, changed, data.index(marker) + offset, value)
    return bytes(changed)


@pytest.mark.parametrize("data", [zip_of(GOOD), deflated(GOOD)], ids=["stored", "deflated"])
def test_every_member_keeps_its_name_and_bytes(data: bytes) -> None:
    assert ARCHIVE.sniff(data)
    assert {member.name: member.data for member in opened(data)} == GOOD


def test_folders_and_the_litter_of_operating_systems_are_left_out() -> None:
    litter = {"folder/": b"", "__MACOSX/._a.json": b"x", "x/.DS_Store": b"x", "Thumbs.db": b"x", "._a": b"x"}
    assert [member.name for member in opened(zip_of(GOOD | litter))] == list(GOOD)


@pytest.mark.parametrize(
    "name",
    [
        "../a.json",
        "x/../../a.json",
        "/etc/passwd",
        "C:\\a.json",
        "c:a.json",
        "..\\a.json",
        "\\\\host\\share\\a",
        "CON",
        "x/nul.json",
        "Com1.txt",
        "aux .json",
        "a\nb.json",
        "a\x1b[2J.json",
    ],
)
def test_a_name_that_leads_somewhere_else_refuses_the_archive(name: str) -> None:
    with pytest.raises(UnsafeArchive):
        opened(zip_of(GOOD | {name: b"{}"}))


def test_a_name_with_a_nul_refuses_the_archive() -> None:
    with pytest.raises(UnsafeArchive):
        opened(zip_of({"a.json!.png": b"{}"}).replace(b"a.json!.png", b"a.json\0.png"))


@pytest.mark.parametrize("mode", [0o120777, 0o020666, 0o010666], ids=["symlink", "device", "pipe"])
def test_only_plain_files_are_members(mode: int) -> None:
    def change(info: zipfile.ZipInfo) -> None:
        info.external_attr = mode << 16

    with pytest.raises(UnsafeArchive):
        opened(deflated({"a.json": b"/etc/passwd"}, change))


def test_two_members_of_one_name_refuse_the_archive() -> None:
    with pytest.raises(UnsafeArchive):
        opened(zip_of({"a.json": b"{}", "b.json": b"[]"}).replace(b"b.json", b"a.json"))
    with pytest.raises(UnsafeArchive):
        opened(zip_of({"e\u0301.json": b"{}", "\u00e9.json": b"[]"}))


def test_members_that_share_bytes_refuse_the_archive() -> None:
    data = zip_of({"a.json": b"{}", "b.json": b"[]"})
    second = data.rindex(b"PK\x01\x02")
    changed = bytearray(data)
    struct.pack_into("<L", changed, second + 42, 0)
    with pytest.raises(UnsafeArchive):
        opened(bytes(changed))


@pytest.mark.parametrize("claimed", [10, 9_999])
def test_a_size_that_lies_refuses_the_archive(claimed: int) -> None:
    data = deflated({"a.json": bytes(range(256)) * 8})
    with pytest.raises(UnsafeArchive):
        opened(field(data, b"PK\x01\x02", 24, "<L", claimed))


def test_a_locked_archive_is_said_to_be_locked() -> None:
    with pytest.raises(Encrypted):
        opened(field(zip_of(GOOD), b"PK\x01\x02", 8, "<H", 1))


def test_the_number_of_members_is_judged_before_they_are_read() -> None:
    many = zip_of({f"{n}.json": b"{}" for n in range(1001)})
    for data in (many, field(many, b"PK\x05\x06", 10, "<H", 1)):
        with pytest.raises(TooLarge):
            opened(data)


def test_one_bad_member_leaves_the_others_alone() -> None:
    bad = {
        "bomb.json": b"[" * 1_000_000,
        "huge.bin": bytes(range(256)) * 50_000,
        "inner.zip": zip_of(GOOD),
        "good.json": b"{}",
    }
    members = {member.name: member for member in opened(deflated(bad))}
    assert isinstance(members["bomb.json"].error, TooLarge)
    assert isinstance(members["huge.bin"].error, TooLarge)
    assert isinstance(members["inner.zip"].error, NestedArchive)
    assert members["good.json"].data == b"{}"


def test_a_damaged_member_is_damaged_alone() -> None:
    data = zip_of(GOOD).replace(b'{"a": 1}', b'{"a": 2}')
    damaged, good = opened(data)
    assert isinstance(damaged.error, NotParseable)
    assert good.error is None


def test_an_archive_of_nothing_readable_is_unreadable() -> None:
    with pytest.raises(NestedArchive):
        opened(zip_of({"inner.zip": zip_of(GOOD)}))


def test_all_members_together_are_bounded() -> None:
    with pytest.raises(TooLarge):
        opened(zip_of({f"{n}.bin": b"x" * 400 for n in range(3)}), Limits(archive_bytes=1000))


@pytest.mark.parametrize(
    "data",
    [
        zip_of(GOOD)[:-1],
        zip_of(GOOD)[:-30],
        zip_of(GOOD)[:40],
        zip_of(GOOD) + b"x",
        b"PK\x03\x04" + zip_of(GOOD),
        field(zip_of(GOOD), b"PK\x01\x02", 42, "<L", 7),
        field(zip_of(GOOD), b"PK\x01\x02", 0, "<L", 7),
    ],
)
def test_a_damaged_directory_is_not_parseable(data: bytes) -> None:
    with pytest.raises(NotParseable):
        opened(data)


def test_an_empty_archive_holds_no_credential() -> None:
    with pytest.raises(NotACredential):
        opened(zip_of({}))
    with pytest.raises(NotACredential):
        opened(zip_of({"folder/": b""}))


@pytest.mark.parametrize(
    "data",
    [
        gzip_bytes(b"{}"),
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a\x07\x00",
        b"a" * 257 + b"ustar",
        zip_of({"xl/workbook.xml": b""}),
        zip_of({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        field(zip_of(GOOD), b"PK\x05\x06", 10, "<H", 0xFFFF),
    ],
)
def test_other_archives_are_named_as_unsupported(data: bytes) -> None:
    assert ARCHIVE.sniff(data)
    with pytest.raises(UnsupportedFormat):
        opened(data)


@pytest.mark.shared
def test_hostile_archives_are_unreadable_and_genuine_ones_give_their_members(shared_cases: Path) -> None:
    manifest = json.loads((shared_cases / "adversarial" / "manifest.json").read_text("utf-8"))
    for case in (case for case in manifest["cases"] if case["id"].startswith("zip-")):
        data = (shared_cases / "adversarial" / case["file"]).read_bytes()
        if case["family"] == "base":
            assert {member.name for member in opened(data)} == set(case["members"])
        else:
            with pytest.raises(Unreadable):
                opened(data)
