"""Verifying one proof that stands inside its document (VC Data Integrity 1.0 §4.4 and §4.5).

When it was made, for what and by whom is judged elsewhere; here only: does it hold under this key?
"""

from __future__ import annotations

from verifier.errors import DATA_INTEGRITY, MalformedCredential, MalformedProof, Refuted, VerifierError
from verifier.model import EmbeddedProof, JsonObject
from verifier.policy import Limits
from verifier.proofs import lookup
from verifier.proofs.contexts import Contexts
from verifier.proofs.cryptosuite import Cryptosuite, Secured
from verifier.proofs.material import PublicKey
from verifier.strict_json import instant, one_or_many

__all__ = ["PreviousProofMissing", "suite_name", "verify"]

# VC Data Integrity §2.1. Any other member is unsigned under RDF, and a trap for readers under JCS.
MEMBERS = frozenset(
    {
        "@context",
        "id",
        "type",
        "cryptosuite",
        "proofPurpose",
        "verificationMethod",
        "created",
        "expires",
        "domain",
        "challenge",
        "nonce",
        "previousProof",
    }
)


class PreviousProofMissing(Refuted):
    """A proof in a chain covers the proofs before it (VC Data Integrity §2.1.2)."""

    code = "previous_proof_missing"
    spec = DATA_INTEGRITY + "#proof-chains"
    sentence = "has a proof that builds upon another one which is not there: {0}"


def suite_name(proof: EmbeddedProof) -> str:
    """The name of the suite: `cryptosuite` of a DataIntegrityProof, otherwise the type itself."""
    if proof.type != "DataIntegrityProof":
        return proof.type
    name = proof.options.get("cryptosuite")
    return name if isinstance(name, str) else proof.type


def verify(
    document: JsonObject,
    proof: EmbeddedProof,
    key: PublicKey,
    contexts: Contexts,
    limits: Limits,
    others: tuple[EmbeddedProof, ...] = (),
) -> None:
    """Returns when `proof` holds over `document` under `key`; otherwise raises the reason.

    `others` are the remaining proofs of the document, for chains; each of them is verified in its own turn.
    """
    try:
        suite = _suite_of(proof)
        _judge_options(proof, suite)
        unsecured = {name: value for name, value in document.items() if name != "proof"}
        if "previousProof" in proof.options:
            unsecured["proof"] = _previous(proof, others)
        secured = Secured(
            document=unsecured,
            options={name: value for name, value in proof.options.items() if name != suite.value_name},
            value=proof.options.get(suite.value_name),
            contexts=contexts,
            limits=limits,
        )
        suite.check(secured, key)
    except VerifierError as error:
        error.pointer = error.pointer or proof.pointer
        raise


def _suite_of(proof: EmbeddedProof) -> Cryptosuite:
    if proof.type == "DataIntegrityProof" and not isinstance(proof.options.get("cryptosuite"), str):
        raise MalformedProof("it does not name its cryptographic suite")
    return lookup(suite_name(proof))


def _judge_options(proof: EmbeddedProof, suite: Cryptosuite) -> None:
    options = proof.options
    for name in options:
        if name not in MEMBERS and name != suite.value_name:
            raise MalformedProof(f"it has a member “{name}”, which its suite does not know")
    for name in ("type", "proofPurpose", "verificationMethod"):
        if not isinstance(options.get(name), str):
            raise MalformedProof(f"its “{name}” is not a text")
    for name in ("created", "expires"):
        if name in options:
            try:
                instant(options[name], f"{proof.pointer}/{name}")
            except MalformedCredential as error:
                raise MalformedProof(f"its “{name}” is not a date", pointer=error.pointer) from error


def _previous(proof: EmbeddedProof, others: tuple[EmbeddedProof, ...]) -> list[JsonObject]:
    """§4.5 step 2: the proofs that `previousProof` names, in the order of the document."""
    wanted = one_or_many(proof.options["previousProof"])
    if not wanted or not all(isinstance(name, str) for name in wanted):
        raise MalformedProof("its “previousProof” names no proof")
    found = [other.options for other in others if other.options.get("id") in wanted]
    for name in wanted:
        if all(other.get("id") != name for other in found):
            raise PreviousProofMissing(name)
    return found
