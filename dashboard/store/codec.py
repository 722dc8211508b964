"""Frozen values to JSON and back, by their types: what the store keeps instead of pickles.

A value that no longer fits its type raises `TypeError` or `ValueError`; nothing is executed and no class is
named in the stored form.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """`value` as JSON: dataclasses become objects, tuples lists, times RFC 3339, durations seconds."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return [to_json(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} has no stored form")


def from_json(kind: type[T], value: Any) -> T:
    """The `kind` that `value` is the stored form of."""
    return cast(T, _decode(kind, value))


def _decode(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _decode_union(get_args(kind), value)
    if origin in (tuple, frozenset, list):
        return _decode_sequence(origin, get_args(kind), value)
    if kind is Any or origin is not None:  # dict[str, Any] and its like are JSON already
        return value
    if is_dataclass(kind):
        return _decode_dataclass(cast(type, kind), value)
    return _decode_scalar(kind, value)


def _decode_union(options: tuple[Any, ...], value: Any) -> Any:
    if value is None and type(None) in options:
        return None
    failures: list[Exception] = []
    for option in options:
        if option is type(None):
            continue
        try:
            return _decode(option, value)
        except (TypeError, ValueError) as error:
            failures.append(error)
    raise TypeError(f"no option of the type fits: {failures}")


def _decode_sequence(origin: type, inner: tuple[Any, ...], value: Any) -> Any:
    if not isinstance(value, list):
        raise TypeError("a stored sequence is a list")
    if origin is tuple and len(inner) > 0 and inner[-1] is not Ellipsis:
        return tuple(_decode(kind, item) for kind, item in zip(inner, value, strict=True))
    return origin(_decode(inner[0], item) for item in value)


def _decode_dataclass(kind: type, value: Any) -> Any:
    if not isinstance(value, dict):
        raise TypeError(f"a stored {kind.__name__} is an object")
    hints = _hints(kind)
    known = {name: _decode(hints[name], inner) for name, inner in value.items() if name in hints}
    return kind(**known)


def _decode_scalar(kind: Any, value: Any) -> Any:
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is timedelta:
        return timedelta(seconds=value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is float and isinstance(value, int):
        return float(value)
    if not isinstance(value, kind):
        raise TypeError(f"{type(value).__name__} where {kind.__name__} was stored")
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
