"""JSON Web Signatures: the envelope taken apart, and its signature verified (RFC 7515, 7518, 7797, 8725).

The algorithm follows from the key that the issuer publishes. Nothing in a header chooses a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from verifier import strict_json
from verifier.errors import (
    JWS,
    Empty,
    KeyMismatch,
    KeyUnavailable,
    MalformedProof,
    NotParseable,
    Refuted,
    TooLarge,
    Unsigned,
    UnsupportedFormat,
    UnsupportedKey,
    UnsupportedSuite,
    VerifierError,
)
from verifier.model import JoseProof, JsonObject
from verifier.policy import Limits
from verifier.proofs import encoding
from verifier.proofs.encoding import Undecodable
from verifier.proofs.jwa import SIGNATURES
from verifier.proofs.keys import ALGORITHMS, PublicKey, from_jwk

__all__ = [
    "AlgorithmForbidden",
    "CriticalHeader",
    "HeaderKey",
    "examine_header",
    "kid_of",
    "split",
    "split_json",
    "typ_of",
    "verify",
    "verify_with_any",
]

MAX_HEADER_CHARS = 200_000  # a chain of certificates in `x5c` is near 10,000
_KNOWN_ELSEWHERE = frozenset(  # RFC 7515 §4.1.11: names of the base specification must not be in `crit`
    {"alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit"}
)
_JADES = frozenset({"sigT", "sigD", "sigPl", "sigPId", "srCms", "srAts", "adoTst", "x5t#o", "sigX5ts"})
_PROVES_NOTHING = re.compile(r"none|HS\d+(?:/\d+)?", re.IGNORECASE | re.ASCII)


class AlgorithmForbidden(Refuted):
    """`none`, and the keyed hashes: whoever has the public key could have made it (RFC 8725 §3.1, §3.2)."""

    code = "algorithm_forbidden"
    spec = "https://www.rfc-editor.org/rfc/rfc8725#section-3.1"
    sentence = "is “signed” with {0}, which proves nothing"


class HeaderKey(Refuted):
    """`jku`, `x5u`, or a `jwk` that is not the issuer's: it brings its own key (RFC 8725 §3.10)."""

    code = "header_key"
    spec = "https://www.rfc-editor.org/rfc/rfc8725#section-3.10"
    sentence = "brings its own key in “{0}”, which shows nothing about who signed"


class CriticalHeader(Refuted):
    """`crit` names what is not understood here, or is not well formed (RFC 7515 §4.1.11)."""

    code = "critical_header"
    spec = JWS + "#section-4.1.11"
    sentence = "has a signature that must not be accepted: {0}"


# ------------------------------------------------------------------------------------- taking apart


def split(text: str | bytes, limits: Limits) -> JoseProof:
    """The JWS in compact serialisation `text` (RFC 7515 §7.1). Raises only `Unreadable`."""
    header, signing_input, payload, signature = _compact(text, limits)
    return JoseProof(
        header=header,
        signing_input=signing_input,
        signature=signature,
        payload=payload,
        claims=_claims(header, payload, limits),
        jades=_is_jades(header, {}),
    )


def _compact(text: str | bytes, limits: Limits) -> tuple[JsonObject, bytes, bytes, bytes]:
    text = _ascii(text).strip(" \t\r\n")
    if not text:
        raise Empty()
    if text.count(".") == 4:
        raise UnsupportedFormat("encrypted (JWE)")
    if text.count(".") != 2:
        raise NotParseable("a JWS", f"it has {text.count('.') + 1} parts, not 3")
    protected, payload, signature = text.split(".")
    header = _header(protected, limits)
    return (
        header,
        f"{protected}.{payload}".encode(),
        _body(header, payload, limits),
        _octets(signature, limits),
    )


def _ascii(text: str | bytes) -> str:
    try:
        return text.decode("ascii") if isinstance(text, bytes) else text
    except UnicodeDecodeError as error:
        raise NotParseable("a JWS", f"byte {error.start} is not ASCII") from error


def _header(text: str, limits: Limits) -> JsonObject:
    if len(text) > MAX_HEADER_CHARS:
        raise TooLarge(f"a header of {len(text):,} characters", f"{MAX_HEADER_CHARS:,}")
    return strict_json.read_object(_octets(text, limits), limits)


def _octets(text: str, limits: Limits) -> bytes:
    if len(text) > limits.json_bytes * 4 // 3 + 4:
        raise TooLarge(f"{len(text):,} characters", f"{limits.json_bytes:,} bytes")
    try:
        return encoding.base64url(text)
    except Undecodable as error:
        raise NotParseable("a JWS", f"a part is {error}") from error


def _body(header: JsonObject, payload: str, limits: Limits) -> bytes:
    """RFC 7797 §3: with `b64` false the payload stands, and is signed, as it is."""
    return payload.encode() if header.get("b64") is False else _octets(payload, limits)


def _claims(header: JsonObject, payload: bytes, limits: Limits) -> JsonObject:
    """The payload as JSON; a detached one (ETSI TS 119 182-1 §5.2.8) claims nothing that could be read."""
    return {} if not payload and "sigD" in header else strict_json.read_object(payload, limits)


def split_json(document: JsonObject, limits: Limits) -> tuple[JoseProof, ...]:
    """Every signature of a JWS in general or flattened JSON serialisation (RFC 7515 §7.2).

    Raises `Unsigned` for an empty list: an empty list is not “all signatures hold”.
    """
    payload = document.get("payload")
    if not isinstance(payload, str):
        raise NotParseable("a JWS in JSON", "its payload is not a text")
    if "signatures" not in document:
        return (_json_signature(document, payload, limits),)
    if not {"signature", "protected", "header"}.isdisjoint(document):
        raise NotParseable("a JWS in JSON", "it is general and flattened at once")
    signatures = document["signatures"]
    if not isinstance(signatures, list):
        raise NotParseable("a JWS in JSON", "its signatures are not an array")
    if not signatures:
        raise Unsigned(pointer="/signatures")
    if len(signatures) > limits.proofs:
        raise TooLarge(f"{len(signatures)} signatures", f"{limits.proofs}")
    return tuple(_json_signature(entry, payload, limits) for entry in signatures)


def _json_signature(entry: Any, payload: str, limits: Limits) -> JoseProof:
    if not isinstance(entry, dict):
        raise NotParseable("a JWS in JSON", "a signature is not an object")
    protected, signature, unprotected = (entry.get("protected"), entry.get("signature"), entry.get("header"))
    if not isinstance(protected, str) or not isinstance(signature, str):
        raise NotParseable("a JWS in JSON", "a signature or its protected header is missing")
    if not isinstance(unprotected, dict | None):
        raise NotParseable("a JWS in JSON", "an unprotected header is not an object")
    header = _header(protected, limits)
    body = _body(header, payload, limits)
    return JoseProof(
        header=header,
        signing_input=f"{protected}.{payload}".encode(),
        signature=_octets(signature, limits),
        payload=body,
        claims=_claims(header, body, limits),
        unprotected=unprotected or {},
        jades=_is_jades(header, unprotected or {}),
    )


def _is_jades(header: JsonObject, unprotected: JsonObject) -> bool:
    """Whether it is an advanced electronic signature (ETSI TS 119 182-1 §5): proved by certificates."""
    return not _JADES.isdisjoint(header) or "etsiU" in unprotected or {"x5c", "x5t#S256"} <= header.keys()


# ------------------------------------------------------------------------------------- the signature


def typ_of(jws: JoseProof) -> str:
    """The media type in `typ`, lower-case, without `application/` (RFC 7515 §4.1.9); "" if absent."""
    typ = jws.header.get("typ", "")
    if not isinstance(typ, str):
        raise MalformedProof("its “typ” is not a text")
    return typ.lower().removeprefix("application/")


def kid_of(jws: JoseProof) -> str | None:
    """The `kid`, by which an issuer's keys may be told apart; a value that is no text names none (§4.1.4)."""
    kid = jws.header.get("kid")
    return kid if isinstance(kid, str) and kid else None


def examine_header(jws: JoseProof, *, understood: frozenset[str] = frozenset()) -> None:
    """Refuse what no key could make good: `none`, keyed hashes, foreign keys, unknown critical members.

    `understood` names the extensions that the caller processes; `b64` is one of them (RFC 7797 §6).
    """
    alg = jws.header.get("alg")
    if not isinstance(alg, str):
        raise MalformedProof("its header names no algorithm")
    if _PROVES_NOTHING.fullmatch(alg):
        raise AlgorithmForbidden(alg)
    for name in ("jku", "x5u"):
        if name in jws.header or name in jws.unprotected:
            raise HeaderKey(name)
    if clash := jws.header.keys() & jws.unprotected.keys():
        raise MalformedProof(f"its header says “{min(clash)}” twice")
    _examine_crit(jws, understood)


def _examine_crit(jws: JoseProof, understood: frozenset[str]) -> None:
    if "crit" in jws.unprotected:
        raise CriticalHeader("“crit” is not covered by the signature")
    critical = jws.header.get("crit", ())
    if "crit" in jws.header:
        if (
            not isinstance(critical, list)
            or not critical
            or len(strict_json.texts(critical)) != len(critical)
        ):
            raise CriticalHeader("“crit” is not a list of names")
        if len(set(critical)) != len(critical) or not _KNOWN_ELSEWHERE.isdisjoint(critical):
            raise CriticalHeader("“crit” repeats a name, or names one that needs no saying")
        for name in critical:
            if name not in understood or name not in jws.header:
                raise CriticalHeader(f"“{name}” is critical and not understood here")
    # RFC 7797 §6: whoever does not know `b64` would verify other bytes, so it must be critical.
    if "b64" in jws.header and ("b64" not in critical or not isinstance(jws.header["b64"], bool)):
        raise CriticalHeader("“b64” is used without being critical")


def verify(jws: JoseProof, key: PublicKey, *, understood: frozenset[str] = frozenset()) -> None:
    """Establish that the holder of `key` signed it (RFC 7515 §5.2); `key` is never taken from `jws`."""
    examine_header(jws, understood=understood)
    alg = jws.header["alg"]
    if alg not in SIGNATURES:
        raise UnsupportedSuite(alg)
    if not ALGORITHMS[key.kind]:
        raise UnsupportedKey(key.kind)
    if alg not in ALGORITHMS[key.kind] or not _allowed(alg, key):
        raise KeyMismatch(alg, key.algorithm or key.kind)
    if "jwk" in jws.header and not _same(jws.header["jwk"], key):
        raise HeaderKey("jwk")
    SIGNATURES[alg](key, jws.signing_input, jws.signature)


def verify_with_any(jws: JoseProof, keys: Iterable[PublicKey]) -> PublicKey:
    """The one of the issuer's `keys` that signed it, where nothing says which (RFC 7515 §6, appendix D)."""
    examine_header(jws)
    candidates = tuple(keys)
    fitting = [key for key in candidates if jws.header["alg"] in ALGORITHMS[key.kind]]
    failure: VerifierError | None = None
    for key in fitting or candidates[:1]:
        try:
            verify(jws, key)
        except (Refuted, UnsupportedSuite, UnsupportedKey) as error:
            failure = failure or error
        else:
            return key
    raise failure or KeyUnavailable("an issuer without keys")


def _allowed(alg: str, key: PublicKey) -> bool:
    """`EdDSA` and `Ed25519` are two names of one algorithm for such a key (RFC 9864 §2.2)."""
    return key.algorithm in (None, alg) or key.kind == "Ed25519"


def _same(jwk: Any, key: PublicKey) -> bool:
    """A header may repeat the issuer's key; it can never bring one."""
    try:
        return isinstance(jwk, dict) and from_jwk(jwk).key == key.key
    except VerifierError:
        return False
