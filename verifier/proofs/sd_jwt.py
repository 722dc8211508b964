"""SD-JWT: an issuer-signed JWT, what its holder chose to disclose, and the holder's signature (RFC 9901)."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from verifier import strict_json
from verifier.errors import (
    Inconclusive,
    NotParseable,
    Refuted,
    TooLarge,
    UnsupportedKey,
)
from verifier.model import JoseProof, JsonObject, SdJwtProof
from verifier.policy import Limits
from verifier.proofs import encoding, jose, keys
from verifier.proofs.disclosures import DisclosureInvalid, disclosed, hash_of
from verifier.proofs.keys import PublicKey

__all__ = [
    "DisclosureInvalid",
    "KeyBindingInvalid",
    "KeyBindingMissing",
    "disclosed",
    "holder_key",
    "split",
    "split_json",
    "verify_key_binding",
]

RFC9901 = "https://www.rfc-editor.org/rfc/rfc9901"


class KeyBindingInvalid(Refuted):
    """The holder's signature is not for this presentation (RFC 9901 §7.3)."""

    code = "key_binding_invalid"
    spec = RFC9901 + "#section-7.3"
    sentence = "was not presented to you by its holder: {0}"


class KeyBindingMissing(Inconclusive):
    """Nothing shows who presented it (RFC 9901 §7.3)."""

    code = "key_binding_missing"
    spec = RFC9901 + "#section-7.3"
    sentence = "was presented without its holder's signature"


# ------------------------------------------------------------------------------------- taking apart


def split(text: str | bytes, limits: Limits) -> SdJwtProof:
    """The SD-JWT in compact serialisation `text` (§4). Raises only `Unreadable`."""
    if isinstance(text, bytes):
        try:
            text = text.decode("ascii")
        except UnicodeDecodeError as error:
            raise NotParseable("an SD-JWT", f"byte {error.start} is not ASCII") from error
    text = text.strip(" \t\r\n")
    if "~" not in text:
        raise NotParseable("an SD-JWT", "it has no “~”")
    if (count := text.count("~") - 1) > limits.disclosures:
        raise TooLarge(f"{count:,} disclosures", f"{limits.disclosures}")
    issued, *disclosures, binding = text.split("~")
    return _assemble(jose.split(issued, limits), issued, disclosures, binding, limits)


def split_json(document: JsonObject, limits: Limits) -> SdJwtProof:
    """The SD-JWT in a JWS in JSON (§8); its disclosures stand in the unprotected header.

    Drafts before the RFC put them beside the payload, which is as little signed and so read alike.
    """
    first, *others = jose.split_json(document, limits)
    place = first.unprotected if "disclosures" in first.unprotected else document
    disclosures, binding = place.get("disclosures", []), place.get("kb_jwt", "")
    if others or not isinstance(binding, str) or not isinstance(disclosures, list):
        raise NotParseable("an SD-JWT in JSON", "its signature or disclosures are not in the form expected")
    if len(strict_json.texts(disclosures)) != len(disclosures):
        raise NotParseable("an SD-JWT in JSON", "a disclosure is not a text")
    if len(disclosures) > limits.disclosures:
        raise TooLarge(f"{len(disclosures):,} disclosures", f"{limits.disclosures}")
    # §8.1: sd_hash covers what the compact serialisation would have been.
    issued = f"{first.signing_input.decode()}.{encoding.to_base64url(first.signature)}"
    return _assemble(first, issued, disclosures, binding, limits)


def _assemble(
    jws: JoseProof, issued: str, disclosures: list[str], binding: str, limits: Limits
) -> SdJwtProof:
    if "" in disclosures:
        raise NotParseable("an SD-JWT", "a disclosure is empty")
    return SdJwtProof(
        jws=jws,
        disclosures=tuple(disclosures),
        key_binding=jose.split(binding, limits) if binding else None,
        presented="~".join([issued, *disclosures, ""]),
    )


# ------------------------------------------------------------------------------------- key binding


def holder_key(claims: JsonObject) -> PublicKey:
    """The key that the issuer bound it to: `cnf` of the issuer-signed payload (RFC 7800 §3.2)."""
    confirmation = claims.get("cnf")
    if not isinstance(confirmation, dict) or not confirmation:
        raise KeyBindingInvalid("its issuer bound it to nobody's key")
    if not isinstance(jwk := confirmation.get("jwk"), dict):
        raise UnsupportedKey(f"“{min(confirmation)}” in its confirmation")
    return keys.from_jwk(jwk)


def verify_key_binding(
    proof: SdJwtProof,
    key: PublicKey,
    *,
    nonce: str | None,
    audience: str | None,
    now: datetime,
    max_age: timedelta,
    skew: timedelta,
) -> None:
    """Establish that the holder of `key` made this presentation, for you, just now (§7.3).

    `nonce` and `audience` are what you asked with; None: you did not ask, and the value is not compared.
    """
    binding = proof.key_binding
    if binding is None:
        raise KeyBindingMissing()
    if jose.typ_of(binding) != "kb+jwt":
        raise KeyBindingInvalid("its signature is of another kind")
    jose.verify(binding, key)
    _judge_hash(proof, binding)
    for name, expected in (("nonce", nonce), ("aud", audience)):
        if not isinstance(given := binding.claims.get(name), str):
            raise KeyBindingInvalid(f"“{name}” is missing")
        if expected is not None and not hmac.compare_digest(given.encode(), expected.encode()):
            raise KeyBindingInvalid(f"“{name}” is not the one you asked with")
    _judge_time(binding, now, max_age, skew)


def _judge_hash(proof: SdJwtProof, binding: JoseProof) -> None:
    """§4.3.1: `sd_hash` binds it to exactly these disclosures."""
    expected = encoding.to_base64url(hash_of(proof.jws.claims)(proof.presented.encode()).digest())
    given = binding.claims.get("sd_hash")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), expected.encode()):
        raise KeyBindingInvalid("its details were added or left out after it was signed")


def _judge_time(binding: JoseProof, now: datetime, max_age: timedelta, skew: timedelta) -> None:
    made = binding.claims.get("iat")
    if isinstance(made, bool) or not isinstance(made, int | float):
        raise KeyBindingInvalid("“iat” is missing")
    if made > (now + skew).timestamp():
        raise KeyBindingInvalid("its signature is from the future")
    if made < (now - max_age - skew).timestamp():
        raise KeyBindingInvalid("its signature is too old")
