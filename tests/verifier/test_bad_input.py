"""Bad input gets a clear answer: a verdict, a code, a sentence; and its neighbours go on."""

from __future__ import annotations

import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import segno
from PIL import Image

from tests.issuing import bake_png, bake_svg, json_bytes, zip_of
from tests.issuing_files import PLAIN
from tests.verifier.forging.scene import COLLEGE, NOW, badge, unsigned
from verifier import Answer, Linked, MemoryWeb, Report, Uploaded, Verdict, verify, verify_many

FAILED, INDETERMINATE, UNREADABLE = Verdict.FAILED, Verdict.INDETERMINATE, Verdict.UNREADABLE
GOOD = json_bytes(badge().upload)


def random_bytes() -> bytes:
    return random.Random(7).randbytes(10_000)  # noqa: S311  a fixed file, no secret


def photo() -> bytes:
    buffer = BytesIO()
    Image.effect_noise((64, 64), 40).save(buffer, "JPEG")
    return buffer.getvalue()


def code_of(text: str) -> bytes:
    buffer = BytesIO()
    segno.make(text).save(buffer, kind="png", scale=4)
    return buffer.getvalue()


def cut_chunk() -> bytes:
    return bake_png(GOOD)[:-60]


def two_chunks() -> bytes:
    return bake_png(GOOD, image=bake_png(GOOD))


def drawing_with_doctype() -> bytes:
    return b'<!DOCTYPE svg [<!ENTITY a "b">]>' + bake_svg(GOOD)


def zip_bomb() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.json", bytes(60_000_000))
    return buffer.getvalue()


def picture_bomb() -> bytes:
    """A compressed text chunk that unpacks to 200 MB."""
    packed = zlib.compress(bytes(200_000_000), 9)
    data = b"openbadgecredential\0\1\0\0\0" + packed
    chunk = struct.pack(">I", len(data)) + b"iTXt" + data + struct.pack(">I", zlib.crc32(b"iTXt" + data))
    return PLAIN[:33] + chunk + PLAIN[33:]


def _achieving(**changes: Any) -> bytes:
    document = badge().upload
    subject = document["credentialSubject"]
    achievement = {**subject["achievement"], **changes}
    return json_bytes({**document, "credentialSubject": {**subject, "achievement": achievement}})


def clique() -> bytes:
    """Ten nameless nodes, each related to all the others: canonicalisation would try ten factorial orders."""
    others = [{"id": f"_:b{n}", "type": ["Related"]} for n in range(10)]
    return _achieving(related=[{**node, "related": [o for o in others if o is not node]} for node in others])


def twins() -> bytes:
    """More nameless nodes than any honest credential has, all alike."""
    return _achieving(alignment=[{"type": ["Alignment"], "targetName": "Python"}] * 600)


def changed(**changes: Any) -> bytes:
    return json_bytes({**badge().upload, **changes})


def proof(**changes: Any) -> bytes:
    return changed(proof={**badge().upload["proof"], **changes})


BAD: dict[str, tuple[Callable[[], bytes] | bytes, Verdict, str]] = {
    "empty file": (b"", UNREADABLE, "empty"),
    "spaces": (b" \r\n\t", UNREADABLE, "empty"),
    "random bytes": (random_bytes, UNREADABLE, "not_parseable"),
    "photo": (photo, UNREADABLE, "not_a_credential"),
    "QR code of a text": (lambda: code_of("good morning"), UNREADABLE, "not_a_credential"),
    "QR code of a link": (
        lambda: code_of("https://college.example/none.json"),
        UNREADABLE,
        "link_only",
    ),
    "truncated PNG chunk": (cut_chunk, UNREADABLE, "not_parseable"),
    "two credential chunks": (two_chunks, UNREADABLE, "several_credentials"),
    "SVG with a DOCTYPE": (drawing_with_doctype, UNREADABLE, "not_parseable"),
    "duplicate keys": (b'{"type": "VerifiableCredential", "type": "X"}', UNREADABLE, "not_parseable"),
    "NaN": (b'{"type": NaN}', UNREADABLE, "not_parseable"),
    "depth 100,000": (b"[" * 100_000 + b"]" * 100_000, UNREADABLE, "too_large"),
    "bad UTF-8": (GOOD.replace(b"Data Analysis", b"Data \xff\xfe", 1), UNREADABLE, "not_parseable"),
    "12 MB of JSON": (lambda: changed(name="x" * 12_000_000), UNREADABLE, "too_large"),
    "zip bomb": (zip_bomb, UNREADABLE, "too_large"),
    "picture bomb": (picture_bomb, UNREADABLE, "too_large"),
    "JSON text": (b'"hello"', UNREADABLE, "not_a_credential"),
    "JSON number": (b"[1, 2]", UNREADABLE, "not_a_credential"),
    "JSON of something else": (b'{"name": "Ada"}', UNREADABLE, "not_a_credential"),
    "saved web page": (b"<!doctype html><p>My badge</p>", UNREADABLE, "not_a_credential"),
    "letter": (b"Dear employer, I am splendid.", UNREADABLE, "not_a_credential"),
    "broken token": (b"eyJhbGciOiJub25lIn0.e30", UNREADABLE, "not_parseable"),
    "no proof": (lambda: json_bytes(unsigned(badge().upload)), FAILED, "unsigned"),
    "unknown proof type": (lambda: proof(type="MagicSignature2030"), INDETERMINATE, "unsupported_suite"),
    "unknown context": (
        lambda: changed(**{"@context": [*badge().upload["@context"], "https://unknown.example/v1"]}),
        INDETERMINATE,
        "unknown_context",
    ),
    "blank-node clique": (clique, FAILED, "relative_identifier"),
    "blank-node twins": (twins, INDETERMINATE, "work_limit"),
}


def judged(name: str) -> Report:
    made = BAD[name][0]
    data = made if isinstance(made, bytes) else made()
    return verify(Uploaded(data, name), trust=[COLLEGE.listed()], web=COLLEGE.web(), now=NOW)


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_a_clear_answer(name: str) -> None:
    report = judged(name)
    assert (report.verdict, report.code) == BAD[name][1:]
    assert (report.source, report.at) == (name, NOW)
    assert all(finding.message and finding.code for result in report.results for finding in result.findings)
    assert json.dumps(report.to_dict())


def test_what_this_is_measured_against_is_verified() -> None:
    report = verify(Uploaded(GOOD, "good.json"), trust=[COLLEGE.listed()], web=COLLEGE.web(), now=NOW)
    assert report.verdict is Verdict.VERIFIED


@pytest.mark.parametrize("name", [name for name, row in BAD.items() if row[1] is UNREADABLE])
def test_what_cannot_be_read_was_not_checked(name: str) -> None:
    report = judged(name)
    assert {finding.code for result in report.results[1:] for finding in result.findings} == {"not_checked"}
    assert report.proved is None
    assert report.consulted == ()


LINKS: dict[str, tuple[str, Answer | None, Verdict, str]] = {
    "dead link": ("https://gone.example/badge", None, INDETERMINATE, "unreachable"),
    "link to this machine": ("https://127.0.0.1/badge", None, INDETERMINATE, "address_refused"),
    "link to a metadata address": ("https://169.254.169.254/latest/", None, INDETERMINATE, "address_refused"),
    "link to a private name": ("https://printer.local/badge", None, INDETERMINATE, "address_refused"),
    "link without encryption": ("http://college.example/badge", None, INDETERMINATE, "address_refused"),
    "link to a file": ("file:///etc/passwd", None, INDETERMINATE, "address_refused"),
    "redirect to this machine": (
        "https://bad.example/a",
        Answer(status=302, redirect="https://127.0.0.1/"),
        INDETERMINATE,
        "answer_unusable",
    ),
    "redirect to a metadata address": (
        "https://bad.example/b",
        Answer(status=301, redirect="http://169.254.169.254/latest/meta-data"),
        INDETERMINATE,
        "answer_unusable",
    ),
    "page that never ends": (
        "https://bad.example/c",
        Answer(body=bytes(30_000_000)),
        INDETERMINATE,
        "answer_unusable",
    ),
    "page that never comes": ("https://bad.example/d", Answer(delay=100), INDETERMINATE, "unreachable"),
    "page for people": (
        "https://bad.example/e",
        Answer(body=b"<html><p>My badge</p>", content_type="text/html"),
        UNREADABLE,
        "not_a_credential",
    ),
    "no link": ("", None, INDETERMINATE, "address_refused"),
}


@pytest.mark.parametrize("name", LINKS)
def test_a_bad_link_gets_a_clear_answer(name: str) -> None:
    url, answer, verdict, code = LINKS[name]
    web = MemoryWeb({url: answer} if answer else {})
    report = verify(Linked(url), trust=[COLLEGE.listed()], web=web, now=NOW)
    assert (report.verdict, report.code) == (verdict, code)
    assert report.results[0].findings[0].message
    if code == "address_refused" and answer is None:
        assert report.consulted == ()


def test_the_others_of_a_batch_go_on() -> None:
    files = [
        Uploaded(made if isinstance(made, bytes) else made(), name) for name, (made, _, _) in BAD.items()
    ]
    mixed = [part for file in files for part in (file, Uploaded(GOOD, "good"))]
    reports = list(verify_many(mixed, trust=[COLLEGE.listed()], web=COLLEGE.web(), now=NOW))
    assert [report.verdict for report in reports[1::2]] == [Verdict.VERIFIED] * len(BAD)


def test_the_others_of_an_archive_go_on() -> None:
    members = {
        f"{number}.json": row[0] for number, row in enumerate(BAD.values()) if isinstance(row[0], bytes)
    }
    data = zip_of({**members, "good.json": GOOD})
    report = verify(Uploaded(data, "all.zip"), trust=[COLLEGE.listed()], web=COLLEGE.web(), now=NOW)
    assert report.verdict is INDETERMINATE
    good = [inner for inner in report.contained if inner.source == "all.zip/good.json"]
    assert [inner.verdict for inner in good] == [Verdict.VERIFIED]
    assert len(report.contained) == len(members) + 1
