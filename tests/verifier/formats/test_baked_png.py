"""A PNG holds exactly one credential, undamaged, or is refused; no pixel is needed to know."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import get_args

import pytest

from tests.issuing_files import PLAIN, Chunk, bake_png
from verifier.errors import NotACredential, NotParseable, TooLarge, Unreadable
from verifier.formats.baked_png import MAX_CHUNKS, PNG, SeveralCredentials
from verifier.formats.document import Unwrapped
from verifier.policy import Limits

LIMITS = Limits()
CREDENTIAL = '{"name": "Zoë’s badge"}'.encode()
END = PLAIN[-12:]


def chunk(kind: bytes, data: bytes, length: int | None = None) -> bytes:
    length = len(data) if length is None else length
    return struct.pack(">I", length) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunks(*chunks: bytes) -> bytes:
    return PLAIN.removesuffix(END) + b"".join(chunks) + END


def itxt(text: bytes, keyword: bytes = b"openbadgecredential", flags: bytes = b"\0\0") -> bytes:
    return chunk(b"iTXt", keyword + b"\0" + flags + b"\0\0" + text)


def opened(data: bytes, limits: Limits = LIMITS) -> bytes:
    found = PNG.open(data, limits)
    assert isinstance(found, Unwrapped)
    return found.data


@pytest.mark.parametrize("kind", get_args(Chunk))
def test_a_credential_is_found_in_every_kind_of_text_chunk(kind: Chunk) -> None:
    assert PNG.sniff(PLAIN)
    assert opened(bake_png(CREDENTIAL, chunk=kind)) == CREDENTIAL


def test_open_badges_2_has_its_own_keyword() -> None:
    assert opened(with_chunks(itxt(CREDENTIAL, b"openbadges"))) == CREDENTIAL


def test_language_and_translated_keyword_are_skipped() -> None:
    text = chunk(b"iTXt", b"openbadgecredential\0\0\0en\0Badge\0" + CREDENTIAL)
    assert opened(with_chunks(text)) == CREDENTIAL


def test_other_text_beside_the_credential_is_left_alone() -> None:
    beside = [chunk(b"tEXt", b"Software\0Paint"), chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0rubbish")]
    assert opened(with_chunks(*beside, itxt(CREDENTIAL))) == CREDENTIAL


@pytest.mark.parametrize(
    "second",
    [itxt(CREDENTIAL), itxt(CREDENTIAL, b"openbadges"), chunk(b"tEXt", b"openbadges\0https://a.example/1")],
)
def test_two_credentials_are_refused_whatever_their_keywords(second: bytes) -> None:
    with pytest.raises(SeveralCredentials) as refused:
        PNG.open(with_chunks(itxt(CREDENTIAL), second), LIMITS)
    assert refused.value.code == "several_credentials"


def test_a_picture_without_a_credential_is_none() -> None:
    with pytest.raises(NotACredential):
        PNG.open(PLAIN, LIMITS)


@pytest.mark.parametrize(
    "data",
    [
        bake_png(CREDENTIAL)[:-1],
        bake_png(CREDENTIAL)[:-20],
        bake_png(CREDENTIAL) + b"\0",
        PLAIN + itxt(CREDENTIAL),
        with_chunks(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}", length=0xFFFFFFF0)),
        with_chunks(chunk(b"IHDR", b"\0" * 13)),
        with_chunks(chunk(b"1Txt", b"")),
        PLAIN[:8] + itxt(CREDENTIAL) + PLAIN[8:],
        with_chunks(chunk(b"iTXt", b"openbadgecredential")),
        with_chunks(chunk(b"iTXt", b"openbadgecredential\0\0\0")),
        with_chunks(itxt(CREDENTIAL, flags=b"\2\0")),
        with_chunks(itxt(zlib.compress(CREDENTIAL), flags=b"\1\1")),
        with_chunks(itxt(zlib.compress(CREDENTIAL)[:-3], flags=b"\1\0")),
        with_chunks(itxt(zlib.compress(CREDENTIAL) + b"more", flags=b"\1\0")),
        with_chunks(itxt(b"not zlib", flags=b"\1\0")),
    ],
)
def test_a_damaged_picture_is_not_parseable(data: bytes) -> None:
    with pytest.raises(NotParseable):
        PNG.open(data, LIMITS)


def test_one_changed_bit_anywhere_is_noticed() -> None:
    data = bake_png(CREDENTIAL)
    for position in range(8, len(data)):
        changed = bytearray(data)
        changed[position] ^= 1
        with pytest.raises(Unreadable):
            PNG.open(bytes(changed), LIMITS)


def test_a_packed_credential_is_inflated_to_the_limit_and_no_further() -> None:
    bomb = with_chunks(itxt(zlib.compress(b" " * 300_000_000, 9), flags=b"\1\0"))
    with pytest.raises(TooLarge):
        PNG.open(bomb, LIMITS)


def test_the_number_of_chunks_is_bounded() -> None:
    with pytest.raises(TooLarge):
        PNG.open(with_chunks(*[chunk(b"tEXt", b"a\0b")] * 101), LIMITS)
    with pytest.raises(TooLarge):
        PNG.open(with_chunks(*[chunk(b"prIv", b"")] * MAX_CHUNKS), LIMITS)


def test_an_empty_credential_is_none() -> None:
    with pytest.raises(NotACredential):
        PNG.open(with_chunks(itxt(b"  ")), LIMITS)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["1edtech-ob30-simple-json.png", "1edtech-ob30-simple-jwt_v1.png"])
def test_the_payload_of_the_public_examples_is_the_recorded_one(shared_cases: Path, name: str) -> None:
    folder = shared_cases / "standards" / "baked" / "png"
    [recorded] = folder.glob(f"{name}.payload.*")
    assert opened((folder / name).read_bytes()).strip() == recorded.read_bytes().strip()


@pytest.mark.shared
def test_hostile_pictures_are_unreadable_and_genuine_ones_are_not(shared_cases: Path) -> None:
    for path in sorted((shared_cases / "adversarial" / "files").glob("png-*.png")):
        if path.stem.endswith("-base") or path.stem == "png-dims":  # sound, of whatever size it claims to be
            assert opened(path.read_bytes()), path
        else:
            with pytest.raises(Unreadable):
                PNG.open(path.read_bytes(), LIMITS)
