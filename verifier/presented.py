"""Does a presentation answer the request? (VC Data Integrity §2.1; VC-JOSE-COSE §3.1; RFC 9901 §7.3)"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime

from verifier.context import Context
from verifier.errors import DATA_INTEGRITY, Inconclusive, Refuted
from verifier.flow import Flow
from verifier.given import PresentationRequest
from verifier.model import Credential, EmbeddedProof, JoseProof, JsonObject, Kind, Proof, SdJwtProof
from verifier.proofs import sd_jwt
from verifier.proving import created_of
from verifier.report import Finding, Outcome
from verifier.strict_json import numeric_date, texts


class PresentationAbsent(Inconclusive):
    code = "presentation_absent"
    spec = DATA_INTEGRITY + "#proofs"
    sentence = "was not presented in answer to your request"


class RequestUnanswered(Inconclusive):
    code = "request_unanswered"
    spec = DATA_INTEGRITY + "#proofs"
    sentence = "does not carry the {0} that you asked for"


class OtherRequest(Refuted):
    """Made for another verifier or another occasion: a replay."""

    code = "other_request"
    spec = DATA_INTEGRITY + "#proofs"
    sentence = "answers another request: its {0} is not yours"


class PresentationStale(Refuted):
    code = "presentation_stale"
    spec = DATA_INTEGRITY + "#proofs"
    sentence = "was presented at {0:%d %B %Y, %H:%M}, outside the time you allow"


def findings(credential: Credential, context: Context) -> Flow[Sequence[Finding]]:
    """One finding for each proof of the presentation."""
    yield from ()
    request = context.request
    if request is None or not request.demands:
        return [
            Finding(
                outcome=Outcome.NOT_APPLICABLE, code="not_asked", message="was not asked for by a request"
            )
        ]
    if context.outer is not None:
        return [
            Finding(
                outcome=Outcome.NOT_APPLICABLE, code="answered_outside", message="lies inside a presentation"
            )
        ]
    bound = [proof for proof in credential.proofs if isinstance(proof, SdJwtProof)]
    if bound and credential.kind is Kind.CREDENTIAL:
        return [_judge_key_binding(proof, request, context) for proof in bound]
    if credential.kind is not Kind.PRESENTATION or not credential.proofs:
        raise PresentationAbsent()
    return [_judge(proof, request, context) for proof in credential.proofs]


def _judge_key_binding(proof: SdJwtProof, request: PresentationRequest, context: Context) -> Finding:
    """RFC 9901 §7.3: signed by the key that the issuer bound it to, for this nonce and audience, just now."""
    if proof.key_binding is None:
        raise sd_jwt.KeyBindingMissing()
    sd_jwt.verify_key_binding(
        proof,
        sd_jwt.holder_key(sd_jwt.disclosed(proof, context.policy.limits)),
        nonce=request.nonce or request.challenge,
        audience=request.audience or request.domain,
        now=request.received or context.now,
        max_age=request.max_age,
        skew=context.policy.limits.clock_skew,
    )
    return Finding(
        outcome=Outcome.PASSED, code="request_answered", message="was presented by its holder, for you"
    )


def _judge(proof: Proof, request: PresentationRequest, context: Context) -> Finding:
    if isinstance(proof, EmbeddedProof):
        answers, made = proof.options, created_of(proof)
        said_challenge, said_domain = texts(answers.get("challenge")), texts(answers.get("domain"))
    elif isinstance(proof, JoseProof | SdJwtProof):
        claims = proof.claims if isinstance(proof, JoseProof) else proof.jws.claims
        made = numeric_date(claims.get("iat"))
        _judge_dates(claims, request, context)
        said_challenge, said_domain = texts(claims.get("nonce")), texts(claims.get("aud"))
    else:
        raise PresentationAbsent()
    _same("challenge", request.challenge or request.nonce, said_challenge)
    _same("domain", request.domain or request.audience, said_domain)
    if made is not None:
        judge_age(made, request, context)
    elif not (request.challenge or request.nonce):
        raise RequestUnanswered("date")  # without a challenge nothing else tells it from an old one
    return Finding(outcome=Outcome.PASSED, code="request_answered", message="answers your request")


def _same(what: str, asked: str | None, said: tuple[str, ...]) -> None:
    if asked is None:
        return
    if not said:
        raise RequestUnanswered(what)
    if not any(hmac.compare_digest(asked.encode(), value.encode()) for value in said):
        raise OtherRequest(what)


def _judge_dates(claims: JsonObject, request: PresentationRequest, context: Context) -> None:
    """When the holder's own token says that it holds (RFC 7519 §4.1.4, §4.1.5)."""
    skew, then = context.policy.limits.clock_skew, request.received or context.now
    begins, ends = (numeric_date(claims.get(name)) for name in ("nbf", "exp"))
    if begins is not None and begins > then + skew:
        raise PresentationStale(begins)
    if ends is not None and ends < then - skew:
        raise PresentationStale(ends)


def judge_age(made: datetime, request: PresentationRequest, context: Context) -> None:
    """Neither too old nor from the future, when it came: a later check of the same answer finds the same."""
    skew, then = context.policy.limits.clock_skew, request.received or context.now
    if made > then + skew or made < then - request.max_age - skew:
        raise PresentationStale(made)
