"""Every target by name, with what its corpus begins with."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tests.fuzz import forging, parsers, registries, seeds
from tests.issuing import Issuer
from tests.issuing_documents import json_bytes
from tests.verifier.dids.test_webvh import Log

CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One function that must survive every input; `AssertionError` or any other exception is a find."""

    name: str
    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    longest: int = 4_096  # bytes of an input

    def corpus(self) -> list[bytes]:
        """The seeds, and the inputs that were kept because they reached something new."""
        kept = sorted((CORPUS / self.name).glob("*"))
        return [*self.seeds(), *(path.read_bytes() for path in kept)]


def decisions() -> Iterable[bytes]:
    """Inputs for targets that take bytes as decisions."""
    chance = random.Random(1)  # noqa: S311 – no secret
    return [b"", *(chance.randbytes(size) for size in (2, 4, 8, 12, 16, 24, 32, 48))]


def documents() -> Iterable[bytes]:
    return [seeds.compact(document) for document in (*seeds.unsigned(), *seeds.signed())]


def files(*starts: bytes) -> Callable[[], Iterable[bytes]]:
    """The files whose first bytes are among `starts`; all of them where none is named."""
    return lambda: [data for data in seeds.files() if not starts or data.startswith(starts)]


def spelled() -> Iterable[bytes]:
    """SD-JWTs in lines (`parsers.spelled_token`)."""
    head = b'{"alg":"EdDSA","typ":"dc+sd-jwt"}\n'
    nested = b'["s","address",{"_sd":["$1"],"city":"X"}]\n["s","street","Y"]'
    return (
        head + b'{"iss":"https://a.example","vct":"x","_sd":["$0"]}\n["salt","name","Ada"]',
        head + b'{"vct":"x","a":[{"...":"$0"},1],"_sd_alg":"sha-256"}\n["salt",5]',
        head + b'{"vct":"x","_sd":["$0"]}\n' + nested,
        head + b'{"vct":"x","cnf":{"jwk":{}},"status":{"status_list":{"idx":1,"uri":"https://a.example"}}}',
    )


def identifiers() -> Iterable[bytes]:
    web = Issuer.with_did_web("Example College", "college.example")
    jwk = Issuer.with_did_jwk("Example Institute")
    names = (seeds.COLLEGE.did, seeds.REGISTRAR.did, jwk.did, "did:web:college.example%3A8443:a:b")
    history = Log(nextKeyHashes=[]).update()
    logged = history.did.encode() + b"\n" + b"\n".join(seeds.compact(entry) for entry in history.entries)
    published = web.did.encode() + b"\n" + json_bytes(web.did_document())
    return [*(name.encode() for name in names), published, logged]


def keys() -> Iterable[bytes]:
    issuers = (
        seeds.COLLEGE,
        seeds.REGISTRAR,
        seeds.ACADEMY,
        Issuer.pinned("Pinned", "https://p.example"),
    )
    jwks = [issuer.key.jwk for issuer in issuers]
    methods = [
        {"id": "#1", "controller": "did:x:y", "type": "JsonWebKey", "publicKeyJwk": jwk} for jwk in jwks
    ]
    multikeys = [issuer.key.multikey.encode() for issuer in issuers[:3]]
    return [*multikeys, *(seeds.compact(value) for value in (*jwks, *methods))]


def binary() -> Iterable[bytes]:
    return (
        bytes.fromhex("8443a10126a0581e") + bytes(30) + b"\x40",
        bytes.fromhex("855840") + bytes(64) + bytes.fromhex("43802401815840") + bytes(64) + b"\xa0\x80",
        bytes.fromhex("a2027368747470733a2f2f612e6578616d706c652f31061a5f5e1000"),
        bytes.fromhex("a119fffda26462697473016373746d41ff"),
    )


def statements() -> Iterable[bytes]:
    clique = [f"_:b{one} <urn:p> _:b{two} ." for one in range(4) for two in range(4) if one != two]
    return (
        b'<urn:s> <urn:p> "x\\ty"@en .\n_:a <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> _:g .',
        "\n".join(clique).encode(),
    )


def pages() -> Iterable[bytes]:
    return (
        b'<html><head><link rel="alternate" type="application/json" href="/a.json"></head></html>',
        b"https://www.credly.com/badges/5f0c2a37-0003-4000-8000-000000000001 and http://a.example/#x",
        b"https://xn--college-9za.example:443/a%2e%2e/b?c#d",
    )


TARGETS = MappingProxyType(
    {
        target.name: target
        for target in (
            Target(name="strict_json", run=parsers.read_json, seeds=documents),
            Target(name="read", run=parsers.read_file, seeds=files()),
            Target(name="documents", run=parsers.read_document, seeds=decisions, longest=160),
            Target(name="png", run=parsers.read_png, seeds=files(b"\x89PNG")),
            Target(name="svg", run=parsers.read_svg, seeds=files(b"<svg")),
            Target(name="zip", run=parsers.read_zip, seeds=files(b"PK")),
            Target(name="pdf", run=parsers.read_pdf, seeds=files(b"%PDF")),
            Target(name="picture", run=parsers.read_picture, seeds=files(b"GIF", b"\x89PNG")),
            Target(name="pasted", run=parsers.read_pasted, seeds=files(b"see", b"ey")),
            Target(name="links", run=parsers.follow_links, seeds=pages),
            Target(name="jose", run=parsers.split_token, seeds=files(b"ey")),
            Target(name="sd_jwt", run=parsers.spelled_token, seeds=spelled),
            Target(name="did", run=parsers.resolve_did, seeds=identifiers),
            Target(name="keys", run=parsers.read_key, seeds=keys),
            Target(name="binary", run=parsers.read_binary, seeds=binary),
            Target(name="statements", run=parsers.read_statements, seeds=statements, longest=1_024),
            Target(name="status", run=parsers.decide_status, seeds=decisions, longest=120),
            Target(name="employer", run=parsers.read_employer, seeds=decisions, longest=1_024),
            Target(name="registries", run=registries.ask_source, seeds=decisions, longest=160),
            Target(name="certificates", run=registries.read_certificates, seeds=registries.certificate_seeds),
            Target(name="canonical", run=forging.canonicalise, seeds=decisions, longest=120),
            Target(name="unsigned", run=forging.believe_nothing, seeds=decisions, longest=120),
            Target(name="forged_documents", run=forging.forge_document, seeds=decisions, longest=120),
            Target(name="forged_tokens", run=forging.forge_token, seeds=decisions, longest=120),
            Target(name="verify", run=forging.verify_bytes, seeds=files()),
        )
    }
)
