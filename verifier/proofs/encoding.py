"""Text encodings of bytes, strict: one text for one byte string (RFC 4648 §5; Multibase in CID 1.0 §2.4).

A decoder that forgives padding, white space or stray bits gives several texts one meaning, and whoever
compares texts afterwards is deceived. Every function is linear, or bounded where base58 cannot be.
"""

from __future__ import annotations

import base64
import re

import base58

__all__ = [
    "MAX_BASE58_CHARS",
    "Undecodable",
    "base58btc",
    "base64_standard",
    "base64url",
    "multibase",
    "to_base58btc",
    "to_base64url",
]

MAX_BASE58_CHARS = 3_000  # decoding is quadratic; an RSA-8192 key needs 1,450

_BASE58 = re.compile(r"[1-9A-HJ-NP-Za-km-z]+")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*")
_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")


class Undecodable(ValueError):
    """The text is not in the encoding; the caller knows what that means and raises it `from` this."""


def base64url(text: str) -> bytes:
    """The bytes of unpadded base64url `text` (RFC 7515 §2), stray trailing bits refused (RFC 4648 §3.5)."""
    if not _BASE64URL.fullmatch(text) or len(text) % 4 == 1:
        raise Undecodable("not base64url without padding")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(text) % 4 and base64.urlsafe_b64encode(data[-(len(data) % 3) :]).rstrip(b"=") != text[
        -(len(text) % 4) :
    ].encode("ascii"):
        raise Undecodable("base64url with stray bits at its end")
    return data


def to_base64url(data: bytes) -> str:
    """`data` in unpadded base64url (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def base64_standard(text: str) -> bytes:
    """The bytes of padded standard base64 `text` (RFC 4648 §4), as `x5c` wants it (RFC 7515 §4.1.6)."""
    if not _BASE64.fullmatch(text) or len(text) % 4:
        raise Undecodable("not base64")
    return base64.b64decode(text, validate=True)


def base58btc(text: str) -> bytes:
    """The bytes of base58 `text` in the Bitcoin alphabet."""
    if len(text) > MAX_BASE58_CHARS:
        raise Undecodable(f"{len(text):,} characters of base58")
    if not _BASE58.fullmatch(text):
        raise Undecodable("not base58")
    data: bytes = base58.b58decode(text)
    return data


def to_base58btc(data: bytes) -> str:
    """`data` in base58 with the Bitcoin alphabet."""
    text: str = base58.b58encode(data).decode()
    return text


def multibase(text: str) -> bytes:
    """The bytes of Multibase `text`: `z` is base58btc, `u` is base64url (CID 1.0 §2.4)."""
    match text[:1]:
        case "z":
            return base58btc(text[1:])
        case "u":
            return base64url(text[1:])
    raise Undecodable("not Multibase in base58btc or base64url")
