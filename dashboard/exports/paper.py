"""A paper as PDF/UA-1 and PDF/A-3a: tagged, fonts inside, made by Typst from data alone, without a network.

Texts go in as JSON: no text is ever read as markup. The fonts are those that Typst brings, so the same paper
looks the same on every machine; what they cannot draw is shown as □, and the paper says so.
"""

from __future__ import annotations

import importlib.util
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from dashboard.exports.plain_text import plain
from dashboard.wording import Look, _, palette

if TYPE_CHECKING:
    import typst

Block = Mapping[str, Any]
STANDARDS: Final = ("ua-1", "a-3a")
MAX_TEXT = 700  # characters of one text: in the narrowest column they fill no page
LONG_WORD = 22  # characters: a longer one may be wider than its column
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
UNDRAWN = "□"  # instead of a letter that no bundled font has
_WORD = re.compile(rf"\S{{{LONG_WORD + 1},}}")
_PIECE = re.compile(rf"\S{{{LONG_WORD}}}(?=\S)")
_PROBE = (
    b'#set document(title: "x")\n#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"))\n#sys.inputs.text'
)


class CannotDraw(ValueError):
    """Typst refuses: in a text is what no bundled font has, or what the standards forbid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is drawn: a title, and blocks under each other."""

    title: str
    subtitle: str = ""
    footer: str
    author: str = "Skillproof"
    language: str = "en"
    attached: str = ""  # what the attached receipt is
    blocks: tuple[Block, ...] = field(default=())


def heading(text: str, level: int = 2) -> Block:
    """A heading of level 2 or 3; the title is level 1."""
    return {"kind": "heading", "level": level, "text": text}


def words(text: str, look: str = "plain") -> Block:
    """A paragraph: plain, strong or quiet."""
    return {"kind": "text", "text": text, "look": look}


def marked(look: Look, text: str = "") -> Block:
    """Icon and word in their colour, and a sentence."""
    return {"kind": "mark", "mark": mark_cell(look), "text": text}


def facts(rows: Iterable[tuple[str, str | Block]], *, mono: bool = False) -> Block:
    """Names with values beside them; hashes and identifiers in `mono`."""
    return {"kind": "facts", "rows": [list(row) for row in rows], "mono": mono}


def table(heads: Sequence[str], rows: Iterable[Sequence[str | Block]], widths: Sequence[int]) -> Block:
    """A table with a header row; `widths` are shares."""
    return {
        "kind": "table",
        "heads": list(heads),
        "rows": [list(row) for row in rows],
        "widths": list(widths),
    }


def mark_cell(look: Look) -> Block:
    """Icon, word and colour of a verdict, an outcome or a state."""
    return {"icon": look.icon, "word": _(look.word), "colour": palette("light")[look.colour][0]}


def can_draw() -> bool:
    """Whether Typst is installed; an installation made before papers existed may lack it."""
    return importlib.util.find_spec("typst") is not None


def to_pdf(paper: Paper, at: datetime, receipt: bytes | None = None) -> bytes:
    """`paper` as PDF, the same bytes for the same paper and time; `receipt` is attached to it."""
    content = _cleaned({name: getattr(paper, name) for name in Paper.__slots__})
    lost = frozenset(_undrawable(tuple(sorted({sign for text in _texts(content) for sign in _signs(text)}))))
    try:
        return _compiled(_without(content, lost), at, receipt)
    except CannotDraw:  # signs that can be drawn alone and not beside each other
        return _compiled(_without(content, None), at, receipt)


def _compiled(content: Any, at: datetime, receipt: bytes | None) -> bytes:
    inputs = {"paper": json.dumps(content)} | ({"receipt": receipt.decode()} if receipt else {})
    source = resources.files(__package__).joinpath("paper.typ").read_bytes()
    return _typeset(source, inputs, at)


def _typeset(source: bytes, inputs: dict[str, str], at: datetime) -> bytes:
    import typst  # noqa: PLC0415 # 80 MB that only who makes a paper needs

    compiler = typst.Compiler(source, font_paths=_fonts(), ignore_system_fonts=True)
    try:
        made = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=list(STANDARDS), timestamp=at)
    except typst.TypstError as error:
        raise CannotDraw() from error
    except BaseException as error:
        # A panic of its Rust code, seen with random letters; it derives from nothing that could be named.
        if type(error).__name__ != "PanicException":
            raise
        raise CannotDraw() from None
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    import typst  # noqa: PLC0415

    return typst.Fonts(include_system_fonts=False)


def _signs(text: str) -> Iterator[str]:
    """What is drawn as one: a letter with the accents that follow it. ASCII can always be drawn."""
    sign = ""
    for letter in text:
        if unicodedata.category(letter)[0] == "M":
            sign += letter
            continue
        if not sign.isascii():
            yield sign
        sign = letter
    if not sign.isascii():
        yield sign


def _undrawable(signs: tuple[str, ...]) -> Iterator[str]:
    """Those of `signs` that no bundled font has, found by halves: Typst names only the first one."""
    if not signs or _draws(signs):
        return
    if len(signs) == 1:
        yield signs[0]
        return
    middle = len(signs) // 2
    yield from _undrawable(signs[:middle])
    yield from _undrawable(signs[middle:])


@lru_cache(maxsize=4_096)  # signs in their order in Unicode, never anybody's text
def _draws(signs: tuple[str, ...]) -> bool:
    text = " ".join(signs)  # side by side, two could become a third
    try:
        _typeset(_PROBE, {"text": text}, EPOCH)
    except CannotDraw:
        return False
    return True


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _cleaned(value: Any) -> Any:
    """Every text on paper: no control or turning character, not endless, and with places to break a line."""
    if isinstance(value, str):
        shown = unicodedata.normalize("NFC", plain(value, MAX_TEXT))
        return _WORD.sub(lambda long: _PIECE.sub("\\g<0>\u200b", long[0]), shown)
    if isinstance(value, Mapping):
        return {name: _cleaned(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(inner) for inner in value]
    return value


def _without(content: Any, lost: frozenset[str] | None) -> Any:
    """`content` with □ for each lost sign (None: for all that is not ASCII), and a note that says so."""
    if lost is not None and not lost:
        return content
    note = words(_("Letters that this paper cannot draw are shown as {sign}.").format(sign=UNDRAWN), "quiet")
    return _replaced({**content, "blocks": [*content["blocks"], note]}, lost)


def _replaced(value: Any, lost: frozenset[str] | None) -> Any:
    if isinstance(value, str):
        found = sorted(
            {sign for sign in _signs(value) if lost is None or sign in lost}, key=len, reverse=True
        )
        for sign in found:
            value = value.replace(sign, UNDRAWN)
        return value
    if isinstance(value, dict):
        return {name: _replaced(inner, lost) for name, inner in value.items()}
    return [_replaced(inner, lost) for inner in value] if isinstance(value, list) else value
