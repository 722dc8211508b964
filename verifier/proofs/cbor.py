"""The CBOR that selective-disclosure proofs are made of: unsigned integers, byte strings, arrays and maps.

RFC 8949, definite lengths only, no tags: vc-di-ecdsa §3.5.3 and vc-di-bbs §3.3.7 forbid tags, and a general
decoder would build dates, fractions and regular expressions out of hostile bytes.
"""

from __future__ import annotations

from typing import Any

DEPTH = 3  # an array of arrays and maps


class NotCbor(ValueError):
    """The bytes are not in this subset."""


def decode(data: bytes, *, levels: int = DEPTH) -> Any:
    """The one value that `data` is, as int, bytes, list or dict, nested `levels` deep. Raises `NotCbor`."""
    value, end = _value(data, 0, DEPTH - levels)
    if end != len(data):
        raise NotCbor("bytes after the end")
    return value


def _value(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    if depth > DEPTH:
        raise NotCbor("nested too deeply")
    major, number, at = _head(data, at)
    match major:
        case 0:
            return number, at
        case 2:
            if number > len(data) - at:
                raise NotCbor("a byte string is cut off")
            return data[at : at + number], at + number
        case 4:
            items = []
            for _ in range(_count(number, len(data) - at)):
                item, at = _value(data, at, depth + 1)
                items.append(item)
            return items, at
        case 5:
            return _map(data, at, _count(number, len(data) - at), depth)
    raise NotCbor("a kind of value that has no place here")


def _map(data: bytes, at: int, count: int, depth: int) -> tuple[dict[int, Any], int]:
    pairs: dict[int, Any] = {}
    for _ in range(count):
        key, at = _value(data, at, depth + 1)
        value, at = _value(data, at, depth + 1)
        if not isinstance(key, int) or key in pairs:
            raise NotCbor("a map with a wrong or repeated key")
        pairs[key] = value
    return pairs, at


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Major type, argument, and where the content begins (RFC 8949 §3)."""
    if at >= len(data):
        raise NotCbor("cut off")
    major, info = data[at] >> 5, data[at] & 31
    if info < 24:
        return major, info, at + 1
    if info > 27:
        raise NotCbor("an indefinite length")
    size = 1 << info - 24
    if at + 1 + size > len(data):
        raise NotCbor("cut off")
    return major, int.from_bytes(data[at + 1 : at + 1 + size], "big"), at + 1 + size


def _count(number: int, left: int) -> int:
    if number > left:  # every item needs a byte
        raise NotCbor("more items than bytes")
    return number
