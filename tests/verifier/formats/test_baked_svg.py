"""An SVG holds exactly one credential, in the right namespace, without a DOCTYPE of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.issuing_files import NAMESPACE, bake_svg
from verifier.errors import NotACredential, NotParseable, TooLarge, Unreadable
from verifier.formats.baked_png import SeveralCredentials
from verifier.formats.baked_svg import SVG
from verifier.formats.document import Unwrapped
from verifier.policy import Limits

LIMITS = Limits()
CREDENTIAL = b'{"name": "A <b> & \xc3\xa9"}'
JWS = b"eyJh.e30.c2ln"
W3C = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'


def svg(inner: str, before: str = "", namespace: str = NAMESPACE) -> bytes:
    names = f'xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{namespace}"'
    return f"{before}<svg {names}>{inner}</svg>".encode()


def held(text: str = "{}", attributes: str = "", name: str = "credential") -> str:
    return f"<openbadges:{name} {attributes}><![CDATA[{text}]]></openbadges:{name}>"


def opened(data: bytes) -> bytes:
    assert SVG.sniff(data)
    found = SVG.open(data, LIMITS)
    assert isinstance(found, Unwrapped)
    return found.data


@pytest.mark.parametrize("credential", [CREDENTIAL, JWS])
def test_json_stands_in_the_element_and_a_jws_in_verify(credential: bytes) -> None:
    assert opened(bake_svg(credential)) == credential


def test_open_badges_2_has_its_own_element_and_namespace() -> None:
    data = svg(held("{}", 'verify="https://a.example/1"', "assertion"), namespace="http://openbadges.org")
    assert opened(data) == b"{}"
    pointer = svg('<openbadges:assertion verify="https://a.example/1"/>', namespace="http://openbadges.org")
    assert opened(pointer) == b"https://a.example/1"


@pytest.mark.parametrize(
    "beside",
    [
        "<script>alert(1)</script>",
        '<image href="https://evil.example/beacon"/>',
        "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='https://evil.example'/></foreignObject>",
    ],
)
def test_active_markup_beside_the_credential_changes_nothing(beside: str) -> None:
    assert opened(svg(held() + beside)) == b"{}"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE svg SYSTEM "https://evil.example/x.dtd">',
        '<!DOCTYPE svg [<!ENTITY a "b">]>',
        "<!DOCTYPE svg>",
        W3C[:-1] + ' [<!ENTITY a "b">]>',
        W3C.replace("www.w3.org/Graphics", "evil.example/Graphics"),
        W3C + W3C,
    ],
)
def test_a_doctype_is_refused(doctype: str) -> None:
    with pytest.raises(NotParseable):
        SVG.open(svg(held(), doctype), LIMITS)


def test_the_bare_doctype_of_svg_1_1_is_taken_off_unread() -> None:
    before = f'<?xml version="1.0" encoding="utf-8"?>\n<!-- made by hand -->\n{W3C}\n'
    assert opened(svg(held(), before)) == b"{}"


@pytest.mark.parametrize(
    "inner",
    [
        held() + held(),
        held() + '<x:assertion xmlns:x="http://openbadges.org">{}</x:assertion>',
        held() + '<x:credential xmlns:x="https://evil.example/">{}</x:credential>',
        held("<![CDATA[".join(["", ""])) + f"<g>{held()}</g>",
        f"<openbadges:credential>{held()}</openbadges:credential>",
        held("{}", 'verify="eyJh.e30.c2ln"'),
    ],
)
def test_two_credentials_are_refused(inner: str) -> None:
    with pytest.raises(Unreadable) as refused:
        SVG.open(svg(inner), LIMITS)
    assert refused.value.code in ("several_credentials", "not_parseable")


def test_two_credentials_have_a_code_of_their_own() -> None:
    with pytest.raises(SeveralCredentials):
        SVG.open(svg(held() * 2), LIMITS)


@pytest.mark.parametrize(
    "data",
    [
        svg(held(), namespace="https://evil.example/ns"),
        svg(held(), namespace=NAMESPACE + "/"),
        svg('<rect width="9" height="9"/>'),
        svg("<openbadges:credential/>"),
        svg('<openbadges:credential verify="  "/>'),
    ],
)
def test_without_a_credential_of_the_namespace_there_is_none(data: bytes) -> None:
    with pytest.raises(NotACredential):
        SVG.open(data, LIMITS)


def test_markup_inside_the_credential_is_refused() -> None:
    with pytest.raises(NotParseable):
        SVG.open(svg("<openbadges:credential>{}<g/></openbadges:credential>"), LIMITS)


@pytest.mark.parametrize(
    "data",
    [svg("<g>" * 300 + "</g>" * 300), svg("<g/>" * 200_001), svg(" " * LIMITS.svg_bytes)],
    ids=["deep", "many", "long"],
)
def test_size_depth_and_number_of_elements_are_bounded(data: bytes) -> None:
    with pytest.raises(TooLarge):
        SVG.open(data, LIMITS)


@pytest.mark.parametrize(
    "data",
    [
        b"<svg",
        b"<svg><g></svg>",
        b"<?xml version='1.0' encoding='no-such'?><svg/>",
        b"<svg>&undefined;</svg>",
    ],
)
def test_broken_markup_is_not_parseable(data: bytes) -> None:
    with pytest.raises(NotParseable):
        SVG.open(data, LIMITS)


@pytest.mark.parametrize("data", [b"", b"{}", b"<html><svg></svg></html>", b"<x/>", b"text with <svg> in it"])
def test_what_is_no_drawing_is_not_taken_for_one(data: bytes) -> None:
    assert not SVG.sniff(data)


@pytest.mark.shared
def test_the_public_and_the_hostile_drawings(shared_cases: Path) -> None:
    folder = shared_cases / "standards" / "baked" / "svg"
    for path in folder.glob("*.svg"):
        [recorded] = folder.glob(f"{path.name}.payload.*")
        assert opened(path.read_bytes()).split() == recorded.read_bytes().split()
    for path in sorted((shared_cases / "adversarial" / "files").glob("svg-*.svg")):
        if path.stem in ("svg-base", "svg-script", "svg-use", "svg-foreign"):
            assert opened(path.read_bytes()).startswith(b"{")
        else:
            with pytest.raises(Unreadable):
                SVG.open(path.read_bytes(), LIMITS)
