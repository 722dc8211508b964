"""A JSON document as lines of text, with the line that a JSON Pointer (RFC 6901) points at marked. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

MARK, PLAIN = "▶ ", "  "
MAX_LINES = 2_000  # what a browser draws without stumbling; the whole file is a click away
MAX_VALUE = 400  # characters of one value: enough to recognise it
DEPTH = 60  # deeper than any credential; the rest is drawn as "…"


def marked(document: Any, pointers: tuple[str, ...]) -> str:
    """`document` with two spaces a level, the pointed-at lines led by "▶"."""
    wanted = {pointer.rstrip("/") for pointer in pointers if pointer}
    lines: list[str] = []
    for pointer, line in _lines(document, "", 0, "", ""):
        if len(lines) == MAX_LINES:
            lines.append(PLAIN + "…")
            break
        lines.append((MARK if pointer in wanted else PLAIN) + line)
    return "\n".join(lines)


def _lines(value: Any, pointer: str, depth: int, before: str, after: str) -> Iterator[tuple[str | None, str]]:
    """(pointer of the value that begins on the line, line); None on closing lines."""
    indent = "  " * depth
    children = _children(value, pointer)
    if children is None or not children or depth >= DEPTH:
        yield pointer, f"{indent}{before}{_scalar(value, depth)}{after}"
        return
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    yield pointer, f"{indent}{before}{opening}"
    for place, (name, child_pointer, child) in enumerate(children):
        comma = "," if place < len(children) - 1 else ""
        yield from _lines(child, child_pointer, depth + 1, name, comma)
    yield None, f"{indent}{closing}{after}"


def _children(value: Any, pointer: str) -> list[tuple[str, str, Any]] | None:
    if isinstance(value, dict):
        return [
            (f"{json.dumps(key, ensure_ascii=False)}: ", f"{pointer}/{_escaped(key)}", child)
            for key, child in value.items()
        ]
    if isinstance(value, list):
        return [("", f"{pointer}/{place}", child) for place, child in enumerate(value)]
    return None


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _scalar(value: Any, depth: int) -> str:
    if isinstance(value, dict | list) and value and depth >= DEPTH:
        return "…"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MAX_VALUE else text[: MAX_VALUE - 1] + "…"
