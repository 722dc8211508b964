"""A document as lines, with the pointed-at one marked."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from dashboard import marking

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


def test_the_field_that_a_pointer_names_is_marked() -> None:
    text = marking.marked({"a": {"b/c": [1, {"d~": "x"}]}}, ("/a/b~1c/1/d~0",))
    marked = [line for line in text.splitlines() if line.startswith(marking.MARK)]
    assert [line.removeprefix(marking.MARK).strip() for line in marked] == ['"d~": "x"']


def test_no_pointer_marks_nothing() -> None:
    assert marking.MARK not in marking.marked({"a": 1}, ("",))


def test_a_huge_document_and_a_huge_value_are_cut() -> None:
    text = marking.marked({"long": "x" * 10_000, "many": list(range(5_000))}, ())
    assert len(text.splitlines()) == marking.MAX_LINES + 1
    assert max(map(len, text.splitlines())) < marking.MAX_VALUE + 40


def test_depth_is_bounded() -> None:
    deep: object = "end"
    for _ in range(500):
        deep = [deep]
    assert "…" in marking.marked(deep, ())


@given(VALUES)
def test_the_lines_are_the_document(value: object) -> None:
    text = marking.marked(value, ())
    assert json.loads("".join(line[len(marking.PLAIN) :] for line in text.split("\n"))) == value
