"""The proof and issuer checks: does every proof hold, and was it the issuer who made it?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from verifier import anchored, badge_evidence, hosted, sealed, signers
from verifier.context import Context
from verifier.errors import (
    CID,
    DATA_INTEGRITY,
    VCDM2,
    Inconclusive,
    KeyExpired,
    KeyNotAuthorized,
    KeyRevoked,
    MalformedCredential,
    MalformedProof,
    Refuted,
    SuiteNotAllowed,
    Unsigned,
    UnsupportedSuite,
    WorkLimit,
    WrongPurpose,
    plain,
)
from verifier.flow import Flow
from verifier.model import (
    CoseProof,
    Credential,
    EmbeddedProof,
    HostedProof,
    JoseProof,
    Kind,
    MerkleReceipt,
    Proof,
    SdJwtProof,
)
from verifier.proofs import cose, data_integrity, jose
from verifier.proofs.sd_jwt import disclosed
from verifier.report import Finding, Outcome
from verifier.signers import Signer
from verifier.strict_json import instant, numeric_date

Attempt = Callable[[Flow[Finding]], Flow[Finding]]


class Expired(Refuted):
    """Now lies after `validUntil` (VCDM 2.0 §4.9)."""

    code = "expired"
    spec = VCDM2 + "#validity-period"
    sentence = "expired on {0:%d %B %Y}"


class NotYetValid(Refuted):
    """Now lies before `validFrom`: genuine or not, it is not valid today."""

    code = "not_yet_valid"
    spec = VCDM2 + "#validity-period"
    sentence = "is not valid before {0:%d %B %Y}"


class ProofExpired(Refuted):
    code = "proof_expired"
    spec = DATA_INTEGRITY + "#proofs"
    sentence = "has a proof that expired on {0:%d %B %Y}"


class ProofFromTheFuture(Refuted):
    code = "proof_from_the_future"
    spec = DATA_INTEGRITY + "#proofs"
    sentence = "has a proof dated {0:%d %B %Y}, which has not come yet"


class KeyOfAnother(KeyNotAuthorized):
    """Not the issuer's key at all: it refutes alone, and is a witness's beside a proof of the issuer."""

    def finding(self) -> Finding:
        """With the `owner` of the key."""
        return replace(super().finding(), detail=(("owner", plain(str(self.args[2]))),))


class IssuerPublishesNoKeys(Inconclusive):
    """An identifier such as a URN has no document: nothing ties a key to it, or speaks against it."""

    code = "issuer_publishes_no_keys"
    spec = CID + "#controlled-identifier-documents"
    sentence = "names its issuer as {0}, an identifier that can publish no keys"


# ------------------------------------------------------------------------------------------ proof


def findings(credential: Credential, context: Context, attempt: Attempt) -> Flow[Sequence[Finding]]:
    """One finding for each proof."""
    if not credential.proofs:
        raise Unsigned()
    if len(credential.proofs) > context.policy.limits.proofs:
        raise WorkLimit(f"it carries {len(credential.proofs)} proofs")
    found = []
    for proof in credential.proofs:
        found.append((yield from attempt(_holds(proof, credential, context))))
        if credential.kind is Kind.PRESENTATION:
            found.append((yield from attempt(_authorized(proof, credential, context, credential.holder))))
    return found


def _holds(proof: Proof, credential: Credential, context: Context) -> Flow[Finding]:
    if isinstance(proof, EmbeddedProof):
        return (yield from _embedded_holds(proof, credential, context))
    if isinstance(proof, JoseProof):
        if sealed.is_seal(proof, credential):
            return sealed.holds(proof, context)
        return (yield from _jws_holds(proof, credential, context))
    if isinstance(proof, SdJwtProof):
        # RFC 9901 §7.1: each disclosure must be one that the issuer signed for.
        disclosed(proof, context.policy.limits)
        return (yield from _jws_holds(proof.jws, credential, context))
    if isinstance(proof, CoseProof):
        return (yield from _cose_holds(proof, credential, context))
    if isinstance(proof, HostedProof):
        return (yield from badge_evidence.holds(proof, context))
    if isinstance(proof, MerkleReceipt):
        return anchored.holds(proof, credential, context)
    raise UnsupportedSuite(type(proof).__name__)


def _embedded_holds(proof: EmbeddedProof, credential: Credential, context: Context) -> Flow[Finding]:
    suite = data_integrity.suite_name(proof)
    if suite in context.policy.refused_suites:
        raise SuiteNotAllowed(suite, pointer=proof.pointer)
    _judge_times(proof, context)
    signer = yield from signers.of_embedded(proof, context)
    others = tuple(
        other for other in credential.proofs if isinstance(other, EmbeddedProof) and other is not proof
    )
    data_integrity.verify(
        credential.document, proof, signer.keys[0], context.contexts, context.policy.limits, others
    )
    return _passed(f"matches its signature ({suite})", proof.pointer, suite, signer)


def _judge_times(proof: EmbeddedProof, context: Context) -> None:
    """`created` and `expires` (VC Data Integrity §2.1)."""
    created = created_of(proof)
    if created is not None and created > context.now + context.policy.limits.clock_skew:
        raise ProofFromTheFuture(created, pointer=proof.pointer + "/created")
    expires = _time(proof, "expires")
    if expires is not None and expires < context.now:
        raise ProofExpired(expires, pointer=proof.pointer + "/expires")


def created_of(proof: EmbeddedProof) -> datetime | None:
    """When the proof says it was made; `MalformedProof` for what is no date."""
    return _time(proof, "created")


def _time(proof: EmbeddedProof, name: str) -> datetime | None:
    if name not in proof.options:
        return None
    try:
        return instant(proof.options[name], f"{proof.pointer}/{name}")
    except MalformedCredential as error:
        raise MalformedProof(f"“{name}” is not a date", pointer=f"{proof.pointer}/{name}") from error


def _jws_holds(jws: JoseProof, credential: Credential, context: Context) -> Flow[Finding]:
    jose.examine_header(jws)  # a header that forbids itself is refused before any key is looked for
    signer = yield from signers.of_jws(jws, credential, context)
    jose.verify_with_any(jws, signer.keys)
    algorithm = str(jws.header.get("alg"))
    return _passed(f"matches its signature ({algorithm})", "", algorithm, signer)


def _cose_holds(proof: CoseProof, credential: Credential, context: Context) -> Flow[Finding]:
    signer = yield from signers.of_cose(proof, credential, context)
    cose.verify_with_any(proof, signer.keys)
    return _passed("matches its signature (COSE)", "", "COSE_Sign1", signer)


def _passed(message: str, pointer: str, suite: str, signer: Signer) -> Finding:
    return Finding(
        outcome=Outcome.PASSED,
        code="signature_valid",
        message=message,
        pointer=pointer,
        detail=(("suite", suite), ("method", signer.method or signer.owner)),
    )


# ----------------------------------------------------------------------------------------- issuer


def issuer_findings(credential: Credential, context: Context, attempt: Attempt) -> Flow[Sequence[Finding]]:
    """The authorisation of each proof by the issuer; proofs of others count neither for nor against."""
    if not credential.proofs:
        raise Unsigned()
    if len(credential.proofs) > context.policy.limits.proofs:
        raise WorkLimit(f"it carries {len(credential.proofs)} proofs")
    owner = None if credential.issuer is None else credential.issuer.id
    if owner is None and hosted.proof_of(credential) is None and credential.format != "sealed_document":
        raise MalformedCredential("it names no issuer", pointer="/issuer")
    found = []
    for proof in credential.proofs:
        found.append((yield from attempt(_authorized(proof, credential, context, owner))))
    foreign = [finding for finding in found if finding.code == KeyOfAnother.code and finding.detail]
    if len(found) > len(foreign) and any(finding.outcome is Outcome.PASSED for finding in found):
        # A proof set may carry a witness's proof (Data Integrity §2.1.1); it proves nothing about the issuer.
        return [finding if finding not in foreign else _witness(finding) for finding in found]
    return found


def _witness(finding: Finding) -> Finding:
    return Finding(
        outcome=Outcome.NOT_APPLICABLE,
        code="proof_of_another",
        message="also carries a proof by somebody else, which counts neither for nor against it",
        pointer=finding.pointer,
    )


def _authorized(proof: Proof, credential: Credential, context: Context, owner: str | None) -> Flow[Finding]:
    """Whether `owner` authorises the key of `proof` for its purpose, at the time of signing."""
    if isinstance(proof, HostedProof):
        return (yield from badge_evidence.authorized(proof, credential, context))
    if isinstance(proof, MerkleReceipt):
        return anchored.authorized(proof)
    if isinstance(proof, JoseProof) and sealed.is_seal(proof, credential):
        return sealed.authorized(proof, credential, context)
    purpose = "authentication" if credential.kind is Kind.PRESENTATION else "assertionMethod"
    pointer = proof.pointer if isinstance(proof, EmbeddedProof) else ""
    if isinstance(proof, EmbeddedProof):
        if (stated := proof.options.get("proofPurpose")) != purpose:
            raise WrongPurpose(str(stated), purpose, pointer=pointer + "/proofPurpose")
        signer = yield from signers.of_embedded(proof, context)
        signed_at = created_of(proof)
    elif isinstance(proof, JoseProof | SdJwtProof):
        jws = proof.jws if isinstance(proof, SdJwtProof) else proof
        signer = yield from signers.of_jws(jws, credential, context)
        signed_at = numeric_date(jws.claims.get("iat")) or credential.valid_from
    elif isinstance(proof, CoseProof):
        signer = yield from signers.of_cose(proof, credential, context)
        signed_at = credential.valid_from
    else:
        raise UnsupportedSuite(type(proof).__name__)
    judge_key(signer, owner, purpose, signed_at or context.now, pointer)
    source = "your list" if signer.pinned else "its own published keys"
    return Finding(
        outcome=Outcome.PASSED,
        code="key_authorized",
        message=f"is signed with a key that {owner or signer.owner} authorises, according to {source}",
        spec=CID + "#verification-relationships",
        pointer=pointer,
        detail=(("owner", signer.owner), ("method", signer.method)),
    )


def judge_key(signer: Signer, owner: str | None, purpose: str, signed_at: datetime, pointer: str) -> None:
    """Raises what speaks against the key being `owner`'s for `purpose` when it signed (CID 1.0 §2.2)."""
    if owner is not None and signer.owner != owner:
        if not owner.startswith(("did:", "https://", "http://")):
            raise IssuerPublishesNoKeys(owner, pointer="/issuer")
        raise KeyOfAnother(owner, f"the key belongs to {signer.owner}", signer.owner, pointer=pointer)
    if signer.controller != signer.owner:
        raise KeyNotAuthorized(signer.owner, f"it is controlled by {signer.controller}", pointer=pointer)
    if purpose not in signer.authorized_for:
        raise KeyNotAuthorized(signer.owner, f"it is not published for {purpose}", pointer=pointer)
    if signer.revoked is not None and signer.revoked <= signed_at:
        raise KeyRevoked(signer.revoked, pointer=pointer)
    if signer.expires is not None and signer.expires <= signed_at:
        raise KeyExpired(signer.expires, pointer=pointer)
