"""OpenID Federation 1.0: who belongs to a federation, followed from its anchor down (§4, §8, §10).

From the anchor down, not from the issuer up: an unproved document names no address that we visit.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from verifier.errors import Inconclusive, Unreachable, VerifierError
from verifier.flow import Fetch, Fetched, Flow, Purpose
from verifier.model import JsonObject
from verifier.proofs.keys import PublicKey
from verifier.strict_json import read
from verifier.trust.entity_statement import EntityStatement, Reader, keys_of
from verifier.trust.registry import RegistryUnreachable, RegistryUnusable, require_https
from verifier.trust.source import Asked, Decision, Recognition

WELL_KNOWN = "/.well-known/openid-federation"  # §9
MAX_INTERMEDIATES = 50  # national federations have a handful; each costs two requests
_ACCEPT = ("application/entity-statement+jwt",)
_NOT_EVALUATED = frozenset({"naming_constraints", "allowed_entity_types"})  # §6.2.2, §6.2.3


@dataclass(frozen=True, slots=True)
class OpenIdFederation:
    """The federation under `anchor`, whose keys are pinned by `jwks` and never taken from the network."""

    anchor: str
    jwks: JsonObject = field(repr=False)

    def __post_init__(self) -> None:
        require_https(self.anchor)
        if not keys_of(self.jwks):
            raise ValueError("a federation needs the public keys of its anchor")

    def recognise(self, asked: Asked) -> Flow[Recognition]:
        """ACCEPT for a member, in the name that its superior gives it, else UNKNOWN."""
        return (yield from look_up(self.anchor, keys_of(self.jwks), asked, title=self.anchor))

    def pinned_keys(self, issuer_id: str) -> tuple[JsonObject, ...]:
        """None: what a federation says of keys is said when it is asked."""
        return ()


def look_up(
    anchor: str, keys: tuple[PublicKey, ...] | None, asked: Asked, *, title: str
) -> Flow[Recognition]:
    """Whether the federation under `anchor` knows the issuer. Without `keys`, TLS to it is the evidence."""
    limits = asked.policy.limits
    walk = _Walk(
        title=title, reader=Reader(registry=title, now=asked.now, limits=limits), issuer_id=asked.issuer_id
    )
    member = yield from walk.find(anchor, keys, limits.nesting)
    if member is None:
        return Recognition(decision=Decision.UNKNOWN, source=title)
    name = member.metadata("organization_name")
    return Recognition(decision=Decision.ACCEPT, source=title, name=name)


class _NoSubordinate(RegistryUnusable):
    """A superior that answers, and does not know the entity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Branch:
    """A place to look: below `superior`, or, with `sub`, below that intermediate of it."""

    superior: EntityStatement
    left: int  # how many more intermediates may stand below
    sub: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    """One look-up: breadth first, every statement verified with the keys that the one above it gave."""

    title: str
    reader: Reader
    issuer_id: str

    def find(
        self, anchor: str, keys: tuple[PublicKey, ...] | None, levels: int
    ) -> Flow[EntityStatement | None]:
        """The statement about the issuer, from `anchor` or from an intermediate at most `levels` below it."""
        top = yield from self._configuration(anchor, keys)
        if self.issuer_id == anchor:
            return top
        waiting = deque([_Branch(superior=top, left=levels)])
        seen, faults = {anchor}, list[Inconclusive]()
        while waiting:
            try:
                branch = yield from self._entered(waiting.popleft())
                try:
                    return (yield from self._statement(branch.superior, self.issuer_id))
                except _NoSubordinate:
                    for sub in (yield from self._intermediates(branch)):
                        if sub not in seen:
                            seen.add(sub)
                            waiting.append(replace(branch, sub=sub))
            except Inconclusive as error:  # another branch may know the issuer
                faults.append(error)
            if len(seen) > MAX_INTERMEDIATES:
                raise RegistryUnusable(self.title, f"it has more than {MAX_INTERMEDIATES} intermediates")
        if faults:
            raise faults[0]
        return None

    def _entered(self, branch: _Branch) -> Flow[_Branch]:
        """The branch below the intermediate `branch.sub`, within the constraints set on it (§6.2)."""
        sub, superior = branch.sub, branch.superior
        if not sub:
            return branch
        statement = yield from self._statement(superior, sub)
        constraints = statement.claims.get("constraints", {})
        if not isinstance(constraints, dict) or not _NOT_EVALUATED.isdisjoint(constraints):
            raise RegistryUnusable(self.title, f"the constraints on {sub} cannot be evaluated")
        most = constraints.get("max_path_length", branch.left)  # §6.2.1
        if type(most) is not int or most < 0:
            raise RegistryUnusable(self.title, f"the constraints on {sub} are not well formed")
        own = yield from self._configuration(sub, statement.keys)
        return _Branch(superior=own, left=min(branch.left - 1, most))

    def _configuration(self, entity: str, keys: tuple[PublicKey, ...] | None) -> Flow[EntityStatement]:
        """What `entity` says about itself (§9)."""
        fetched = yield from self._fetch(entity.removesuffix("/") + WELL_KNOWN)
        return self.reader.read(fetched.body, entity, entity, keys)

    def _statement(self, superior: EntityStatement, sub: str) -> Flow[EntityStatement]:
        """What `superior` says about `sub` (§8.1)."""
        endpoint = superior.metadata("federation_fetch_endpoint")
        if not endpoint:
            raise RegistryUnusable(self.title, f"{superior.sub} names no federation_fetch_endpoint")
        try:
            fetched = yield from self._fetch(_with_query(endpoint, sub=sub))
        except RegistryUnreachable as error:
            if isinstance(error.__cause__, Unreachable) and error.__cause__.status == 404:
                raise _NoSubordinate(self.title, f"{superior.sub} does not know {sub}") from error
            raise
        return self.reader.read(fetched.body, superior.sub, sub, superior.keys)

    def _intermediates(self, branch: _Branch) -> Flow[tuple[str, ...]]:
        """The subordinates that have subordinates of their own (§8.2)."""
        superior = branch.superior
        endpoint = superior.metadata("federation_list_endpoint")
        if not endpoint or branch.left < 1:
            return ()
        fetched = yield from self._fetch(_with_query(endpoint, intermediate="true"), ("application/json",))
        try:
            listed: Any = read(fetched.body, self.reader.limits)
        except VerifierError as error:
            raise RegistryUnusable(self.title, f"the list of {superior.sub} {error}") from error
        if not isinstance(listed, list):
            raise RegistryUnusable(self.title, f"the list of {superior.sub} is no list")
        return tuple(sub for sub in listed if isinstance(sub, str) and sub.startswith("https://"))

    def _fetch(self, url: str, accept: tuple[str, ...] = _ACCEPT) -> Flow[Fetched]:
        try:
            return (yield Fetch(url=url, purpose=Purpose.REGISTRY, accept=accept))
        except Unreachable as error:
            raise RegistryUnreachable(self.title, f"{url}: {error.reason}") from error


def _with_query(endpoint: str, **parameters: str) -> str:
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(parameters)}"
