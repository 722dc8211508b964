"""Compressed lists: base64url text → bytes, bounded, whole or not at all (RFC 4648 §5, 1950, 1952)."""

from __future__ import annotations

import base64
import re
import zlib

from verifier.policy import Limits
from verifier.status.method import StatusListUnusable

GZIP = 16 + zlib.MAX_WBITS  # zlib's own numbers: the window, plus 16 for a gzip header
ZLIB = zlib.MAX_WBITS

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")


def expand(text: str, container: int, limits: Limits, pointer: str) -> bytes:
    """The bytes that `text`, unpadded base64url of one compressed member, stands for.

    Raises `StatusListUnusable` for a bomb, a truncated or damaged stream, a second member and anything
    that follows: each would give one list two readings, or none.
    """
    if not _BASE64URL.fullmatch(text) or len(text) % 4 == 1:
        raise StatusListUnusable("it is not base64url text", pointer=pointer)
    packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    inflater = zlib.decompressobj(container)
    try:
        unpacked = inflater.decompress(packed, limits.status_bytes)
    except zlib.error as error:
        raise StatusListUnusable("its compression is damaged", pointer=pointer) from error
    if inflater.unconsumed_tail:
        raise StatusListUnusable(f"it is larger than {limits.status_bytes:,} bytes", pointer=pointer)
    if not inflater.eof:
        raise StatusListUnusable("it is cut off", pointer=pointer)
    if inflater.unused_data:
        raise StatusListUnusable("something follows it", pointer=pointer)
    return unpacked
