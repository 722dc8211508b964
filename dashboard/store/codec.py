"""Frozen values to JSON and back, by their types: what the store keeps instead of pickles.

For dataclasses of text, numbers, enumerations, times, tuples of one type, and options of these. A value that
no longer fits its type raises `TypeError` or `ValueError`; nothing is executed and no class is named.
"""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """`value` as JSON: dataclasses become objects, tuples lists, times RFC 3339."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_json(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no stored form")


def from_json(kind: type[T], value: Any) -> T:
    """The `kind` that `value` is the stored form of."""
    return cast(T, _decode(kind, value))


def _decode(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _decode_option(get_args(kind), value)
    if origin is tuple:
        return _decode_tuple(get_args(kind)[0], value)
    if is_dataclass(kind):
        return _decode_dataclass(cast(type, kind), value)
    return _decode_scalar(kind, value)


def _decode_option(options: tuple[Any, ...], value: Any) -> Any:
    """`X | None`: the one form of option that is stored."""
    if value is None:
        return None
    [kind] = [option for option in options if option is not types.NoneType]
    return _decode(kind, value)


def _decode_tuple(kind: Any, value: Any) -> Any:
    if not isinstance(value, list):
        raise TypeError("a stored tuple is a list")
    return tuple(_decode(kind, item) for item in value)


def _decode_dataclass(kind: type, value: Any) -> Any:
    if not isinstance(value, dict):
        raise TypeError(f"a stored {kind.__name__} is an object")
    hints = _hints(kind)
    known = {name: _decode(hints[name], inner) for name, inner in value.items() if name in hints}
    return kind(**known)


def _decode_scalar(kind: Any, value: Any) -> Any:
    if kind is datetime:
        return datetime.fromisoformat(value)
    if issubclass(kind, Enum):
        return kind(value)
    if not isinstance(value, kind):
        raise TypeError(f"{type(value).__name__} where {kind.__name__} was stored")
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
