"""Open Badges baked into a PNG picture: exactly one text chunk holds the credential.

Open Badges 3.0 §5.3.1 (iTXt, keyword `openbadgecredential`) and Open Badges Baking 2.0 §2 (keyword
`openbadges`; tEXt before 1.0). The chunks are walked here, for image libraries keep one value of two; PNG
(Third Edition) §5, §11.3.3. Pixels are never decoded here.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from verifier.errors import OPEN_BADGES_3, NotACredential, NotParseable, TooLarge, Unreadable
from verifier.formats import qr
from verifier.formats.document import Container, Unwrapped
from verifier.policy import Limits

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORDS = (b"openbadges", b"openbadgecredential")
MAX_CHUNKS = 10_000  # 10 MB in the 8 kB pieces that encoders write are 1,300
_TEXT = (b"tEXt", b"zTXt", b"iTXt")


class SeveralCredentials(Unreadable):
    """A first-wins and a last-wins reader would see different credentials in this file."""

    code = "several_credentials"
    spec = OPEN_BADGES_3 + "#baked-badge"
    sentence = "is a picture with {0} credentials in it, where exactly one may be"


def sniff(data: bytes) -> bool:
    """Whether `data` is a PNG (PNG §5.2)."""
    return data.startswith(SIGNATURE)


def unbake(data: bytes, limits: Limits) -> Unwrapped:
    """The credential baked into a PNG, else what its QR code holds. Raises `Unreadable` only."""
    baked = [text for text in _texts(data, limits) if text[1].partition(b"\0")[0] in KEYWORDS]
    if len(baked) > 1:
        raise SeveralCredentials(len(baked))
    if not baked:
        return qr.read_picture(data, limits)
    payload = _text(*baked[0], limits)
    if not payload.strip():
        raise NotACredential("a badge picture whose credential is empty")
    return Unwrapped(data=payload, note="baked into a PNG picture")


def _texts(data: bytes, limits: Limits) -> list[tuple[bytes, bytes]]:
    """Type and content of every text chunk; each chunk of the file is judged on the way."""
    texts = []
    for kind, content in _chunks(data):
        if kind in _TEXT:
            texts.append((kind, content))
        if len(texts) > limits.png_text_chunks:
            raise TooLarge("the number of text chunks", f"{limits.png_text_chunks}")
    return texts


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every chunk, from IHDR to IEND, with its CRC checked (PNG §5.3, §5.6)."""
    position, count, kind = len(SIGNATURE), 0, b""
    while kind != b"IEND":
        if position + 12 > len(data):
            raise NotParseable("a PNG picture", "it is cut off")
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 8 + length
        if end + 4 > len(data):
            raise NotParseable("a PNG picture", "a chunk is longer than the file")
        if (kind == b"IHDR") != (count == 0) or not kind.isalpha():
            raise NotParseable("a PNG picture", "its chunks are not in order")
        if zlib.crc32(data[position + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            raise NotParseable("a PNG picture", "a checksum is wrong, so it was damaged or changed")
        count += 1
        if count > MAX_CHUNKS:
            raise TooLarge("the number of chunks", f"{MAX_CHUNKS:,}")
        yield kind, data[position + 8 : end]
        position = end + 4
    if position != len(data):
        raise NotParseable("a PNG picture", "something follows its end")


def _text(kind: bytes, content: bytes, limits: Limits) -> bytes:
    """The text of a text chunk as it stands (PNG §11.3.3.2 to §11.3.3.4)."""
    _, separator, rest = content.partition(b"\0")
    if not separator:
        raise NotParseable("a PNG picture", "the credential chunk has no text")
    if kind == b"tEXt":
        return rest
    if kind == b"zTXt":
        return _inflate(rest[1:], rest[:1], limits)
    flags, rest = rest[:2], rest[2:]
    parts = rest.split(b"\0", 2)  # language tag, translated keyword, text
    if len(parts) != 3 or flags[:1] not in (b"\0", b"\1"):
        raise NotParseable("a PNG picture", "the credential chunk is not well formed")
    return _inflate(parts[2], flags[1:], limits) if flags[:1] == b"\1" else parts[2]


def _inflate(packed: bytes, method: bytes, limits: Limits) -> bytes:
    """`packed` inflated, to `Limits.inflated_bytes` and no further (PNG §10.2: method 0 is zlib)."""
    if method != b"\0":
        raise NotParseable("a PNG picture", "the credential is packed in an unknown way")
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(packed, limits.inflated_bytes + 1)
    except zlib.error as error:
        raise NotParseable("a PNG picture", "the packed credential is damaged") from error
    if len(text) > limits.inflated_bytes:
        raise TooLarge("the unpacked credential", f"{limits.inflated_bytes:,} bytes")
    if not inflater.eof or inflater.unused_data:
        raise NotParseable("a PNG picture", "the packed credential is damaged")
    return text


PNG = Container(name="baked_png", sniff=sniff, open=unbake)
