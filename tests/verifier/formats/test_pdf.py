"""A PDF gives its attachments, credential links and QR codes; one that would run something is refused."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
import segno
from PIL import Image
from pypdf import PdfWriter

from tests.issuing_files import bake_png
from verifier.errors import NotACredential, NotParseable, TooLarge, Unreadable
from verifier.formats.archive import Encrypted
from verifier.formats.pdf import PDF, ActivePdf
from verifier.model import Credential, Member
from verifier.policy import Limits

LIMITS = Limits()
BADGE = "https://www.credly.com/badges/7e75e005-b03e-4347-af3c-dcab5e629df2"
JWS = "eyJhbGciOiJFZERTQSJ9." + "a" * 200 + "." + "b" * 86
FONT = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def stream(data: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(data)
    return (
        f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode() + packed + b"\nendstream "
    )


def built(objects: list[bytes]) -> bytes:
    """A PDF of `objects`, the first being the catalog (ISO 32000-2 §7.5)."""
    data, offsets = b"%PDF-1.7\n", []
    for number, value in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj" % number + value + b"endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\n"
    return data + end.encode() + f"startxref\n{len(data)}\n%%EOF".encode()


def page(catalog: str = "", entries: str = "", content: bytes = b"", *others: bytes) -> bytes:
    """A PDF of one page; `others` are objects 5, 6, …"""
    return built(
        [
            f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            f"<</Type/Page/MediaBox[0 0 9 9]/Parent 2 0 R/Contents 4 0 R{entries}>>".encode(),
            stream(content),
            *others,
        ]
    )


def attached(name: str, data: bytes) -> bytes:
    catalog = "/Names<</EmbeddedFiles<</Names[(x)5 0 R]>>>>"
    return page(catalog, "", b"", f"<</Type/Filespec/F({name})/EF<</F 6 0 R>>>>".encode(), stream(data))


def opened(data: bytes) -> tuple[Member, ...]:
    assert PDF.sniff(data)
    found = PDF.open(data, LIMITS)
    assert isinstance(found, Credential)
    return found.contains


@pytest.mark.parametrize("data", [b'{"a": 1}', JWS.encode(), bake_png(b"{}")])
def test_an_attached_credential_is_a_member_named_without_its_path(data: bytes) -> None:
    [member] = opened(attached("../../tmp/a.json", data))
    assert (member.name, member.data) == ("a.json", data)


def test_an_attachment_of_another_kind_is_left_alone() -> None:
    with pytest.raises(NotACredential):
        opened(attached("invoice.csv", b"a,b"))


def test_an_associated_file_is_found_and_counted_once() -> None:
    file = b"<</Type/Filespec/UF(b.json)/EF<</UF 6 0 R>>>>"
    catalog = "/AF[5 0 R]/Names<</EmbeddedFiles<</Names[(x)5 0 R]>>>>"
    assert [m.name for m in opened(page(catalog, "", b"", file, stream(b"{}")))] == ["b.json"]


def test_an_attachment_that_explodes_is_that_members_error() -> None:
    file = b"<</Type/Filespec/UF(b.json)/EF<</UF 7 0 R>>>>"
    good = b"<</Type/Filespec/UF(c.json)/EF<</UF 8 0 R>>>>"
    data = page("/AF[5 0 R 6 0 R]", "", b"", file, good, stream(b"{" * 9_000_000), stream(b"{}"))
    bomb, sound = opened(data)
    assert isinstance(bomb.error, TooLarge)
    assert sound.data == b"{}"


def test_links_count_in_annotations_and_in_text() -> None:
    annotation = f"/Annots[<</Subtype/Link/Rect[0 0 1 1]/A<</S/URI/URI({BADGE})>>>>]"
    assert [m.url for m in opened(page("", annotation))] == [BADGE]
    text = f"BT /F 12 Tf (My badge: {BADGE}) Tj ET".encode()
    assert [m.url for m in opened(page("", f"/Resources<<{FONT}>>", text))] == [BADGE]


@pytest.mark.parametrize("text", [JWS, "https://college.example/c.json"])
def test_a_qr_code_on_the_page_is_read(text: str) -> None:
    buffer = io.BytesIO()
    segno.make(text).save(buffer, kind="png", scale=4)
    grey = Image.open(buffer).convert("L")
    entries = (
        f"/Subtype/Image/Width {grey.width}/Height {grey.height}/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    resources = "/Resources<</XObject<</I 5 0 R>>>>"
    [member] = opened(page("", resources, b"", stream(grey.tobytes(), entries)))
    assert (member.url or member.data.decode()) == text


def test_a_damaged_photo_does_not_hide_the_links_beside_it() -> None:
    entries = b"<</Subtype/Image/Width 9/Height 9/Filter/DCTDecode/Length 4>>stream\nJPEG\nendstream "
    text = f"BT /F 12 Tf (My badge: {BADGE}) Tj ET".encode()
    resources = f"/Resources<</XObject<</I 5 0 R>>{FONT}>>"
    assert [member.url for member in opened(page("", resources, text, entries))] == [BADGE]


def test_a_picture_that_claims_gigapixels_is_not_decoded() -> None:
    entries = "/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    with pytest.raises(NotACredential):
        opened(page("", "/Resources<</XObject<</I 5 0 R>>>>", b"", stream(b"", entries)))


@pytest.mark.parametrize(
    "data",
    [
        page("/OpenAction<</S/JavaScript/JS(x)>>"),
        page("/OpenAction 5 0 R", "", b"", b"<</S/Launch/F(cmd.exe)>>"),
        page("/OpenAction<</S/GoTo/Next[<</S/SubmitForm>>]>>"),
        page("/AA<</WC<</S/Launch>>>>"),
        page("", "/AA<</O<</S/Launch>>>>"),
        page("", "/Annots[<</Subtype/Widget/A<</S/ImportData>>>>]"),
        page("/Names<</Java#53cript<<>>>>"),
    ],
)
def test_a_pdf_that_would_run_something_is_refused(data: bytes) -> None:
    with pytest.raises(ActivePdf):
        opened(data)


def test_opening_at_a_page_is_harmless() -> None:
    annotation = f"/Annots[<</Subtype/Link/A<</S/URI/URI({BADGE})>>>>]"
    assert opened(page("/OpenAction[3 0 R/Fit]", annotation))


@pytest.mark.parametrize(("password", "refused"), [("", False), ("secret", True)])
def test_a_password_is_asked_for_and_a_mere_print_lock_is_not(password: str, refused: bool) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(attached("a.json", b"{}")))
    writer.encrypt(password, "owner", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    if refused:
        with pytest.raises(Encrypted):
            opened(buffer.getvalue())
    else:
        assert [m.data for m in opened(buffer.getvalue())] == [b"{}"]


TREE = [f"<</Type/Pages/Count 9/Kids[{n} 0 R {n} 0 R {n} 0 R]>>".encode() for n in range(3, 40)]
FORMS = b"/X Do " * 9_000
MAPS = b"begincmap 1 beginbfrange\n" + b"<0000> <ffff> <0000>\n" * 1_000 + b"endbfrange endcmap"


@pytest.mark.parametrize(
    "data",
    [
        built([b"<</Type/Catalog/Pages 2 0 R>>", *TREE, b"<</Type/Page/MediaBox[0 0 9 9]>>"]),
        page("/Names<</EmbeddedFiles 5 0 R>>", "", b"", b"<</Kids[5 0 R 5 0 R]>>"),
        page("/OpenAction 5 0 R", "", b"", b"<</S/GoTo/Next[5 0 R 5 0 R]>>"),
        page("", f"/Resources<<{FONT}>>", b"BT /F 1 Tf (a) Tj ET\n" * 400_000),
        page(
            "", "/Resources<</Font<</F 5 0 R>>>>", b"BT /F 1 Tf (a) Tj", b"<</ToUnicode 6 0 R>>", stream(MAPS)
        ),
        page("", "/Resources<</XObject<</X 5 0 R>>>>", FORMS, stream(FORMS, "/Subtype/Form")),
        built([b"[" * 500_000]),
        b"%PDF-1.7\n" + b"1 0 obj<<" * 100_000,
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1/Prev 9/Root 1 0 R>>\nstartxref\n9\n",
    ],
    ids=["pages", "names", "actions", "text", "maps", "forms", "brackets", "objects", "tables"],
)
def test_work_is_bounded_on_hostile_structures(data: bytes) -> None:
    with pytest.raises(Unreadable):
        opened(data)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"MZ\n%PDF-1.7\n%%EOF", attached("a.json", b"{}")[:300]])
def test_a_broken_pdf_or_one_behind_something_else_is_not_parseable(data: bytes) -> None:
    with pytest.raises(NotParseable):
        opened(data)


@pytest.mark.shared
def test_the_hostile_pdf_is_refused(shared_cases: Path) -> None:
    with pytest.raises(ActivePdf):
        opened((shared_cases / "adversarial" / "files" / "pdf-js.pdf").read_bytes())
