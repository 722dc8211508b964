"""Everything that can be wrong, with its outcome and its stable code.

    VerifierError
    ├── Unreadable          nothing to check: too large, not parseable, not a credential → UNREADABLE
    ├── Refuted             the evidence is here and says no                             → FAILED
    └── Inconclusive        could not get it, could not understand it                    → INDETERMINATE
        └── Unreachable     an address gave no usable answer

Low code raises the precise class; `checks.guarded()` is the one place that turns it into a finding.
A class that one module alone raises is defined in that module; what several raise stands here.
`docs/codes.md` is generated from the classes.
"""

from __future__ import annotations

import unicodedata
from typing import ClassVar

from verifier.report import Finding, Outcome

VCDM2 = "https://www.w3.org/TR/vc-data-model-2.0/"
VCDM1 = "https://www.w3.org/TR/vc-data-model-1.1/"
DATA_INTEGRITY = "https://www.w3.org/TR/vc-data-integrity/"
CID = "https://www.w3.org/TR/cid-1.0/"
DID_CORE = "https://www.w3.org/TR/did-core/"
BITSTRING = "https://www.w3.org/TR/vc-bitstring-status-list/"
VC_JOSE_COSE = "https://www.w3.org/TR/vc-jose-cose/"
OPEN_BADGES_3 = "https://www.imsglobal.org/spec/ob/v3p0/"
JWS = "https://www.rfc-editor.org/rfc/rfc7515"
JSON_LD = "https://www.w3.org/TR/json-ld11/"

CLIP = 160  # characters of a hostile value that a message repeats: enough to recognise it, too few to flood


class VerifierError(Exception):
    """Root. `str(error)` finishes the sentence "This credential …".

    `sentence` is a format string over the positional arguments; values are clipped and stripped of
    control characters, for they come from the document. `pointer` names the field (RFC 6901).
    """

    code: ClassVar[str]
    outcome: ClassVar[Outcome]
    sentence: ClassVar[str]
    spec: ClassVar[str] = ""

    def __init__(self, *values: object, pointer: str = "") -> None:
        super().__init__(*values)  # the arguments, so that it survives pickling
        self.pointer = pointer

    def __str__(self) -> str:
        return self.sentence.format(
            *(plain(value) if isinstance(value, str) else value for value in self.args)
        )

    def finding(self) -> Finding:
        """This error as a finding of the check it happened in."""
        return Finding(
            outcome=self.outcome, code=self.code, message=str(self), spec=self.spec, pointer=self.pointer
        )


def plain(text: str, most: int = CLIP) -> str:
    """`text` in `most` characters on one line: no control, bidi or line-breaking character survives."""
    kept = "".join(
        "\N{REPLACEMENT CHARACTER}" if ch in "\u2028\u2029" or unicodedata.category(ch)[0] == "C" else ch
        for ch in text[:most]
    )
    return kept + "…" if len(text) > most else kept


class Unreadable(VerifierError):
    """There is nothing here that could be checked. No check runs; the report is UNREADABLE."""

    outcome = Outcome.INDETERMINATE


class Refuted(VerifierError):
    """The evidence is here and says no."""

    outcome = Outcome.FAILED


class Inconclusive(VerifierError):
    """It could not be got or not be understood; that is neither a yes nor a no."""

    outcome = Outcome.INDETERMINATE


# ------------------------------------------------------------------------------------- unreadable


class Empty(Unreadable):
    code = "empty"
    sentence = "is an empty file"


class TooLarge(Unreadable):
    """A limit of `policy.Limits` was passed before anything was parsed."""

    code = "too_large"
    sentence = "is too large to read: {0} is over the limit of {1}"


class NotParseable(Unreadable):
    code = "not_parseable"
    sentence = "cannot be read as {0}: {1}"


class NotACredential(Unreadable):
    code = "not_a_credential"
    sentence = "is {0}, not a credential"


class UnsupportedFormat(Unreadable):
    """Recognised as something that this version does not read; `args[0]` says what."""

    code = "unsupported_format"
    sentence = "is {0}, which this version does not read"


# ------------------------------------------------------------------------------------- structure


class MalformedCredential(Refuted):
    """A field is missing or has a shape that its specification rules out."""

    code = "malformed"
    spec = VCDM2 + "#basic-concepts"
    sentence = "is not well formed: {0}"


class UndefinedTerm(Refuted):
    """JSON-LD drops what no context defines, so the signature does not cover it."""

    code = "undefined_term"
    spec = VCDM2 + "#securing-mechanism-specifications"
    sentence = "shows “{0}”, which no signature covers because no context defines it"


class ForbiddenKeyword(Refuted):
    """JSON-LD keywords that can move or hide claims from the signature."""

    code = "forbidden_keyword"
    spec = VCDM2 + "#json-ld"
    sentence = "uses the JSON-LD keyword “{0}”, which could hide claims from its signature"


class UnknownContext(Inconclusive):
    """A context that nobody pinned: what its terms mean cannot be told, and it is not fetched."""

    code = "unknown_context"
    spec = VCDM2 + "#base-context"
    sentence = "uses the vocabulary {0}, whose meaning is not pinned here"


# ------------------------------------------------------------------------------------- proof, keys


class Unsigned(Refuted):
    code = "unsigned"
    spec = VCDM2 + "#securing-mechanisms"
    sentence = "carries no proof: nothing shows who made it"


class InvalidSignature(Refuted):
    code = "invalid_signature"
    spec = DATA_INTEGRITY + "#verify-proof"
    sentence = "does not match its signature"


class MalformedProof(Refuted):
    code = "malformed_proof"
    spec = DATA_INTEGRITY + "#proofs"
    sentence = "has a proof that is not well formed: {0}"


class WrongPurpose(Refuted):
    code = "wrong_purpose"
    spec = DATA_INTEGRITY + "#proof-purposes"
    sentence = "has a proof made for “{0}”, not for “{1}”"


class UnsupportedSuite(Inconclusive):
    code = "unsupported_suite"
    spec = DATA_INTEGRITY + "#cryptographic-suites"
    sentence = "is signed with {0}, which cannot be checked here yet"


class SuiteNotAllowed(Inconclusive):
    """Registered is not allowed: the policy decides."""

    code = "suite_not_allowed"
    spec = DATA_INTEGRITY + "#cryptographic-suites"
    sentence = "is signed with {0}, which your policy does not accept"


class UnsupportedKey(Inconclusive):
    code = "unsupported_key"
    spec = CID + "#verification-material"
    sentence = "is signed with a key of kind {0}, which cannot be used here"


class MalformedKey(Refuted):
    code = "malformed_key"
    spec = CID + "#verification-material"
    sentence = "names a key that is not well formed: {0}"


class WeakKey(Refuted):
    """Small-order Ed25519 points, short RSA moduli: anybody can sign with them."""

    code = "weak_key"
    spec = "https://www.rfc-editor.org/rfc/rfc8032#section-8.9"
    sentence = "is signed with a key too weak to prove anything: {0}"


class KeyMismatch(Refuted):
    """The algorithm follows from the key, never from a header."""

    code = "key_mismatch"
    spec = "https://www.rfc-editor.org/rfc/rfc8725#section-3.1"
    sentence = "says it is signed with {0}, but the key is of kind {1}"


class VerificationMethodNotFound(Refuted):
    code = "verification_method_not_found"
    spec = CID + "#retrieve-verification-method"
    sentence = "names a key that its issuer does not publish: {0}"


class KeyNotAuthorized(Refuted):
    code = "key_not_authorized"
    spec = CID + "#verification-relationships"
    sentence = "is signed with a key that {0} has not authorised: {1}"


class KeyRevoked(Refuted):
    code = "key_revoked"
    spec = CID + "#verification-methods"
    sentence = "is signed with a key that was revoked on {0:%d %B %Y}"


class KeyExpired(Refuted):
    code = "key_expired"
    spec = CID + "#verification-methods"
    sentence = "was signed after its key expired on {0:%d %B %Y}"


class MalformedDid(Refuted):
    code = "malformed_did"
    spec = DID_CORE + "#did-syntax"
    sentence = "names an identifier that is not well formed: {0}"


class UnsupportedDidMethod(Inconclusive):
    code = "unsupported_did_method"
    spec = DID_CORE + "#methods"
    sentence = "is signed under {0}, a kind of identifier that cannot be looked up here"


class MalformedDidDocument(Refuted):
    """The issuer's own document says something impossible, e.g. another `id`."""

    code = "malformed_did_document"
    spec = DID_CORE + "#did-documents"
    sentence = "relies on an issuer document that is not well formed: {0}"


class KeyUnavailable(Inconclusive):
    """The issuer publishes no key that could be found, and your list pins none."""

    code = "key_unavailable"
    sentence = "is signed by {0}, whose keys could not be found"


# ------------------------------------------------------------------------------------- network


class Unreachable(Inconclusive):
    """An address gave no usable answer. Says nothing about the credential.

    `asked`: a connection was made. `status`: the HTTP status, where one came back (410 is not an outage).
    `hops`: every address that was asked on the way, redirects included.
    """

    code = "unreachable"
    sentence = "depends on {0}, which did not answer: {1}"

    def __init__(
        self, *values: object, pointer: str = "", asked: bool = False, status: int | None = None
    ) -> None:
        super().__init__(*values, pointer=pointer)
        self.asked, self.status = asked, status
        self.hops: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Why there was no usable answer, for a sentence that names the address itself."""
        return str(self.args[1]) if len(self.args) > 1 else "checking is offline"


class AddressRefused(Unreachable):
    """The fetch policy forbids this address (SECURITY §3); no connection was made."""

    code = "address_refused"
    sentence = "names the address {0}, which is not asked: {1}"


class Offline(Unreachable):
    code = "offline"
    sentence = "depends on {0}, which was not asked because checking is offline"


class AnswerUnusable(Unreachable):
    """Something answered, but not with what was asked for: too large, wrong type, a redirect loop."""

    code = "answer_unusable"
    sentence = "depends on {0}, whose answer cannot be used: {1}"


# ------------------------------------------------------------------------------------- limits, ourselves


class WorkLimit(Inconclusive):
    """A counter of `policy.Limits` ran out: no honest credential needs that much work."""

    code = "work_limit"
    sentence = "needs more work than is allowed: {0}"


class InternalError(Inconclusive):
    """Our own bug. Carries no content of the credential."""

    code = "internal_error"
    sentence = "could not be checked because of a fault of ours ({0})"
