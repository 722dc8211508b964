"""A CV written in Word: its credential links count, its macros and pictures are not touched."""

from __future__ import annotations

import pytest

from tests.issuing_files import zip_of
from verifier.errors import NotACredential, NotParseable, Unreadable, UnsupportedFormat
from verifier.formats.document import Container
from verifier.formats.word import WORD
from verifier.model import Credential
from verifier.policy import Limits

LIMITS = Limits()
BADGE = "https://www.credly.com/badges/7e75e005-b03e-4347-af3c-dcab5e629df2/public_url"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def docx(body: str, relationships: str = "", **others: bytes) -> bytes:
    members = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>".encode(),
        "word/_rels/document.xml.rels": f"<Relationships {R}>{relationships}</Relationships>".encode(),
    }
    return zip_of(members | {name.replace("__", "/"): data for name, data in others.items()})


def urls(data: bytes, container: Container = WORD) -> list[str | None]:
    assert container.sniff(data)
    found = container.open(data, LIMITS)
    assert isinstance(found, Credential)
    return [member.url for member in found.contains]


def test_a_link_in_the_text_is_found_even_when_word_split_it() -> None:
    runs = f"<w:r><w:t>See {BADGE[:20]}</w:t></w:r><w:r><w:t>{BADGE[20:]}</w:t></w:r>"
    assert urls(docx(f"<w:p>{runs}</w:p>")) == [BADGE]


def test_a_link_behind_words_is_found() -> None:
    relationship = f'<Relationship Id="r1" TargetMode="External" Target="{BADGE}"/>'
    assert urls(docx("<w:p/>", relationship)) == [BADGE]
    assert urls(docx(f'<w:p><w:instrText>HYPERLINK "{BADGE}"</w:instrText></w:p>')) == [BADGE]


def test_paragraphs_do_not_run_into_each_other() -> None:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in (BADGE, "End"))
    assert urls(docx(body)) == [BADGE]


def test_a_cv_without_credential_links_holds_none() -> None:
    with pytest.raises(NotACredential):
        urls(docx("<w:p><w:r><w:t>https://www.linkedin.com/in/someone</w:t></w:r></w:p>"))


def test_a_page_that_publishes_nothing_is_said_to() -> None:
    with pytest.raises(Unreadable) as refused:
        urls(docx("<w:p><w:r><w:t>https://www.coursera.org/verify/ABC123</w:t></w:r></w:p>"))
    assert refused.value.code == "no_document"


def test_macros_are_refused() -> None:
    with pytest.raises(UnsupportedFormat):
        urls(docx("<w:p/>", "", **{"word__vbaProject.bin": b"x"}))


def test_entities_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    with pytest.raises(NotParseable):
        urls(docx("<w:p/>", "", **{"word__header1.xml": laughs}))
