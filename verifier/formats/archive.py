"""ZIP archives: several files in one upload, each to be judged by itself.

APPNOTE 6.3.10, narrowed to what honest tools write: one disk, no prefix, no ZIP64, stored or deflated. The
directory is judged whole before anything is unpacked; members are unpacked here, in memory, with every byte
counted. No member is ever written anywhere, and its name is only shown.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from itertools import pairwise

from verifier.errors import NotACredential, NotParseable, TooLarge, Unreadable, UnsupportedFormat
from verifier.formats.document import Container
from verifier.model import Credential, Kind, Member
from verifier.policy import Limits

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_ZIP64_LOCATOR = b"PK\x06\x07"  # §4.3.15: stands just before the end record, and overrules it
_END_BYTES = 22  # §4.3.16, without the comment
_ENCRYPTED = 0x1 | 0x40 | 0x2000  # §4.4.4 bits 0, 6 and 13
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]) *(?:\..*)?", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")
_LITTER = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)")
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")  # the first block, or the end of an empty file
_OTHER_ARCHIVES = {
    b"\x1f\x8b": "a gzip file",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\xfd7zXZ\0": "an xz file",
    b"\x28\xb5\x2f\xfd": "a Zstandard file",
}
_OFFICE = {
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "META-INF/MANIFEST.MF": "a Java archive",
    "META-INF/container.xml": "an e-book",
    "mimetype": "an OpenDocument file",
}


class UnsafeArchive(Unreadable):
    """Something that no honest archiving tool writes: an attack on whoever unpacks it."""

    code = "unsafe_archive"
    sentence = "is an archive that is not safe to open: {0}"


class Encrypted(Unreadable):
    code = "encrypted"
    sentence = "is locked with a password; ask for an unlocked copy"


class NestedArchive(Unreadable):
    """Archives are opened one level deep: real uploads need no more, and bombs do."""

    code = "nested_archive"
    sentence = "is an archive inside an archive, which is not opened"


def sniff(data: bytes) -> bool:
    """Whether `data` is a ZIP archive, or another kind of archive that must be named as unsupported."""
    return data.startswith((_LOCAL, _END)) or _other(data) is not None


def _other(data: bytes) -> str | None:
    if data[257:262] == b"ustar":
        return "a tar archive"
    if _BZIP2.match(data):
        return "a bzip2 file"
    return next((name for magic, name in _OTHER_ARCHIVES.items() if data.startswith(magic)), None)


def is_litter(path: str) -> bool:
    """Whether an operating system put the file there, beside those that a person meant."""
    return _LITTER.fullmatch(path) is not None


def read_archive(data: bytes, limits: Limits) -> Credential:
    """The members of an archive, each to be read in turn. Raises `Unreadable` for the archive as a whole.

    What is wrong with one member alone (too large, damaged, nested) is that member's `error`.
    """
    if other := _other(data):
        raise UnsupportedFormat(other)
    entries = directory(data, limits)
    names = {entry.filename for entry in entries}
    if office := next((kind for name, kind in _OFFICE.items() if name in names), None):
        raise UnsupportedFormat(office)
    wanted = [e for e in entries if not e.is_dir() and not is_litter(e.filename)]
    if not wanted:
        raise NotACredential("an empty archive")
    members = tuple(_members(data, wanted, limits))
    errors = [member.error for member in members if member.error is not None]
    if len(errors) == len(members):
        raise errors[0]
    return Credential(
        kind=Kind.ARCHIVE, format="archive", contains=members, notes=("read from a ZIP archive",)
    )


def _members(data: bytes, entries: list[zipfile.ZipInfo], limits: Limits) -> list[Member]:
    members, total = [], 0
    for entry in entries:
        try:
            content = unpack(data, entry, min(limits.upload_bytes, limits.archive_bytes), limits)
            if content.startswith(_LOCAL) and b"word/document.xml" not in content:
                raise NestedArchive()
        except UnsafeArchive:
            raise
        except Unreadable as error:
            members.append(Member(name=entry.filename, error=error))
            continue
        total += len(content)
        if total > limits.archive_bytes:
            raise TooLarge("the unpacked archive", f"{limits.archive_bytes:,} bytes")
        members.append(Member(name=entry.filename, data=content))
    return members


def separate(data: bytes, limits: Limits) -> list[tuple[str, bytes]]:
    """(name, bytes) of each member; one that cannot be opened comes as an archive of it alone.

    Nothing is lost that way, and whoever reads that archive is told what is wrong with its one member.
    Raises `Unreadable` for the archive as a whole.
    """
    entries = {entry.filename: entry for entry in directory(data, limits)}
    return [
        (member.name, member.data if member.error is None else _alone(data, entries[member.name]))
        for member in read_archive(data, limits).contains
    ]


def _alone(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """An archive that holds `entry` as it is packed in `data`, and nothing else (§4.3.6)."""
    local = data[entry.header_offset : _end_of(data, entry)]
    record = bytearray(_record_of(data, entry))
    struct.pack_into("<L", record, 42, 0)  # §4.3.12: it now begins where the archive does
    end = struct.pack("<4s4H2LH", _END, 0, 0, 1, 1, len(record), len(local), 0)
    return bytes(local + record + end)


def _record_of(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The record of `entry` in the central directory, which `directory` has judged (§4.3.12)."""
    at = int(struct.unpack_from("<L", data, data.rfind(_END) + 16)[0])
    while True:
        name, extra, comment = struct.unpack_from("<3H", data, at + 28)
        size = 46 + name + extra + comment
        if struct.unpack_from("<L", data, at + 42)[0] == entry.header_offset:
            return data[at : at + size]
        at += size


def directory(data: bytes, limits: Limits) -> list[zipfile.ZipInfo]:
    """The central directory, in its order, every entry judged. Raises `Unreadable`; unpacks nothing."""
    start = _judge_end(data, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        ValueError,
        struct.error,
        EOFError,
        OverflowError,
    ) as error:
        raise NotParseable("a ZIP archive", "its directory is damaged") from error
    for entry in entries:
        _judge_entry(entry)
    names = [unicodedata.normalize("NFC", entry.filename) for entry in entries]
    if len(set(names)) != len(names):
        raise UnsafeArchive("two files in it have the same name")
    spans = sorted((entry.header_offset, _end_of(data, entry)) for entry in entries)
    if any(end > following for (_, end), (following, _) in pairwise([*spans, (start, start)])):
        raise UnsafeArchive("files in it overlap")
    return entries


def _judge_end(data: bytes, limits: Limits) -> int:
    """Offset of the central directory, which must end where the end record starts (§4.3.16)."""
    at = data.rfind(_END, max(0, len(data) - _END_BYTES - 0xFFFF))
    if at < 0 or at + _END_BYTES > len(data):
        raise NotParseable("a ZIP archive", "it is cut off")
    count, size, start, comment = struct.unpack_from("<HLLH", data, at + 10)
    if at + _END_BYTES + comment != len(data):
        raise NotParseable("a ZIP archive", "something follows its end")
    if data[max(0, at - 20) :].startswith(_ZIP64_LOCATOR) or count == 0xFFFF:
        raise UnsupportedFormat("a ZIP64 archive")
    if start + size != at:
        raise NotParseable("a ZIP archive", "its directory is not where it should be")
    # The count is a claim; the entries themselves are what costs memory.
    if max(count, data.count(_CENTRAL, start, at)) > limits.archive_members:
        raise TooLarge("the number of files in it", f"{limits.archive_members:,}")
    return int(start)


def _judge_entry(entry: zipfile.ZipInfo) -> None:
    """Refuse names that escape a folder and entries that are not plain files (SECURITY §1, 76)."""
    name = entry.orig_filename  # zipfile cuts `filename` at a NUL
    parts = name.replace("\\", "/").split("/")
    if any(unicodedata.category(ch) == "Cc" for ch in name) or not name:
        raise UnsafeArchive("a file name has control characters in it")
    if ".." in parts or parts[0] == "" or _DRIVE.match(name):
        raise UnsafeArchive("a file name leads out of the archive")
    if any(_DEVICES.fullmatch(part.rstrip(" .")) for part in parts):
        raise UnsafeArchive("a file has the name of a device")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise UnsafeArchive("it holds a link or a device instead of a file")
    if entry.flag_bits & _ENCRYPTED:
        raise Encrypted()


def _end_of(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Offset just behind the packed bytes of `entry`, by its local header (§4.3.7)."""
    return _start_of(data, entry) + entry.compress_size


def _start_of(data: bytes, entry: zipfile.ZipInfo) -> int:
    at = entry.header_offset
    if data[at : at + 4] != _LOCAL or at + 30 > len(data):
        raise NotParseable("a ZIP archive", "a file in it is not where the directory says")
    name, extra = struct.unpack_from("<HH", data, at + 26)
    return at + 30 + int(name) + int(extra)


def unpack(data: bytes, entry: zipfile.ZipInfo, most: int, limits: Limits) -> bytes:
    """The bytes of one member, at most `most`; their number and CRC must be those declared.

    `UnsafeArchive` for a size that lies (§4.4.9): whoever believed it would be flooded.
    """
    if entry.file_size > most:
        raise TooLarge(f"a file of {entry.file_size:,} bytes", f"{most:,}")
    if entry.file_size > limits.archive_ratio * max(entry.compress_size, 1):
        raise TooLarge("how far it unpacks", f"{limits.archive_ratio} times its packed size")
    at = _start_of(data, entry)
    packed = data[at : at + entry.compress_size]
    content = _inflate(packed, entry)
    if zlib.crc32(content) != entry.CRC:
        raise NotParseable("a file in a ZIP archive", "its checksum is wrong, so it was damaged or changed")
    return content


def _inflate(packed: bytes, entry: zipfile.ZipInfo) -> bytes:
    if entry.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(packed, entry.file_size + 1)
        except zlib.error as error:
            raise NotParseable("a file in a ZIP archive", "it is damaged") from error
    else:
        raise UnsupportedFormat("a file packed by a rare method")
    if len(content) != entry.file_size:
        raise UnsafeArchive("a file in it is not of the size that the directory says")
    return content


ARCHIVE = Container(name="archive", sniff=sniff, open=read_archive)
