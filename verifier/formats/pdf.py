"""PDF files: attached credentials, credential links, and QR codes on the first pages.

ISO 32000-2. Nothing of a PDF is run or drawn. One that would run a script or start a program when opened is
refused whole (SECURITY §1, 78): no honest certificate needs it. A signature of the PDF itself is not judged.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator
from typing import Any  # pypdf's objects: the values of a PDF are as untyped as those of JSON

from PIL import Image
from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from verifier.errors import NotParseable, TooLarge, Unreadable, UnsupportedFormat
from verifier.formats import links, qr
from verifier.formats.archive import Encrypted
from verifier.formats.document import Container
from verifier.model import Credential, Member
from verifier.policy import Limits

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # its remarks quote the file

_SCRIPT_NAME = re.compile(rb"/JavaScript\b")
_ACTIVE = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"})  # §12.6.4.2
MAX_OBJECTS = 2_000  # dictionaries looked at in one file: name-tree nodes, annotations, actions
MAX_TEXT_BYTES = 500_000  # of page content; a page of a CV has 50 kB, and 1 MB takes a second to read
TEXT_PAGES = 10  # pages read for links in their text: the longest usual CV
MAX_IMAGES = 8  # looked at for a QR code
IMAGE_PAGES = 3  # pages looked at for pictures: the code of a certificate stands on its first page
_CREDENTIAL_STARTS = (b"{", b"[", b"ey", b"\x89PNG", b"<svg", b"<?xml")


class ActivePdf(Unreadable):
    """The file would run a script or start a program in a viewer."""

    code = "active_content"
    sentence = "is a PDF that would run {0} when opened; ask for a plain copy"


def sniff(data: bytes) -> bool:
    """Whether `data` is a PDF; readers accept the header within the first kilobyte (§7.5.2)."""
    return b"%PDF-" in data[:1024]


def read_pdf(data: bytes, limits: Limits) -> Credential:
    """What a PDF holds or leads to, as members. Raises `Unreadable` only, also when there is nothing."""
    if not data.startswith(b"%PDF-"):
        raise NotParseable("a PDF", "something stands before its start")
    if len(data) > limits.upload_bytes:
        raise TooLarge(f"a PDF of {len(data):,} bytes", f"{limits.upload_bytes:,}")
    if _SCRIPT_NAME.search(data):
        raise ActivePdf("a script")
    try:
        return _Reading(data, limits).credential()
    except Unreadable:
        raise
    except Exception as error:  # pypdf's failures on broken files have many classes (its errors.py says so)
        raise NotParseable("a PDF", "its structure is damaged") from error


class _Reading:
    """One PDF being read, with a budget for how many of its objects are looked at."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits, self.budget = limits, MAX_OBJECTS
        self.reader = PdfReader(io.BytesIO(data), strict=False)
        if self.reader.is_encrypted and not self.reader.decrypt(""):
            raise Encrypted()
        self.root = _dictionary(self.reader.trailer.get("/Root"))
        self.pages = self._pages()

    def credential(self) -> Credential:
        """Attachments first, then links as they stand: in annotations, in text, in QR codes."""
        self._judge_actions(self.root)
        annotations = [entry for page in self.pages for entry in self._annotations(page)]
        specifications = [*self._attached(), *(entry["/FS"] for entry in annotations if "/FS" in entry)]
        attachments = list(self._members(specifications))
        found = [*attachments, *self._codes()]
        text = "\n".join([*_addresses(annotations), *self._texts()])
        return links.gathered(text, "pdf", "a PDF", self.limits, tuple(found))

    def _pages(self) -> list[PageObject]:
        pages = []
        for page in self.reader.pages:
            pages.append(page)
            if len(pages) >= self.limits.pdf_pages:
                break
        return pages

    def _spend(self) -> None:
        self.budget -= 1
        if self.budget < 0:
            raise TooLarge("the number of objects in the PDF", f"{MAX_OBJECTS:,}")

    def _judge_actions(self, holder: DictionaryObject) -> None:
        """Refuse scripts and programs started by an event of the document, a page or a field (§12.6)."""
        names = _dictionary(holder.get("/Names"))
        if "/JavaScript" in names:
            raise ActivePdf("a script")
        triggers = _dictionary(holder.get("/AA")).values()
        waiting = [holder.get("/OpenAction"), holder.get("/A"), *triggers]
        while waiting:
            self._spend()
            action = _dictionary(waiting.pop())
            kind = str(_resolved(action.get("/S")))
            if kind in _ACTIVE:
                raise ActivePdf("a script" if kind == "/JavaScript" else "an action")
            following = _resolved(action.get("/Next"))
            waiting.extend(
                following if isinstance(following, ArrayObject) else [following] if following else []
            )

    def _annotations(self, page: PageObject) -> Iterator[DictionaryObject]:
        self._judge_actions(page)
        for entry in _array(page.get("/Annots")):
            annotation = _dictionary(entry)
            self._judge_actions(annotation)
            yield annotation

    def _attached(self) -> Iterator[Any]:
        """File specifications of the name tree /EmbeddedFiles and of /AF (§7.11.4, §14.13)."""
        yield from _array(self.root.get("/AF"))
        waiting = [_dictionary(self.root.get("/Names")).get("/EmbeddedFiles")]
        while waiting:
            self._spend()
            node = _dictionary(waiting.pop())
            yield from _array(node.get("/Names"))[1::2]
            waiting.extend(_array(node.get("/Kids")))

    def _members(self, specifications: list[Any]) -> Iterator[Member]:
        """The attachments that may be credentials, each stream once; others (invoices, sources) are left."""
        seen: set[int] = set()
        for specification in map(_dictionary, specifications):
            self._spend()
            files = _dictionary(specification.get("/EF"))
            stream = _resolved(files.get("/UF") or files.get("/F"))
            if not isinstance(stream, StreamObject) or id(stream) in seen:
                continue
            seen.add(id(stream))
            if len(seen) > self.limits.nested_credentials:
                raise TooLarge("the number of attachments", f"{self.limits.nested_credentials}")
            name = _file_name(specification, len(seen))
            try:
                content = _content(stream, self.limits.inflated_bytes)
            except Unreadable as error:
                yield Member(name=name, error=error)
                continue
            if content.lstrip().startswith(_CREDENTIAL_STARTS):
                yield Member(name=name, data=content)

    def _texts(self) -> Iterator[str]:
        """The text of the first pages, as long as there is not too much of it."""
        left = MAX_TEXT_BYTES
        for page in self.pages[:TEXT_PAGES]:
            resources = _dictionary(page.get("/Resources"))
            try:
                left -= sum(len(_content(stream, left)) for stream in _text_streams(page, resources))
                # Forms draw forms: 1 kB can ask for a billion of them. Links in forms are rare.
                resources.pop("/XObject", None)
                yield page.extract_text()
            except Exception:  # too much, packed by a rare method, or what pypdf stumbles over:
                return  # the text is the least of three places, annotations and attachments still count

    def _codes(self) -> Iterator[Member]:
        """Credentials and credential links in QR codes, in pictures on the first pages."""
        seen: dict[str, None] = {}
        for picture in self._pictures():
            try:
                seen.update(dict.fromkeys(qr.codes_in(picture, self.limits)))
            except (Unreadable, OSError, ValueError):
                continue  # a logo too large to look at hides nothing that a person would miss
        for number, text in enumerate(seen, start=1):
            if qr.holds_credential(text):
                yield Member(name=f"QR code {number}", data=text.encode())
            else:
                yield from links.members(links.collect(text, self.limits))

    def _pictures(self) -> Iterator[Image.Image]:
        left = MAX_IMAGES
        for page in self.pages[:IMAGE_PAGES]:
            objects = _dictionary(_dictionary(page.get("/Resources")).get("/XObject"))
            for entry in map(_resolved, list(objects.values())[:MAX_IMAGES]):
                picture = _picture(entry, self.limits) if isinstance(entry, StreamObject) else None
                if picture is not None and left > 0:
                    left -= 1
                    yield picture


def _addresses(annotations: list[DictionaryObject]) -> Iterator[str]:
    """Targets of link annotations (§12.6.4.8)."""
    for annotation in annotations:
        address = _resolved(_dictionary(annotation.get("/A")).get("/URI"))
        if isinstance(address, str | bytes):
            yield address.decode("utf-8", "replace") if isinstance(address, bytes) else str(address)


def _picture(stream: StreamObject, limits: Limits) -> Image.Image | None:
    """An image XObject as a picture: JPEG as it is, else plain grey, RGB or one-bit samples (§8.9.5)."""
    if stream.get("/Subtype") != "/Image":
        return None
    width, height = _resolved(stream.get("/Width")), _resolved(stream.get("/Height"))
    if not isinstance(width, int) or not isinstance(height, int) or width <= 0 or height <= 0:
        return None
    if width * height > limits.image_pixels:
        return None
    try:
        if _filters(stream) == ["/DCTDecode"]:
            return Image.open(io.BytesIO(stream._data), formats=("JPEG",))
        return _plain_picture(stream, width, height)
    except (Unreadable, OSError, ValueError, Image.DecompressionBombError):
        return None  # a picture that nobody can look at hides nothing that a person would miss


def _plain_picture(stream: StreamObject, width: int, height: int) -> Image.Image | None:
    mode = _mode(stream)
    if mode is None or _dictionary(stream.get("/DecodeParms")).get("/Predictor", 1) != 1:
        return None
    size = height * ((width + 7) // 8 if mode == "1" else width * len(mode))
    return Image.frombytes(mode, (width, height), _content(stream, size)[:size])


def _mode(stream: StreamObject) -> str | None:
    space, bits = _resolved(stream.get("/ColorSpace")), _resolved(stream.get("/BitsPerComponent"))
    if space == "/DeviceRGB" and bits == 8:
        return "RGB"
    if space == "/DeviceGray" or stream.get("/ImageMask"):
        return {8: "L", 1: "1", None: "1"}.get(bits)
    return None


def _text_streams(page: PageObject, resources: DictionaryObject) -> Iterator[StreamObject]:
    """What reading a page will unpack: its content and the character maps of its fonts (§9.10.3)."""
    contents = _resolved(page.get("/Contents"))
    maps = [_dictionary(font).get("/ToUnicode") for font in _dictionary(resources.get("/Font")).values()]
    for entry in [*(contents if isinstance(contents, ArrayObject) else [contents]), *maps]:
        stream = _resolved(entry)
        if isinstance(stream, StreamObject):
            yield stream


def _content(stream: StreamObject, most: int) -> bytes:
    """The bytes of a stream, at most `most`; only unpacked and deflated streams (§7.4.4) are read."""
    filters = _filters(stream)
    if not filters:
        content = stream._data
    elif filters == ["/FlateDecode"]:
        try:
            content = zlib.decompressobj().decompress(stream._data, max(most, 0) + 1)
        except zlib.error as error:
            raise NotParseable("an attachment", "it is damaged") from error
    else:
        raise UnsupportedFormat("an attachment packed by a rare method")
    if len(content) > most:
        raise TooLarge("the unpacked content of the PDF", f"{max(most, 0):,} bytes")
    return content


def _filters(stream: StreamObject) -> list[str]:
    named = _resolved(stream.get("/Filter"))
    return [str(name) for name in named] if isinstance(named, ArrayObject) else [str(named)] if named else []


def _file_name(specification: DictionaryObject, number: int) -> str:
    """The last part of the attachment's name: what stands before is a path, and not ours to follow."""
    name = str(_resolved(specification.get("/UF")) or _resolved(specification.get("/F")) or "")
    return re.split(r"[/\\]", name)[-1] or f"attachment {number}"


def _resolved(value: Any) -> Any:
    return value.get_object() if value is not None else None


def _dictionary(value: Any) -> DictionaryObject:
    found = _resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _array(value: Any) -> ArrayObject:
    found = _resolved(value)
    return found if isinstance(found, ArrayObject) else ArrayObject()


PDF = Container(name="pdf", sniff=sniff, open=read_pdf)
