"""What a cryptographic suite is: it checks one proof over one document (VC Data Integrity 1.0 §3).

Most suites hash two canonical texts and sign the hashes; they are values of `HashThenSign`. A suite for
selective disclosure is a class with the same `name` and `check`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from verifier.errors import KeyMismatch, MalformedProof
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.proofs import canonical, encoding
from verifier.proofs.contexts import Contexts
from verifier.proofs.encoding import Undecodable
from verifier.proofs.material import PublicKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Secured:
    """A document and one proof over it, taken apart (VC Data Integrity §4.4)."""

    document: JsonObject  # without `proof`, or with the proofs that this one builds upon
    options: JsonObject  # the proof without its value
    value: Any  # `proofValue` (or `jws`) as it stands
    contexts: Contexts
    limits: Limits


class Cryptosuite(Protocol):
    """A registered suite. `check` raises a `VerifierError` unless the proof holds under `key`."""

    @property
    def name(self) -> str: ...

    @property
    def value_name(self) -> str: ...  # the member that holds the signature

    def check(self, secured: Secured, key: PublicKey) -> None: ...


Transform = Callable[[Secured, str], tuple[bytes, bytes]]  # hash name → proof configuration, document


@dataclass(frozen=True, slots=True, kw_only=True)
class HashThenSign:
    """Transform, hash, verify: hash(proof configuration) ‖ hash(document) is what is signed."""

    name: str
    transform: Transform
    hashes: Mapping[str, str]  # the key kinds accepted, and the hash each brings
    verify: Callable[[PublicKey, bytes, bytes], None]
    value_name: str = "proofValue"

    def check(self, secured: Secured, key: PublicKey) -> None:
        if key.kind not in self.hashes:
            raise KeyMismatch(self.name, key.kind)
        signature = base58_value(secured.value)
        hash_name = self.hashes[key.kind]
        configuration, document = self.transform(secured, hash_name)
        digests = (hashlib.new(hash_name, part).digest() for part in (configuration, document))
        self.verify(key, b"".join(digests), signature)


def base58_value(value: Any) -> bytes:
    """The signature in a `proofValue`: Multibase, base58btc only (vc-di-eddsa §3.2.5, vc-di-ecdsa §3.2.5)."""
    if not isinstance(value, str) or not value.startswith("z"):
        raise MalformedProof("its value is not a Multibase text in base58btc")
    try:
        return encoding.multibase(value)
    except Undecodable as error:
        raise MalformedProof(f"its value is {error}") from error


def rdf_transform(secured: Secured, hash_name: str) -> tuple[bytes, bytes]:
    """RDFC-1.0 of the proof configuration, read under the document's own contexts, and of the document."""
    return (
        canonical.rdfc(configuration_of(secured), secured.contexts, secured.limits, hash_name),
        canonical.rdfc(secured.document, secured.contexts, secured.limits, hash_name),
    )


def configuration_of(secured: Secured) -> JsonObject:
    """The proof under the document's own contexts (vc-di-eddsa §3.2.5, vc-di-ecdsa §3.2.5)."""
    context = secured.document.get("@context")
    # A context that the proof brings along could give its terms another meaning.
    if secured.options.get("@context", context) != context:
        raise MalformedProof("it brings a vocabulary of its own")
    return {**secured.options, "@context": context}


def jcs_transform(secured: Secured, _hash_name: str) -> tuple[bytes, bytes]:
    """JCS of the proof configuration and of the document (vc-di-eddsa §3.3.2 step 4, vc-di-ecdsa §3.3.2)."""
    document = secured.document
    if "@context" in secured.options:
        signed, shown = _as_list(secured.options["@context"]), _as_list(document.get("@context"))
        if shown[: len(signed)] != signed:
            raise MalformedProof("it was made for other vocabularies than the document names")
        document = {**document, "@context": secured.options["@context"]}
    return canonical.jcs(secured.options), canonical.jcs(document)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
