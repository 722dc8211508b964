"""Hierarchies and successions of a framework, which must not run in circles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from verifier.skills.frameworks.entries import FrameworkUnreadable
from verifier.skills.frameworks.identity import identity_of


class Steps:
    """Which concept stands over which, and in which row that is said."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._above: dict[str, dict[str, list[str]]] = {}
        self._rows: dict[tuple[str, str, str], str] = {}

    def add(self, column: str, lower: str, upper: str, row: str) -> None:
        """Note one step; those of one `column` are looked at together."""
        low, high = identity_of(lower), identity_of(upper)
        self._above.setdefault(column, {}).setdefault(low, []).append(high)
        self._rows.setdefault((column, low, high), row)

    def refuse_circles(self) -> None:
        """Raise `FrameworkUnreadable` at the row that closes a circle."""
        for column, above in self._above.items():
            if found := circle_in(above):
                row = self._rows[(column, *found)]
                raise FrameworkUnreadable(self._file, row, column, f"leads in a circle back to {found[1]}")


def circle_in(above: Mapping[str, Sequence[str]]) -> tuple[str, str] | None:
    """A step (from, to) that closes a circle, or None. `above` leads from each concept to those over it.

    Depth-first with an explicit stack: hostile frameworks are deep, too.
    """
    done: set[str] = set()
    for start in above:
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                on_path.discard(path.pop())
                done.add(node)
            elif node in on_path:
                return path[-1], node
            elif node not in done:
                path.append(node)
                on_path.add(node)
                stack.append((node, True))
                stack += [(parent, False) for parent in above.get(node, ())]
    return None
