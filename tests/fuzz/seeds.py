"""What the fuzzer starts from: files and documents of the issuer in memory, made anew each time."""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import Any

from tests.fuzz.shapes import SHAPES, SKILL
from tests.issuing import Issuer, bake_png, bake_svg, json_bytes, zip_of
from tests.issuing_files import bits
from tests.issuing_keys import Json, b64url

COLLEGE = Issuer.with_did_key("Example College")
REGISTRAR = Issuer.with_did_key("Example Registrar", "P-256")
ACADEMY = Issuer.with_did_key("Example Academy", "P-384")
HOLDER = Issuer.with_did_key("A holder", "P-256")
LEARNER = Issuer.with_did_key("A learner")
STATUS_URL = "https://college.example/status/3"

RICH: Json = {
    "id": "https://college.example/achievements/statistics",
    "type": ["Achievement"],
    "achievementType": "Course",
    "name": "Statistics",
    "description": "Estimates and tests.",
    "criteria": {"narrative": "Passes an examination."},
    "tag": ["statistics", "estimation"],
    "alignment": [
        {
            "type": ["Alignment"],
            "targetName": "statistics",
            "targetUrl": SKILL,
            "targetFramework": "ESCO",
            "targetType": "ext:esco",
        }
    ],
    "resultDescription": [
        {
            "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
            "type": ["ResultDescription"],
            "name": "Grade",
            "resultType": "LetterGrade",
            "allowedValue": ["C", "B", "A"],
        }
    ],
}
CLAIMS = {
    "vct": "https://college.example/types/diploma",
    "given_name": "Ada",
    "degree": {"name": "Statistics", "level": 6},
    "courses": ["Estimation", "Testing"],
    "exp": 1_900_000_000,
}
JOB: Json = {
    "version": 1,
    "id": "analyst",
    "name": "Data analyst",
    "requirements": [{"id": "r1", "skill": {"id": SKILL, "name": "statistics"}}],
}


@cache
def unsigned() -> tuple[Json, ...]:
    """A document of every shape that the formats know."""
    badge, rich = COLLEGE.credential(), COLLEGE.credential(achievement=RICH)
    record = COLLEGE.clr([COLLEGE.sign(badge), COLLEGE.sign(rich)])
    shown = LEARNER.presentation([COLLEGE.sign(badge), COLLEGE.jwt(badge)])
    return (badge, rich, COLLEGE.vc11(), record, shown, short_list(), *SHAPES)


def short_list() -> Json:
    """A status list whose bits are really compressed, so that a mutation finds more than zeros."""
    listed = COLLEGE.status_list(STATUS_URL, [7])
    packed = gzip.compress(bits([7], 131_072), mtime=0)
    return listed | {"credentialSubject": listed["credentialSubject"] | {"encodedList": "u" + b64url(packed)}}


def list_of_issuers() -> Json:
    """The employer's list with every kind of entry."""
    pinned = Issuer.pinned("Example Institute", "https://institute.example", "P-256")
    scope = {"types": ["OpenBadgeCredential"], "valid_from": "2024-01-01T00:00:00Z"}
    entries = [COLLEGE.entry(), ACADEMY.entry("refuse"), REGISTRAR.entry("ask", scope=scope), pinned.entry()]
    return {"version": 1, "name": "Sample list", "issuers": entries}


@cache
def signed() -> tuple[Json, ...]:
    """Credentials that are VERIFIED as they stand, one for every suite and shape."""
    badge, rich = COLLEGE.credential(), COLLEGE.credential(achievement=RICH)
    return (
        COLLEGE.sign(badge),
        COLLEGE.sign(rich, "eddsa-jcs-2022"),
        COLLEGE.sign(COLLEGE.vc11(), "Ed25519Signature2020"),
        REGISTRAR.sign(REGISTRAR.credential(achievement=RICH)),
        ACADEMY.sign(ACADEMY.credential(), "ecdsa-jcs-2019"),
        COLLEGE.sign(COLLEGE.clr([COLLEGE.sign(rich), REGISTRAR.sign(REGISTRAR.credential())])),
    )


@cache
def tokens() -> tuple[str, ...]:
    """Credentials as JWT and SD-JWT that are VERIFIED as they stand."""
    bound = COLLEGE.sd_jwt(CLAIMS, ["given_name", "degree"], holder=HOLDER)
    return (
        COLLEGE.jwt(COLLEGE.credential()),
        REGISTRAR.jwt(REGISTRAR.vc11(), model="1.1"),
        COLLEGE.sd_jwt(CLAIMS, ["given_name", "courses"]),
        HOLDER.bound(bound, audience="https://employer.example", nonce="n-1"),
    )


@cache
def files() -> tuple[bytes, ...]:
    """One file of every kind that is opened."""
    badge = json_bytes(signed()[0])
    token = tokens()[0].encode()
    word = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    return (
        badge,
        token,
        tokens()[3].encode(),
        bake_png(badge),
        bake_png(token, chunk="zTXt"),
        bake_svg(badge),
        bake_svg(token),
        zip_of({"a.json": badge, "b/c.jwt": token}),
        zip_of({"word/document.xml": word}),
        pdf(badge),
        b"see https://www.credly.com/badges/x and " + token,
        b"GIF89a\x02\0\x02\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x02\0\x02\0\0\x02\x02\x84\x51\0;",
    )


def pdf(attached: bytes) -> bytes:
    """A PDF with one attachment and no page; its table of positions is left to be found again."""
    catalog = b"<</Type/Catalog/Pages 2 0 R/AF[<</F(a.json)/EF<</F 3 0 R>>>>]>>"
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(attached), attached)
    objects = (catalog, b"<</Type/Pages/Kids[]/Count 0>>", stream)
    body, at = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        at.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % position for position in at)
    trailer = b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 4\n0000000000 65535 f \n" + table + trailer


def compact(value: Any) -> bytes:
    """`value` as JSON without white space: fewer bytes to mutate in vain."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
