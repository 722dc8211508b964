"""Whatever the bytes: a container opens them or raises `Unreadable`, and nothing else."""

from __future__ import annotations

import contextlib
import io

import pytest
import segno
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.issuing_files import bake_png, bake_svg, zip_of
from verifier.errors import Unreadable
from verifier.formats.archive import ARCHIVE
from verifier.formats.baked_png import PNG
from verifier.formats.baked_svg import SVG
from verifier.formats.document import Container
from verifier.formats.pasted import TEXT
from verifier.formats.pdf import PDF
from verifier.formats.qr import PICTURE
from verifier.formats.word import WORD
from verifier.policy import Limits

LIMITS = Limits()
CONTAINERS = (PNG, SVG, PICTURE, PDF, WORD, ARCHIVE, TEXT)
_WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
_CATALOG = b"<</Type/Catalog/Pages 2 0 R/AF[<</F(a)/EF<</F 3 0 R>>>>]>>"


def _pictures() -> list[bytes]:
    code = segno.make("https://a.example/c.json")
    buffer = io.BytesIO()
    code.save(buffer, kind="png", scale=2)
    return [
        buffer.getvalue(),
        b"GIF89a\x02\0\x02\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x02\0\x02\0\0\x02\x02\x84\x51\0;",
    ]


GENUINE = (
    bake_png(b"{}", chunk="compressed iTXt"),
    bake_svg(b"{}"),
    zip_of({"a.json": b"{}", "b/c.jwt": b"eyJh.e30.c2ln"}),
    zip_of({"word/document.xml": _WORD}),
    b"%PDF-1.7\n1 0 obj" + _CATALOG + b"endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Length 2>>stream\n{}\nendstream endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n"
    b"0000000083 00000 n \n0000000128 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n177\n%%EOF",
    b"see eyJh.e30.c2ln and https://a.example/c.json",
    *_pictures(),
)  # fmt: skip


def open_or_refuse(container: Container, data: bytes) -> None:
    container.sniff(data)
    with contextlib.suppress(Unreadable):
        container.open(data, LIMITS)


@pytest.mark.parametrize("container", CONTAINERS, ids=lambda container: container.name)
@given(data=st.binary(max_size=400))
def test_random_bytes_raise_only_unreadable(container: Container, data: bytes) -> None:
    open_or_refuse(container, data)
    for start in (
        b"\x89PNG\r\n\x1a\n",
        b"<svg>",
        b"PK\x03\x04",
        b"%PDF-",
        b"GIF89a",
        b"\xff\xd8\xff",
        b"RIFF0000WEBP",
    ):
        open_or_refuse(container, start + data)


@pytest.mark.parametrize("genuine", GENUINE, ids=lambda data: repr(data[:8]))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, 4_000), st.binary(max_size=6)), min_size=1, max_size=6),
    cut=st.integers(0, 4_000),
)
def test_mutated_genuine_files_raise_only_unreadable(
    genuine: bytes, changes: list[tuple[int, bytes]], cut: int
) -> None:
    data = bytearray(genuine)
    for position, replacement in changes:
        at = position % len(data)
        data[at : at + len(replacement)] = replacement
    for mutated in (bytes(data), bytes(data[: cut % (len(data) + 1)])):
        for container in CONTAINERS:
            if container.sniff(mutated):
                open_or_refuse(container, mutated)


def test_in_this_order_each_container_opens_its_own_files() -> None:
    firsts = [next(container.name for container in CONTAINERS if container.sniff(data)) for data in GENUINE]
    assert firsts == ["baked_png", "baked_svg", "archive", "word", "pdf", "pasted", "baked_png", "qr"]
