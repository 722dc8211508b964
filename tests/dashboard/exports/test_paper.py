"""Papers: tagged and titled for everybody, made from data alone, and no text in them acts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from dashboard.exports.paper import UNDRAWN, Paper, facts, heading, mark_cell, marked, table, to_pdf, words
from dashboard.wording import MARKS, OUTCOMES, STATES

pytest.importorskip("typst", reason="typst is not installed: run the README's install line again")

NOON = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
BUNDLED = ("Libertinus", "DejaVuSansMono", "NewCM")
HOSTILE = [
    '#panic("x") #read("/etc/passwd") #sys.inputs',
    "= heading *bold* _it_ `raw` $x^2$ @ref <label> \\u{41} // gone /* gone */",
    '#import "@preview/cetz:0.3.0"',
    "]#panic()[",
    '"+panic()+"',
    "<script>alert(1)</script> [x](javascript:alert(1))",
    "https://collect.example/?x=1",
    "=1+1",
    "a\nb\tc",
]


def read(data: bytes) -> tuple[PdfReader, str]:
    """The file and its text, white space and break points made one."""
    reader = PdfReader(io.BytesIO(data))
    text = " ".join("".join(page.extract_text() for page in reader.pages).replace("\u200b", "").split())
    return reader, text


def paper(*texts: str) -> Paper:
    """Every kind of block, with `texts` wherever a text may stand."""
    return Paper(
        title=texts[0],
        subtitle=texts[0],
        footer=texts[0],
        blocks=(
            *(heading(text, level) for text in texts for level in (2, 3)),
            *(words(text, look) for text in texts for look in ("plain", "strong", "quiet")),
            *(marked(look, texts[0]) for look in (*MARKS.values(), *OUTCOMES.values(), *STATES.values())),
            facts([(text, text) for text in texts]),
            facts([("SHA-256", text) for text in texts], mono=True),
            table(["a", *texts[:1]], [(text, mark_cell(MARKS["verified"])) for text in texts], (1, 2)),
        ),
    )


def root_of(reader: PdfReader) -> Any:
    """The catalogue of the document (ISO 32000-2 §7.7.2)."""
    return reader.trailer["/Root"]


def kinds(node: Any) -> Iterator[str]:
    """The types of all structure elements below `node` (ISO 32000-2 §14.7)."""
    node = node.get_object()
    if isinstance(node, list):
        for inner in node:
            yield from kinds(inner)
    elif hasattr(node, "get"):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from kinds(node["/K"])


def fonts(reader: PdfReader) -> Iterator[Any]:
    for page in reader.pages:
        resources: Any = page["/Resources"].get_object()
        for font in resources["/Font"].get_object().values() if "/Font" in resources else ():
            yield font.get_object()["/DescendantFonts"][0].get_object()


def test_it_is_tagged_titled_and_says_its_language() -> None:
    reader, _ = read(to_pdf(paper("Report"), NOON))
    root = root_of(reader)
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "en"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert reader.metadata is not None
    assert reader.metadata.title == "Report"
    found = set(kinds(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/H3", "/P", "/Table", "/TH", "/TD"} <= found
    about = reader.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]
    assert "<pdfuaid:part>1<" in about
    assert "<pdfaid:part>3<" in about


def test_its_fonts_are_the_bundled_ones_and_inside() -> None:
    reader, _ = read(to_pdf(paper("Zoë Ørsted Жанна Ωmega"), NOON))
    names = [str(font["/BaseFont"]) for font in fonts(reader)]
    assert names
    assert all(name.partition("+")[2].startswith(BUNDLED) for name in names)
    for font in fonts(reader):
        descriptor = font["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


def test_the_same_paper_is_the_same_bytes() -> None:
    assert to_pdf(paper("x"), NOON, b"{}") == to_pdf(paper("x"), NOON, b"{}")


def test_a_receipt_is_attached_as_it_is() -> None:
    receipt = '{"said": "Zoë ✓ \\u0000 #panic()"}'.encode()
    reader, _ = read(to_pdf(paper("x"), NOON, receipt))
    assert dict(reader.attachments) == {"receipt.json": [receipt]}
    assert dict(read(to_pdf(paper("x"), NOON))[0].attachments) == {}


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_only_text(text: str) -> None:
    data = to_pdf(paper(text), NOON)
    reader, shown = read(data)
    assert " ".join(text.split()) in shown
    assert b"/JavaScript" not in data
    assert not any("/Annots" in page for page in reader.pages)  # no link, no action
    assert not {"/OpenAction", "/AA"} & set(root_of(reader))


def test_a_text_without_end_and_without_a_space_stays_on_its_page() -> None:
    reader, shown = read(to_pdf(paper("x" * 400_000, "word " * 100_000), NOON))
    assert "xxx…" in shown.replace("...", "…")
    assert len(reader.pages) < 20


def test_control_and_turning_characters_are_gone() -> None:
    data = to_pdf(paper("a\u202eb\x07c\u2028d\x00e\ue000f\U000e0041g"), NOON)
    _, shown = read(data)
    assert not set(shown) & set("\u202e\x07\0\u2028\ue000")


def test_what_no_font_has_is_shown_as_a_box_and_said() -> None:
    _, shown = read(to_pdf(paper("Ada 名前 😀"), NOON))
    assert f"Ada {UNDRAWN}{UNDRAWN} {UNDRAWN}" in shown
    assert f"are shown as {UNDRAWN}" in shown
    assert "are shown as" not in read(to_pdf(paper("Zoë ✓ Ω Ж"), NOON))[1]


def test_what_is_written_from_the_right_can_be_drawn() -> None:
    assert UNDRAWN not in read(to_pdf(paper("שלום العربية"), NOON))[1]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_text_makes_a_paper(text: str) -> None:
    assert len(PdfReader(io.BytesIO(to_pdf(Paper(title=text or "x", footer=text), NOON))).pages) >= 1
