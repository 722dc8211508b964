"""did:webvh: a did:web whose history is signed, hashed and, if its owner wants, witnessed (version 1.0)."""

from __future__ import annotations

import re
from collections.abc import Generator

from verifier import strict_json
from verifier.dids import web
from verifier.dids.document import DidDocument
from verifier.dids.syntax import parts_of
from verifier.dids.web import DidUnreachable
from verifier.dids.webvh_log import Entry, read_log, signer_of
from verifier.errors import (
    DID_CORE,
    Inconclusive,
    MalformedDid,
    MalformedDidDocument,
    Unreachable,
    Unreadable,
)
from verifier.flow import Fetch, Fetched, Purpose
from verifier.policy import Limits

__all__ = ["DidDeactivated", "log_url_of", "resolve"]

ACCEPT = ("text/jsonl", "application/jsonl", "application/json", "text/plain")
MAX_WITNESS_PROOFS = 200
_SCID = re.compile(r"[1-9A-HJ-NP-Za-km-z]{46}")


class DidDeactivated(Inconclusive):
    """The owner has given the identifier up; that says nothing about what was signed before."""

    code = "did_deactivated"
    spec = DID_CORE + "#method-operations"
    sentence = "is signed under {0}, which its owner has given up"


def log_url_of(did: str, limits: Limits) -> tuple[str, str]:
    """The SCID of `did` and the address of its log (§The DID to HTTPS Transformation)."""
    _, rest = parts_of(did, limits)
    scid, _, location = rest.partition(":")
    if not _SCID.fullmatch(scid) or not location:
        raise MalformedDid(did)
    try:
        address = web.url_of(f"did:web:{location}", limits)
    except MalformedDid as error:
        raise MalformedDid(did) from error
    return scid, address.removesuffix("did.json") + "did.jsonl"


def resolve(did: str, limits: Limits) -> Generator[Fetch, Fetched, DidDocument]:
    """The document in the last version of the log of `did`, all of which must hold (§Read)."""
    scid, address = log_url_of(did, limits)
    log = yield from _body(did, address)
    try:
        entries = read_log(did, scid, log.removesuffix(b"\n").split(b"\n"), limits)
    except Unreadable as error:
        raise DidUnreachable(did, f"what it answered {error}") from error
    if any(entry.witnesses.threshold for entry in entries):
        body = yield from _body(did, address.removesuffix("did.jsonl") + "did-witness.json")
        _judge_witnesses(entries, _seen(did, body, entries, limits))
    if entries[-1].deactivated:
        raise DidDeactivated(did)
    return DidDocument(id=did, document=entries[-1].state, since=entries[-1].time)


def _body(did: str, address: str) -> Generator[Fetch, Fetched, bytes]:
    try:
        answer = yield Fetch(url=address, purpose=Purpose.KEY, accept=ACCEPT)
    except Unreachable as error:
        raise DidUnreachable(did, error.reason) from error
    return answer.body


def _seen(did: str, body: bytes, entries: tuple[Entry, ...], limits: Limits) -> dict[str, int]:
    """Witness → the last published version that it approved; an approval covers all versions before."""
    numbers = {entry.version_id: number for number, entry in enumerate(entries)}
    try:
        statements = strict_json.objects(strict_json.read(body, limits))
    except Unreadable as error:
        raise DidUnreachable(did, f"what it answered {error}") from error
    seen: dict[str, int] = {}
    count = 0
    for statement in statements:
        version = statement.get("versionId")
        if not isinstance(version, str) or version not in numbers:
            continue  # §The Witness Proofs File: approvals of versions not yet published are ignored
        for proof in strict_json.objects(statement.get("proof")):
            count += 1
            if count > MAX_WITNESS_PROOFS:
                raise MalformedDidDocument("its log has too many witness statements")
            try:
                witness = signer_of({"versionId": version}, proof, limits)
            except MalformedDidDocument:
                continue  # §Verifying Witness Proofs: one that fails does not count, the threshold decides
            seen[witness] = max(seen.get(witness, 0), numbers[version])
    return seen


def _judge_witnesses(entries: tuple[Entry, ...], seen: dict[str, int]) -> None:
    for number, entry in enumerate(entries):
        approvals = sum(1 for witness in entry.witnesses.keys if seen.get(witness, -1) >= number)
        if approvals < entry.witnesses.threshold:
            raise MalformedDidDocument(f"version {number + 1} of its log lacks witnesses")
