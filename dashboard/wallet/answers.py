"""What a wallet sent, read strictly: nothing is guessed, and what does not fit is refused whole."""

from __future__ import annotations

import json
import math
from typing import Any

from dashboard.services import Incoming

MAX_PRESENTATIONS = 50  # in one answer; far above what a person chooses by hand


class Unusable(ValueError):
    """Not an answer as the protocol defines it. Never says what was in it."""


class Declined(Exception):
    """The holder, or the wallet, would not present anything."""


def read_json(data: bytes | str) -> Any:
    """JSON without duplicate names and without numbers that JSON does not have. Raises `Unusable`."""
    try:
        return json.loads(data, object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Unusable("not JSON") from error


def presented(answer: Any) -> Incoming:
    """One presentation, a token or a JSON object, as something to commit. Raises `Unusable`.

    A token is kept as it came. An object was part of a larger one: it is written out again, same members,
    same order; what a proof covers is its canonical form.
    """
    if isinstance(answer, str) and answer.isascii() and answer:
        kind = "sd-jwt" if "~" in answer else "jwt"
        return Incoming(filename=f"presentation.{kind}", data=answer.encode())
    if isinstance(answer, dict) and answer:
        return Incoming(filename="presentation.json", data=json.dumps(answer).encode())
    raise Unusable("no presentation")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name twice")
    return members


def _refuse(_constant: str) -> float:
    raise ValueError("not a number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("beyond what a number can tell")
    return value
