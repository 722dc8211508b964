"""QR codes in pictures: a credential, or a link to one. Pixels are decoded here and nowhere else.

ISO/IEC 18004. The size of the picture is judged from its header before a pixel is decoded. A link in a
picture is reported, not followed: whoever uploads a picture has not asked for an address to be visited.
"""

from __future__ import annotations

import io
import re
import struct

import zxingcpp
from PIL import Image

from verifier.errors import NotACredential, NotParseable, TooLarge, Unreadable, UnsupportedFormat
from verifier.formats.document import Container, Unwrapped
from verifier.policy import Limits

QR_CODE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
ENOUGH_PIXELS = (
    4_000_000  # a 2,000 × 2,000 picture resolves the largest QR code; beyond, decoding only gets slower
)
_BMP = re.compile(rb"BM.{4}\0{4}", re.DOTALL)  # two letters begin many a text; after the size come zeros
_OTHERS = {
    b"II*\0": "a TIFF picture",
    b"MM\0*": "a TIFF picture",
}
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:~[A-Za-z0-9_.~-]*)?")
# What only a wallet can answer (OpenID4VP, OpenID4VCI, CHAPI, the DCC's compressed presentations).
_FOR_WALLETS = {
    "VP1-": "a compressed presentation (VP1)",
    "openid-credential-offer:": "an offer to a wallet",
    "openid4vp:": "a request to a wallet",
    "openid-vc:": "a request to a wallet",
    "haip:": "a request to a wallet",
    "didcomm:": "a message to a wallet",
}


class LinkOnly(Unreadable):
    """The picture leads to a credential and holds none; `args[0]` is the address, for a person to check."""

    code = "link_only"
    sentence = "is a picture of a link, not a credential; check the link instead: {0}"

    @property
    def url(self) -> str:
        """The address in the QR code, as it stands there."""
        return str(self.args[0])


class SeveralCodes(Unreadable):
    """More than one QR code holds a credential; which one was meant cannot be told."""

    code = "several_codes"
    sentence = "is a picture with {0} credentials in QR codes; upload one at a time"


def sniff(data: bytes) -> bool:
    """Whether `data` is a picture that no credential can be baked into."""
    return (
        data.startswith((b"\xff\xd8\xff", b"GIF87a", b"GIF89a"))
        or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
        or _unsupported(data) is not None
    )


def _unsupported(data: bytes) -> str | None:
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        return "a HEIC or AVIF photo"
    if _BMP.match(data):
        return "a BMP picture"
    return next((name for magic, name in _OTHERS.items() if data.startswith(magic)), None)


def read_picture(data: bytes, limits: Limits) -> Unwrapped:
    """The credential in the QR code of a picture. Raises `Unreadable`: no code, a link, a text, too large."""
    if kind := _unsupported(data):
        raise UnsupportedFormat(kind)
    texts = codes(data, limits)
    if not texts:
        raise NotACredential("an ordinary picture")
    credentials = [text for text in texts if holds_credential(text)]
    if len(credentials) > 1:
        raise SeveralCodes(len(credentials))
    if credentials:
        return Unwrapped(data=credentials[0].encode(), note="read from a QR code")
    raise _refusal(texts)


def _refusal(texts: tuple[str, ...]) -> Unreadable:
    for text in texts:
        for prefix, name in _FOR_WALLETS.items():
            if text.lower().startswith(prefix.lower()):
                return UnsupportedFormat(f"a QR code with {name}")
    link = next((text for text in texts if text.lower().startswith(("https://", "http://"))), None)
    return LinkOnly(link) if link else NotACredential("a picture whose QR code holds a text")


def holds_credential(text: str) -> bool:
    return text.lstrip().startswith("{") or _COMPACT.fullmatch(text.strip()) is not None


def codes(data: bytes, limits: Limits) -> tuple[str, ...]:
    """The distinct texts of all QR codes in a picture, in reading order. Raises `Unreadable` only."""
    _judge_png_size(data, limits)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            return codes_in(picture, limits)
    except Unreadable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooLarge("the picture", f"{limits.image_pixels:,} pixels") from error
    except Exception as error:  # a decoder's failures have many classes and one meaning: no picture
        raise NotParseable("a picture", "its pixels cannot be decoded") from error


def _judge_png_size(data: bytes, limits: Limits) -> None:
    """Before Pillow sees a PNG: its IHDR alone says how many pixels it claims (PNG §11.2.2)."""
    if data[:4] == b"\x89PNG" and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
        _judge_size(width, height, limits.image_pixels)


def _judge_size(width: int, height: int, most: int) -> None:
    if width * height > most:
        raise TooLarge(f"a picture of {width:,} × {height:,} pixels", f"{most:,}")


def codes_in(picture: Image.Image, limits: Limits) -> tuple[str, ...]:
    """The distinct texts of all QR codes in an opened picture whose pixels were not loaded yet."""
    # Pillow holds a WebP picture three times while it decodes, and others once.
    copies = 3 if picture.format == "WEBP" else 1
    _judge_size(picture.width, picture.height, limits.image_pixels // copies)
    picture.draft("L", (2_000, 2_000))  # JPEG only: decodes to grey, and smaller, at once
    grey = _on_white(picture)
    factor = 1
    while grey.width * grey.height > ENOUGH_PIXELS * factor * factor:
        factor += 1
    if factor > 1:
        grey = grey.reduce(factor)
    found = zxingcpp.read_barcodes(grey, formats=QR_CODE)
    return tuple(dict.fromkeys(code.text for code in found))


def _on_white(picture: Image.Image) -> Image.Image:
    """`picture` in grey; what is transparent becomes white, or black on nothing would be black on black."""
    if not picture.has_transparency_data or picture.mode == "RGB":
        return picture.convert("L")
    if picture.mode not in ("RGBA", "LA"):
        picture = picture.convert("RGBA")
    white = Image.new("L", picture.size, 255)
    white.paste(picture.convert("L"), mask=picture.getchannel("A"))
    return white


PICTURE = Container(name="qr", sniff=sniff, open=read_picture)
