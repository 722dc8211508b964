"""The Trusted Issuers Registry of the European Blockchain Services Infrastructure.

EBSI Issuer Trust Model v3 (hub.ebsi.eu/vc-framework/trust-model/issuer-trust-model-v3). A trusted issuer (TI)
is accredited by an organisation (TAO), that one by others, the last by a root (RootTAO). A root is registered
by EBSI alone; everybody else is followed up to one, and every accreditation on the way must be signed with
a key that the registry knows, be in force when it was used, and permit what it was used for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from verifier.dids import DidMethod, ebsi_at
from verifier.errors import Inconclusive
from verifier.flow import Flow
from verifier.model import JsonObject
from verifier.trust import ebsi_accreditation as accreditations
from verifier.trust.ebsi_accreditation import FOR_TRUST_CHAIN, TO_ACCREDIT, TO_ATTEST, Accreditation, Wanted
from verifier.trust.ebsi_records import Attribute, Records, addresses_of
from verifier.trust.registry import RegistryUnreachable, RegistryUnusable, require_https
from verifier.trust.source import Asked, Decision, Recognition

MODEL = "https://hub.ebsi.eu/vc-framework/trust-model/issuer-trust-model-v3"
MAX_LEVELS = 6  # from the issuer to the root; the model's own examples have three
MAX_ACCREDITATIONS = 100  # read for one credential: every step up may offer several ways on


class ChainBroken(Inconclusive):
    """Somebody above the issuer is not, or no longer, entitled to accredit: says nothing of the person."""

    code = "accreditation_chain_broken"
    spec = MODEL
    sentence = "comes from an issuer whose accreditation in {0} leads to no root: {1}"


@dataclass(frozen=True, slots=True)
class EbsiRegistry:
    """The registry at `url`, e.g. https://api-pilot.ebsi.eu/trusted-issuers-registry/v5/issuers.

    `roots` are the RootTAOs that are believed, all of the registry where none is named. `seen` are addresses
    of attributes that were met before: the registry removes none, so an answer without one is out of date.
    """

    url: str
    roots: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_https(self.url)
        ebsi_at(addresses_of(self.url)[1])  # `ValueError` for an address that is open to two readings

    def recognise(self, asked: Asked) -> Flow[Recognition]:
        """ACCEPT for a credential within an accreditation that leads to a root, WITHDRAWN where revoked."""
        if not asked.issuer_id.startswith("did:ebsi:"):  # the method of every legal entity in the registry
            yield from ()
            return Recognition(decision=Decision.UNKNOWN, source=self.url)
        issuers, identifiers = addresses_of(self.url)
        limits = asked.policy.limits
        records = Records(
            title=self.url, issuers=issuers, identifiers=identifiers, seen=self.seen, limits=limits
        )
        return (yield from _LookUp(asked=asked, records=records, roots=self.roots).answer())

    def pinned_keys(self, issuer_id: str) -> tuple[JsonObject, ...]:
        """None: keys stand in the registry of identifiers, see `did_methods`."""
        return ()

    def did_methods(self) -> tuple[DidMethod, ...]:
        """did:ebsi as this registry knows it."""
        return (ebsi_at(addresses_of(self.url)[1]),)


@dataclass(slots=True, kw_only=True)
class _LookUp:
    """One question to one registry."""

    asked: Asked
    records: Records
    roots: tuple[str, ...]
    count: int = 0  # accreditations read so far

    def answer(self) -> Flow[Recognition]:
        """The best that the issuer's accreditations say; a fault of one does not hide another."""
        did, wanted = self.asked.issuer_id, accreditations.wanted_of(self.asked.credential)
        named = _of(did, accreditations.certificates_of(self.asked.credential.document))
        attributes = yield from self.records.attributes(did, named)
        if attributes is None:
            return self._says(Decision.UNKNOWN)
        said, faults = list[Recognition](), list[Inconclusive]()
        for attribute in attributes:
            try:
                said.append((yield from self._judged(attribute, did, wanted)))
            except Inconclusive as error:
                faults.append(error)
        for decision in (Decision.ACCEPT, Decision.WITHDRAWN):
            # What could not be reached may be an accreditation in force: then nothing is withdrawn for sure.
            if decision is Decision.WITHDRAWN and (
                unreachable := [error for error in faults if isinstance(error, RegistryUnreachable)]
            ):
                raise unreachable[0]
            for recognition in said:
                if recognition.decision is decision:
                    return recognition
        if faults:
            raise faults[0]
        return said[0] if said else self._says(Decision.UNKNOWN)

    def _judged(self, attribute: Attribute, did: str, wanted: Wanted) -> Flow[Recognition]:
        """What one attribute of the issuer says of the credential."""
        if not attribute.body:  # reserved by the accreditor and never accepted
            return self._says(Decision.UNKNOWN)
        accreditation = self._read(attribute, did)
        if not accreditation.permits(TO_ATTEST) or not accreditation.covers(wanted):
            return self._says(Decision.OUT_OF_SCOPE, "its schema or type is not in the accreditation")
        if not accreditation.in_force_at(wanted.at):
            return self._says(Decision.OUT_OF_SCOPE, "it was not issued while the accreditation was valid")
        if attribute.issuer_type == "Revoked":
            return self._says(Decision.WITHDRAWN, f"the accreditation by {accreditation.issuer} was revoked")
        root = yield from self._followed(attribute, accreditation, wanted, MAX_LEVELS)
        return self._says(Decision.ACCEPT, f"accredited by {accreditation.issuer}, under the root {root}")

    def _followed(
        self, attribute: Attribute, accreditation: Accreditation, wanted: Wanted, levels: int
    ) -> Flow[str]:
        """The root above a TI or TAO whose accreditation is authentic; `ChainBroken` where there is none."""
        if attribute.issuer_type not in ("TI", "TAO") or attribute.tao != accreditation.issuer:
            raise RegistryUnusable(self.records.title, "an accreditation is not by who is registered for it")
        yield from self._require_authentic(accreditation)
        accreditor = accreditation.issuer
        above = yield from self.records.attributes(accreditor, _of(accreditor, accreditation.named))
        if above is None or levels == 0:
            raise ChainBroken(self.records.title, f"{accreditor} is no accreditation organisation")
        at_its_time, faults = replace(wanted, at=accreditation.begins), list[Inconclusive]()
        for candidate in above:
            try:
                return (yield from self._root_by(candidate, accreditor, at_its_time, levels - 1))
            except Inconclusive as error:
                faults.append(error)
        raise faults[0] if faults else ChainBroken(self.records.title, f"{accreditor} has no accreditation")

    def _root_by(self, attribute: Attribute, did: str, wanted: Wanted, levels: int) -> Flow[str]:
        """The root that entitles `did`, by this attribute of it, to accredit what is wanted."""
        if attribute.issuer_type == "Revoked":
            raise ChainBroken(self.records.title, f"the accreditation of {did} was revoked")
        accreditation = self._read(attribute, did)
        if not accreditation.in_force_at(wanted.at):
            raise ChainBroken(self.records.title, f"the accreditation of {did} was not valid at the time")
        if attribute.issuer_type == "RootTAO" and accreditation.permits(FOR_TRUST_CHAIN):
            if self.roots and did not in self.roots:
                raise ChainBroken(self.records.title, f"{did} is a root that you do not accept")
            yield from self._require_authentic(accreditation)
            return did
        entitled = attribute.issuer_type == "TAO" and accreditation.permits(TO_ACCREDIT)
        if not entitled or not accreditation.covers(wanted):
            raise ChainBroken(self.records.title, f"{did} may not accredit for credentials like this one")
        return (yield from self._followed(attribute, accreditation, wanted, levels))

    def _read(self, attribute: Attribute, did: str) -> Accreditation:
        self.count += 1
        if self.count > MAX_ACCREDITATIONS:
            raise RegistryUnusable(
                self.records.title, f"there are more than {MAX_ACCREDITATIONS} accreditations"
            )
        return accreditations.read(attribute, did, self.records.title, self.records.limits)

    def _require_authentic(self, accreditation: Accreditation) -> Flow[None]:
        """Signed with a key that its maker has, or had when it was made (DID Registry API, `valid-at`)."""
        title = self.records.title
        if accreditation.begins > self.asked.now + self.records.limits.clock_skew:
            raise RegistryUnusable(title, f"an accreditation by {accreditation.issuer} lies in the future")
        accreditations.require_known_status(accreditation, title)
        document = yield from self.records.document(accreditation.issuer)
        if not accreditations.names_key(accreditation, document):
            document = yield from self.records.document(accreditation.issuer, accreditation.begins)
        accreditations.require_signed(accreditation, document, title)

    def _says(self, decision: Decision, reason: str = "") -> Recognition:
        return Recognition(decision=decision, source=self.records.title, reason=reason)


def _of(did: str, named: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The attributes of `did` among those that are named."""
    return tuple(attribute for owner, attribute in named if owner == did)
