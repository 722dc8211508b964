"""Targets that forge: a genuine credential is changed, and what was changed must never be VERIFIED.

What "changed" means is decided here and not by the verifier. The JCS suites and JOSE cover every value. The
RDFC suites cover statements: JSON that says the same in another form is the same, and only that.
"""

from __future__ import annotations

import base64
import json
import re
from contextlib import suppress
from functools import cache
from typing import Any

from pyld import jsonld
from pyld.jsonld import JsonLdError

from tests import issuing_proofs
from tests.conftest import TERM_START
from tests.fuzz import seeds
from tests.fuzz.choices import Choices, mutated
from tests.issuing import Issuer
from tests.issuing_keys import Json
from verifier import IssuerList, MemoryWeb, Policy, Report, Uploaded, Verdict, extract_skills, verify
from verifier.errors import VerifierError
from verifier.model import Kind
from verifier.policy import Limits
from verifier.proofs import canonical

TRUST = (IssuerList.parse(seeds.compact(seeds.list_of_issuers() | {"issuers": [
    issuer.entry() for issuer in (seeds.COLLEGE, seeds.REGISTRAR, seeds.ACADEMY)
]})),)  # fmt: skip
POLICY = Policy.standard()
WEB = MemoryWeb({})
STRANGER = Issuer.with_did_key("A stranger")


class FalselyVerified(AssertionError):
    """Something that nobody signed was called genuine."""


def report_on(data: bytes) -> Report:
    """What the verifier says of `data`; an error of its own is a crash."""
    report = verify(Uploaded(data, "fuzz"), policy=POLICY, trust=TRUST, web=WEB, now=TERM_START)
    json.dumps(report.to_dict())
    extract_skills(report)
    for inner in report.walk():
        codes = {finding.code for result in inner.results for finding in result.findings} | {inner.code}
        assert "internal_error" not in codes, "a fault of our own"
    return report


@cache
def _genuine() -> tuple[dict[str, str], ...]:
    """What the issuers of `seeds` really said, member by member."""
    sources = (*map(seeds.compact, seeds.signed()), *(token.encode() for token in seeds.tokens()))
    inside = [inner.credential for source in sources for inner in report_on(source).walk()]
    return tuple(_members(credential.document) for credential in inside if credential)


@cache
def _meanings() -> frozenset[str]:
    """The same, in whatever form JSON-LD lets it be said; with the badges that stand in `seeds.unsigned`."""
    inside = [member for record in seeds.unsigned()[3:5] for member in _objects(record)]
    return frozenset(map(_meaning, (*seeds.signed(), *inside)))


def _objects(record: Json) -> list[Json]:
    members = record.get("verifiableCredential") or record["credentialSubject"]["verifiableCredential"]
    return [report_on(seeds.compact(member)).credential.document for member in members]  # type: ignore[union-attr]


def _meaning(document: Json) -> str:
    return json.dumps(_normal(_without(document, "proof")), sort_keys=True)


def _members(document: Json) -> dict[str, str]:
    return {name: _plain(value) for name, value in document.items() if name != "proof"}


def verify_bytes(data: bytes) -> None:
    """Any bytes: a report, and VERIFIED only for what the issuers of `seeds` really said."""
    for inner in report_on(data).walk():
        if inner.verdict is not Verdict.VERIFIED or not inner.credential or not inner.credential.proofs:
            continue
        said = _members(inner.credential.document)
        # Of an SD-JWT its holder may leave something out (RFC 9901 §7.2), of anything else nobody may.
        if not any(said.items() <= real.items() if "vct" in said else said == real for real in _genuine()):
            raise FalselyVerified(said)


def forge_document(data: bytes) -> None:
    """An embedded proof: one to four values of the document or its proof are changed."""
    choices = Choices(data)
    genuine = seeds.signed()[choices.below(len(seeds.signed()))]
    forged = mutated(genuine, choices)
    if choices.below(4) == 3 and isinstance(forged, dict):
        forged = _signed_by_a_stranger(forged, choices)
    report = report_on(seeds.compact(forged))
    if report.verdict is Verdict.VERIFIED and not _says_the_same(forged, genuine):
        raise FalselyVerified(json.dumps(forged))


def _signed_by_a_stranger(document: Json, choices: Choices) -> Json:
    """The forged document under a proof that holds, by somebody who may not sign for the issuer."""
    bare = {name: value for name, value in document.items() if name != "proof"}
    fragment = STRANGER.method.partition("#")[2]
    method = (STRANGER.method, seeds.COLLEGE.method, f"{seeds.COLLEGE.did}#{fragment}")[choices.below(3)]
    with suppress(Exception):  # what cannot be canonicalised cannot be signed either
        return STRANGER.sign(bare, "eddsa-jcs-2022", verificationMethod=method)
    return document


def _says_the_same(forged: Json, genuine: Json) -> bool:
    if not _proofs(forged) or not _proofs(forged) <= _proofs(genuine):
        return False
    said, signed = _without(forged, "proof"), _without(genuine, "proof")
    if "jcs" in json.dumps(genuine["proof"]):
        return _plain(said) == _plain(signed)
    if _facts(said) != _facts(signed):
        return False
    # Vocabularies stand outside the statements: whether they mean the same is for another implementation.
    return _plain(said) == _plain(signed) or _statements(said) == _statements(signed)


def _facts(document: Json) -> frozenset[str]:
    """What is said of each node: said in two places of a record, it is one statement (RDF 1.1 §3)."""
    found: set[str] = set()

    def visit(value: Any) -> Any:
        if isinstance(value, list):
            return [visit(item) for item in value]
        if not isinstance(value, dict):
            return value
        inner = {name: visit(held) for name, held in value.items()}
        if not isinstance(node := inner.get("id"), str):
            return inner
        for name, held in inner.items():
            found.update(
                json.dumps([node, name, item]) for item in (held if isinstance(held, list) else [held])
            )
        return {"id": node}

    found.add(json.dumps(visit(_normal(document)), sort_keys=True))
    return frozenset(found)


def _statements(document: Json) -> bytes:
    return issuing_proofs.rdfc(document, "")


def _proofs(document: Json) -> set[str]:
    found = document.get("proof")
    return {_plain(proof) for proof in (found if isinstance(found, list) else [found]) if proof}


def _without(document: Json, name: str) -> Json:
    return {key: value for key, value in document.items() if key != name}


def _plain(value: Any) -> str:
    return json.dumps(_doubles(value), sort_keys=True)


def _doubles(value: Any) -> Any:
    """JSON numbers are doubles (RFC 8785 §3.2.2.3), apart from booleans, which Python counts as numbers."""
    if isinstance(value, dict):
        return {name: _doubles(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_doubles(inner) for inner in value]
    return float(value) if type(value) is int else value


def _as_doubles(value: Any) -> Any:
    """Integers as JavaScript would have signed them (JSON-LD 1.1 API §8.5)."""
    return json.loads(json.dumps(value), parse_int=lambda text: int(float(text)))


def _normal(value: Any) -> Any:
    """`value` without what makes no statement: vocabularies, order in a set, doubles, null, empty sets."""
    if isinstance(value, list):
        items = {json.dumps(item, sort_keys=True): item for item in map(_normal, _flat(value))}
        items.pop("null", None)
        kept = [items[key] for key in sorted(items)]
        return kept[0] if len(kept) == 1 else kept or None
    if isinstance(value, dict):
        inner = {name: _normal(held) for name, held in value.items() if name != "@context"}
        said = {name: held for name, held in inner.items() if held is not None}
        return said["@value"] if said.keys() == {"@value"} else said  # a value object that says no more
    return _doubles(value)


def _flat(items: list[Any]) -> list[Any]:
    """Sets within sets are one set (JSON-LD 1.1 API §5.1)."""
    return [inner for item in items for inner in (_flat(item) if isinstance(item, list) else [item])]


def believe_nothing(data: bytes) -> None:
    """A document of any format that nobody signed, or only hashed, with a few changes: never VERIFIED."""
    choices = Choices(data)
    shapes = seeds.unsigned()
    document = mutated(shapes[choices.below(len(shapes))], choices)
    for inner in report_on(seeds.compact(document)).walk():
        credential = inner.credential
        if inner.verdict is not Verdict.VERIFIED or not credential or credential.kind is not Kind.CREDENTIAL:
            continue
        if _meaning(credential.document) not in _meanings():
            raise FalselyVerified(json.dumps(document))


def forge_token(data: bytes) -> None:
    """A JWT or SD-JWT: a segment is re-spelled, its JSON changed, or a disclosure added, bent or moved."""
    choices = Choices(data)
    genuine = seeds.tokens()[choices.below(len(seeds.tokens()))]
    jws, *hidden = genuine.split("~")
    parts = jws.split(".")
    match choices.below(5):
        case 0:
            at = choices.below(3)
            parts[at] = _bent(parts[at], choices)
        case 1 | 2:
            at = choices.below(2)
            parts[at] = _b64(seeds.compact(mutated(json.loads(_octets(parts[at])), choices)))
        case 3 if hidden:
            at = choices.below(len(hidden))
            hidden[at] = _disclosure(hidden[at], choices)
        case _:
            hidden.insert(choices.below(len(hidden) + 1), choices.text())
    forged = "~".join((".".join(parts), *hidden))
    report = report_on(forged.encode("utf-8", "replace"))
    # White space makes it a text with a token among its words, which may be whole.
    whole = any(_discloses_less(word, genuine) for word in forged.split())
    if report.verdict is Verdict.VERIFIED and not whole:
        raise FalselyVerified(forged)


def _discloses_less(forged: str, genuine: str) -> bool:
    """A holder may leave out disclosures (RFC 9901 §7.2); a key binding is nobody's wish here (§7.3)."""
    issued, *hidden = forged.split("~")
    first, *known = genuine.split("~")
    return issued == first and set(hidden[:-1]) <= set(known[:-1])


def _bent(text: str, choices: Choices) -> str:
    at = choices.below(len(text) + 1)
    return text[:at] + choices.text() + text[at + choices.below(3) :]


def _disclosure(text: str, choices: Choices) -> str:
    if not text or text.count(".") == 2 or choices.below(3) == 0:
        return _bent(text, choices)
    return _b64(seeds.compact(mutated(json.loads(_octets(text)), choices)))


def _octets(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def canonicalise(data: bytes) -> None:
    """JSON-LD that is taken to be safe means the same statements to another implementation."""
    choices = Choices(data)
    shapes = seeds.unsigned()[:6]
    document = mutated(shapes[choices.below(len(shapes))], choices, most=6)
    limits, contexts = Limits(), canonical.Contexts.of({})
    try:
        ours = canonical.rdfc(document, contexts, limits)
    except VerifierError:
        return
    finally:
        list(canonical.examine(document, contexts, limits))
    try:
        # pyoxigraph pairs unnamed graphs with unnamed nodes in another order than everybody else.
        known = any(ours == reader(_as_doubles(document)) for reader in (_statements, _normalised))
    except (JsonLdError, SyntaxError):  # no opinion, e.g. on an address that is not one
        return
    # PyLD leaves characters as they are that the canonical form escapes (RDFC-1.0 §5).
    assert known or re.search(rb"\\[bfu]", ours), "other statements than another implementation"


def _normalised(document: Json) -> bytes:
    """The same by PyLD alone."""
    options = {"documentLoader": issuing_proofs._load, "base": "", "format": "application/n-quads"}
    return bytes(jsonld.normalize(document, options | {"algorithm": "URDNA2015"}).encode())
