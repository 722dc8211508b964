"""What a run of the app sent to the browser: every text of it, with its element and field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Dataframe


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One text."""

    element: str  # as Streamlit names it, e.g. "markdown", "expandable"
    field: str  # of its message, e.g. "body", "options"
    text: str


def shown(app: AppTest) -> list[Shown]:
    """Every text of the run, in the order of the page; cells of a data frame as well."""
    found = []
    for node in app._tree:  # all of it: a drawer and a toast stand beside `app.main`
        proto = getattr(node, "proto", None)
        if hasattr(proto, "ListFields"):
            found += [Shown(element=node.type, field=name, text=text) for name, text in _strings(proto, "")]
        if isinstance(node, Dataframe):
            cells = [*node.value.columns, *node.value.to_numpy(dtype=object).ravel()]
            found += [Shown(element=node.type, field="cell", text=str(cell)) for cell in cells]
    return found


def said(app: AppTest) -> str:
    """What a person can read, on one text."""
    return "\n".join(one.text for one in shown(app))


def problems(app: AppTest) -> list[str]:
    """What went wrong in the run."""
    return [f"{error.value}\n{error.stack_trace}" for error in app.exception]


def _strings(message: Any, path: str) -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        name = f"{path}.{field.name}" if path else field.name
        for one in value if field.is_repeated else (value,):
            if hasattr(one, "ListFields"):
                yield from _strings(one, name)
            elif isinstance(one, str):
                yield name, one
