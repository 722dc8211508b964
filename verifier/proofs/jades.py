"""JAdES: a seal by a certificate, as Europass and EBSI documents carry it (ETSI TS 119 182-1 v1.2.1, B-B).

`verify` establishes that the seal holds under the certificate it names; `certified`, that this certificate
was valid then and leads to an authority that the employer accepts. Only both together say who sealed it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from verifier import strict_json
from verifier.errors import (
    Inconclusive,
    MalformedCredential,
    MalformedProof,
    Refuted,
    UnsupportedSuite,
)
from verifier.model import JoseProof
from verifier.proofs import encoding, jose, keys
from verifier.proofs.certificates import (
    ETSI,
    chain_to,
    judge_time,
    judge_use,
    organisation_of,
    read_chain,
)

__all__ = [
    "Seal",
    "SealCertificateExpired",
    "SealFromTheFuture",
    "certified",
    "chain_to",
    "organisation_of",
    "verify",
]

# §5.1.3, §5.2: what may stand in `crit` and is processed here. A place, a role or a commitment says something
# about the signer that we show nowhere; a content time-stamp only narrows a time that we do not rely on.
UNDERSTOOD = frozenset(
    {"b64", "sigT", "sigD", "x5t#o", "sigX5ts", "srCms", "sigPl", "srAts", "adoTst", "sigPId"}
)
_DIGESTS: dict[str, Callable[[bytes], Any]] = {
    "S256": hashlib.sha256,
    "S384": hashlib.sha384,
    "S512": hashlib.sha512,
}


class SealFromTheFuture(Refuted):
    """`sigT` lies after now (§5.2.1)."""

    code = "seal_from_the_future"
    spec = ETSI
    sentence = "says it was sealed on {0:%d %B %Y}, which has not come yet"


class SealCertificateExpired(Inconclusive):
    """Sealed in time by its own word only: no time-stamp was verified (OUT_OF_BOUNDS_NO_POE)."""

    code = "seal_certificate_expired"
    spec = ETSI
    sentence = "was sealed with a certificate that has expired on {0:%d %B %Y}, and its date is not proved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """Who sealed it, by certificates that still have to lead to an authority."""

    certificates: tuple[x509.Certificate, ...]  # the signing one first
    signed_at: datetime | None  # claimed by the signer; None where the seal does not say


def verify(jws: JoseProof, *, now: datetime, skew: timedelta) -> Seal:
    """Establish that the seal holds under its own certificate (§5; EN 319 102-1 §5.3.4)."""
    jose.examine_header(jws, understood=UNDERSTOOD)
    _judge_object(jws)
    chain = read_chain(jws.header.get("x5c"))
    _judge_reference(jws, chain[0])
    jose.verify(jws, keys.from_certificate(chain[0]), understood=UNDERSTOOD)
    signed_at = _signing_time(jws)
    if signed_at is not None and signed_at > now + skew:
        raise SealFromTheFuture(signed_at)
    judge_use(chain[0])
    return Seal(certificates=chain, signed_at=signed_at)


def certified(seal: Seal, anchors: Iterable[x509.Certificate], now: datetime) -> tuple[x509.Certificate, ...]:
    """The path from the signing certificate to one of `anchors`, valid when sealed and now.

    EN 319 102-1 §5.2.6. Raises `CertificateNotValid`, `SealCertificateExpired` or `CertificateUntrusted`.
    """
    leaf = seal.certificates[0]
    if seal.signed_at is not None:
        judge_time(leaf, min(seal.signed_at, now))
    if leaf.not_valid_after_utc < now:
        raise SealCertificateExpired(leaf.not_valid_after_utc)
    return chain_to(anchors, seal.certificates, now)


def _judge_object(jws: JoseProof) -> None:
    """§5.2.8: `sigD` signs something else than a payload; beside a payload it vouches for neither."""
    if "sigD" not in jws.header:
        return
    if jws.payload:
        raise MalformedProof("its seal is over another object than the one it comes with")
    raise UnsupportedSuite("a detached seal, whose object is not in the file")


def _judge_reference(jws: JoseProof, leaf: x509.Certificate) -> None:
    """§5.1.7, §5.2.2: the signed reference to the signing certificate stops its substitution."""
    der = leaf.public_bytes(Encoding.DER)
    references: list[tuple[Any, Any]] = []
    if "x5t#S256" in jws.header:
        references.append(("S256", jws.header["x5t#S256"]))
    if "x5t#o" in jws.header:
        other = jws.header["x5t#o"]
        other = other if isinstance(other, dict) else {}
        references.append((other.get("digAlg"), other.get("digVal")))
    if not references:
        raise MalformedProof("its seal does not say which certificate made it")
    for algorithm, value in references:
        if not isinstance(algorithm, str) or algorithm not in _DIGESTS or not isinstance(value, str):
            raise MalformedProof("its seal refers to its certificate in an unknown way")
        expected = encoding.to_base64url(_DIGESTS[algorithm](der).digest())
        if not hmac.compare_digest(expected.encode(), value.encode()):
            raise MalformedProof("its seal refers to another certificate than the one it comes with")


def _signing_time(jws: JoseProof) -> datetime | None:
    """`sigT`, or `iat` since v1.2.1 (§5.1.11, §5.2.1)."""
    if "sigT" in jws.header:
        try:
            return strict_json.instant(jws.header["sigT"], "")
        except MalformedCredential as error:
            raise MalformedProof("its time of sealing is not a date") from error
    moment = jws.header.get("iat")
    if moment is None:
        return None
    if isinstance(moment, bool) or not isinstance(moment, int) or not 0 <= moment < 2**36:
        raise MalformedProof("its time of sealing is not a date")
    return datetime.fromtimestamp(moment, UTC)
