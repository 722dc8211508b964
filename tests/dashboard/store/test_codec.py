"""Values survive the store by their types, and nothing else comes out of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.store.codec import from_json, to_json


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    name: str
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    colour: Colour
    inner: Inner | None
    many: tuple[Inner, ...]
    at: datetime | None
    weight: float
    sure: bool | None
    count: int


INNERS = st.builds(Inner, name=st.text(), order=st.lists(st.text(), max_size=3).map(tuple))
OUTERS = st.builds(
    Outer,
    colour=st.sampled_from(Colour),
    inner=st.none() | INNERS,
    many=st.lists(INNERS, max_size=3).map(tuple),
    at=st.none() | st.datetimes(timezones=st.just(UTC)),
    weight=st.floats(allow_nan=False, allow_infinity=False),
    sure=st.none() | st.booleans(),
    count=st.integers(),
)


@given(OUTERS)
def test_a_value_comes_back_as_it_was(value: Outer) -> None:
    assert from_json(Outer, json.loads(json.dumps(to_json(value)))) == value


@pytest.mark.parametrize(
    "stored",
    [
        {"name": 1},
        {"name": "n", "order": "abc"},
        {"name": "n", "order": [1]},
        {},
        ["name"],
        None,
    ],
)
def test_what_does_not_fit_is_refused(stored: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        from_json(Inner, stored)


def test_a_later_field_that_is_not_known_is_left_out() -> None:
    assert from_json(Inner, {"name": "n", "later": 1}) == Inner(name="n")


def test_what_has_no_stored_form_is_refused() -> None:
    with pytest.raises(TypeError):
        to_json(object())
