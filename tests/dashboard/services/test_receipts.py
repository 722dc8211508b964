"""Receipts: what they say, whom they do not name, and what becomes of every forgery."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from dashboard.services import Mark, Missing, NoReceipt, ReceiptAltered, Services, Signer
from dashboard.services.receipt_checking import check_receipt
from dashboard.settings import CHECKOUT
from verifier import Uploaded, Verdict, sign_json, verify

Json = dict[str, Any]
NAMES = ("Ada", "Example", "Dmitri", "@", "applicants.example", ".json", "Northfield College")


def person(services: Services, name: str) -> str:
    return next(row.applicant_id for row in services.candidates.rows() if row.name == name)


def receipt_of(services: Services, name: str = "Dmitri Sample") -> Json:
    said: Json = json.loads(services.receipts.of_candidate(person(services, name)).data)
    return said


def to_bytes(receipt: Json) -> bytes:
    return json.dumps(receipt).encode()


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list) and value:
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, name))
    else:
        yield path


def test_it_says_what_was_checked_and_by_what(sample: Services) -> None:
    receipt = receipt_of(sample)
    assert receipt["type"] == "VerificationReceipt"
    assert receipt["sample"] is True
    line = receipt["checked"][0]
    assert (line["word"], line["result"]["code"]) == ("Problem found", "invalid_signature")
    assert (line["policy"], line["at"]) == ("standard", "2026-09-01T09:00:00Z")
    assert len(line["issuerListSha256"]) == 64
    assert line["tool"]["skillproof"]
    assert [one["result"]["proved"] for one in receipt["checked"]] == [False, True]
    proof = line["result"]["checks"][1]
    assert (proof["check"], proof["outcome"]) == ("proof", "failed")
    assert proof["findings"][0]["spec"].startswith("https://www.w3.org/")
    asked = receipt["checked"][1]["consulted"]
    assert all(entry["url"].startswith("https://") and len(entry["sha256"]) == 64 for entry in asked)


def test_nobody_is_named_in_it(sample: Services) -> None:
    for row in sample.candidates.rows():
        receipt = json.loads(sample.receipts.of_candidate(row.applicant_id, addresses=False).data)
        assert not any("url" in entry for line in receipt["checked"] for entry in line["consulted"])
        del receipt["issuedBy"], receipt["proof"]
        assert not [name for name in (*NAMES, "northfield") if name in json.dumps(receipt["checked"])]


def test_every_file_of_the_person_has_a_line_with_its_hash(sample: Services) -> None:
    receipt = receipt_of(sample, "Ada Example")
    files = sorted((CHECKOUT / "sample_data" / "applicants").glob("ada*/*"))
    digests = {hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    assert len(files) == 5
    assert {line["input"]["sha256"] for line in receipt["checked"]} == digests


def test_one_credential_inside_another_has_its_own_receipt(sample: Services) -> None:
    inner = next(
        card.cred
        for row in sample.candidates.rows()
        for card in sample.candidates.detail(row.applicant_id).credentials
        if "." in card.cred
    )
    receipt = json.loads(sample.receipts.of_credential(inner).data)
    [line] = receipt["checked"]
    assert (receipt["about"], receipt["reference"], line["reference"]) == ("credential", inner, inner)
    with pytest.raises(Missing):
        sample.receipts.of_credential("gone")
    with pytest.raises(Missing):
        sample.receipts.of_candidate("gone")


def test_it_is_unaltered_and_knows_its_files(sample: Services) -> None:
    made = sample.receipts.of_candidate(person(sample, "Dmitri Sample"))
    checked = sample.receipts.check(made.data)
    assert (checked.signer, checked.signed_by) == (Signer.OWN, made.signer)
    assert check_receipt(made.data).signer is Signer.UNKNOWN
    assert check_receipt(made.data, named=[made.signer]).signer is Signer.NAMED
    assert check_receipt(made.data, named=["did:key:z6MkOther"], own=made.signer).signer is Signer.ANOTHER
    files = sorted((CHECKOUT / "sample_data" / "applicants").glob("dmitri*/*"))
    marks = {line.mark for file in files for line in checked.lines_of(file.read_bytes())}
    assert marks == {Mark.PROBLEM, Mark.VERIFIED}
    assert checked.lines_of(files[0].read_bytes() + b"\n") == ()


@given(st.data())
def test_no_changed_value_goes_unnoticed(sample: Services, data: st.DataObject) -> None:
    receipt = receipt_of(sample)
    *way, last = data.draw(st.sampled_from(list(leaves(receipt))))
    holder: Any = receipt
    for step in way:
        holder = holder[step]
    before = holder[last]
    holder[last] = data.draw(
        st.one_of(st.text(max_size=5), st.integers(0, 9), st.booleans(), st.just([])).filter(
            lambda value: (type(value), value) != (type(before), before)
        )
    )
    with pytest.raises((ReceiptAltered, NoReceipt)):
        check_receipt(to_bytes(receipt))


def better(receipt: Json) -> None:
    receipt["checked"][0]["result"]["verdict"] = "verified"


def of_another_file(receipt: Json) -> None:
    receipt["checked"][0]["input"]["sha256"] = "0" * 64


def cut_short(receipt: Json) -> None:
    receipt["checked"].pop()


def without_proof(receipt: Json) -> None:
    del receipt["proof"]


def older(receipt: Json) -> None:
    receipt["proof"]["created"] = "2020-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("forge", "words"),
    [
        (better, "does not match its signature (/proof)"),
        (of_another_file, "does not match its signature (/proof)"),
        (cut_short, "does not match its signature (/proof)"),
        (older, "does not match its signature (/proof)"),
        (without_proof, "carries no proof"),
    ],
)
def test_a_forgery_is_told_with_what_does_not_hold(
    sample: Services, forge: Callable[[Json], None], words: str
) -> None:
    forged = copy.deepcopy(receipt_of(sample))
    forge(forged)
    with pytest.raises(ReceiptAltered, match=words.replace("(", r"\(").replace(")", r"\)")):
        check_receipt(to_bytes(forged))


def test_signed_anew_by_a_forger_it_shows_another_signer(sample: Services) -> None:
    forged = receipt_of(sample)
    named = forged["issuedBy"]["id"]
    better(forged)
    del forged["proof"]
    forger, now = Ed25519PrivateKey.generate(), sample.receipts._core.now()
    with pytest.raises(ReceiptAltered, match="signed it"):
        check_receipt(to_bytes(sign_json(forged, forger, now)))  # it still says who made it
    forged["issuedBy"]["id"] = sign_json({}, forger, now)["proof"]["verificationMethod"].partition("#")[0]
    checked = check_receipt(to_bytes(sign_json(forged, forger, now)), named=[named])
    assert checked.signer is Signer.ANOTHER
    assert sample.receipts.check(to_bytes(sign_json(forged, forger, now))).signer is Signer.UNKNOWN


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"type": "Note"},
        {"checked": "many"},
        {"checked": [{}]},
        {"tool": None},
        {"issuedBy": []},
    ],
)
def test_a_signed_document_that_is_no_receipt_is_not_taken_for_one(
    sample: Services, change: dict[str, Any]
) -> None:
    said = receipt_of(sample)
    del said["proof"]
    key = Ed25519PrivateKey.generate()
    with pytest.raises(NoReceipt):
        check_receipt(to_bytes(sign_json({**said, **change}, key, sample.receipts._core.now())))


def test_a_paper_does_not_pass_for_the_receipt_attached_to_it() -> None:
    with pytest.raises(NoReceipt, match="attached"):
        check_receipt(b'%PDF-1.7 {"type": "VerificationReceipt"}')


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[]"])
def test_what_is_no_receipt_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(NoReceipt):
        check_receipt(data)


def test_what_a_stranger_wrote_into_one_cannot_act_on_a_terminal(sample: Services) -> None:
    said = receipt_of(sample)
    del said["proof"]
    key, now = Ed25519PrivateKey.generate(), sample.receipts._core.now()
    said["issuedBy"]["id"] = sign_json({}, key, now)["proof"]["verificationMethod"].partition("#")[0]
    said["tool"] = {"\x1b[2J": "\u202e" + "x" * 9_999}
    checked = check_receipt(to_bytes(sign_json(said, key, now)))
    [(name, version)] = checked.tool.items()
    assert (name + version).isprintable()
    assert len(version) == 300


def test_handed_in_as_a_credential_it_is_called_what_it_is(sample: Services) -> None:
    made = sample.receipts.of_candidate(person(sample, "Ada Example"))
    report = verify(Uploaded(made.data, "diploma.json"))
    assert (report.verdict, report.code) == (Verdict.UNREADABLE, "other_document")
    assert "verification receipt" in report.results[0].findings[0].message


def test_the_log_keeps_the_digest_of_what_was_handed_out(sample: Services) -> None:
    one = person(sample, "Ada Example")
    download = sample.receipts.hand_out_candidate(one)
    line = sample.activity.rows(action="export.made")[0]
    assert (line.subject, line.detail["file"]) == (one, "receipt.json")
    assert line.detail["sha256"] == hashlib.sha256(download.data).hexdigest()
    card = sample.candidates.detail(one).credentials[0]
    sample.receipts.hand_out_credential(card.cred, names=True)
    assert sample.activity.rows(action="export.made")[0].detail["file"] == (
        "credential-receipt-with-names.json"
    )
