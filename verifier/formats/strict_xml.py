"""The one XML reader for pictures and text documents: no DOCTYPE, bounded size, depth and element count.

Nothing is built in memory: the reader walks the markup once and hands elements to a target, so that what
stands beside the wanted text (scripts, drawings, macros) is never kept. XML 1.0, Fifth Edition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import ParseError  # the exception class only; parsing is defusedxml's

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from verifier.errors import NotParseable, TooLarge

MAX_DEPTH = 200  # the deepest drawing seen nests 30 groups
MAX_ELEMENTS = 200_000  # a long CV has 20,000 runs; a detailed map 50,000 shapes


class _Walk:
    """An ElementTree target that counts before it passes anything on."""

    def __init__(
        self,
        start: Callable[[str, Mapping[str, str]], None],
        text: Callable[[str], None],
        end: Callable[[str], None],
    ) -> None:
        self._start, self._text, self._end = start, text, end
        self._depth = self._elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH:
            raise TooLarge("the nesting of its markup", f"{MAX_DEPTH} levels")
        if self._elements > MAX_ELEMENTS:
            raise TooLarge("the number of elements", f"{MAX_ELEMENTS:,}")
        self._start(tag, attributes)

    def data(self, text: str) -> None:
        self._text(text)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._end(tag)

    def close(self) -> None:
        return None


def _nothing(_: str) -> None:
    return None


def walk(
    data: bytes,
    *,
    start: Callable[[str, Mapping[str, str]], None],
    text: Callable[[str], None] = _nothing,
    end: Callable[[str], None] = _nothing,
) -> None:
    """Pass every element and text of `data` on, tags as `{namespace}name`. Raises `Unreadable` only.

    A DOCTYPE is refused before anything in it is looked at: it is where entities, external files and
    exponential expansion come from.
    """
    parser = XMLParser(target=_Walk(start, text, end), forbid_dtd=True)
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException as error:
        raise NotParseable("XML", "it declares a document type (DOCTYPE) of its own") from error
    except (ParseError, ValueError, LookupError) as error:  # LookupError: an encoding Python does not know
        raise NotParseable("XML", "it is not well formed") from error
