"""How a credential becomes a file: baked PNG and SVG, ZIP, compressed bit strings; the same on every machine.

Nothing here calls a compressor: zlib and zlib-ng write different bytes for the same input, and sample files
are compared byte for byte. DEFLATE has a form for uncompressed blocks (RFC 1951 §3.2.4): that is used.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Literal
from xml.sax.saxutils import quoteattr

PNG = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"  # OB 3.0 §5.3.1.1
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"  # OB 3.0 §5.3.2.1
Chunk = Literal["iTXt", "compressed iTXt", "tEXt", "zTXt"]
RGB = tuple[int, int, int]


def _deflate(data: bytes) -> bytes:
    # RFC 1951 §3.2.4: final bit, two zero bits, then the length and its complement.
    blocks = [data[start : start + 0xFFFF] for start in range(0, len(data), 0xFFFF)] or [b""]
    return b"".join(
        struct.pack("<BHH", number == len(blocks) - 1, len(block), len(block) ^ 0xFFFF) + block
        for number, block in enumerate(blocks)
    )


def zlib_bytes(data: bytes) -> bytes:
    """A zlib stream (RFC 1950) of uncompressed blocks."""
    return b"\x78\x01" + _deflate(data) + struct.pack(">I", zlib.adler32(data))


def gzip_bytes(data: bytes) -> bytes:
    """A gzip member (RFC 1952) of uncompressed blocks, without a date."""
    header = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    return header + _deflate(data) + struct.pack("<II", zlib.crc32(data), len(data))


def bits(positions: Iterable[int], size: int) -> bytes:
    """A bit string with `positions` set, the first entry in the highest bit (Bitstring Status List §3.2)."""
    expanded = bytearray(size // 8)
    for position in positions:
        expanded[position // 8] |= 0x80 >> position % 8
    return bytes(expanded)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(pixels: list[bytes], palette: list[RGB]) -> bytes:
    """A PNG of palette indexes, one byte a pixel, one row an element."""
    header = struct.pack(">IIBBBBB", len(pixels[0]), len(pixels), 8, 3, 0, 0, 0)
    rows = b"".join(b"\0" + row for row in pixels)
    colours = b"".join(bytes(colour) for colour in palette)
    body = _chunk(b"IHDR", header) + _chunk(b"PLTE", colours) + _chunk(b"IDAT", zlib_bytes(rows))
    return PNG + body + _chunk(b"IEND", b"")


PLAIN = picture([b"\0" * 8] * 8, [(0x1F, 0x4E, 0x79)])


def bake_png(credential: bytes, image: bytes = PLAIN, chunk: Chunk = "iTXt") -> bytes:
    """`image` with `credential` in a text chunk before its end (OB 3.0 §5.3.1)."""
    match chunk:
        case "iTXt":
            kind, data = b"iTXt", KEYWORD + b"\0\0\0\0\0" + credential
        case "compressed iTXt":
            kind, data = b"iTXt", KEYWORD + b"\0\1\0\0\0" + zlib_bytes(credential)
        case "tEXt":
            kind, data = b"tEXt", KEYWORD + b"\0" + credential
        case "zTXt":
            kind, data = b"zTXt", KEYWORD + b"\0\0" + zlib_bytes(credential)
    end = _chunk(b"IEND", b"")
    return image.removesuffix(end) + _chunk(kind, data) + end


def bake_svg(
    credential: bytes, drawing: str = '<rect width="9" height="9"/>', view: str = "0 0 9 9"
) -> bytes:
    """An SVG with `credential` inside: JSON as text, a JWT in `verify` (OB 3.0 §5.3.2)."""
    text = credential.decode()
    if text.lstrip().startswith("{"):
        held = f"<openbadges:credential><![CDATA[{text}]]></openbadges:credential>"
    else:
        held = f"<openbadges:credential verify={quoteattr(text)}/>"
    names = f'xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{NAMESPACE}"'
    return f'<svg {names} viewBox="{view}">{held}{drawing}</svg>\n'.encode()


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """A ZIP of `members` in the order given, stored, dated 1980."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.create_system = 3  # else it says on which system it was made
            archive.writestr(info, data)
    return buffer.getvalue()
