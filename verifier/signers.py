"""Who signed? From a proof to the key of its issuer, through the issuer's own document (CID 1.0 §3.3).

A key is never taken from a URL fragment, a JOSE header or the credential.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verifier import certified_token, dids
from verifier.context import Context
from verifier.dids import document as did_document
from verifier.dids import jwks
from verifier.dids.document import DidDocument
from verifier.errors import KeyUnavailable, MalformedProof, VerificationMethodNotFound
from verifier.flow import Flow
from verifier.model import CoseProof, Credential, EmbeddedProof, JoseProof
from verifier.proofs import cose
from verifier.proofs.keys import PublicKey, from_certificate
from verifier.strict_json import id_of, one_or_many


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """The keys that may have made a proof, and what their owner says of them."""

    owner: str  # the DID or issuer address whose own document was read
    keys: tuple[PublicKey, ...]  # one, or those of a key set without `kid`
    method: str = ""  # the verification method's id
    controller: str = ""
    authorized_for: frozenset[str] = frozenset()  # verification relationships that list the method
    revoked: datetime | None = None
    expires: datetime | None = None
    pinned: bool = False  # from the employer's own list


def of_embedded(proof: EmbeddedProof, context: Context) -> Flow[Signer]:
    """The signer that `verificationMethod` names."""
    method = id_of(proof.options.get("verificationMethod"))
    if method is None:
        raise MalformedProof("it names no verification method", pointer=proof.pointer + "/verificationMethod")
    return (yield from of_method(method, context))


def of_method(method: str, context: Context) -> Flow[Signer]:
    """The signer behind a verification method URL, resolved from its own document."""
    owner, fragment = method.partition("#")[::2]
    document = yield from _resolved(owner, context)
    if not fragment and owner.startswith("did:key:"):
        # The DID spells out its one key, and issuers do name it so; other documents are asked by fragment.
        method = only_method(document) or method
    found = did_document.dereference(document, method)
    return Signer(
        owner=document.id,
        keys=(found.key,),
        method=found.id,
        controller=found.controller,
        authorized_for=frozenset(
            purpose
            for purpose in ("assertionMethod", "authentication")
            if did_document.authorizes(document, found.id, purpose)
        ),
        revoked=found.revoked,
        expires=found.expires,
    )


def _resolved(identifier: str, context: Context) -> Flow[DidDocument]:
    """The document of `identifier`; a version of the future is not in force yet (did:webvh `versionTime`)."""
    document = yield from dids.resolve(identifier, context.policy.limits, context.did_methods())
    if document.since is not None and document.since > context.now + context.policy.limits.clock_skew:
        raise dids.DidUnreachable(identifier, f"its last version is of {document.since:%d %B %Y}")
    return document


def of_jws(jws: JoseProof, credential: Credential, context: Context) -> Flow[Signer]:
    """The signer of a token: its `kid` where that names a key, else the issuer's published or pinned keys."""
    kid, issuer = jws.header.get("kid"), issuer_of(jws, credential)
    if issuer is not None and not context.pinned_keys(issuer):
        path = certified_token.path_of(jws, issuer, context)
        if path is not None:
            return Signer(
                owner=issuer,
                keys=(from_certificate(path[0]),),
                method="x5c",
                controller=issuer,
                authorized_for=frozenset({"assertionMethod"}),
            )
    return (yield from of_token(kid if isinstance(kid, str) else None, issuer, context))


def of_cose(proof: CoseProof, credential: Credential, context: Context) -> Flow[Signer]:
    """The same for a COSE_Sign1, whose `kid` is bytes (RFC 9052 §3.1)."""
    issuer = credential.issuer.id if credential.issuer is not None else credential.holder
    return (yield from of_token(cose.kid_of(proof), issuer, context))


def of_token(kid: str | None, issuer: str | None, context: Context) -> Flow[Signer]:
    """The signer that `kid` names among the keys of `issuer`."""
    if kid is not None and kid.startswith("did:"):
        return (yield from of_method(kid, context))
    if issuer is not None and issuer.startswith("did:"):
        return (yield from _of_did(issuer, kid, context))
    if issuer is None or not issuer.startswith("https://"):
        raise KeyUnavailable(issuer or "nobody")
    pinned = context.pinned_keys(issuer)
    keys = yield from jwks.issuer_keys(issuer, pinned, kid, context.policy.limits, may_fetch=True)
    return Signer(
        owner=issuer,
        keys=keys,
        method=kid or "",
        controller=issuer,
        authorized_for=frozenset({"assertionMethod"}),
        pinned=bool(pinned),
    )


def _of_did(issuer: str, kid: str | None, context: Context) -> Flow[Signer]:
    """A token of a DID whose `kid` is relative, or missing where the document holds just one key."""
    if kid is not None:
        return (yield from of_method(issuer + (kid if kid.startswith("#") else f"#{kid}"), context))
    document = yield from _resolved(issuer, context)
    if (only := only_method(document)) is None:
        raise VerificationMethodNotFound(f"{issuer} publishes several keys, and the token does not say which")
    return (yield from of_method(issuer + only if only.startswith("#") else only, context))


def only_method(document: DidDocument) -> str | None:
    """The id of the one key that `document` publishes for assertions; None where it has several, or none."""
    methods = {id_of(entry) for entry in one_or_many(document.document.get("assertionMethod"))}
    return methods.pop() if len(methods) == 1 else None


def issuer_of(jws: JoseProof, credential: Credential) -> str | None:
    """Who a token says made it: the credential's issuer, the presentation's holder, or `iss`."""
    if credential.issuer is not None:
        return credential.issuer.id
    claimed = jws.claims.get("iss")
    return credential.holder or (claimed if isinstance(claimed, str) else None)
