"""Open Badges baked into an SVG picture: one element of the baking namespace holds the credential.

Open Badges 3.0 §5.3.2.1 (`openbadges:credential` in https://purl.imsglobal.org/ob/v3p0) and Open Badges
Baking 2.0 §3 (`openbadges:assertion` in http://openbadges.org). The markup is never passed on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from verifier.errors import NotACredential, NotParseable, TooLarge
from verifier.formats import strict_xml
from verifier.formats.baked_png import SeveralCredentials
from verifier.formats.document import Container, Unwrapped
from verifier.policy import Limits

CREDENTIAL = "{https://purl.imsglobal.org/ob/v3p0}credential"
ASSERTION = "{http://openbadges.org}assertion"
_NAMES = frozenset(
    {"credential", "assertion"}
)  # whatever the namespace: readers that ignore it would take these

_SVG = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,50}:)?svg[\s>/]")
_HTML = re.compile(rb"<html[\s>]", re.IGNORECASE)
# The declaration that drawing programs wrote for twenty years (SVG 1.1 §1.3). It names a DTD and declares
# nothing itself, so it is taken off unread. Any other DOCTYPE, and any with an internal subset, is refused.
_W3C_DOCTYPE = re.compile(
    rb"\A((?:\xef\xbb\xbf)?\s{0,100}(?:<\?xml[^<>]{0,200}\?>)?(?:\s|<!--(?:[^-]|-(?!->)){0,2000}-->){0,100})"
    rb"<!DOCTYPE\s{1,20}svg\s{1,20}PUBLIC\s{1,20}"
    rb'"-//W3C//DTD SVG (?:1\.[01]|1\.1 Basic|1\.1 Tiny|20010904)//EN"'
    rb'\s{1,20}"https?://www\.w3\.org/[\w./-]{1,100}"\s{0,20}>'
)


def sniff(data: bytes) -> bool:
    """Whether `data` is markup whose picture starts before any web page does."""
    head = data[:65_536]
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or not (svg := _SVG.search(head)):
        return False
    html = _HTML.search(head)
    return html is None or svg.start() < html.start()


class _Bakery:
    """Collects every element that some reader might take for the credential."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str | None]] = []  # tag, `verify` attribute
        self.text: list[str] = []
        self._inside = self.nested = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.nested |= self._inside
        if tag.rpartition("}")[2] in _NAMES:
            self.found.append((tag, attributes.get("verify")))
            self._inside = True

    def data(self, text: str) -> None:
        if self._inside:
            self.text.append(text)

    def end(self, tag: str) -> None:
        if tag.rpartition("}")[2] in _NAMES:
            self._inside = False


def unbake(data: bytes, limits: Limits) -> Unwrapped:
    """The credential baked into an SVG. Raises `Unreadable`: none, several, or a DOCTYPE."""
    if len(data) > limits.svg_bytes:
        raise TooLarge(f"an SVG of {len(data):,} bytes", f"{limits.svg_bytes:,}")
    bakery = _Bakery()
    strict_xml.walk(
        _W3C_DOCTYPE.sub(rb"\1", data, count=1), start=bakery.start, text=bakery.data, end=bakery.end
    )
    if not bakery.found:
        raise NotACredential("an ordinary drawing")
    if len(bakery.found) > 1:
        raise SeveralCredentials(len(bakery.found))
    [(tag, verify)] = bakery.found
    if tag not in (CREDENTIAL, ASSERTION):
        raise NotACredential("a drawing whose credential element is not of an Open Badges namespace")
    if bakery.nested:
        raise NotParseable("a baked SVG", "there is markup inside the credential")
    return Unwrapped(
        data=_payload("".join(bakery.text).strip(), verify).encode(), note="baked into an SVG picture"
    )


def _payload(text: str, verify: str | None) -> str:
    """The JSON in the element, or else the `verify` attribute: a compact JWS, or a hosted address.

    Beside JSON, `verify` may only repeat the hosted address (Baking 2.0 §3.1): a JWS would be a second
    credential.
    """
    verify = (verify or "").strip()
    if text and verify and not verify.startswith(("https://", "http://")):
        raise SeveralCredentials(2)
    if not text and not verify:
        raise NotACredential("a drawing whose credential element is empty")
    return text or verify


SVG = Container(name="baked_svg", sniff=sniff, open=unbake)
