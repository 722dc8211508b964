"""Open Badges 1.x and 2.0: the evidence stands on the issuer's own addresses (OB 2.0 §5 Verification).

A file is never the evidence. Hosted: the issuer's copy is fetched and compared. Signed: the key is fetched
from the issuer's profile. Who the issuer is, is the address that the badge class names and that answered.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from verifier import formats
from verifier.context import Context
from verifier.errors import Inconclusive, Refuted, Unreachable, Unreadable, VerifierError
from verifier.flow import Fetch, Fetched, Flow, Purpose
from verifier.formats import open_badges_1, open_badges_2
from verifier.formats.open_badges_2 import OPEN_BADGES_2_SPEC
from verifier.hosting_scope import origin_of, secure
from verifier.model import Credential, HostedProof, JsonObject
from verifier.strict_json import id_of, pointer_to, read_object

_GONE = 410
_ACCEPT = ("application/json", "application/ld+json", "image/png", "image/svg+xml")
# Never shown, never a claim, or of another form in another version; the issuer's own copy is what counts.
_NOT_COMPARED = frozenset({"@context", "type", "image", "verification", "verify", "revoked"})


class HostedCopyDiffers(Refuted):
    """The uploaded copy says something that the issuer's own copy does not (OB 2.0 §5.1)."""

    code = "hosted_copy_differs"
    spec = OPEN_BADGES_2_SPEC + "#HostedBadge"
    sentence = "says something else than the copy that its issuer keeps (“{0}”)"


class HostedUnreachable(Inconclusive):
    """An address that it stands on gave no answer: that says nothing about it."""

    code = "hosted_unreachable"
    spec = OPEN_BADGES_2_SPEC + "#HostedBadge"
    sentence = "can only be checked at {0}, which did not answer: {1}"


class HostedGone(HostedUnreachable):
    """410: the issuer took it away on purpose (RFC 9110 §15.5.11); the status check says so."""

    code = "hosted_gone"


class HostedUnusable(Inconclusive):
    """Something answered that is not what was expected there."""

    code = "hosted_unusable"
    spec = OPEN_BADGES_2_SPEC + "#HostedBadge"
    sentence = "relies on {0}, whose answer cannot be used: {1}"


class HostedNowhere(Inconclusive):
    """It names no address on the web: nobody but the file vouches for it."""

    code = "hosted_nowhere"
    spec = OPEN_BADGES_2_SPEC + "#HostedBadge"
    sentence = "names no address where {0} could be asked for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A JSON object as it was found at an address."""

    url: str  # as the document that points there spells it; "" where it stands in that document
    final: str  # where the answer came from
    document: JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Everything that an assertion stands on."""

    assertion: Page
    badge: Page
    issuer: Page


# ------------------------------------------------------------------------------------------- asking


def completed(credential: Credential, context: Context) -> Flow[Credential]:
    """`credential` with its badge class and issuer from their own addresses, where all of it could be had."""
    proof = proof_of(credential)
    if proof is None:
        return credential
    try:
        chain = yield from chain_of(proof, context)
    except VerifierError:
        return credential  # the checks meet the same error and say it
    profile = {**chain.issuer.document, "id": chain.issuer.url}
    return open_badges_2.linked(credential, chain.assertion.document, chain.badge.document, profile)


def proof_of(credential: Credential) -> HostedProof | None:
    """The proof of an Open Badge 1.x or 2.0."""
    return next((proof for proof in credential.proofs if isinstance(proof, HostedProof)), None)


def chain_of(proof: HostedProof, context: Context) -> Flow[Chain]:
    """The assertion as its issuer vouches for it, its class, and its issuer's profile."""
    assertion = yield from _assertion(proof, context)
    badge = yield from _linked(assertion.document.get("badge"), "its badge class", context)
    if badge.url and (expanded := open_badges_1.upgraded(proof.document).get("badge")) is not None:
        _compare(expanded, badge.url, badge.document, "badge")
    issuer = yield from _linked(badge.document.get("issuer"), "its issuer", context)
    if not issuer.url:
        raise HostedNowhere("its issuer", pointer="/badge/issuer")
    return Chain(assertion=assertion, badge=badge, issuer=issuer)


def _assertion(proof: HostedProof, context: Context) -> Flow[Page]:
    """The signed assertion, or the issuer's own copy once the file says nothing else than it."""
    read = open_badges_1.upgraded(proof.document)
    if proof.jws is not None:
        return Page(url="", final="", document=read)
    fetched = yield from ask(proof.url, "it", context, Purpose.SOURCE)
    hosted = open_badges_1.upgraded(assertion_in(fetched, context))
    if hosted.get("revoked") is True and "badge" not in hosted:
        raise HostedUnusable(proof.url, "it is marked as revoked and says nothing else")
    for name, value in read.items():
        if name in _NOT_COMPARED or (name == "badge" and isinstance(value, dict)):
            continue  # an expanded badge class is compared with the class at its own address
        if not _same(value, hosted.get(name)):
            raise HostedCopyDiffers(name, pointer=pointer_to(name))
    if isinstance(expanded := read.get("badge"), dict):
        _compare_expanded(expanded, hosted.get("badge"))
    return Page(url=proof.url, final=fetched.url, document=hosted)


def assertion_in(fetched: Fetched, context: Context) -> JsonObject:
    """An answer as an assertion: JSON, or a picture with the assertion baked in (OB 2.0 §4.1.6)."""
    limits = context.policy.limits
    try:
        if fetched.body.lstrip()[:1] == b"{":
            return read_object(fetched.body, limits)
        baked = proof_of(formats.read(fetched.body, limits))
    except Unreadable as error:
        raise HostedUnusable(fetched.url, str(error)) from error
    if baked is None or baked.jws is not None:
        raise HostedUnusable(fetched.url, "it holds no hosted badge")
    return baked.document


def ask(url: str, what: str, context: Context, purpose: Purpose = Purpose.KEY) -> Flow[Fetched]:
    """What the https address `url` answers; an address by plain http is asked by https."""
    if origin_of(url) is None or len(url) > context.policy.limits.identifier_chars:
        raise HostedNowhere(what)
    try:
        return (yield Fetch(url=secure(url), purpose=purpose, accept=_ACCEPT))
    except Unreachable as error:
        reason = HostedGone if error.status == _GONE else HostedUnreachable
        raise reason(url, error.reason) from error


def _linked(value: Any, what: str, context: Context) -> Flow[Page]:
    """The object at the address that `value` is or names; an object without an address stands for itself."""
    url = id_of(value)
    if isinstance(value, dict) and (url is None or origin_of(url) is None):
        return Page(url="", final="", document=value)
    if url is None:
        raise HostedNowhere(what)
    try:
        fetched = yield from ask(url, what, context)
        document = read_object(fetched.body, context.policy.limits)
    except Unreadable as error:
        raise HostedUnusable(url, str(error)) from error
    if isinstance(value, dict):
        _compare(value, url, document, "badge")
    return Page(url=url, final=fetched.url, document=document)


# ---------------------------------------------------------------------------------------- comparing


def _compare_expanded(expanded: JsonObject, hosted: Any) -> None:
    """A badge class in the file against what the issuer's copy says about it; its content comes later."""
    if isinstance(hosted, dict) and id_of(hosted) is None:
        _compare(expanded, "", hosted, "badge")
    elif not same_address(id_of(expanded), id_of(hosted)):
        raise HostedCopyDiffers("badge", pointer="/badge")


def _compare(copy: Any, url: str, original: JsonObject, name: str) -> None:
    """What a copy of a linked object says must stand in the original at `url`."""
    if not isinstance(copy, dict):
        return
    for member, value in copy.items():
        found = original.get(member)
        if member in _NOT_COMPARED or (member == "id" and same_address(id_of(copy), url)):
            continue
        if member == "issuer" and same_address(id_of(value), id_of(found)):
            continue  # whatever else it says of the issuer is not used
        if not _same(value, found):
            raise HostedCopyDiffers(f"{name}.{member}", pointer=pointer_to(name, member))


def _same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same, an address also where only one says http."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other or same_address(one, other)
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def same_address(one: str | None, other: str | None) -> bool:
    """Whether two addresses differ at most in http and https."""
    return one is not None and other is not None and secure(one) == secure(other)
