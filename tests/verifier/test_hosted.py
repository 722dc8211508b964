"""Open Badges 2.0: what stands on the issuer's own addresses decides, never the uploaded copy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.conftest import TERM_START
from tests.issuing import Issuer, bake_png, json_bytes
from tests.issuing_proofs import compact_json, jws
from verifier import (
    Answer,
    Applicant,
    IssuerList,
    MemoryWeb,
    Outcome,
    Report,
    Uploaded,
    Verdict,
    extract_skills,
    verify,
)

Json = dict[str, Any]
BASE = "https://college.example/ob2"
ASSERTION, BADGE, PROFILE = f"{BASE}/a/1", f"{BASE}/b/1", f"{BASE}/issuer"
KEY, LIST = f"{BASE}/key", f"{BASE}/revoked"
EMAIL = "alex@learner.example"
SIGNER = Issuer.pinned("Example College", PROFILE, "RSA")
FAILED, INDETERMINATE, VERIFIED = Verdict.FAILED, Verdict.INDETERMINATE, Verdict.VERIFIED


def identity(email: str = EMAIL) -> str:
    return "sha256$" + hashlib.sha256((email + "salt").encode()).hexdigest()


def assertion(**changes: Any) -> Json:
    document = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": ASSERTION,
        "recipient": {"type": "email", "hashed": True, "salt": "salt", "identity": identity()},
        "badge": BADGE,
        "issuedOn": "2026-06-30T09:00:00Z",
        "verification": {"type": "HostedBadge"},
    }
    return {name: value for name, value in {**document, **changes}.items() if value is not None}


def badge_class(**changes: Any) -> Json:
    skill = {"targetName": "Python", "targetUrl": "http://data.europa.eu/esco/skill/ccd0a1d9"}
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "BadgeClass",
        "id": BADGE,
        "name": "Python Programming",
        "description": "Writes programs.",
        "criteria": {"narrative": "An examination."},
        "tags": ["programming"],
        "alignment": [skill],
        "issuer": PROFILE,
        **changes,
    }


def profile(**changes: Any) -> Json:
    return {"type": "Issuer", "id": PROFILE, "name": "Example College", "url": BASE, **changes}


@dataclass(frozen=True, kw_only=True)
class Scene:
    """An upload and the pages that stand behind it."""

    upload: bytes
    pages: dict[str, bytes | Answer] = field(default_factory=dict)
    issuer: str = PROFILE

    def judged(self, **options: Any) -> Report:
        line = {"id": self.issuer, "name": "Example College", "decision": "accept"}
        listed = IssuerList.parse(json_bytes({"version": 1, "name": "list", "issuers": [line]}))
        source = Uploaded(self.upload, "badge.json")
        return verify(source, trust=[listed], web=MemoryWeb(self.pages), now=TERM_START, **options)

    def serving(self, url: str, page: Json | bytes | Answer | None) -> Scene:
        pages = {address: kept for address, kept in self.pages.items() if address != url}
        if page is not None:
            pages[url] = json_bytes(page) if isinstance(page, dict) else page
        return replace(self, pages=pages)


def hosted() -> Scene:
    pages: dict[str, bytes | Answer] = {
        ASSERTION: json_bytes(assertion()),
        BADGE: json_bytes(badge_class()),
        PROFILE: json_bytes(profile()),
    }
    return Scene(upload=json_bytes(assertion()), pages=pages)


def signed(**header: Any) -> Scene:
    document = assertion(verification={"type": "SignedBadge", "creator": KEY})
    token = jws({"alg": "RS256", **header}, compact_json(document), SIGNER.key)
    key = {"type": "CryptographicKey", "id": KEY, "owner": PROFILE, "publicKeyPem": pem()}
    revoked = {"type": "RevocationList", "id": LIST, "issuer": PROFILE, "revokedAssertions": []}
    pages: dict[str, bytes | Answer] = {
        BADGE: json_bytes(badge_class()),
        PROFILE: json_bytes(profile(publicKey=KEY, revocationList=LIST)),
        KEY: json_bytes(key),
        LIST: json_bytes(revoked),
    }
    return Scene(upload=token.encode(), pages=pages)


def pem(issuer: Issuer = SIGNER) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = issuer.key.private.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def uploading(scene: Scene, document: Json) -> Scene:
    return replace(scene, upload=json_bytes(document))


def test_a_badge_that_its_issuer_keeps_is_verified() -> None:
    report = hosted().judged()
    assert (report.verdict, report.code) == (VERIFIED, "verified")
    assert report.credential is not None
    assert report.credential.name == "Python Programming"
    assert {entry.url for entry in report.consulted} == {ASSERTION, BADGE, PROFILE}


def test_only_what_the_issuer_keeps_is_proved() -> None:
    report = hosted().judged()
    assert report.proved is not None
    assert report.proved["badge"]["issuer"]["name"] == "Example College"
    [declared, tag] = extract_skills(report)
    assert (declared.verdict, declared.pointer) == (VERIFIED, "/badge/alignment/0/targetUrl")
    assert tag.skill.name == "programming"


def test_a_signed_badge_is_verified_by_the_key_in_the_issuers_profile() -> None:
    report = signed().judged()
    assert (report.verdict, report.code) == (VERIFIED, "verified")
    assert report.check("status").outcome is Outcome.PASSED


def test_every_signature_of_a_signed_badge_must_hold() -> None:
    scene = signed()
    protected, payload, signature = scene.upload.decode().split(".")
    good = {"protected": protected, "signature": signature}
    bad = {"protected": protected, "signature": "A" * len(signature)}

    def judged(*signatures: Json) -> Verdict:
        upload = json_bytes({"payload": payload, "signatures": list(signatures)})
        return replace(scene, upload=upload).judged().verdict

    assert judged(good) is VERIFIED
    assert judged(good, bad) is judged(bad, good) is FAILED


def test_an_expanded_badge_class_is_no_difference() -> None:
    expanded = assertion(badge=badge_class(issuer=profile()))
    assert uploading(hosted(), expanded).judged().verdict is VERIFIED


def test_a_badge_baked_into_a_picture_is_verified() -> None:
    baked = bake_png(json_bytes(assertion()), chunk="tEXt")
    scene = replace(hosted(), upload=baked)
    assert scene.judged().verdict is VERIFIED


def test_the_hosted_copy_may_be_the_baked_picture() -> None:
    baked = Answer(bake_png(json_bytes(assertion())), content_type="image/png")
    assert hosted().serving(ASSERTION, baked).judged().verdict is VERIFIED


def test_a_page_named_by_plain_http_is_asked_by_https() -> None:
    plain = "http://college.example/ob2/b/1"
    scene = hosted().serving(ASSERTION, assertion(badge=plain))
    scene = uploading(scene.serving(BADGE, badge_class(id=plain)), assertion(badge=plain))
    report = scene.judged()
    assert report.verdict is VERIFIED
    assert all(entry.url.startswith("https://") for entry in report.consulted)


Forge = Callable[[Scene], Scene]


def evil(path: str) -> str:
    return f"https://college.example.evil.example/{path}"


FORGED: list[tuple[Callable[[], Scene], Forge, Verdict, str]] = [
    (
        hosted,
        lambda s: uploading(s, assertion(issuedOn="2020-01-01T00:00:00Z")),
        FAILED,
        "hosted_copy_differs",
    ),
    (hosted, lambda s: uploading(s, assertion(evidence="https://x.example")), FAILED, "hosted_copy_differs"),
    (
        hosted,
        lambda s: uploading(
            s, assertion(recipient={"type": "email", "hashed": False, "identity": "eve@x.example"})
        ),
        FAILED,
        "hosted_copy_differs",
    ),
    (
        hosted,
        lambda s: uploading(s, assertion(badge=badge_class(name="Medicine"))),
        FAILED,
        "hosted_copy_differs",
    ),
    (hosted, lambda s: uploading(s, assertion(badge=badge_class(id=BASE))), FAILED, "hosted_copy_differs"),
    (hosted, lambda s: s.serving(ASSERTION, assertion(revoked=True)), FAILED, "revoked"),
    (hosted, lambda s: s.serving(ASSERTION, {"id": ASSERTION, "revoked": True}), FAILED, "revoked"),
    (hosted, lambda s: s.serving(ASSERTION, Answer(status=410)), FAILED, "revoked"),
    (hosted, lambda s: s.serving(ASSERTION, Answer(status=503)), INDETERMINATE, "hosted_unreachable"),
    (hosted, lambda s: s.serving(ASSERTION, Answer(status=404)), INDETERMINATE, "hosted_unreachable"),
    (hosted, lambda s: s.serving(ASSERTION, b"[]"), INDETERMINATE, "hosted_unusable"),
    (hosted, lambda s: s.serving(BADGE, None), INDETERMINATE, "hosted_unreachable"),
    (hosted, lambda s: s.serving(PROFILE, None), INDETERMINATE, "hosted_unreachable"),
    (hosted, lambda s: s.serving(BADGE, Answer(status=410)), INDETERMINATE, "hosted_gone"),
    (hosted, lambda s: s.serving(PROFILE, profile(id=evil("issuer"))), INDETERMINATE, "hosted_unusable"),
    (hosted, lambda s: s.serving(PROFILE, profile(type="BadgeClass")), INDETERMINATE, "hosted_unusable"),
    (
        hosted,
        lambda s: s.serving(PROFILE, profile(verification={"startsWith": f"{BASE}/other/"})),
        FAILED,
        "host_out_of_scope",
    ),
    (
        hosted,
        lambda s: s.serving(PROFILE, profile(verification={"allowedOrigins": ["other.example"]})),
        FAILED,
        "host_out_of_scope",
    ),
    (hosted, lambda s: replace(s, issuer="https://other.example"), INDETERMINATE, "issuer_unknown"),
    (hosted, lambda s: uploading(s, assertion(id="urn:uuid:1")), INDETERMINATE, "hosted_nowhere"),
    (hosted, lambda s: uploading(s, assertion(verification={"type": "SignedBadge"})), FAILED, "unsigned"),
    (signed, lambda s: replace(s, upload=s.upload[:-8] + b"AAAAAAAA"), FAILED, "invalid_signature"),
    (signed, lambda s: s.serving(PROFILE, profile(revocationList=LIST)), FAILED, "key_not_authorized"),
    (signed, lambda s: s.serving(KEY, None), INDETERMINATE, "hosted_unreachable"),
    (
        signed,
        lambda s: s.serving(
            KEY, {"type": "CryptographicKey", "id": KEY, "owner": evil("issuer"), "publicKeyPem": pem()}
        ),
        FAILED,
        "key_not_authorized",
    ),
    (signed, lambda s: s.serving(LIST, None), INDETERMINATE, "hosted_unreachable"),
    (
        signed,
        lambda s: s.serving(LIST, {"type": "RevocationList", "id": LIST, "revokedAssertions": [ASSERTION]}),
        FAILED,
        "revoked",
    ),
]


@pytest.mark.parametrize(("base", "forge", "verdict", "code"), FORGED)
def test_one_change_is_named(base: Callable[[], Scene], forge: Forge, verdict: Verdict, code: str) -> None:
    assert base().judged().verdict is VERIFIED
    report = forge(base()).judged()
    assert (report.verdict, report.code) == (verdict, code)


def elsewhere(path: str) -> Scene:
    """Somebody else's own pages, which name the college as the issuer."""
    own = assertion(id=evil("a"), badge=evil("b") if path == "b" else BADGE)
    scene = uploading(hosted(), own).serving(evil("a"), own)
    return scene.serving(evil("b"), badge_class(id=evil("b")))


@pytest.mark.parametrize("path", ["a", "b"])
def test_a_look_alike_host_speaks_for_nobody(path: str) -> None:
    report = elsewhere(path).judged()
    assert (report.verdict, report.check("issuer").findings[0].code) == (FAILED, "host_out_of_scope")


def test_the_issuers_page_may_not_vouch_for_a_badge_class_elsewhere() -> None:
    own = assertion(badge=evil("b"))
    scene = uploading(hosted(), own).serving(ASSERTION, own)
    report = scene.serving(evil("b"), badge_class(id=evil("b"), name="Medicine")).judged()
    assert (report.verdict, report.code) == (FAILED, "host_out_of_scope")


def test_a_redirect_to_another_host_is_not_the_issuers_word() -> None:
    scene = hosted().serving(ASSERTION, Answer(status=302, redirect=evil("a")))
    report = scene.serving(evil("a"), assertion()).judged()
    assert report.verdict is INDETERMINATE


def test_a_signature_with_a_strangers_key_shows_nothing() -> None:
    stranger = Issuer.pinned("Stranger", evil("issuer"), "P-256")
    document = assertion(verification={"type": "SignedBadge", "creator": evil("key")})
    token = jws({"alg": "ES256"}, compact_json(document), stranger.key)
    key = {"type": "CryptographicKey", "id": evil("key"), "owner": PROFILE, "publicKeyPem": pem(stranger)}
    report = replace(signed(), upload=token.encode()).serving(evil("key"), key).judged()
    assert (report.verdict, report.code) == (FAILED, "key_not_authorized")


def test_the_recipient_is_compared_with_the_applicant() -> None:
    theirs = hosted().judged(applicant=Applicant(emails=(EMAIL,)))
    others = hosted().judged(applicant=Applicant(emails=("eve@x.example",)))
    assert (theirs.verdict, others.verdict, others.code) == (VERIFIED, FAILED, "other_subject")


def test_a_weak_hash_ties_to_nobody() -> None:
    digest = hashlib.md5((EMAIL + "salt").encode(), usedforsecurity=False).hexdigest()
    weak = assertion(recipient={"type": "email", "hashed": True, "salt": "salt", "identity": f"md5${digest}"})
    scene = uploading(hosted(), weak).serving(ASSERTION, weak)
    report = scene.judged(applicant=Applicant(emails=(EMAIL,)))
    assert report.check("binding").outcome is Outcome.INDETERMINATE


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"expires": "2026-07-01T00:00:00Z"}, "expired"),
        ({"issuedOn": "2027-01-01T00:00:00Z"}, "not_yet_valid"),
        ({"expires": "soon"}, "assertion_malformed"),
        ({"expires": "2026-01-01T00:00:00Z"}, "malformed"),
        ({"image": "data:image/png;base64,AA=="}, "assertion_malformed"),
    ],
)
def test_what_the_issuer_keeps_must_be_in_order(changes: Json, code: str) -> None:
    dated = assertion(**changes)
    report = uploading(hosted(), dated).serving(ASSERTION, dated).judged()
    assert (report.verdict, report.code) == (FAILED, code)


def test_an_old_badge_is_read_like_a_new_one() -> None:
    old = {
        "uid": "a1",
        "recipient": {"type": "email", "hashed": True, "salt": "salt", "identity": identity()},
        "badge": BADGE,
        "issuedOn": 1_782_810_000,
        "verify": {"type": "hosted", "url": ASSERTION},
    }
    scene = uploading(hosted(), old).serving(ASSERTION, old)
    scene = scene.serving(PROFILE, {"name": "Example College", "url": BASE})
    report = scene.judged(applicant=Applicant(emails=(EMAIL,)))
    assert (report.verdict, report.code) == (VERIFIED, "verified")


def test_a_badge_without_an_address_is_neither_yes_nor_no() -> None:
    oldest = {
        "recipient": EMAIL,
        "badge": {"name": "A badge", "issuer": {"origin": "https://college.example", "name": "College"}},
    }
    report = Scene(upload=json.dumps(oldest).encode()).judged()
    assert (report.verdict, report.code) == (INDETERMINATE, "hosted_nowhere")


@pytest.mark.parametrize("page", [badge_class(), profile(type="Issuer")])
def test_what_can_be_earned_is_no_credential(page: Json) -> None:
    document = {"@context": "https://w3id.org/openbadges/v2", **page}
    assert Scene(upload=json_bytes(document)).judged().code == "not_a_credential"


# ------------------------------------------------------------------------------- keys of signed badges


def signed_naming(creator: str | None, *, version: int = 2) -> Scene:
    """A signed badge that names its key by `creator`, or leaves it to the profile."""
    document = assertion(verification={"type": "SignedBadge", "creator": creator})
    if version == 1:
        document = assertion(**{"@context": None, "verification": None, "type": None, "id": None})
        document |= {"uid": "a1", "verify": {"type": "signed", "url": creator}}
    token = jws({"alg": "RS256"}, compact_json(document), SIGNER.key)
    return replace(signed(), upload=token.encode())


def key_page(**changes: Any) -> Json:
    return {"type": "CryptographicKey", "id": KEY, "owner": PROFILE, "publicKeyPem": pem(), **changes}


def test_the_only_key_of_a_profile_need_not_be_named() -> None:
    assert signed_naming(None).judged().verdict is VERIFIED


def test_a_key_may_stand_in_the_profile_itself() -> None:
    scene = signed_naming(None).serving(PROFILE, profile(publicKey=key_page())).serving(KEY, None)
    assert scene.judged().verdict is VERIFIED


def test_of_several_keys_one_must_be_named() -> None:
    report = signed_naming(None).serving(PROFILE, profile(publicKey=[KEY, f"{KEY}2"])).judged()
    assert (report.verdict, report.code) == (FAILED, "malformed_proof")


def test_an_old_badge_may_name_a_key_file_on_its_issuers_origin() -> None:
    file = Answer(pem().encode(), content_type="text/plain")
    scene = signed_naming(KEY, version=1).serving(KEY, file).serving(PROFILE, profile())
    assert scene.judged().verdict is VERIFIED
    elsewhere = signed_naming(evil("key"), version=1).serving(evil("key"), file).serving(PROFILE, profile())
    assert elsewhere.judged().code == "key_not_authorized"


@pytest.mark.parametrize(
    ("page", "verdict", "code"),
    [
        (key_page(id=evil("key")), INDETERMINATE, "hosted_unusable"),
        (b"[]", INDETERMINATE, "hosted_unusable"),
        (key_page(owner=None), FAILED, "key_not_authorized"),
        (key_page(publicKeyPem="-----BEGIN PUBLIC KEY-----"), FAILED, "malformed_key"),
    ],
)
def test_a_key_page_must_be_the_issuers(page: Json | bytes, verdict: Verdict, code: str) -> None:
    report = signed().serving(KEY, page).judged()
    assert (report.verdict, report.code) == (verdict, code)


def test_a_profile_without_a_list_names_no_place_of_revocation() -> None:
    report = signed().serving(PROFILE, profile(publicKey=KEY)).judged()
    assert report.verdict is VERIFIED
    assert report.check("status").outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("page", "outcome"),
    [
        (b"[]", Outcome.INDETERMINATE),
        ({"a": 1}, Outcome.INDETERMINATE),
        ({"type": "RevocationList", "id": LIST}, Outcome.INDETERMINATE),
    ],
)
def test_a_list_that_cannot_be_read_is_not_a_clean_record(page: Json | bytes, outcome: Outcome) -> None:
    report = signed().serving(LIST, page).judged()
    assert (report.verdict, report.check("status").outcome) == (INDETERMINATE, outcome)


def test_a_list_on_another_host_is_not_the_issuers() -> None:
    scene = signed().serving(PROFILE, profile(publicKey=KEY, revocationList=evil("list")))
    listed = {"type": "RevocationList", "id": evil("list"), "revokedAssertions": []}
    assert scene.serving(evil("list"), listed).judged().code == "status_list_untrusted"


def test_the_copy_in_the_file_of_a_signed_badge_class_must_be_the_issuers() -> None:
    document = assertion(
        badge=badge_class(name="Medicine"), verification={"type": "SignedBadge", "creator": KEY}
    )
    token = jws({"alg": "RS256"}, compact_json(document), SIGNER.key)
    assert replace(signed(), upload=token.encode()).judged().code == "hosted_copy_differs"


def test_a_badge_class_may_stand_in_the_hosted_copy_itself() -> None:
    inner = {name: value for name, value in badge_class().items() if name != "id"}
    whole = assertion(badge=inner)
    scene = uploading(hosted(), whole).serving(ASSERTION, whole)
    assert scene.judged().verdict is VERIFIED
    forged = assertion(badge={**inner, "name": "Medicine"})
    assert uploading(scene, forged).judged().code == "hosted_copy_differs"
