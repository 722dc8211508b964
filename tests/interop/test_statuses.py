"""Status lists in both directions: `@digitalbazaar/vc-bitstring-status-list`, `@sd-jwt/jwt-status-list`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import TERM_START
from tests.interop.conftest import Node
from tests.interop.secrets import secret_jwk, secret_multikey
from tests.issuing import CREATED, VALID_FROM, Issuer, json_bytes
from tests.issuing_documents import seconds
from tests.issuing_keys import Json
from verifier import Outcome, Report, Uploaded, Verdict, verify

COLLEGE = Issuer.with_did_key("Example College")
SEALED = Issuer.with_did_web("Example College", "college.example", "P-256")
BITS_URL, TOKEN_URL = "https://college.example/status/1", "https://college.example/tokens/1"
SET = (0, 7, 8, 4_095, 94_567, 131_071)
CLEAR = (1, 6, 9, 4_096, 94_566, 131_070)
# Of two bits each: valid, revoked, suspended, and one that is the application's own.
VALUES = [0, 1, 2, 3, 0, 0, 1, 0]
OUTCOMES = (Outcome.PASSED, Outcome.FAILED, Outcome.FAILED, Outcome.INDETERMINATE)


def badge(index: int) -> Json:
    return COLLEGE.credential(credentialStatus=COLLEGE.status_entry(BITS_URL, index))


@pytest.fixture(scope="module")
def answers(node: Node) -> dict[str, Any]:
    made = {"name": "bits", "work": "bitstring", "url": BITS_URL, "revoked": SET, "issuer": COLLEGE.did}
    signed = {"validFrom": VALID_FROM, "key": secret_multikey(COLLEGE), "date": CREATED}
    head = {"alg": "ES256", "kid": SEALED.method}
    tokens = {"name": "tokens", "work": "token", "url": TOKEN_URL, "values": VALUES, "bits": 2}
    tokens |= {"iat": seconds(CREATED), "header": head, "key": secret_jwk(SEALED.key)}
    ours = COLLEGE.sign(COLLEGE.status_list(BITS_URL, SET))
    read = [
        {"name": f"read {index}", "work": "readBitstring", "document": badge(index), "list": ours}
        for index in (*SET, *CLEAR)
    ]
    return node("statuses.mjs", [made | signed, tokens, *read])


def report_at(index: int, listed: Json) -> Report:
    source = Uploaded(json_bytes(COLLEGE.sign(badge(index))), "badge.json")
    web = COLLEGE.web({BITS_URL: json_bytes(listed)})
    return verify(source, trust=[COLLEGE.listed()], web=web, now=TERM_START)


@pytest.mark.parametrize("index", SET)
def test_their_set_bits_are_revocations(index: int, answers: dict[str, Any]) -> None:
    report = report_at(index, answers["bits"])
    assert (report.verdict, report.code) == (Verdict.FAILED, "revoked"), answers["bits"]


@pytest.mark.parametrize("index", CLEAR)
def test_their_clear_bits_are_not(index: int, answers: dict[str, Any]) -> None:
    report = report_at(index, answers["bits"])
    assert (report.verdict, report.check("status").outcome) == (Verdict.VERIFIED, Outcome.PASSED)


def test_their_list_with_one_changed_character_is_believed_about_nobody(answers: dict[str, Any]) -> None:
    subject = answers["bits"]["credentialSubject"]
    bent = subject["encodedList"][:-9] + ("A" if subject["encodedList"][-9] != "A" else "B")
    bent += subject["encodedList"][-8:]
    report = report_at(1, answers["bits"] | {"credentialSubject": subject | {"encodedList": bent}})
    assert (report.verdict, report.code) == (Verdict.FAILED, "status_list_untrusted")


@pytest.mark.parametrize(("index", "status"), [*((at, True) for at in SET), *((at, False) for at in CLEAR)])
def test_they_read_our_list_as_we_do(index: int, status: bool, answers: dict[str, Any]) -> None:
    assert answers[f"read {index}"].get("status") is status, answers[f"read {index}"]


@pytest.mark.parametrize("index", range(len(VALUES)))
def test_their_status_token_is_read_entry_by_entry(index: int, answers: dict[str, Any]) -> None:
    claims = {"vct": "https://college.example/types/diploma", "name": "Statistics"}
    pointer = {"status": {"status_list": {"idx": index, "uri": TOKEN_URL}}}
    source = Uploaded(SEALED.sd_jwt({**claims, **pointer}, ["name"]).encode(), "diploma.jwt")
    web = SEALED.web({TOKEN_URL: answers["tokens"].encode()})
    report = verify(source, trust=[SEALED.listed()], web=web, now=TERM_START)
    assert report.check("proof").outcome is Outcome.PASSED
    assert report.check("status").outcome is OUTCOMES[VALUES[index]]
