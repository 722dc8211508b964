"""The status check, entry by entry: fetch a list, prove it, only then read it (Bitstring §3.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from verifier import formats, proving, signers, status
from verifier.context import Context
from verifier.errors import Inconclusive, Refuted, Unreachable, Unreadable, WorkLimit
from verifier.flow import Fetch, Fetched, Flow, Purpose
from verifier.model import CoseProof, Credential, JoseProof, JsonObject, StatusEntry
from verifier.policy import Limits
from verifier.proofs import cose, jose
from verifier.report import CheckResult, Finding, Outcome
from verifier.status import token_list
from verifier.status.method import (
    Evidence,
    Located,
    StatusListUnproved,
    StatusListUntrusted,
    StatusListUnusable,
    StatusMethod,
    StatusUnreachable,
)
from verifier.status.revocation_list import is_on_origin_of
from verifier.strict_json import numeric_date, read_object

Checked = Callable[[str, Credential, Context], Flow[CheckResult]]


def finding(entry: StatusEntry, credential: Credential, context: Context, checked: Checked) -> Flow[Finding]:
    """What one status entry says now. An unreachable list is never "not revoked"."""
    limits = context.policy.limits
    if len(credential.statuses) > limits.statuses:
        raise WorkLimit(f"it carries {len(credential.statuses)} status entries")
    method = status.lookup(entry.type, entry.pointer)
    located = method.locate(entry, credential, limits)
    try:
        fetched = yield Fetch(url=located.url, purpose=Purpose.STATUS, accept=method.accept)
    except Unreachable as error:
        raise StatusUnreachable(located.url, error.reason, pointer=entry.pointer) from error
    try:
        listed = yield from _proved_list(method, located, fetched, credential, context, checked)
    except Unreadable as error:
        raise StatusListUnusable(str(error), pointer=entry.pointer) from error
    return method.decide(listed, located, limits, context.now)


def _proved_list(
    method: StatusMethod,
    located: Located,
    fetched: Fetched,
    credential: Credential,
    context: Context,
    checked: Checked,
) -> Flow[JsonObject]:
    """The list, once it is known to be made by the issuer of the credential."""
    match method.evidence:
        case Evidence.SIGNED_CREDENTIAL:
            listed = formats.read(fetched.body, context.policy.limits)
            yield from _prove(listed, credential, context, checked)
            return listed.document
        case Evidence.SIGNED_TOKEN:
            return (yield from _proved_token(fetched, located, credential, context))
        case Evidence.HOSTED:
            # Unsigned: that the issuer's own origin serves it over TLS is all there is (OB 2.0).
            if not is_on_origin_of(located.issuer_id, fetched.url):
                raise StatusListUntrusted(
                    "it does not lie on the issuer's own address", pointer=located.pointer
                )
            return read_object(fetched.body, context.policy.limits)
    assert_never(method.evidence)


def _prove(listed: Credential, credential: Credential, context: Context, checked: Checked) -> Flow[None]:
    """Its structure, proof and issuer, and that the issuer is the credential's own."""
    own = replace(context, applicant=None, request=None, outer=None, made={})
    for name in ("structure", "proof", "issuer"):
        result = yield from checked(name, listed, own)
        if result.outcome is Outcome.FAILED:
            raise StatusListUntrusted(f"the list {result.findings[0].message}")
        if result.outcome is not Outcome.PASSED:
            raise StatusListUnproved(f"the list {result.findings[0].message}")
    made_by = listed.issuer.id if listed.issuer else ""
    if not made_by or credential.issuer is None or made_by != credential.issuer.id:
        raise StatusListUntrusted(f"it was made by {made_by or 'nobody'}, not by the issuer")


def _proved_token(
    fetched: Fetched, located: Located, credential: Credential, context: Context
) -> Flow[JsonObject]:
    """The claims of a status list token signed with a key of the issuer (Token Status List §5.1, §5.2)."""
    token, claims = _token(fetched.body, located, context.policy.limits)
    owner = credential.issuer.id if credential.issuer else ""
    try:
        if isinstance(token, CoseProof):
            signer = yield from signers.of_cose(token, credential, context)
        else:
            signer = yield from signers.of_jws(token, credential, context)
        signed_at = numeric_date(claims.get("iat")) or context.now
        proving.judge_key(signer, owner, "assertionMethod", signed_at, located.pointer)
    except Refuted as error:
        raise StatusListUntrusted(f"the list {error}", pointer=located.pointer) from error
    try:
        if isinstance(token, CoseProof):
            cose.verify_with_any(token, signer.keys)
        else:
            jose.verify_with_any(token, signer.keys)
    except Refuted as error:
        raise StatusListUntrusted(f"the list {error}", pointer=located.pointer) from error
    except Inconclusive as error:
        raise StatusListUnproved(f"the list {error}", pointer=located.pointer) from error
    return claims


def _token(body: bytes, located: Located, limits: Limits) -> tuple[JoseProof | CoseProof, JsonObject]:
    """The token and its claims; without the right `typ` any signed token could pass for a list."""
    if cose.is_cose_sign1(body):
        cwt = cose.split(body, limits)
        if f"application/{cose.typ_of(cwt)}" != token_list.CWT_TYPE:
            raise StatusListUntrusted("it is a token of another kind", pointer=located.pointer)
        return cwt, token_list.claims_of_cwt(cwt.payload, limits)
    jwt = jose.split(body.strip(), limits)
    if jose.typ_of(jwt) != token_list.JWT_TYPE:
        raise StatusListUntrusted("it is a token of another kind", pointer=located.pointer)
    return jwt, jwt.claims
