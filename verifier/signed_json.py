"""Plain JSON that one party signs and anybody checks again without a network: eddsa-jcs-2022 by a did:key.

VC Data Integrity 1.0 secures any document; this is for records that are no credential, such as our own
verification receipts. Everything outside `proof` is covered, and nothing has to be asked to check it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from verifier import strict_json
from verifier.errors import MalformedProof, Unsigned, UnsupportedSuite, WrongPurpose
from verifier.model import EmbeddedProof, JsonObject
from verifier.policy import Limits
from verifier.proofs import canonical, data_integrity, encoding, keys
from verifier.proofs.contexts import Contexts
from verifier.proofs.eddsa import EDDSA_JCS_2022
from verifier.report import stamp

_DID_KEY = "did:key:"
_ED25519 = b"\xed\x01"  # multicodec prefix (CID 1.0 §2.2.2)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedJson:
    """A document whose signature holds. Who the signer is, and whether to believe them, is not said."""

    document: JsonObject  # without its proof
    signer: str  # did:key
    created: datetime  # as the signer says, aware UTC


def did_key(key: Ed25519PublicKey) -> str:
    """The identifier that is `key` itself (did:key method 0.9 §3.1)."""
    return _DID_KEY + "z" + encoding.to_base58btc(_ED25519 + key.public_bytes_raw())


def sign_json(document: JsonObject, key: Ed25519PrivateKey, created: datetime) -> JsonObject:
    """`document` with a proof by `key` (vc-di-eddsa 1.0 §3.3.1). Raises `MalformedCredential`."""
    signer = did_key(key.public_key())
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": EDDSA_JCS_2022.name,
        "created": stamp(created),
        "verificationMethod": f"{signer}#{signer.removeprefix(_DID_KEY)}",
        "proofPurpose": "assertionMethod",
    }
    digests = b"".join(hashlib.sha256(canonical.jcs(part)).digest() for part in (options, document))
    return {**document, "proof": {**options, "proofValue": "z" + encoding.to_base58btc(key.sign(digests))}}


def read_signed_json(data: bytes, limits: Limits | None = None) -> SignedJson:
    """The document in `data` and who signed it. Raises a `VerifierError` if the signature does not hold."""
    limits = limits or Limits()
    signed = strict_json.read_object(data, limits)
    proof = _proof_of(signed)
    if (purpose := proof.options.get("proofPurpose")) != "assertionMethod":
        raise WrongPurpose(str(purpose), "assertionMethod", pointer="/proof/proofPurpose")
    signer, multikey = _signer_of(proof)
    data_integrity.verify(signed, proof, keys.from_multikey(multikey), Contexts.of({}), limits)
    return SignedJson(
        document={name: value for name, value in signed.items() if name != "proof"},
        signer=signer,
        created=strict_json.instant(proof.options.get("created"), "/proof/created"),
    )


def _proof_of(signed: JsonObject) -> EmbeddedProof:
    options = signed.get("proof")
    if options is None:
        raise Unsigned()
    if not isinstance(options, dict):
        raise MalformedProof("it is not one object", pointer="/proof")
    proof = EmbeddedProof(type=str(options.get("type")), options=options, pointer="/proof")
    if (suite := data_integrity.suite_name(proof)) != EDDSA_JCS_2022.name:
        raise UnsupportedSuite(suite, pointer="/proof")
    return proof


def _signer_of(proof: EmbeddedProof) -> tuple[str, str]:
    """The did:key of the proof and the key in it; another kind of identifier would have to be asked for."""
    did, _, fragment = str(proof.options.get("verificationMethod")).partition("#")
    if not did.startswith(_DID_KEY) or fragment != did.removeprefix(_DID_KEY):
        raise MalformedProof("its key is not a did:key", pointer="/proof/verificationMethod")
    return did, fragment
