"""One verification as a value: what is uploaded, what the network holds, what the employer knows.

A forgery takes a scene that is VERIFIED and returns one in which a single thing is different.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from tests.issuing import Issuer, Json, json_bytes
from tests.issuing_documents import SUBJECT_ID
from verifier import (
    Answer,
    Applicant,
    MemoryWeb,
    Policy,
    PresentationRequest,
    Report,
    Uploaded,
    verify,
)

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
EMPLOYER = "https://employer.example"
LIST_URL = "https://college.example/status/1"
COLLEGE = Issuer.with_did_web("Example College", "college.example")
STRANGER = Issuer.with_did_key("Stranger")
WALLET = Issuer.with_did_key("Wallet")
TOKENS = Issuer.with_did_web("Token College", "tokens.example", "P-256")
PINNED = Issuer.pinned("SD College", "https://sd.example", "P-256")

Forge = Callable[["Scene"], "Scene"]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """The arguments of one `verify()`."""

    issuer: Issuer
    upload: Any  # a JSON document, a token, or bytes
    web: Mapping[str, bytes | Answer] = field(default_factory=dict)
    trust: tuple[Any, ...] = ()
    applicant: Applicant | None = None
    request: PresentationRequest | None = None
    policy: Policy | None = None

    def judged(self, now: datetime = NOW) -> Report:
        """The report on it."""
        return verify(
            Uploaded(_bytes(self.upload), "upload"),
            trust=self.trust or (self.issuer.listed(),),
            web=MemoryWeb({**self.issuer.served(), **self.web}),
            applicant=self.applicant,
            request=self.request,
            policy=self.policy,
            now=now,
        )

    def uploading(self, upload: Any) -> Scene:
        """The same with another upload."""
        return replace(self, upload=upload)

    def serving(self, **answers: bytes | Answer) -> Scene:
        """The same with other answers; `did` is the issuer's document, `listed` its status list."""
        places = {"did": self.issuer.did_url, "listed": LIST_URL}
        return replace(self, web={**self.web, **{places[name]: body for name, body in answers.items()}})


def _bytes(upload: Any) -> bytes:
    if isinstance(upload, bytes):
        return upload
    return upload.encode() if isinstance(upload, str) else json_bytes(upload)


def unsigned(document: Json) -> Json:
    """`document` without its proofs."""
    return {name: value for name, value in document.items() if name != "proof"}


# ------------------------------------------------------------------------------------- what is genuine


@cache
def badge() -> Scene:
    """An Open Badge with a Data Integrity proof, of an issuer on the web."""
    return Scene(issuer=COLLEGE, upload=COLLEGE.sign(COLLEGE.credential()))


@cache
def badge_in_jcs() -> Scene:
    """The same, signed over its JSON as it stands."""
    return Scene(issuer=COLLEGE, upload=COLLEGE.sign(COLLEGE.credential(), "eddsa-jcs-2022"))


@cache
def witnessed() -> Scene:
    """A badge with a set of two proofs, both of its issuer."""
    return Scene(issuer=COLLEGE, upload=COLLEGE.sign(badge().upload, "eddsa-jcs-2022"))


@cache
def chained() -> Scene:
    """A badge whose second proof covers the first."""
    first = COLLEGE.sign(COLLEGE.credential(), id="urn:proof:1")
    return Scene(issuer=COLLEGE, upload=COLLEGE.sign(first, id="urn:proof:2", previousProof="urn:proof:1"))


@cache
def token() -> Scene:
    """A badge as a token (VC-JOSE-COSE)."""
    return Scene(issuer=TOKENS, upload=TOKENS.jwt(TOKENS.credential()))


@cache
def older_token() -> Scene:
    """A VCDM 1.1 badge in the `vc` claim of a token."""
    return Scene(issuer=TOKENS, upload=TOKENS.jwt(TOKENS.vc11(name=None), "1.1"))


@cache
def revocable() -> Scene:
    """A badge with two status entries, neither set."""
    document = COLLEGE.credential(
        credentialStatus=[COLLEGE.status_entry(LIST_URL, 7), COLLEGE.status_entry(LIST_URL, 8)]
    )
    listed = json_bytes(COLLEGE.sign(COLLEGE.status_list(LIST_URL, [3])))
    return Scene(issuer=COLLEGE, upload=COLLEGE.sign(document), web={LIST_URL: listed})


SD_CLAIMS: Json = {"vct": "https://sd.example/vct/degree", "title": "BSc Statistics", "grade": "A"}


@cache
def disclosed() -> Scene:
    """An SD-JWT, bound to a holder who presents it."""
    presented = PINNED.sd_jwt(SD_CLAIMS, ["title", "grade"], holder=WALLET)
    bound = WALLET.bound(presented, audience=EMPLOYER, nonce="n-1", at="2026-09-01T08:59:00Z")
    request = PresentationRequest(nonce="n-1", audience=EMPLOYER, require_key_binding=True)
    return Scene(issuer=PINNED, upload=bound, request=request)


def held() -> Json:
    """An unsigned badge about the wallet's holder."""
    subject = COLLEGE.credential()["credentialSubject"] | {"id": WALLET.did}
    return COLLEGE.credential(credentialSubject=subject)


ANSWERING: Mapping[str, Any] = MappingProxyType(
    {
        "purpose": "authentication",
        "created": "2026-09-01T08:59:00Z",
        "challenge": "c-1",
        "domain": EMPLOYER,
    }
)


@cache
def presented() -> Scene:
    """A presentation by the person whom its one badge is about."""
    upload = WALLET.sign(WALLET.presentation([COLLEGE.sign(held())]), **ANSWERING)
    request = PresentationRequest(challenge="c-1", domain=EMPLOYER)
    return Scene(issuer=COLLEGE, upload=upload, request=request)


@cache
def record() -> Scene:
    """A learner record with one badge in it."""
    return Scene(issuer=COLLEGE, upload=COLLEGE.sign(COLLEGE.clr([COLLEGE.sign(COLLEGE.credential())])))


@cache
def theirs() -> Scene:
    """A badge that names its subject's key, of an applicant who has proved it."""
    return replace(badge(), applicant=Applicant(dids=(SUBJECT_ID,), emails=("ada@example.org",), name="Ada"))
