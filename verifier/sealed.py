"""Sealed credentials: who they are from is what the certificate of the seal says (ETSI EN 319 102-1 §5).

A seal proves nothing about an issuer by itself: its certificate must lead to an authority that the employer
accepts, and must name the organisation that the credential names as its issuer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from verifier.certified_token import anchors_of
from verifier.context import Context
from verifier.errors import Inconclusive, VerifierError, plain
from verifier.model import Credential, JoseProof, JsonObject, Proof
from verifier.proofs import jades
from verifier.proofs.certificates import ETSI, Organisation, read_chain
from verifier.report import Finding, Outcome
from verifier.strict_json import objects, text_of, texts

# An issuer that publishes keys of its own vouches by these, also where the token repeats a certificate.
_PUBLISHES_KEYS = ("did:", "https://")
_ONLY_A_SEAL_HAS = frozenset({"sigT", "sigD", "sigPl", "srCms", "srAts", "adoTst"})
# What certificates for seals add to the name of their holder, at its end.
_SEAL_WORDS = re.compile(r"(?: qualified| electronic| e){0,3} e?seal(?: [0-9]{1,3})?")
_IDENTIFIERS = ("eIDASIdentifier", "vatIdentifier", "taxIdentifier", "registration", "identifier")
_DIGITS = re.compile(r"[0-9]{5,32}", re.ASCII)
# EN 319 412-1 §5.1.4: three letters for the register, the country, a hyphen, the number.
_ORGANISATION_IDENTIFIER = re.compile(r"[A-Z]{3}[A-Z]{2}-(.{1,64})", re.ASCII)


class SealNamesAnother(Inconclusive):
    """The seal is good, and is that of another organisation than the credential calls its issuer."""

    code = "seal_names_another"
    spec = ETSI
    sentence = "calls its issuer “{0}”, but is sealed by “{1}”; ask the issuer whether they seal for it"


class SealWithoutIssuerKey(Inconclusive):
    """The issuer's identifier has keys of its own, and the seal was not made with one of them."""

    code = "seal_without_issuer_key"
    spec = ETSI
    sentence = "names its issuer as {0}, which publishes keys of its own, but is sealed by a certificate"


def is_seal(proof: Proof, credential: Credential) -> bool:
    """Whether certificates, not the keys that an issuer publishes, say who made `proof`."""
    if not isinstance(proof, JoseProof) or not proof.jades:
        return False
    issuer = credential.issuer.id if credential.issuer else ""
    return not issuer.startswith(_PUBLISHES_KEYS) or not _ONLY_A_SEAL_HAS.isdisjoint(proof.header)


def holds(seal: JoseProof, context: Context) -> Finding:
    """That the seal holds under its own certificate; whose that is, the issuer check asks."""
    found = jades.verify(seal, now=context.now, skew=context.policy.limits.clock_skew)
    owner = jades.organisation_of(found.certificates[0])
    algorithm = str(seal.header.get("alg"))
    return Finding(
        outcome=Outcome.PASSED,
        code="signature_valid",
        message=f"matches its seal ({algorithm})",
        spec=ETSI,
        detail=(("suite", f"JAdES {algorithm}"), ("method", owner.name)),
    )


def authorized(seal: JoseProof, credential: Credential, context: Context) -> Finding:
    """That the certificate leads to an accepted authority and names the issuer."""
    path = _path(seal, context)
    owner = jades.organisation_of(path[0])
    node = credential.document.get("issuer")
    claimed = credential.issuer.name if credential.issuer else ""
    if credential.issuer is not None and credential.issuer.id.startswith(_PUBLISHES_KEYS):
        raise SealWithoutIssuerKey(credential.issuer.id, pointer="/issuer/id")
    if not _names(owner, node if isinstance(node, dict) else {}):
        raise SealNamesAnother(claimed or "nobody", owner.name, pointer="/issuer")
    return Finding(
        outcome=Outcome.PASSED,
        code="sealed_by_issuer",
        message=f"is sealed by “{plain(owner.name)}”, according to a certificate that you accept",
        spec=ETSI,
        pointer="/issuer",
        detail=(("owner", owner.name), ("identifier", owner.identifier)),
    )


def anchor_of(credential: Credential, context: Context) -> bytes | None:
    """DER of the authority that every seal of `credential` leads to, once proof and issuer have passed."""
    seals = [proof for proof in credential.proofs if is_seal(proof, credential)]
    if not seals or not context.passed("proof", "issuer"):
        return None
    try:
        ends = {_path(seal, context)[-1] for seal in seals if isinstance(seal, JoseProof)}
    except VerifierError:
        return None
    return ends.pop().public_bytes(Encoding.DER) if len(ends) == 1 else None


def identity_of(credential: Credential) -> str | None:
    """Whom the certificate of a seal names: its registered number, else the whole subject; None unsealed.

    This, and not an `id` that any document can claim, is what a source of trust is asked about.
    """
    for proof in credential.proofs:
        if isinstance(proof, JoseProof) and is_seal(proof, credential):
            try:
                leaf = read_chain(proof.header.get("x5c"))[0]
            except VerifierError:
                return "x509:"
            return jades.organisation_of(leaf).identifier or f"x509:{leaf.subject.rfc4514_string()}"
    return None


def _path(seal: JoseProof, context: Context) -> tuple[x509.Certificate, ...]:
    found = jades.verify(seal, now=context.now, skew=context.policy.limits.clock_skew)
    return jades.certified(found, anchors_of(context), context.now)


# ------------------------------------------------------------------------------- names of the issuer


def _names(owner: Organisation, issuer: JsonObject) -> bool:
    """Whether the certificate's holder is the issuer, by a registered number or by the whole name."""
    match = _ORGANISATION_IDENTIFIER.fullmatch(owner.identifier)
    number = match[1] if match else ""
    if _DIGITS.search(number) and number in _numbers(issuer):
        return True
    held = _words(owner.name)
    wanted = {held, held[: ending.start()] if (ending := _seal_words_in(held)) else held} - {""}
    return any(_words(name) in wanted for name in _legal_names(issuer))


def _seal_words_in(name: str) -> re.Match[str] | None:
    return next((found for found in _SEAL_WORDS.finditer(name) if found.end() == len(name)), None)


def _numbers(issuer: JsonObject) -> set[str]:
    nodes = [node for name in _IDENTIFIERS for node in objects(issuer.get(name))]
    return {text for node in nodes for text in texts(node.get("notation"))}


def _legal_names(issuer: JsonObject) -> Iterator[str]:
    """The legal name in every language, and the plain name of a W3C issuer."""
    for member in ("legalName", "name"):
        value = issuer.get(member)
        yield text_of(value)
        if isinstance(value, dict):
            for inner in value.values():
                yield from texts(inner)


def _words(name: str) -> str:
    """`name` in lower case, one space between its words, without punctuation."""
    folded = unicodedata.normalize("NFKC", name[:200]).casefold()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in folded).split())
