"""A list is proved before a bit of it is read: a token by the issuer's key, a hosted list by its origin."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import cbor2
import pytest

from tests.issuing import Issuer, Json, json_bytes
from tests.issuing_documents import seconds
from tests.issuing_keys import b64url
from tests.issuing_proofs import compact_json, jws
from tests.verifier.forging.scene import NOW, STRANGER, TOKENS
from verifier import Answer, MemoryWeb, Outcome, Report, Uploaded, Verdict, verify

TOKEN_URL = "https://tokens.example/statuslists/1"
HOSTED_URL = "https://tokens.example/revocations"
STRANGER_EC = Issuer.with_did_key("Stranger", "P-256")


def token_list(
    signer: Issuer = TOKENS,
    revoked: int | None = None,
    header: Mapping[str, Any] | None = None,
    **claims: Any,
) -> bytes:
    """A status list token (Token Status List §5.1), entry 0 the lowest bit."""
    octets = bytearray(16)
    if revoked is not None:
        octets[revoked // 8] |= 1 << revoked % 8
    standing = {
        "sub": TOKEN_URL,
        "iat": seconds("2026-09-01T08:00:00Z"),
        "exp": seconds("2026-09-02T00:00:00Z"),
        "status_list": {"bits": 1, "lst": b64url(zlib.compress(bytes(octets)))},
    }
    head = {"alg": signer.key.algorithm, "typ": "statuslist+jwt", "kid": signer.method, **(header or {})}
    return jws(head, compact_json({**standing, **claims}), signer.key).encode()


def cwt_list(
    signer: Issuer = TOKENS, revoked: int | None = None, typ: str = "application/statuslist+cwt"
) -> bytes:
    """The same list as a CWT (Token Status List §5.2)."""
    octets = bytearray(16)
    if revoked is not None:
        octets[revoked // 8] |= 1 << revoked % 8
    claims = {
        2: TOKEN_URL,
        4: seconds("2026-09-02T00:00:00Z"),
        6: seconds("2026-09-01T08:00:00Z"),
        65533: {"bits": 1, "lst": zlib.compress(bytes(octets))},
    }
    header = cbor2.dumps({1: -7, 4: signer.method.encode(), 16: typ})
    payload = cbor2.dumps(claims)
    signature = signer.key.sign(cbor2.dumps(["Signature1", header, b"", payload]))
    return cbor2.dumps(cbor2.CBORTag(18, [header, {}, payload, signature]))


def judged(listed: bytes | Answer, document: Json | None = None) -> Report:
    """A degree whose status is entry 5 of the token list at `TOKEN_URL`."""
    claims = {
        "vct": "https://tokens.example/vct/degree",
        "title": "BSc Statistics",
        "status": {"status_list": {"idx": 5, "uri": TOKEN_URL}},
    }
    keys = json_bytes(document or TOKENS.did_document())
    return verify(
        Uploaded(TOKENS.sd_jwt(claims).encode(), "degree"),
        trust=[TOKENS.listed()],
        web=MemoryWeb({TOKENS.did_url: keys, TOKEN_URL: listed}),
        now=NOW,
    )


def status_of(report: Report) -> tuple[Outcome, str]:
    result = report.check("status")
    return result.outcome, result.findings[0].code


def test_a_clear_entry_of_an_authentic_token_is_clear() -> None:
    report = judged(token_list())
    assert (report.verdict, status_of(report)) == (Verdict.VERIFIED, (Outcome.PASSED, "status_clear"))


def test_a_list_in_cbor_says_the_same() -> None:
    served = partial(Answer, content_type="application/statuslist+cwt")
    assert judged(served(cwt_list())).verdict is Verdict.VERIFIED
    assert status_of(judged(served(cwt_list(revoked=5)))) == (Outcome.FAILED, "revoked")
    for forged in (
        cwt_list(STRANGER_EC),
        cwt_list(replace(STRANGER_EC, method=TOKENS.method)),
        cwt_list(typ="application/cwt"),
    ):
        assert status_of(judged(served(forged))) == (Outcome.FAILED, "status_list_untrusted")


def test_a_set_entry_of_an_authentic_token_revokes() -> None:
    assert status_of(judged(token_list(revoked=5))) == (Outcome.FAILED, "revoked")
    assert judged(token_list(revoked=6)).verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    "listed",
    [
        token_list(STRANGER_EC),
        token_list(replace(STRANGER_EC, method=TOKENS.method)),
        token_list(replace(STRANGER_EC, did=TOKENS.did, method=f"{TOKENS.did}#{STRANGER_EC.key.multikey}")),
        token_list(header={"typ": "JWT"}),
        token_list(header={"typ": ""}),
        token_list(header={"kid": "#key-2"}),
        token_list().rpartition(b".")[0] + b".",
        token_list(sub="https://tokens.example/statuslists/2"),
    ],
    ids=[
        "stranger",
        "in its name",
        "in a fragment",
        "other token",
        "no type",
        "no such key",
        "unsigned",
        "other list",
    ],
)
def test_a_token_of_another_proves_nothing(listed: bytes) -> None:
    assert status_of(judged(listed)) == (Outcome.FAILED, "status_list_untrusted")


def second_key(**changes: Any) -> Json:
    """The issuer's document with a second key, which only the list is signed with."""
    document = TOKENS.did_document()
    other = {
        "id": f"{TOKENS.did}#key-2",
        "type": "Multikey",
        "controller": TOKENS.did,
        "publicKeyMultibase": STRANGER_EC.key.multikey,
        **changes,
    }
    return {
        **document,
        "verificationMethod": [*document["verificationMethod"], other],
        "assertionMethod": [TOKENS.method, other["id"]],
    }


BY_SECOND_KEY = token_list(replace(STRANGER_EC, did=TOKENS.did, method=f"{TOKENS.did}#key-2"))


def test_a_list_may_be_signed_with_another_key_of_the_issuer() -> None:
    assert judged(BY_SECOND_KEY, second_key()).verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    "document",
    [
        second_key(controller=STRANGER.did),
        second_key(revoked="2026-08-01T00:00:00Z"),
        second_key(expires="2026-08-01T00:00:00Z"),
        second_key() | {"assertionMethod": [TOKENS.method]},
        second_key() | {"assertionMethod": [TOKENS.method], "authentication": [f"{TOKENS.did}#key-2"]},
    ],
    ids=["of another", "revoked", "expired", "for nothing", "for logging in"],
)
def test_a_key_that_may_not_sign_credentials_may_not_sign_lists(document: Json) -> None:
    assert status_of(judged(BY_SECOND_KEY, document)) == (Outcome.FAILED, "status_list_untrusted")


@pytest.mark.parametrize(
    ("listed", "code"),
    [
        (Answer(status=503), "status_unreachable"),
        (b"", "status_list_unusable"),
        (b"not a token", "status_list_unusable"),
        (token_list(exp=seconds("2026-08-01T00:00:00Z")), "status_stale"),
        (token_list(status_list={"bits": 1, "lst": b64url(zlib.compress(b""))}), "status_index_out_of_range"),
    ],
)
def test_a_token_that_is_not_to_be_had_or_used_is_neither_a_yes_nor_a_no(
    listed: bytes | Answer, code: str
) -> None:
    assert status_of(judged(listed)) == (Outcome.INDETERMINATE, code)


def test_a_list_in_an_algorithm_that_is_unknown_here_is_neither_a_yes_nor_a_no() -> None:
    head, payload, signature = token_list().split(b".")
    header = b64url(compact_json({"alg": "XX999", "typ": "statuslist+jwt", "kid": TOKENS.method})).encode()
    report = judged(b".".join([header, payload, signature]))
    assert status_of(report) == (Outcome.INDETERMINATE, "status_list_unproved")
    assert head != header


def test_an_unknown_kind_of_status_is_not_clear() -> None:
    claims = {"vct": "https://tokens.example/vct", "status": {"magic_list": {"at": TOKEN_URL}}}
    upload = Uploaded(TOKENS.sd_jwt(claims).encode(), "degree")
    report = verify(upload, trust=[TOKENS.listed()], web=TOKENS.web(), now=NOW)
    assert status_of(report) == (Outcome.INDETERMINATE, "status_unsupported")


# ------------------------------------------------------------------------------------- hosted


def hosted(url: str, listed: Json) -> Report:
    """A badge whose status is the 1EdTech revocation list at `url`."""
    document = TOKENS.credential(credentialStatus={"id": url, "type": "1EdTechRevocationList"})
    return verify(
        Uploaded(TOKENS.jwt(document).encode(), "badge"),
        trust=[TOKENS.listed()],
        web=MemoryWeb({**TOKENS.served(), url: json_bytes({"id": url, "issuer": TOKENS.did, **listed})}),
        now=NOW,
    )


def test_a_hosted_list_counts_on_the_issuers_own_address() -> None:
    badge_id = TOKENS.credential()["id"]
    assert hosted(HOSTED_URL, {"revokedCredential": []}).verdict is Verdict.VERIFIED
    assert status_of(hosted(HOSTED_URL, {"revokedCredential": [{"id": badge_id}]})) == (
        Outcome.FAILED,
        "revoked",
    )


def test_a_hosted_list_elsewhere_proves_nothing() -> None:
    report = hosted("https://tokens.example.evil.example/revocations", {"revokedCredential": []})
    assert status_of(report) == (Outcome.FAILED, "status_list_untrusted")
