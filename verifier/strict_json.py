"""The one JSON reader: size, depth, duplicates, numbers and UTF-8 are judged before anything else.

RFC 8259, narrowed by I-JSON (RFC 7493): no duplicate names, no lone surrogates. A byte order mark is
refused (RFC 8259 §8.1 forbids sending one; accepting it would give two byte strings one meaning).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NoReturn

from verifier.errors import Empty, MalformedCredential, NotParseable, TooLarge
from verifier.model import JsonObject
from verifier.policy import Limits

# Possessive, and content with an end that is missing: a string without one must not be looked at twice.
_STRING_OR_BRACKET = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
# RFC 3339 date-time with XSD's optional zone; the fraction is capped so that a million digits cost nothing.
_INSTANT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?(Z|z|[+-]\d\d:\d\d)?", re.ASCII
)

YEAR_10000 = 253_402_300_800  # in seconds since 1970: no time lies beyond


def read(data: bytes, limits: Limits) -> Any:
    """The value that `data` is. Raises `Empty`, `TooLarge` or `NotParseable`, never anything else."""
    if not data.strip():
        raise Empty()
    if len(data) > limits.json_bytes:
        raise TooLarge(f"{len(data):,} bytes of JSON", f"{limits.json_bytes:,}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotParseable("JSON", f"byte {error.start} is not UTF-8") from error
    _judge_depth(data, limits)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_int(limits),
        )
    except json.JSONDecodeError as error:
        raise NotParseable("JSON", f"{error.msg} in line {error.lineno}") from error
    except RecursionError as error:  # unreachable below the depth limit; never a crash
        raise TooLarge("nesting", f"{limits.json_depth} levels") from error
    _judge_values(value, limits)
    return value


def read_object(data: bytes, limits: Limits) -> JsonObject:
    """The JSON object that `data` is; `NotParseable` for any other value."""
    value = read(data, limits)
    if not isinstance(value, dict):
        raise NotParseable("a JSON object", f"it is a JSON {kind_of(value)}")
    return value


def _judge_depth(data: bytes, limits: Limits) -> None:
    """Depth is counted before parsing: the parser itself recurses."""
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(data):
        byte = match[0][0]
        if byte in b"[{":
            depth += 1
            if depth > limits.json_depth:
                raise TooLarge("nesting", f"{limits.json_depth} levels")
        elif byte in b"]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> JsonObject:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise NotParseable("JSON", f"the member “{name}” stands twice in one object")
            seen.add(name)
    return result


def _constant(name: str) -> NoReturn:
    raise NotParseable("JSON", f"{name} is not a JSON number")


def _float(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise NotParseable("JSON", "a number is too large for a double")
    return number


def _int(limits: Limits) -> Any:
    def parse(text: str) -> int:
        if len(text) > limits.integer_digits:
            raise TooLarge(f"an integer of {len(text):,} digits", f"{limits.integer_digits:,}")
        return int(text)

    return parse


def _judge_values(value: Any, limits: Limits) -> None:
    waiting, nodes = [value], 0
    while waiting:
        value = waiting.pop()
        nodes += 1
        if nodes > limits.json_nodes:
            raise TooLarge("the number of values", f"{limits.json_nodes:,}")
        if isinstance(value, str):
            _judge_text(value, limits.list_chars, limits)
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            for name, inner in value.items():
                _judge_text(name, limits.key_chars, limits)
                if isinstance(inner, str) and name != "encodedList":
                    _judge_text(inner, limits.string_chars, limits)
                else:
                    waiting.append(inner)
                nodes += 1


def _judge_text(text: str, most: int, limits: Limits) -> None:
    if len(text) > most:
        raise TooLarge(f"a text of {len(text):,} characters", f"{most:,}")
    if "\0" in text:
        raise NotParseable("JSON", "a text contains a NUL character")
    if not text.isascii() and _SURROGATE.search(text):
        raise NotParseable("JSON", "a text contains half of a surrogate pair")


# ------------------------------------------------------------------------- readers at the boundary


def kind_of(value: Any) -> str:
    """The JSON kind of `value`, as a word."""
    if value is None:
        return "null"
    kinds = {bool: "boolean", int: "number", float: "number", str: "text", list: "array", dict: "object"}
    return kinds.get(type(value), "value")


def one_or_many(value: Any) -> tuple[Any, ...]:
    """`value` as a tuple: an array's items, nothing for null or absent, else the one value."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def objects(value: Any) -> tuple[JsonObject, ...]:
    """The objects among one or many values; what is no object is left out."""
    return tuple(item for item in one_or_many(value) if isinstance(item, dict))


def texts(value: Any) -> tuple[str, ...]:
    """The texts among one or many values."""
    return tuple(item for item in one_or_many(value) if isinstance(item, str))


def text_of(value: Any, languages: Iterable[str] = ("en", "en-us", "none")) -> str:
    """`value` as display text: a plain text, a VCDM 2.0 value object, or a language map; else ""."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        by_language = {str(item.get("@language", "none")): item for item in value if isinstance(item, dict)}
        chosen = next((by_language[name] for name in languages if name in by_language), None)
        return text_of(chosen if chosen is not None else next(iter(value), ""))
    if isinstance(value, dict):
        if isinstance(inner := value.get("@value"), str):
            return inner
        said = next((value[name] for name in languages if name in value), next(iter(value.values()), ""))
        return said if isinstance(said, str) else text_of(said) if isinstance(said, list) else ""
    return ""


def id_of(value: Any) -> str | None:
    """The identifier of a node: the text itself, or its `id`."""
    if isinstance(value, dict):
        value = value.get("id")
    return value if isinstance(value, str) and value else None


def instant(value: Any, pointer: str) -> datetime:
    """`value` as an aware UTC time (RFC 3339; XSD dateTimeStamp). Raises `MalformedCredential`.

    A time without a zone could be any of 26 hours, so it is refused (VCDM 2.0 §4.9).
    """
    if not isinstance(value, str) or not (match := _INSTANT.fullmatch(value)):
        raise MalformedCredential("a date is not a date and time with a time zone", pointer=pointer)
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    zone = match[8]
    if zone is None:
        raise MalformedCredential("a date has no time zone", pointer=pointer)
    fraction = int((match[7] or "0")[:6].ljust(6, "0"))
    offset = "+00:00" if zone in "Zz" else zone
    try:
        # second 60 is a leap second: the last moment of its minute
        naive = (
            f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{min(second, 59):02}.{fraction:06}{offset}"
        )
        return datetime.fromisoformat(naive).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise MalformedCredential("a date does not exist", pointer=pointer) from error


def numeric_date(value: Any) -> datetime | None:
    """A JSON number of seconds since 1970 (NumericDate, RFC 7519 §2) as an aware UTC time; else None."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < YEAR_10000:
        return None
    return datetime.fromtimestamp(value, UTC)


def objects_at(node: JsonObject, name: str, base: str) -> Iterator[tuple[JsonObject, str]]:
    """The objects at member `name` of the node at pointer `base`, one or many, each with its pointer."""
    value = node.get(name)
    for index, item in enumerate(one_or_many(value)):
        if isinstance(item, dict):
            yield item, base + pointer_to(name, *([index] if isinstance(value, list) else []))


def pointer_to(*parts: str | int) -> str:
    """RFC 6901 pointer from its reference tokens."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
