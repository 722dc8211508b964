"""Records of EBSI's public registries: who is registered, with which attributes, and what keys they have.

EBSI Trusted Issuers Registry API v3 to v5 (hub.ebsi.eu/apis/pilot/trusted-issuers-registry/v5) and
DID Registry API v4 and v5. An issuer, in v3 and v4 with its attributes, in v5 with an address or with them:

    {"did": "did:ebsi:z…", "attributes": [{"hash": "9818…ed26", "body": "eyJ…", "issuerType": "TI",
     "tao": "did:ebsi:z…", "rootTao": "did:ebsi:z…"}]}

Addresses are built from the one that the employer chose; those in an answer are only compared with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from verifier.dids import ebsi
from verifier.dids.document import DidDocument
from verifier.dids.web import DidUnreachable
from verifier.errors import Refuted, Unreachable, VerifierError
from verifier.flow import Fetch, Flow, Purpose
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.strict_json import read_object
from verifier.trust.registry import RegistryStale, RegistryUnreachable, RegistryUnusable

MAX_ATTRIBUTES = 100  # of one issuer; the busiest of the pilot registry have a dozen
_API = "/trusted-issuers-registry/"
_DID_REGISTRY = {"v3": "v4", "v4": "v4", "v5": "v5"}  # the DID registry that was released beside each
_ATTRIBUTE_ID = re.compile(r"(?:0x)?[0-9a-f]{64}")
_NAMED = re.compile(
    r"https://[^/?#]+(?:/[^/?#]+)*/issuers/(did:ebsi:[1-9A-Za-z]+)/attributes/((?:0x)?[0-9a-f]{64})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """The latest revision of one attribute; all but `body` is the registry's own word."""

    id: str
    body: str  # an accreditation as a JWT; "" where it was reserved and never filled
    issuer_type: str  # RootTAO | TAO | TI | Revoked | Undefined
    tao: str  # the DID that accredited the issuer


def addresses_of(url: str) -> tuple[str, str]:
    """Where issuers and where identifiers are registered; `ValueError` for a version that is not known."""
    base, _, rest = url.rstrip("/").partition(_API)
    version = rest.partition("/")[0] or "v5"
    if version not in _DID_REGISTRY:
        raise ValueError(f"EBSI's API is read in versions v3 to v5, not {version!r}")
    return (
        f"{base}{_API}{version}/issuers",
        f"{base}/did-registry/{_DID_REGISTRY[version]}/identifiers",
    )


def attribute_named(identifier: Any) -> tuple[str, str] | None:
    """The DID and the attribute that an address of the registry, of whatever version, names."""
    match = _NAMED.fullmatch(identifier) if isinstance(identifier, str) else None
    return (match[1], match[2].removeprefix("0x")) if match else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The registry as it is asked during one look-up. Raises only `Inconclusive`."""

    title: str
    issuers: str
    identifiers: str
    seen: tuple[str, ...]  # addresses of attributes that were met before
    limits: Limits

    def attributes(self, did: str, named: tuple[str, ...] = ()) -> Flow[tuple[Attribute, ...] | None]:
        """The attributes of `did`, of which only the `named` where there are any; None: not registered."""
        if not ebsi.is_legal_entity(did, self.limits):  # never part of an address before it is judged
            return None
        try:
            record = yield from self._object(f"{self.issuers}/{did}")
        except RegistryUnreachable as error:
            if isinstance(error.__cause__, Unreachable) and error.__cause__.status == 404:
                return None
            raise
        if record.get("did") != did:
            raise RegistryUnusable(self.title, f"the record is not the one of {did}")
        listed = record.get("attributes")
        if isinstance(listed, list):
            attributes = tuple(self._attribute(entry) for entry in listed)
            self._require_complete(did, [attribute.id for attribute in attributes], named)
            return tuple(entry for entry in attributes if not named or entry.id in named)
        if record.get("hasAttributes") is False:
            ids = []
        elif isinstance(listed, str):
            ids = yield from self._ids(did)
        else:
            raise RegistryUnusable(self.title, f"the record of {did} has no attributes")
        self._require_complete(did, ids, named)
        return (yield from self._fetched(did, [entry for entry in ids if not named or entry in named]))

    def document(self, did: str, at: datetime | None = None) -> Flow[DidDocument]:
        """The document of `did` in the registry of identifiers, as it was at `at`."""
        try:
            return (yield from ebsi.resolver_at(self.identifiers, at)(did, self.limits))
        except DidUnreachable as error:
            raise RegistryUnreachable(self.title, f"the keys of {did}: {error.args[-1]}") from error
        except Refuted as error:
            raise RegistryUnusable(self.title, f"the document of {did} {error}") from error

    # --------------------------------------------------------------------------------- asking

    def _ids(self, did: str) -> Flow[list[str]]:
        """The identifiers of all attributes, page by page; `links.next` of the last page is itself."""
        start = f"{self.issuers}/{did}/attributes"
        url, asked, ids = start, set[str](), list[str]()
        while url not in asked:
            page = yield from self._object(url)
            asked.add(url)
            ids += [entry for entry in self._ids_on(page) if entry not in ids]
            if len(ids) > MAX_ATTRIBUTES or len(asked) > MAX_ATTRIBUTES:
                raise RegistryUnusable(self.title, f"{did} has more than {MAX_ATTRIBUTES} attributes")
            links = page.get("links")
            following = links.get("next") if isinstance(links, dict) else None
            if page.get("total", len(ids)) == len(ids) or not isinstance(following, str):
                break
            if not following.startswith(start + "?"):
                raise RegistryUnusable(self.title, f"the attributes of {did} go on somewhere else")
            url = following
        if page.get("total", len(ids)) != len(ids):
            raise RegistryUnusable(self.title, f"the attributes of {did} are not all there")
        return ids

    def _ids_on(self, page: JsonObject) -> Iterator[str]:
        items = page.get("items")
        for item in items if isinstance(items, list) else ():
            yield self._id(item.get("id") if isinstance(item, dict) else None)

    def _fetched(self, did: str, ids: list[str]) -> Flow[tuple[Attribute, ...]]:
        attributes = []
        for identifier in ids:
            answer = yield from self._object(f"{self.issuers}/{did}/attributes/{identifier}")
            if answer.get("did") != did:
                raise RegistryUnusable(self.title, f"an attribute is not one of {did}")
            # The hash in it is that of the latest revision; the attribute is the one that was asked for.
            attributes.append(replace(self._attribute(answer.get("attribute")), id=identifier))
        return tuple(attributes)

    def _attribute(self, entry: Any) -> Attribute:
        if not isinstance(entry, dict) or not isinstance(entry.get("body"), str):
            raise RegistryUnusable(self.title, "an attribute has no body")
        role, tao = entry.get("issuerType"), entry.get("tao")
        if not isinstance(role, str) or not isinstance(tao, str):
            raise RegistryUnusable(self.title, "an attribute does not say who accredited whom")
        return Attribute(id=self._id(entry.get("hash")), body=entry["body"], issuer_type=role, tao=tao)

    def _id(self, value: Any) -> str:
        if not isinstance(value, str) or not _ATTRIBUTE_ID.fullmatch(value):
            raise RegistryUnusable(self.title, "an attribute has no identifier")
        return value.removeprefix("0x")

    def _require_complete(self, did: str, ids: list[str], named: tuple[str, ...]) -> None:
        """The contract behind the API removes no attribute: one that is missing was held back."""
        known = {*named}
        for address in self.seen:
            if (found := attribute_named(address)) and found[0] == did:
                known.add(found[1])
        if missing := sorted(known.difference(ids)):
            raise RegistryStale(self.title, f"the attribute {missing[0]} of {did} is missing")

    def _object(self, url: str) -> Flow[JsonObject]:
        try:
            answer = yield Fetch(url=url, purpose=Purpose.REGISTRY, accept=("application/json",))
            return read_object(answer.body, self.limits)
        except Unreachable as error:
            raise RegistryUnreachable(self.title, f"{url}: {error.reason}") from error
        except VerifierError as error:
            raise RegistryUnusable(self.title, f"it {error}") from error
