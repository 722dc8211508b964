"""A QR code may hold a credential; a link in it is named and not followed; large pictures are not decoded."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import segno
from PIL import Image

from verifier.errors import NotACredential, NotParseable, TooLarge, Unreadable, UnsupportedFormat
from verifier.formats.baked_png import PNG
from verifier.formats.document import Unwrapped
from verifier.formats.qr import PICTURE, LinkOnly, SeveralCodes
from verifier.policy import Limits

LIMITS = Limits()
JWS = "eyJhbGciOiJFZERTQSJ9." + "a" * 400 + "." + "b" * 86


def code(text: str, scale: int = 4) -> Image.Image:
    buffer = io.BytesIO()
    segno.make(text, micro=False).save(buffer, kind="png", scale=scale)
    return Image.open(buffer)


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


def read(data: bytes, limits: Limits = LIMITS) -> bytes:
    container = PNG if PNG.sniff(data) else PICTURE
    assert container.sniff(data)
    found = container.open(data, limits)
    assert isinstance(found, Unwrapped)
    return found.data


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize("text", [JWS, JWS + "~WyJhIl0~", '{"type": "VerifiableCredential"}'])
def test_a_credential_is_read_from_every_kind_of_picture(kind: str, text: str) -> None:
    assert read(saved(code(text).convert("RGB"), kind)) == text.encode()


def test_a_small_code_on_a_scanned_page_is_found() -> None:
    page = Image.new("L", (2480, 3508), 255)
    page.paste(code(JWS, scale=6).convert("L"), (300, 2600))
    assert read(saved(page, "JPEG")) == JWS.encode()


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_black_on_transparent_is_black_on_white(mode: str) -> None:
    grey = code(JWS).convert("L")
    shape = Image.new("LA", grey.size, (0, 0))
    shape.putalpha(grey.point(lambda value: 255 - value))
    picture = shape.convert("RGBA") if mode != "LA" else shape
    assert read(saved(picture.quantize(4) if mode == "P" else picture)) == JWS.encode()


def test_a_link_is_named_and_not_followed() -> None:
    with pytest.raises(LinkOnly) as refused:
        read(saved(code("https://college.example/credentials/1")))
    assert refused.value.url == "https://college.example/credentials/1"
    assert refused.value.code == "link_only"


@pytest.mark.parametrize(
    "text", ["VP1-B3ECQDIYACEMHIGDODB", "openid4vp://?request_uri=https://a.example", "HAIP://x"]
)
def test_what_only_a_wallet_can_answer_is_unsupported(text: str) -> None:
    with pytest.raises(UnsupportedFormat):
        read(saved(code(text)))


def test_a_text_is_no_credential() -> None:
    with pytest.raises(NotACredential):
        read(saved(code("see you at eight")))


def test_two_credentials_in_one_picture_are_refused() -> None:
    left, right = code(JWS), code(JWS.replace("a", "c"))
    both = Image.new("L", (left.width * 2, left.height), 255)
    both.paste(left.convert("L"), (0, 0))
    both.paste(right.convert("L"), (left.width, 0))
    with pytest.raises(SeveralCodes):
        read(saved(both))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_the_size_is_judged_before_a_pixel_is_decoded(kind: str) -> None:
    with pytest.raises(TooLarge):
        read(saved(Image.new("1", (400, 300)).convert("RGB"), kind), Limits(image_pixels=100_000))


def test_a_header_that_claims_gigapixels_is_enough_to_refuse() -> None:
    gif = b"GIF89a\x60\xea\x60\xea\0\0\0,\0\0\0\0\x60\xea\x60\xea\0\x02\x02\x4c\x01\0;"
    with pytest.raises(TooLarge):
        read(gif)


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0junk", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 "])
def test_a_broken_picture_is_not_parseable(data: bytes) -> None:
    with pytest.raises(NotParseable):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\0\0\0\x18ftypheic",
        b"II*\0\x08\0\0\0",
        b"MM\0*\0\0\0\x08",
        b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0",
    ],
)
def test_other_kinds_of_picture_are_named(data: bytes) -> None:
    with pytest.raises(UnsupportedFormat):
        read(data)


@pytest.mark.shared
def test_a_picture_of_a_link_is_no_credential(shared_cases: Path) -> None:
    cases = json.loads((shared_cases / "standards" / "manifest.json").read_text("utf-8"))
    for case in (case for case in cases if case["kind"] == "qr/png"):
        with pytest.raises(LinkOnly) as refused:
            read((shared_cases / "standards" / case["file"]).read_bytes())
        assert refused.value.url == case["qr_url"]
    [picture] = (shared_cases / "education" / "dcc" / "qr").glob("*.png")
    with pytest.raises(Unreadable):
        read(picture.read_bytes())
