"""did:webvh: a history that was signed by the right keys, hashed and witnessed, or no document at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import base58
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric import ed25519

from tests.issuing_keys import SigningKey
from tests.issuing_proofs import compact_json, jws
from verifier import MemoryWeb, Outcome, Uploaded, dids, verify
from verifier.dids import DidDocument, DidUnreachable
from verifier.dids.webvh import DidDeactivated, log_url_of
from verifier.errors import MalformedDid, MalformedDidDocument, Unreachable, UnsupportedDidMethod
from verifier.flow import Fetch, Fetched, drive
from verifier.policy import Limits

LIMITS = Limits()
Key = ed25519.Ed25519PrivateKey
Entry = dict[str, Any]


def key(number: int) -> Key:
    return Key.from_private_bytes(hashlib.sha256(f"did:webvh demo key {number}".encode()).digest())


def multikey(private: Key) -> str:
    return "z" + base58.b58encode(b"\xed\x01" + private.public_key().public_bytes_raw()).decode()


def multihash(data: bytes) -> str:
    return base58.b58encode(b"\x12\x20" + hashlib.sha256(data).digest()).decode()


def proof(document: Entry, private: Key, **changes: Any) -> Entry:
    name = multikey(private)
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "proofPurpose": "assertionMethod",
        "verificationMethod": f"did:key:{name}#{name}",
        **changes,
    }
    digest = (
        hashlib.sha256(rfc8785.dumps(options)).digest() + hashlib.sha256(rfc8785.dumps(document)).digest()
    )
    return {**options, "proofValue": "z" + base58.b58encode(private.sign(digest)).decode()}


class Log:
    """The log of an invented college, and what its host serves."""

    def __init__(self, place: str = "college.example", **parameters: Any) -> None:
        self.entries: list[Entry] = []
        self.witnessed: Any = None
        self.place = place
        first = self.body(f"did:webvh:{{SCID}}:{place}", 1)
        first["parameters"] = {
            "method": "did:webvh:1.0",
            "scid": "{SCID}",
            "updateKeys": [multikey(key(1))],
            **parameters,
        }
        self.scid = multihash(rfc8785.dumps({**first, "versionId": "{SCID}"}))
        self.did = f"did:webvh:{self.scid}:{place}"
        self.add(json.loads(json.dumps(first).replace("{SCID}", self.scid)))

    @staticmethod
    def body(did: str, number: int) -> Entry:
        method = {"id": f"{did}#key-1", "type": "Multikey", "controller": did}
        method["publicKeyMultibase"] = multikey(key(100 + number))
        state = {"id": did, "verificationMethod": [method], "assertionMethod": [f"{did}#key-1"]}
        time = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number)
        return {"versionTime": f"{time:%Y-%m-%dT00:00:00Z}", "parameters": {}, "state": state}

    def add(
        self,
        body: Entry,
        by: Key | None = None,
        change: Callable[[Entry], None] | None = None,
        **options: Any,
    ) -> Log:
        """One more entry, numbered, hashed and signed; `change` damages it before it is hashed."""
        number = len(self.entries) + 1
        if change:
            change(body)
        before = self.entries[-1]["versionId"] if self.entries else self.scid
        entry = {**body, "versionId": f"{number}-{multihash(rfc8785.dumps({**body, 'versionId': before}))}"}
        self.entries.append({**entry, "proof": [proof(entry, by or key(1), **options)]})
        return self

    def update(
        self, by: Key | None = None, change: Callable[[Entry], None] | None = None, **parameters: Any
    ) -> Log:
        body = self.body(self.did, len(self.entries) + 1)
        body["parameters"] = parameters
        return self.add(body, by, change)

    def witness(self, *numbers: int, version: int = -1, **options: Any) -> Log:
        statement = {"versionId": self.entries[version]["versionId"]}
        signed = [proof(statement, key(number), **options) for number in numbers]
        self.witnessed = [*(self.witnessed or []), {**statement, "proof": signed}]
        return self

    def resolve(self, did: str = "") -> DidDocument:
        pages = self.served()
        if self.witnessed is not None:
            pages[f"https://{self.place}/.well-known/did-witness.json"] = json.dumps(self.witnessed).encode()

        def answer(fetch: Fetch) -> Fetched:
            if fetch.url not in pages:
                raise Unreachable(fetch.url, "no such page")
            return Fetched(url=fetch.url, body=pages[fetch.url])

        return drive(dids.resolve(did or self.did, LIMITS), answer)

    def served(self) -> dict[str, bytes]:
        lines = "".join(json.dumps(entry) + "\n" for entry in self.entries)
        return {f"https://{self.place}/.well-known/did.jsonl": lines.encode()}

    def refused(self) -> None:
        with pytest.raises(MalformedDidDocument):
            self.resolve()


def witnesses(*numbers: int, threshold: int = 1) -> Entry:
    return {"threshold": threshold, "witnesses": [{"id": f"did:key:{multikey(key(n))}"} for n in numbers]}


# ------------------------------------------------------------------------------------- genuine logs


def test_the_last_version_of_a_genuine_log_is_the_document() -> None:
    log = Log().update().update(updateKeys=[multikey(key(2))]).update(by=key(2))
    found = log.resolve()
    assert dids.dereference(found, "#key-1").key.raw == key(104).public_key().public_bytes_raw()


def test_a_version_of_the_future_is_not_in_force_yet() -> None:
    log = Log()
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": log.did,
        "credentialSubject": {"id": "did:example:person"},
    }
    header = {"alg": "EdDSA", "typ": "vc+jwt", "kid": f"{log.did}#key-1"}
    token = jws(header, compact_json(document), SigningKey(kind="Ed25519", private=key(101)))

    def proof_at(now: datetime) -> tuple[Outcome, str]:
        report = verify(Uploaded(token.encode(), "a.jwt"), web=MemoryWeb(log.served()), now=now)
        result = report.check("proof")
        return result.outcome, result.findings[0].code

    since = datetime(2024, 1, 2, tzinfo=UTC)
    assert log.resolve().since == since
    assert proof_at(since)[0] is Outcome.PASSED
    assert proof_at(since - timedelta(minutes=5))[0] is Outcome.PASSED  # clocks differ
    assert proof_at(since - timedelta(minutes=6)) == (Outcome.INDETERMINATE, "did_unreachable")


def test_promised_keys_may_take_over() -> None:
    promise = [multihash(multikey(key(2)).encode())]
    log = Log(nextKeyHashes=promise).update(by=key(2), updateKeys=[multikey(key(2))], nextKeyHashes=[])
    log.update(by=key(2)).resolve()


def test_null_stands_for_a_parameter_that_is_not_set() -> None:
    Log(witness=None, nextKeyHashes=None).update(watchers=None).resolve()


def test_a_log_may_move_where_that_was_allowed_from_the_start() -> None:
    def moved(body: Entry) -> None:
        text = json.dumps(body["state"]).replace("college.example", "new.example")
        body["state"] = {**json.loads(text), "alsoKnownAs": [Log(portable=True).did]}

    log = Log(portable=True).update(change=moved)
    log.place = "new.example"
    log.resolve(log.did.replace("college.example", "new.example"))
    still = Log().update(change=moved)
    with pytest.raises(MalformedDidDocument):
        still.resolve()


def test_enough_witnesses_are_counted() -> None:
    log = Log(witness=witnesses(7, 8, 9, threshold=2)).witness(7, 9)
    log.resolve()
    log.update().refused()
    log.witness(8, 9).resolve()


def test_a_replacement_of_the_witnesses_is_seen_by_the_old_ones() -> None:
    log = Log(witness=witnesses(7)).update(witness=witnesses(8)).witness(8)
    log.refused()
    log.witness(7).resolve()
    ended = Log(witness=witnesses(7)).update(witness={}).update().witness(7, version=1)
    ended.resolve()


# ------------------------------------------------------------------------------------- damaged logs


def test_an_identifier_that_was_given_up_says_so() -> None:
    log = Log().update(deactivated=True, updateKeys=[])
    with pytest.raises(DidDeactivated):
        log.resolve()
    log.update().refused()


def test_another_version_of_the_method_is_neither_a_yes_nor_a_no() -> None:
    with pytest.raises(UnsupportedDidMethod):
        Log(method="did:webvh:2.0").resolve()
    with pytest.raises(UnsupportedDidMethod):
        Log().update(method="did:webvh:0.3").resolve()


def test_a_log_that_is_not_there_says_nothing() -> None:
    log = Log()
    log.place = "elsewhere.example"
    with pytest.raises(DidUnreachable):
        log.resolve()
    with pytest.raises(DidUnreachable):
        Log(witness=witnesses(7)).resolve()
    log = Log()
    log.entries = []
    with pytest.raises(DidUnreachable):
        log.resolve()


PARAMETERS: list[Entry] = [
    {"updateKeys": []},
    {"updateKeys": "z1"},
    {"updateKeys": [5]},
    {"updateKeys": [multikey(key(1))] * 2},
    {"unknown": 1},
    {"portable": "yes"},
    {"ttl": True},
    {"witness": {"threshold": 0, "witnesses": [{"id": f"did:key:{multikey(key(7))}"}]}},
    {"witness": witnesses(7, threshold=2)},
    {"witness": witnesses(7, 7, threshold=2)},
    {"witness": {"threshold": True, "witnesses": [{"id": f"did:key:{multikey(key(7))}"}]}},
    {"witness": {"threshold": 1, "witnesses": [{"id": "did:web:college.example"}]}},
    {"witness": {"threshold": 1, "witnesses": []}},
]


@pytest.mark.parametrize("parameters", PARAMETERS, ids=str)
def test_impossible_parameters_are_refused(parameters: Entry) -> None:
    Log(**parameters).refused()


@pytest.mark.parametrize(
    "parameters", [{"scid": "x"}, {"portable": True}, {"method": 5}, {"nextKeyHashes": 5}], ids=str
)
def test_what_only_the_first_version_may_set_is_not_set_later(parameters: Entry) -> None:
    Log().update(**parameters).refused()


def test_an_entry_signed_with_another_key_is_refused() -> None:
    Log().update(by=key(2)).refused()
    # The new keys take effect after the entry that names them.
    Log().update(by=key(2), updateKeys=[multikey(key(2))]).refused()
    Log().update(updateKeys=[multikey(key(2))]).update(by=key(1)).refused()


def test_keys_that_were_not_promised_do_not_take_over() -> None:
    promise = [multihash(multikey(key(2)).encode())]
    Log(nextKeyHashes=promise).update(by=key(3), updateKeys=[multikey(key(3))], nextKeyHashes=[]).refused()
    Log(nextKeyHashes=promise).update(by=key(1)).refused()
    Log(nextKeyHashes=promise).update(by=key(2), updateKeys=[multikey(key(2))]).refused()


def in_state(**changes: Any) -> Callable[[Entry], None]:
    return lambda body: body["state"].update(changes)


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.update(versionTime="2024-01-02T00:00:00Z"),
        lambda body: body.update(versionTime="2023-12-31T00:00:00Z"),
        lambda body: body.update(versionTime="soon"),
        lambda body: body.update(extra=1),
        lambda body: body.pop("state"),
        lambda body: body.update(state=[]),
        in_state(id=None),
        in_state(id="did:web:college.example"),
        in_state(id=Log("other.example").did),
        in_state(id=Log().did + ":else"),
    ],
)
def test_an_impossible_entry_is_refused(change: Callable[[Entry], None]) -> None:
    Log().update(change=change).refused()


def test_every_change_after_signing_is_noticed() -> None:
    for path in (("versionTime",), ("state", "id"), ("parameters", "scid"), ("versionId",)):
        log = Log()
        node = log.entries[0]
        for name in path[:-1]:
            node = node[name]
        node[path[-1]] = node[path[-1]][:-1] + ("1" if node[path[-1]][-1] != "1" else "2")
        log.refused()


def test_an_entry_left_out_or_swapped_is_noticed() -> None:
    for order in ([0, 2], [1, 2], [0, 2, 1], [0, 0, 1, 2], [0, 1, 1, 2]):
        log = Log().update().update()
        log.entries = [log.entries[index] for index in order]
        log.refused()


@pytest.mark.parametrize(
    "proofs",
    [
        [],
        None,
        ["text"],
        "text",
        [{}],
        [{"type": "DataIntegrityProof"}] * 20,
    ],
)
def test_an_unsigned_entry_is_refused(proofs: object) -> None:
    log = Log()
    log.entries[0]["proof"] = proofs
    log.refused()


@pytest.mark.parametrize(
    "options",
    [
        {"cryptosuite": "eddsa-rdfc-2022"},
        {"type": "Ed25519Signature2020"},
        {"proofPurpose": "authentication"},
        {"verificationMethod": f"did:key:{multikey(key(1))}#{multikey(key(2))}"},
        {"verificationMethod": f"did:key:{multikey(key(2))}#{multikey(key(1))}"},
        {"verificationMethod": "did:web:college.example#key-1"},
        {"verificationMethod": 5},
    ],
    ids=str,
)
def test_a_proof_of_another_kind_or_by_an_unclear_key_is_refused(options: Entry) -> None:
    log = Log()
    body = Log.body(log.did, 2)
    log.add(body, **options).refused()


def test_a_second_proof_must_hold_too() -> None:
    log = Log()
    entry = {name: value for name, value in log.entries[0].items() if name != "proof"}
    log.entries[0]["proof"].append(proof(entry, key(2)))
    log.refused()


def test_witness_statements_that_do_not_hold_do_not_count() -> None:
    required = witnesses(7, 8, threshold=2)
    Log(witness=required).witness(7, 7).refused()
    Log(witness=required).witness(7, 9).refused()
    Log(witness=required).witness(7).witness(8, proofPurpose="authentication").refused()
    elsewhere = Log("other.example", witness=required).witness(7, 8)
    replayed = Log(witness=required)
    replayed.witnessed = elsewhere.witnessed
    replayed.refused()
    flood = Log(witness=required)
    flood.witness(*[9] * 201).refused()
    shapeless = Log(witness=required)
    shapeless.witnessed = [{"versionId": 5}, "text", {"versionId": shapeless.entries[0]["versionId"]}]
    shapeless.refused()


def test_a_log_without_end_is_refused() -> None:
    log = Log()
    for _ in range(499):
        log.update()
    log.resolve()
    log.update().refused()


SCID = "Qm" + "1" * 44


@pytest.mark.parametrize(
    ("did", "url"),
    [
        (f"did:webvh:{SCID}:college.example", "https://college.example/.well-known/did.jsonl"),
        (f"did:webvh:{SCID}:college.example%3A8443:a:b", "https://college.example:8443/a/b/did.jsonl"),
        (f"did:webvh:{SCID}", None),
        (f"did:webvh:{SCID}:", None),
        (f"did:webvh:{SCID[1:]}:college.example", None),
        (f"did:webvh:{SCID[1:]}0:college.example", None),
        (f"did:webvh:{SCID}:127.0.0.1", None),
        (f"did:webvh:{SCID}:127%2E0%2E0%2E1", None),
        (f"did:webvh:{SCID}:127.0.0.1%3a80", None),
        (f"did:webvh:{SCID}:college.example:..:a", None),
        (f"did:webvh:{SCID}:college.example:%2e%2e", None),
        (f"did:webvh:{SCID}:college.example#a", None),
    ],
)
def test_a_did_webvh_names_one_public_address_or_none(did: str, url: str | None) -> None:
    if url is None:
        with pytest.raises(MalformedDid):
            log_url_of(did, LIMITS)
    else:
        assert log_url_of(did, LIMITS) == (SCID, url)
