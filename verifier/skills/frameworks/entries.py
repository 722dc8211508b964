"""What an import brings: concepts, hops between them, and what an occupation asks for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from verifier.errors import Unreadable
from verifier.skills.frameworks.relation import Relation

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run such a label as a formula
MAX_LABEL_CHARS = 2_000  # the statement of a competency is a label too
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:[^\s<>\"]{1,1900}", re.ASCII)


class FrameworkUnreadable(Unreadable, ValueError):
    """A file of a framework that cannot be imported; names the file, the row and the column."""

    code = "framework_unreadable"
    sentence = "is not a framework that can be imported: {0}, {1}, {2}: {3}"

    def __init__(self, file: str, row: str, column: str, reason: str) -> None:
        super().__init__(file, row, column, reason)
        self.file, self.row, self.column, self.reason = file, row, column, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One skill, occupation or level of a framework."""

    id: str
    label: str
    kind: str = "skill"  # skill | occupation | group
    code: str = ""
    type: str = ""  # ESCO: skill | knowledge; O*NET: skill | knowledge; CASE: CFItemType
    aliases: tuple[str, ...] = ()
    statement: str = ""  # a sentence that says what it is, where the framework is made of such
    mention: bool = False  # named in passing, e.g. by a crosswalk: gives way to the framework's own word
    successor: str = ""  # set where the framework itself says that it was replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A mapping from one concept to another, seen from the source: NARROWER means the target is narrower."""

    source: str
    target: str
    relation: Relation
    origin: str  # whose mapping it is, e.g. "ESCO hierarchy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """How much an occupation asks for a skill. A missing row is "no rating", never 0."""

    occupation: str
    skill: str
    relation: str = ""  # ESCO: essential | optional
    importance: float | None = None  # O*NET IM, 1–5
    level: float | None = None  # O*NET LV, 0–7; never converted
    suppressed: bool = False  # O*NET: Recommend Suppress
    not_relevant: bool = False  # O*NET: Not Relevant


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a value on the level scale of one O*NET element means, in O*NET's words."""

    skill: str
    value: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """The file has listed every concept of this kind: what it did not list is retired."""

    kind: str


Row = Entry | Hop | Rating | Anchor | Complete


def checked_label(text: str, file: str, row: str, column: str) -> str:
    """`text` as a label. Refuses what a spreadsheet would run and what a screen cannot show."""
    label = " ".join(text.split(" ")).strip(" ")
    if not label:
        raise FrameworkUnreadable(file, row, column, "is empty")
    if unicodedata.normalize("NFKC", label[0]).startswith(FORMULA):  # full-width forms run as well
        raise FrameworkUnreadable(file, row, column, "begins like a spreadsheet formula")
    if len(label) > MAX_LABEL_CHARS:
        raise FrameworkUnreadable(file, row, column, f"has more than {MAX_LABEL_CHARS:,} characters")
    if any(ch < " " and ch not in "\n\t" for ch in label):
        raise FrameworkUnreadable(file, row, column, "holds a control character")
    return label


def checked_identifier(text: object, file: str, row: str, column: str) -> str:
    """`text` as an identifier: an absolute URI (RFC 3986 §4.3), which no spreadsheet would run either."""
    if not isinstance(text, str) or not text:
        raise FrameworkUnreadable(file, row, column, "is missing")
    if not _IDENTIFIER.fullmatch(text):
        raise FrameworkUnreadable(file, row, column, "is no identifier")
    return text


def turned(hop: Hop) -> Hop:
    """The same mapping seen from its other end."""
    relation = {Relation.BROADER: Relation.NARROWER, Relation.NARROWER: Relation.BROADER}.get(
        hop.relation, hop.relation
    )
    return Hop(source=hop.target, target=hop.source, relation=relation, origin=hop.origin)
