"""Values in a credential's document together with the pointer that leads to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from verifier import strict_json
from verifier.model import JsonObject

MAX_PLACES = 10_000  # an achievement with more of anything is no achievement


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One value and where it stands (RFC 6901)."""

    value: object
    pointer: str

    def along(self, path: str) -> Iterator[Place]:
        """Every value at the dotted `path`, in document order; arrays are walked, gaps are skipped."""
        return along(self.value, path, self.pointer)

    @property
    def text(self) -> str:
        """The value for people: a text, a number, a language map, a note, or the name of a concept."""
        return spoken(self.value)


def along(value: object, path: str, pointer: str = "") -> Iterator[Place]:
    """Every non-empty value at the dotted `path` below `value`."""
    found = list(_items(value, pointer))
    for name in path.split("."):
        found = [
            inner
            for place in found
            if isinstance(place.value, dict) and name in place.value
            for inner in _items(place.value[name], f"{place.pointer}/{name}")
        ][:MAX_PLACES]
    return iter(found)


def first(value: object, *paths: str) -> Place | None:
    """The first value at the first path that leads anywhere."""
    return next((place for path in paths for place in along(value, path)), None)


def _items(value: object, pointer: str) -> Iterator[Place]:
    if isinstance(value, list):
        for index, item in enumerate(value[:MAX_PLACES]):
            yield from _items(item, f"{pointer}/{index}")
    elif value not in (None, "", {}):
        yield Place(value=value, pointer=pointer)


def spoken(value: object) -> str:
    """A JSON value as one line for people."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return _spoken_node(value)
    return ""


def _spoken_node(node: JsonObject) -> str:
    for name in ("noteLiteral", "prefLabel", "legalName", "title", "name", "notation", "id"):
        if text := strict_json.text_of(node.get(name)):
            return text
    return strict_json.text_of(node)
