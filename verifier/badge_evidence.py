"""The proof, issuer and status rules of Open Badges 1.x and 2.0, over what `hosted` fetched (OB 2.0 §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from verifier import hosted
from verifier.context import Context
from verifier.errors import KeyNotAuthorized, MalformedProof, Refuted, Unreadable
from verifier.flow import Flow, Purpose
from verifier.formats.open_badges_2 import OPEN_BADGES_2_SPEC
from verifier.hosted import Chain, HostedGone, HostedUnusable, same_address
from verifier.hosting_scope import is_in_scope, origin_of, secure
from verifier.model import Credential, HostedProof, JsonObject, StatusEntry
from verifier.proofs import jose
from verifier.proofs.keys import PublicKey, from_pem, from_verification_method
from verifier.report import Finding, Outcome, not_checked
from verifier.status import revocation_list
from verifier.status.method import Revoked, StatusListUntrusted, StatusListUnusable
from verifier.strict_json import id_of, one_or_many, read_object, texts

_PEM_START = b"-----BEGIN"


class HostOutOfScope(Refuted):
    """The address that vouches for it is none of the issuer's (OB 2.0 Profile.verification)."""

    code = "host_out_of_scope"
    spec = OPEN_BADGES_2_SPEC + "#Profile"
    sentence = "is kept at {0}, which its issuer {1} does not allow to speak for it"


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeKey:
    """The key that a signed badge names."""

    url: str
    key: PublicKey
    owner: str | None  # None: an old key file, which says nothing but the key


# ------------------------------------------------------------------------------------------- proof


def holds(proof: HostedProof, context: Context) -> Flow[Finding]:
    """That the issuer's copy says the same, or that the signature holds under the key it names."""
    if proof.jws is None:
        yield from hosted.chain_of(proof, context)
        return _passed("hosted_copy_matches", "says the same as the copy at its own address", proof.url)
    chain = yield from hosted.chain_of(proof, context)
    found = yield from _key_of(chain, context)
    jose.verify(proof.jws, found.key)
    return _passed("signature_valid", f"matches its signature ({proof.jws.header.get('alg')})", found.url)


def _key_of(chain: Chain, context: Context) -> Flow[BadgeKey]:
    """The key at `verification.creator`, or the only one in the profile (OB 2.0 §4.1.8)."""
    verification = chain.assertion.document.get("verification")
    named = id_of(verification.get("creator")) if isinstance(verification, dict) else None
    published = one_or_many(chain.issuer.document.get("publicKey"))
    if named is None and len(published) == 1:
        if isinstance(published[0], dict):
            return _read_key(published[0], chain.issuer.url)
        named = id_of(published[0])
    if named is None:
        raise MalformedProof("it does not say with which key it is signed", pointer="/verification/creator")
    fetched = yield from hosted.ask(named, "its key", context)
    if origin_of(fetched.url) != origin_of(named):
        raise HostedUnusable(named, f"it sends on to {fetched.url}")
    if fetched.body.lstrip().startswith(_PEM_START):
        return BadgeKey(url=named, key=from_pem(fetched.body.decode("utf-8", "replace")), owner=None)
    try:
        document = read_object(fetched.body, context.policy.limits)
    except Unreadable as error:
        raise HostedUnusable(named, str(error)) from error
    if not same_address(id_of(document), named):
        raise HostedUnusable(named, f"it calls itself {id_of(document)}")
    return _read_key(document, named)


def _read_key(document: JsonObject, url: str) -> BadgeKey:
    owner = id_of(document.get("owner"))
    return BadgeKey(url=id_of(document) or url, key=from_verification_method(document), owner=owner or "")


# ------------------------------------------------------------------------------------------- issuer


def authorized(proof: HostedProof, credential: Credential, context: Context) -> Flow[Finding]:
    """That the issuer lets a hosted badge's address speak for it, or publishes the key of a signed one."""
    chain = yield from hosted.chain_of(proof, context)
    if credential.issuer is None or credential.issuer.id != chain.issuer.url:
        raise KeyNotAuthorized(chain.issuer.url, "the badge names another issuer")
    if proof.jws is not None:
        found = yield from _key_of(chain, context)
        _require_published(found, chain)
        _require_identity(chain)
        return _issuer_passed(f"is signed with a key that {chain.issuer.url} publishes", chain, found.url)
    profile, issuer = chain.issuer.document, chain.issuer.url
    for page, pointer in ((chain.assertion, "/id"), (chain.badge, "/badge")):
        if page.url and not is_in_scope(page.url, profile, issuer):
            raise HostOutOfScope(page.url, issuer, pointer=pointer)
        if page.url and not is_in_scope(page.final, profile, issuer):
            raise HostedUnusable(page.url, f"it sends on to {page.final}")
    _require_identity(chain)
    return _issuer_passed(f"is kept where {issuer} allows it", chain, proof.url)


def _require_published(found: BadgeKey, chain: Chain) -> None:
    """Owner and profile must name each other; an old key file counts on the issuer's own origin alone."""
    issuer = chain.issuer.url
    if found.owner is None:
        if origin_of(found.url) != origin_of(issuer):
            raise KeyNotAuthorized(issuer, f"{found.url} is none of its addresses")
        return
    if not same_address(found.owner, issuer):
        raise KeyNotAuthorized(issuer, f"it belongs to {found.owner or 'nobody'}")
    published = one_or_many(chain.issuer.document.get("publicKey"))
    if not any(same_address(id_of(entry), found.url) for entry in published):
        raise KeyNotAuthorized(issuer, f"its profile does not publish {found.url}")


def _require_identity(chain: Chain) -> None:
    """Each linked page is, in its own words too, what was asked for; a redirect changes nobody's name."""
    if origin_of(chain.issuer.final) != origin_of(chain.issuer.url):
        raise HostedUnusable(chain.issuer.url, f"it sends on to {chain.issuer.final}")
    for page, kinds in (
        (chain.badge, {"BadgeClass"}),
        (chain.issuer, {"Issuer", "Profile", "IssuerOrg", "IssuerOrganization"}),
    ):
        named = id_of(page.document)
        if page.url and named is not None and not same_address(named, page.url):
            raise HostedUnusable(page.url, f"it calls itself {named}")
        said = texts(page.document.get("type"))
        if said and kinds.isdisjoint(said):
            raise HostedUnusable(page.url, f"it is a {said[0]}")


# ------------------------------------------------------------------------------------------- status


def status(proof: HostedProof, credential: Credential, context: Context) -> Flow[Sequence[Finding]]:
    """Whether it was taken back: by the issuer's own copy, or by the list that its profile names."""
    if proof.jws is None:
        return [(yield from _hosted_status(proof, context))]
    if not context.passed("proof", "issuer"):
        return [not_checked("was not checked for revocation, because it is not proved")]
    chain = yield from hosted.chain_of(proof, context)
    address = id_of(chain.issuer.document.get("revocationList"))
    if address is None:
        message = "names no place where it could be revoked"
        return [Finding(outcome=Outcome.NOT_APPLICABLE, code="no_status", message=message)]
    return [(yield from _listed_status(address, credential, context))]


def _hosted_status(proof: HostedProof, context: Context) -> Flow[Finding]:
    """`revoked`, or that it is gone (OB 2.0 §5.1)."""
    try:
        fetched = yield from hosted.ask(proof.url, "it", context, Purpose.SOURCE)
    except HostedGone as error:
        raise Revoked(": its address says that it is gone") from error
    revocation_list.require_not_revoked(hosted.assertion_in(fetched, context))
    return _passed("not_revoked", "is still kept by its issuer and not marked as revoked", proof.url)


def _listed_status(address: str, credential: Credential, context: Context) -> Flow[Finding]:
    """What the RevocationList on the issuer's own origin says (OB 2.0 §4.5)."""
    pointer = "/badge/issuer/revocationList"
    entry = StatusEntry(type="RevocationList", document={"id": secure(address)}, pointer=pointer)
    located = revocation_list.locate(entry, credential, context.policy.limits)
    located = replace(located, url=address)  # the list calls itself as the profile calls it
    fetched = yield from hosted.ask(address, "its list of revoked badges", context)
    if origin_of(fetched.url) != origin_of(located.issuer_id):
        raise StatusListUntrusted("it does not lie on the issuer's own address", pointer=pointer)
    try:
        listed = read_object(fetched.body, context.policy.limits)
    except Unreadable as error:
        raise StatusListUnusable(str(error), pointer=pointer) from error
    return revocation_list.decide_open_badges(listed, located, context.policy.limits, context.now)


def _passed(code: str, message: str, url: str) -> Finding:
    return Finding(
        outcome=Outcome.PASSED,
        code=code,
        message=message,
        spec=OPEN_BADGES_2_SPEC + "#VerificationObject",
        detail=(("method", url),),
    )


def _issuer_passed(message: str, chain: Chain, method: str) -> Finding:
    return Finding(
        outcome=Outcome.PASSED,
        code="vouched_by_issuer",
        message=message,
        spec=OPEN_BADGES_2_SPEC + "#Profile",
        detail=(("owner", chain.issuer.url), ("method", method)),
    )
