"""Small badge pictures, drawn point by point so that every machine makes the same bytes."""

from __future__ import annotations

from xml.sax.saxutils import escape

from tests.issuing_files import RGB, picture

SIZE = 96  # points, either way
WHITE: RGB = (255, 255, 255)
GOLD: RGB = (0xE0, 0xB0, 0x40)
BARS = ((28, 60), (44, 46), (60, 32))  # left edge and top of each bar of the chart


def medal(colour: RGB) -> bytes:
    """A PNG of a round badge in `colour` with a bar chart on it."""
    rows = [bytes(_point(x, y) for x in range(SIZE)) for y in range(SIZE)]
    return picture(rows, [WHITE, GOLD, colour])


def _point(x: int, y: int) -> int:
    distance = (2 * x - SIZE) ** 2 + (2 * y - SIZE) ** 2
    if distance > SIZE**2:
        return 0
    if distance > (SIZE - 10) ** 2:
        return 1
    on_bar = any(left <= x < left + 8 and top <= y < 76 for left, top in BARS)
    return 0 if on_bar else 2


def ribbon(title: str, colour: str) -> str:
    """An SVG drawing of a badge with `title` under it, in a view of 200 × 120."""
    return (
        '<rect width="200" height="120" rx="8" fill="#fff"/>'
        f'<circle cx="100" cy="48" r="40" fill="{colour}"/>'
        '<path d="M80 48l14 14 28-28" fill="none" stroke="#fff" stroke-width="8"/>'
        f'<text x="100" y="110" font-size="12" text-anchor="middle" fill="#222">{escape(title)}</text>'
    )


RIBBON_VIEW = "0 0 200 120"
