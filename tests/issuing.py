"""An issuer in memory that signs everything this project verifies, with demo keys from fixed seeds.

    college = Issuer.with_did_web("Example College", "college.example")
    file = Uploaded(json_bytes(college.sign(college.credential())), "badge.json")
    report = verify(file, trust=[college.listed()], web=college.web(), now=TERM_START)

What is signed here is signed apart from the verifier (`issuing_proofs`); files are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from tests import issuing_proofs as proofs
from tests.issuing_documents import (
    ACHIEVEMENT,
    SUBJECT_ID,
    VALID_FROM,
    changed,
    encoded_list,
    enveloped,
    json_bytes,
    registered,
    seconds,
    urn,
)
from tests.issuing_files import bake_png, bake_svg, zip_of
from tests.issuing_keys import Json, Kind, SigningKey, b64url
from tests.issuing_proofs import CLR2, DATA_INTEGRITY, ED25519_2020, OB3, STATUS_2021, VCDM1, VCDM2

if TYPE_CHECKING:
    from verifier import IssuerList, MemoryWeb

__all__ = [
    "CREATED",
    "VALID_FROM",
    "Issuer",
    "Json",
    "bake_png",
    "bake_svg",
    "json_bytes",
    "zip_of",
]

Suite = Literal[
    "eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019", "Ed25519Signature2020"
]
CREATED = "2026-06-30T12:00:00Z"  # when proofs say they were made


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Somebody who signs: an issuer, or a holder who presents."""

    name: str
    did: str  # or, for an issuer that publishes no keys, its https address
    key: SigningKey
    method: str  # the verification method that its proofs name

    @classmethod
    def with_did_key(cls, name: str, kind: Kind = "Ed25519") -> Issuer:
        """An issuer whose identifier is its key (did:key)."""
        key = SigningKey.demo(kind, name)
        did = f"did:key:{key.multikey}"
        return cls(name=name, did=did, key=key, method=f"{did}#{key.multikey}")

    @classmethod
    def with_did_jwk(cls, name: str, kind: Kind = "P-256") -> Issuer:
        """An issuer whose identifier is its key as a JWK (did:jwk)."""
        key = SigningKey.demo(kind, name)
        did = "did:jwk:" + b64url(proofs.compact_json(key.jwk))
        return cls(name=name, did=did, key=key, method=f"{did}#0")

    @classmethod
    def with_did_web(cls, name: str, host: str, kind: Kind = "Ed25519") -> Issuer:
        """An issuer whose keys stand in a document at `host` (did:web); `host` may hold `:path`."""
        did = f"did:web:{host}"
        return cls(name=name, did=did, key=SigningKey.demo(kind, name), method=f"{did}#key-1")

    @classmethod
    def pinned(cls, name: str, url: str, kind: Kind = "RSA") -> Issuer:
        """An issuer that publishes no keys: the employer's list has them."""
        return cls(name=name, did=url, key=SigningKey.demo(kind, name), method=f"{url}#key-1")

    # ------------------------------------------------------------------- what it publishes

    def did_document(self, **changes: Any) -> Json:
        """The document of its did:web (CID 1.0 §2)."""
        key = {"id": self.method, "type": "JsonWebKey", "controller": self.did, "publicKeyJwk": self.key.jwk}
        if self.key.kind != "RSA":
            multikey = {"type": "Multikey", "publicKeyMultibase": self.key.multikey}
            key = {"id": self.method, "controller": self.did, **multikey}
        return changed(
            {
                "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
                "id": self.did,
                "verificationMethod": [key],
                "assertionMethod": [self.method],
                "authentication": [self.method],
            },
            changes,
        )

    @property
    def did_url(self) -> str:
        """Where its did:web document is read from."""
        host, *path = self.did.removeprefix("did:web:").split(":")
        return f"https://{host}/{'/'.join(path) if path else '.well-known'}/did.json"

    def served(self) -> dict[str, bytes]:
        """Every address that its keys need."""
        return {self.did_url: json_bytes(self.did_document())} if self.did.startswith("did:web:") else {}

    def web(self, documents: Mapping[str, bytes] = MappingProxyType({})) -> MemoryWeb:
        """A network that holds its keys and `documents`, and nothing else."""
        from verifier import MemoryWeb

        return MemoryWeb({**self.served(), **documents})

    def entry(self, decision: str = "accept", **changes: Any) -> Json:
        """Its line in the employer's list (ARCHITECTURE §5)."""
        line: Json = {
            "id": self.did,
            "name": self.name,
            "decision": decision,
            "reason": "a sample issuer",
            "approved_by": "hr@employer.example",
        }
        if not self.did.startswith("did:"):
            line = {**line, "jwks": {"keys": [self.key.jwk | {"kid": self.method}]}}
        return changed(line, changes)

    def listed(self, decision: str = "accept", **changes: Any) -> IssuerList:
        """The employer's list with this issuer alone."""
        from verifier import IssuerList

        document = {"version": 1, "name": "Sample list", "issuers": [self.entry(decision, **changes)]}
        return IssuerList.parse(json_bytes(document))

    # ------------------------------------------------------------------- what it says

    def profile(self) -> Json:
        """Itself as an Open Badges profile (OB 3.0 §B.1.20)."""
        return {"id": self.did, "type": ["Profile"], "name": self.name}

    def credential(self, **changes: Any) -> Json:
        """An unsigned Open Badge 3.0 on VCDM 2.0; a change to None takes a property away."""
        achievement = changes.pop("achievement", ACHIEVEMENT)
        subject = {"id": SUBJECT_ID, "type": ["AchievementSubject"], "achievement": achievement}
        document = {
            "@context": [VCDM2, OB3],
            "id": urn(self.did, achievement["name"]),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": achievement["name"],
            "issuer": self.profile(),
            "validFrom": VALID_FROM,
            "validUntil": "2031-06-30T00:00:00Z",
            "credentialSubject": subject,
        }
        return changed(document, changes)

    def vc11(self, **changes: Any) -> Json:
        """The same on VCDM 1.1, with the context of Ed25519Signature2020."""
        document = self.credential(
            **{name: changes.pop(name) for name in ("achievement",) if name in changes}
        )
        dates = {"issuanceDate": document.pop("validFrom"), "expirationDate": document.pop("validUntil")}
        contexts = {"@context": [VCDM1, OB3.replace("3.0.3", "3.0.2"), ED25519_2020]}
        return changed({**document, **contexts, **dates}, changes)

    def clr(self, children: Iterable[Json], **changes: Any) -> Json:
        """An unsigned Comprehensive Learner Record 2.0 around signed `children`."""
        subject = {"id": SUBJECT_ID, "type": ["ClrSubject"], "verifiableCredential": list(children)}
        document = self.credential(credentialSubject=subject, name="Transcript", id=urn(self.did, "clr"))
        types = ["VerifiableCredential", "ClrCredential"]
        return changed({**document, "@context": [VCDM2, CLR2, OB3], "type": types}, changes)

    def status_entry(self, url: str, index: int, purpose: str = "revocation", **changes: Any) -> Json:
        """A pointer to entry `index` of the list at `url` (Bitstring Status List §2.1)."""
        entry = {
            "id": f"{url}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": str(index),
            "statusListCredential": url,
        }
        return changed(entry, changes)

    def status_entry_2021(self, url: str, index: int, purpose: str = "revocation") -> Json:
        """The same as StatusList2021, whose terms need the context `STATUS_2021`."""
        return self.status_entry(url, index, purpose, type="StatusList2021Entry")

    def status_list(
        self, url: str, revoked: Iterable[int] = (), *, purpose: str = "revocation", size: int = 131_072
    ) -> Json:
        """An unsigned list whose entries `revoked` are set (Bitstring Status List §2.2)."""
        encoded = encoded_list(revoked, size)
        subject = {"id": f"{url}#list", "type": "BitstringStatusList", "statusPurpose": purpose}
        return {
            "@context": [VCDM2],
            "id": url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.did,
            "validFrom": VALID_FROM,
            "credentialSubject": {**subject, "encodedList": encoded},
        }

    def status_list_2021(
        self, url: str, revoked: Iterable[int] = (), *, purpose: str = "revocation", size: int = 131_072
    ) -> Json:
        """The same as StatusList2021 on VCDM 1.1, whose list has no multibase prefix."""
        document = self.status_list(url, revoked, purpose=purpose, size=size)
        encoded = document["credentialSubject"]["encodedList"].removeprefix("u")
        subject = document["credentialSubject"] | {"type": "StatusList2021", "encodedList": encoded}
        return {
            "@context": [VCDM1, STATUS_2021, ED25519_2020],
            "id": url,
            "type": ["VerifiableCredential", "StatusList2021Credential"],
            "issuer": self.did,
            "issuanceDate": document["validFrom"],
            "credentialSubject": subject,
        }

    def presentation(self, credentials: Iterable[Json | str], **changes: Any) -> Json:
        """An unsigned presentation; a JWT among `credentials` is enveloped (VCDM 2.0 §4.12, §4.13)."""
        members = [enveloped(member) if isinstance(member, str) else member for member in credentials]
        document = {
            "@context": [VCDM2],
            "type": ["VerifiablePresentation"],
            "holder": self.did,
            "verifiableCredential": members,
        }
        return changed(document, changes)

    # ------------------------------------------------------------------- how it signs

    def sign(
        self,
        document: Json,
        suite: Suite | None = None,
        *,
        created: str | None = CREATED,
        purpose: str = "assertionMethod",
        **options: Any,
    ) -> Json:
        """`document` with a proof; signing again makes a set, `previousProof` a chain.

        `options` are further options of the proof, e.g. `id` or `challenge`.
        """
        suite = suite or ("eddsa-rdfc-2022" if self.key.kind == "Ed25519" else "ecdsa-rdfc-2019")
        kind = {"type": "DataIntegrityProof", "cryptosuite": suite}
        if suite == "Ed25519Signature2020":
            kind = {"type": suite}
        elif VCDM1 in document["@context"] and DATA_INTEGRITY not in document["@context"]:
            document = {**document, "@context": [*document["@context"], DATA_INTEGRITY]}
        proof = {**kind, "created": created, "verificationMethod": self.method, "proofPurpose": purpose}
        return proofs.embedded(document, changed(proof, options), self.key)

    def jwt(
        self,
        document: Json,
        model: Literal["2.0", "1.1"] = "2.0",
        alg: str | None = None,
        header: Mapping[str, Any] | None = None,
        **claims: Any,
    ) -> str:
        """`document` as a JWS: VC-JOSE-COSE §3.1.1 for VCDM 2.0, the `vc` claim of VCDM 1.1 §6.3.1."""
        head = {"alg": alg or self.key.algorithm, "kid": self.method}
        if model == "2.0":
            payload, kind = {**document, **claims}, {"typ": "vc+jwt", "cty": "vc"}
        else:
            payload, kind = {**registered(document, self.did), **claims}, {"typ": "JWT"}
        return proofs.jws({**head, **kind, **(header or {})}, proofs.compact_json(payload), self.key)

    def sd_jwt(
        self,
        claims: Json,
        disclosed: Iterable[str] = (),
        holder: Issuer | None = None,
        header: Mapping[str, Any] | None = None,
    ) -> str:
        """An SD-JWT VC (typ dc+sd-jwt); with `holder`, bound to its key by `cnf`."""
        head = {"alg": self.key.algorithm, "typ": "dc+sd-jwt", "kid": self.method, **(header or {})}
        confirmed = {"cnf": {"jwk": holder.key.jwk}} if holder else {}
        standing = {"iss": self.did, "iat": seconds(VALID_FROM)}
        return proofs.sd_jwt({**standing, **claims, **confirmed}, head, self.key, disclosed=list(disclosed))

    def bound(self, presented: str, *, audience: str, nonce: str, at: str = CREATED) -> str:
        """`presented` with a key-binding JWT of this holder (RFC 9901 §4.3)."""
        claims = {"iat": seconds(at), "aud": audience, "nonce": nonce, "sd_hash": proofs.digest_of(presented)}
        header = {"alg": self.key.algorithm, "typ": "kb+jwt"}
        return presented + proofs.jws(header, proofs.compact_json(claims), self.key)
