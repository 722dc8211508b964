"""The checks, in order: the table of contents of verification (ARCHITECTURE §6).

Each is a generator over a credential and its context that returns findings. `guarded` is the one place
where an error becomes a finding.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType

from verifier import (
    badge_evidence,
    certified_token,
    hosted,
    listed_status,
    presented,
    proving,
    sealed,
    trust,
)
from verifier import binding as binding_rules
from verifier.context import Context
from verifier.errors import (
    ForbiddenKeyword,
    Inconclusive,
    InternalError,
    MalformedCredential,
    VerifierError,
)
from verifier.flow import Flow
from verifier.formats import format_of
from verifier.formats.w3c_vc import version_of
from verifier.model import Credential, EmbeddedProof
from verifier.proofs import CRYPTOSUITES, SELECTIVE, canonical, data_integrity
from verifier.proofs.contexts.placement import InlineContext
from verifier.report import CheckResult, Finding, Outcome, not_checked
from verifier.trust.source import Asked, Decision, Recognition

Check = Callable[[Credential, Context], Flow[Sequence[Finding]]]


def structure(credential: Credential, context: Context) -> Flow[Sequence[Finding]]:
    """Whether the document has the shape of its format and says nothing that a signature would not cover."""
    yield from ()
    entry = format_of(credential)
    if entry is None:
        return [not_checked("has no format of its own")]
    errors: list[VerifierError] = list(entry.examine(credential))
    if uses_linked_data(credential, context):
        found_terms = canonical.examine(credential.document, context.contexts, context.policy.limits)
        errors += [_weighed(error, credential) for error in found_terms]
    found = [error.finding() for error in errors]
    return found or [passed("well_formed", f"is a well-formed {entry.label}")]


def _weighed(error: VerifierError, credential: Credential) -> VerifierError:
    """An inline vocabulary under a signature could rename what was signed; without one it is only unknown."""
    signed = any(
        isinstance(proof, EmbeddedProof)
        and data_integrity.suite_name(proof) in CRYPTOSUITES
        and "verificationMethod" in proof.options
        for proof in credential.proofs
    )
    if signed and isinstance(error, InlineContext):
        return ForbiddenKeyword("@context", pointer=error.pointer)
    return error


def uses_linked_data(credential: Credential, context: Context) -> bool:
    """Whether undefined terms would escape a signature that could make this credential verified.

    A JWS and the JCS suites cover every byte, defined or not; a suite that the policy refuses covers nothing
    that counts; VCDM 1.1 asks no type to be defined. What is unsigned under VCDM 2.0 is held to its §5.
    """
    embedded = [proof for proof in credential.proofs if isinstance(proof, EmbeddedProof)]
    if not embedded:
        return not credential.proofs and version_of(credential.document) != 1
    suites = {data_integrity.suite_name(proof) for proof in embedded} - context.policy.refused_suites
    return any("jcs" not in suite for suite in suites)


def proof(credential: Credential, context: Context) -> Flow[Sequence[Finding]]:
    """Whether every proof holds over what was read. One that does not, or none at all, is a no."""
    return (yield from proving.findings(credential, context, attempt))


def issuer(credential: Credential, context: Context) -> Flow[Sequence[Finding]]:
    """Whether a proof was made with a key that the issuer authorises, not revoked or expired at signing."""
    return (yield from proving.issuer_findings(credential, context, attempt))


def validity(credential: Credential, context: Context) -> Flow[Sequence[Finding]]:
    """Whether now lies between the dates that the credential names (VCDM 2.0 §4.9)."""
    yield from ()
    start, end, now = credential.valid_from, credential.valid_until, context.now
    if start is not None and end is not None and end < start:
        raise MalformedCredential("it ends before it begins", pointer="/validUntil")
    if end is not None and end < now:
        return [proving.Expired(end).finding()]
    if start is not None and start > now + context.policy.limits.clock_skew:
        return [proving.NotYetValid(start).finding()]
    if end is not None:
        return [passed("current", f"is valid until {end:%d %B %Y}")]
    if start is not None:
        return [passed("current", f"is valid since {start:%d %B %Y} and names no end")]
    return [does_not_apply("no_dates", "names no dates of validity")]


def status(credential: Credential, context: Context) -> Flow[Sequence[Finding]]:
    """Whether it has been revoked or suspended since."""
    if (badge := hosted.proof_of(credential)) is not None:
        return (yield from badge_evidence.status(badge, credential, context))
    if not credential.statuses:
        return [_no_status(credential)]
    if not context.passed("proof", "issuer"):
        # An unproved document names no address that we visit.
        return [not_checked("was not checked for revocation, because it is not proved")]
    found = []
    for entry in credential.statuses:
        found.append((yield from attempt(listed_status.finding(entry, credential, context, checked))))
    return found


def _no_status(credential: Credential) -> Finding:
    """That nothing points to a status; under a derived proof its holder may have left the pointer out.

    The issuer can make it mandatory to show (vc-di-ecdsa 1.0 §3.6); whether it did cannot be told.
    """
    embedded = [proof for proof in credential.proofs if isinstance(proof, EmbeddedProof)]
    if any(data_integrity.suite_name(proof) in SELECTIVE for proof in embedded):
        return does_not_apply(
            "status_may_be_withheld",
            "shows no place where it could be revoked; its holder chose what to show",
        )
    return does_not_apply("no_status", "names no place where it could be revoked")


def trusted(credential: Credential, context: Context) -> Flow[Sequence[Finding]]:
    """Whether the employer accepts this issuer for this kind of credential."""
    if credential.issuer is None:
        return [not_checked("names no issuer", code="issuer_unknown")]
    asked = Asked(
        credential=credential,
        issuer_id=credential.issuer.id,
        now=context.now,
        policy=context.policy,
        anchor=sealed.anchor_of(credential, context) or certified_token.anchor_of(credential, context),
    )
    certified = sealed.identity_of(credential)
    if certified is None:
        answers = yield from _answers(asked, context)
    else:
        # An id that any sealed document can claim may be refused; it is never accepted.
        claimed = yield from _answers(replace(asked, anchor=None), context)
        refusals = [answer for answer in claimed if getattr(answer, "decision", None) is Decision.REFUSE]
        answers = [*refusals, *(yield from _answers(replace(asked, issuer_id=certified), context))]
    return trust.judge(tuple(answers), claimed_name=credential.issuer.name)


def _answers(asked: Asked, context: Context) -> Flow[list[Recognition | Inconclusive]]:
    """What every source of trust says."""
    answers: list[Recognition | Inconclusive] = []
    for source in context.trust:
        try:
            answers.append((yield from source.recognise(asked)))
        except Inconclusive as error:  # a source blames itself, never the person: `judge` weighs it
            answers.append(error)
    return answers


def binding(credential: Credential, context: Context) -> Flow[Sequence[Finding]]:
    """Whether it belongs to the applicant."""
    yield from ()
    return binding_rules.findings(credential, context)


def presentation(credential: Credential, context: Context) -> Flow[Sequence[Finding]]:
    """Whether the presentation answers the employer's request, once, now, by the holder."""
    return (yield from presented.findings(credential, context))


CHECKS: MappingProxyType[str, Check] = MappingProxyType(
    {
        "structure": structure,
        "proof": proof,
        "issuer": issuer,
        "validity": validity,
        "status": status,
        "trust": trusted,
        "binding": binding,
        "presentation": presentation,
    }
)


def checked(name: str, credential: Credential, context: Context) -> Flow[CheckResult]:
    """The result of the check `name`; never raises."""
    findings = yield from guarded(CHECKS[name](credential, context))
    return CheckResult.of(name, findings)


def guarded(flow: Flow[Sequence[Finding]]) -> Flow[Sequence[Finding]]:
    """Run `flow`; what it raises is its finding."""
    try:
        return (yield from flow)
    except VerifierError as error:
        return [error.finding()]
    except Exception as error:  # our own bug: a reference without content, never a verdict on the person
        return [InternalError(reference_of(error)).finding()]


def attempt(flow: Flow[Finding]) -> Flow[Finding]:
    """`guarded` for one finding of several: one broken proof does not hide the others."""

    def as_sequence() -> Flow[Sequence[Finding]]:
        return [(yield from flow)]

    return (yield from guarded(as_sequence()))[0]


def reference_of(error: Exception) -> str:
    """Where in our code `error` happened, as eight characters: the same fault has the same reference."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{type(error).__name__}:" + ";".join(f"{frame.name}:{frame.lineno}" for frame in frames[-3:])
    return hashlib.sha256(place.encode()).hexdigest()[:8]


def passed(code: str, message: str) -> Finding:
    """A finding that says yes."""
    return Finding(outcome=Outcome.PASSED, code=code, message=message)


def does_not_apply(code: str, message: str) -> Finding:
    """A finding that the question does not arise."""
    return Finding(outcome=Outcome.NOT_APPLICABLE, code=code, message=message)
