"""Word documents (.docx): the credential links in a CV's text and hyperlinks.

ECMA-376 Part 1 (WordprocessingML) in Part 2 packages. Only text runs, field instructions and external
relationships are read; macros are refused, pictures and objects are never opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from zipfile import ZipInfo

from verifier.errors import UnsupportedFormat
from verifier.formats import archive, links, strict_xml
from verifier.formats.document import Container
from verifier.model import Credential
from verifier.policy import Limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BODY = "word/document.xml"
_PARTS = ("document", "header", "footer", "footnotes", "endnotes")
MAX_PARTS = 20  # body, three headers and footers a section, notes; their relationships


def sniff(data: bytes) -> bool:
    """Whether `data` is a ZIP package with a Word body."""
    return data.startswith(b"PK\x03\x04") and _BODY.encode() in data


def read_document(data: bytes, limits: Limits) -> Credential:
    """The credential links in a Word document, as members. Raises `Unreadable`, also when there are none."""
    entries = archive.directory(data, limits)
    if any(entry.filename.endswith("vbaProject.bin") for entry in entries):
        raise UnsupportedFormat("a Word document with macros")
    text: list[str] = []
    for entry in [entry for entry in entries if _is_read(entry)][:MAX_PARTS]:
        part = archive.unpack(data, entry, limits.inflated_bytes, limits)
        _read_part(part, text)
    return links.gathered("".join(text), "word", "a Word document", limits)


def _is_read(entry: ZipInfo) -> bool:
    folder, _, name = entry.filename.rpartition("/")
    return folder in ("word", "word/_rels") and name.startswith(_PARTS) and name.endswith((".xml", ".rels"))


def _read_part(part: bytes, text: list[str]) -> None:
    """Append the text of one part: runs as they follow each other, a line for every paragraph and link."""
    reading = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal reading
        reading = tag in (_W + "t", _W + "instrText")
        if tag in (_W + "p", _W + "tab", _W + "br"):
            text.append("\n")
        elif tag == _RELATIONSHIP and attributes.get("TargetMode") == "External":
            text.append(f"\n{attributes.get('Target', '')}\n")

    def data(characters: str) -> None:
        if reading:
            text.append(characters)

    def end(tag: str) -> None:
        nonlocal reading
        reading = False

    strict_xml.walk(part, start=start, text=data, end=end)


WORD = Container(name="word", sniff=sniff, open=read_document)
