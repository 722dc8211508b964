"""The log of a did:webvh: every version signed by keys that the version before allowed (did:webvh 1.0).

Hashes chain each entry to the one before, the first one to the identifier itself. A host that rewrites
history breaks the chain; it can only stop serving it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import base58

from verifier import strict_json
from verifier.errors import (
    MalformedCredential,
    MalformedDidDocument,
    UnsupportedDidMethod,
    VerifierError,
)
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.proofs import canonical, keys
from verifier.proofs.contexts import Contexts
from verifier.proofs.cryptosuite import Secured
from verifier.proofs.eddsa import EDDSA_JCS_2022

__all__ = ["Entry", "Witnesses", "read_log", "signer_of"]

METHOD = "did:webvh:1.0"
PLACEHOLDER = "{SCID}"
MAX_ENTRIES = 500  # versions of one issuer's document; each costs a signature
_MEMBERS = frozenset({"versionId", "versionTime", "parameters", "state", "proof"})
_PARAMETERS: dict[str, type | tuple[type, ...]] = {
    "method": str,
    "scid": str,
    "updateKeys": list,
    "nextKeyHashes": list,
    "witness": dict,
    "watchers": list,
    "portable": bool,
    "deactivated": bool,
    "ttl": int,
}
_VERSION_ID = re.compile(r"([1-9][0-9]{0,5})-([1-9A-HJ-NP-Za-km-z]{46})")
_DID_KEY = re.compile(r"did:key:(z[1-9A-HJ-NP-Za-km-z]{1,200})(?:#(z[1-9A-HJ-NP-Za-km-z]{1,200}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnesses:
    """Who must have seen an entry (§The witness Parameter); threshold 0: nobody."""

    threshold: int = 0
    keys: frozenset[str] = frozenset()  # Multikeys


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One verified version."""

    version_id: str
    time: datetime
    state: JsonObject = field(repr=False)
    deactivated: bool
    witnesses: Witnesses  # those who must have seen this entry


@dataclass(slots=True)
class _Active:
    """The parameters in force while the log is read (§Parameters)."""

    update_keys: tuple[str, ...] = ()
    next_hashes: tuple[str, ...] = ()
    witnesses: Witnesses = field(default_factory=Witnesses)
    portable: bool = False
    deactivated: bool = False


def read_log(did: str, scid: str, lines: Iterable[bytes], limits: Limits) -> tuple[Entry, ...]:
    """Every version in the log of `did`, verified in order (§Read); witnesses are judged by the caller.

    Raises `MalformedDidDocument`, `UnsupportedDidMethod` for another version of the method, or what a key
    or signature deserves. Whether the last time lies in the future is not asked: only the controller could
    say so, and gains nothing.
    """
    active, entries, previous_id = _Active(), list[Entry](), scid
    for number, line in enumerate(lines, start=1):
        if number > MAX_ENTRIES:
            raise MalformedDidDocument(f"its log has more than {MAX_ENTRIES} versions")
        entry = strict_json.read_object(line, limits)
        if entry.keys() != _MEMBERS:
            raise MalformedDidDocument(f"version {number} of its log is not an entry")
        if active.deactivated:
            raise MalformedDidDocument("its log goes on after its end")
        if number == 1:
            _judge_scid(entry, scid)
        _judge_version_id(entry, number, previous_id)
        signers, witnesses = _advance(active, _parameters(entry, number), first=number == 1)
        for proof in _proofs(entry):
            if signer_of(_unsigned(entry), proof, limits) not in signers:
                raise MalformedDidDocument(f"version {number} of its log is signed with a key not allowed to")
        entries.append(_verified(entry, entries, scid, active, witnesses))
        previous_id = entry["versionId"]
    if not entries or entries[-1].state["id"] != did:
        raise MalformedDidDocument("its log ends with another identifier")
    return tuple(entries)


# ------------------------------------------------------------------------------------- hashes


def _unsigned(entry: JsonObject) -> JsonObject:
    return {name: value for name, value in entry.items() if name != "proof"}


def _multihash(data: bytes) -> str:
    """base58btc of a SHA-256 multihash: the only hash of did:webvh 1.0."""
    text: bytes = base58.b58encode(b"\x12\x20" + hashlib.sha256(data).digest())
    return text.decode()


def _jcs(document: JsonObject) -> bytes:
    try:
        return canonical.jcs(document)
    except MalformedCredential as error:
        raise MalformedDidDocument("its log has no canonical form") from error


def _judge_scid(entry: JsonObject, scid: str) -> None:
    """§Verify SCID: the identifier is the hash of the first entry with itself blanked out."""
    parameters = entry["parameters"]
    if not isinstance(parameters, dict) or parameters.get("scid") != scid:
        raise MalformedDidDocument("its log begins with another identifier")
    text = json.dumps({**_unsigned(entry), "versionId": PLACEHOLDER}).replace(scid, PLACEHOLDER)
    if _multihash(_jcs(json.loads(text))) != scid:
        raise MalformedDidDocument("its identifier is not the hash of its first version")


def _judge_version_id(entry: JsonObject, number: int, previous_id: str) -> None:
    """§Verify The Entry Hash."""
    match = _VERSION_ID.fullmatch(entry["versionId"]) if isinstance(entry["versionId"], str) else None
    if match is None or int(match[1]) != number:
        raise MalformedDidDocument(f"version {number} of its log is numbered otherwise")
    if match[2] != _multihash(_jcs({**_unsigned(entry), "versionId": previous_id})):
        raise MalformedDidDocument(f"version {number} of its log does not build upon the one before")


# ------------------------------------------------------------------------------------- parameters


def _parameters(entry: JsonObject, number: int) -> JsonObject:
    """The parameters of one entry; null stands for “not set”, as early implementations wrote it."""
    given = entry["parameters"]
    if not isinstance(given, dict) or not given.keys() <= _PARAMETERS.keys():
        raise MalformedDidDocument(f"version {number} of its log has unknown parameters")
    found = {name: value for name, value in given.items() if value is not None}
    for name, value in found.items():
        if not isinstance(value, _PARAMETERS[name]) or (name == "ttl" and isinstance(value, bool)):
            raise MalformedDidDocument(f"“{name}” in its log is not what it should be")
    if (found.get("method", METHOD) if number > 1 else found.get("method")) != METHOD:
        raise UnsupportedDidMethod(str(found.get("method", "did:webvh without a version")))
    if number > 1 and ("scid" in found or found.get("portable")):
        raise MalformedDidDocument("its log sets late what only its first version may set")
    return found


def _advance(active: _Active, found: JsonObject, *, first: bool) -> tuple[tuple[str, ...], Witnesses]:
    """Put `found` in force; the keys that may sign this entry, and its witnesses (§Authorized Keys)."""
    new_keys = _texts(found, "updateKeys")
    if first and not new_keys:
        raise MalformedDidDocument("its log names no keys that may change it")
    pre_rotation = bool(active.next_hashes)
    if pre_rotation:
        if "updateKeys" not in found or "nextKeyHashes" not in found:
            raise MalformedDidDocument("its log leaves out the keys that it promised")
        if not all(_multihash(key.encode()) in active.next_hashes for key in new_keys):
            raise MalformedDidDocument("its log passes to keys that it did not promise")
    signers = new_keys if first or pre_rotation else active.update_keys
    if "updateKeys" in found:
        active.update_keys = new_keys
    if "nextKeyHashes" in found:
        active.next_hashes = _texts(found, "nextKeyHashes")
    before = active.witnesses
    if "witness" in found:
        active.witnesses = _witnesses(found["witness"])
    active.portable = found.get("portable", active.portable)
    active.deactivated = found.get("deactivated", active.deactivated)
    # §Witness Lists: a first list counts at once, a replacement or an end only from the next entry on.
    return signers, before if before.threshold else active.witnesses


def _texts(found: JsonObject, name: str) -> tuple[str, ...]:
    values = found.get(name, [])
    texts = strict_json.texts(values)
    if len(texts) != len(values) or len(set(texts)) != len(texts):
        raise MalformedDidDocument(f"“{name}” in its log is not a list of different texts")
    return texts


def _witnesses(value: JsonObject) -> Witnesses:
    """§The witness Parameter: different did:key witnesses, and a threshold from 1 to their number."""
    if not value:
        return Witnesses()
    named = strict_json.objects(value.get("witnesses"))
    found = [_DID_KEY.fullmatch(str(witness.get("id"))) for witness in named]
    multikeys = frozenset(match[1] for match in found if match and not match[2])
    threshold = value.get("threshold")
    if isinstance(threshold, bool) or not isinstance(threshold, int) or len(multikeys) != len(named):
        raise MalformedDidDocument("the witnesses of its log are not well formed")
    if not 1 <= threshold <= len(multikeys):
        raise MalformedDidDocument("its log asks for more or fewer witnesses than there are")
    return Witnesses(threshold=threshold, keys=multikeys)


# ------------------------------------------------------------------------------------- signatures, state


def _proofs(entry: JsonObject) -> tuple[JsonObject, ...]:
    values = strict_json.one_or_many(entry["proof"])
    if not values or len(values) > 10 or not all(isinstance(value, dict) for value in values):
        raise MalformedDidDocument("a version of its log is not signed")
    return values


def signer_of(document: JsonObject, proof: JsonObject, limits: Limits) -> str:
    """The Multikey whose holder signed `document`; raises when `proof` does not hold (eddsa-jcs-2022)."""
    expected = ("DataIntegrityProof", "eddsa-jcs-2022", "assertionMethod")
    if tuple(proof.get(name) for name in ("type", "cryptosuite", "proofPurpose")) != expected:
        raise MalformedDidDocument("a version of its log is signed in another way than did:webvh 1.0 allows")
    match = _DID_KEY.fullmatch(str(proof.get("verificationMethod")))
    if match is None or match[2] not in (None, match[1]):
        raise MalformedDidDocument("a version of its log is signed by an unclear key")
    secured = Secured(
        document=document,
        options={name: value for name, value in proof.items() if name != "proofValue"},
        value=proof.get("proofValue"),
        contexts=Contexts.of({}),
        limits=limits,
    )
    try:
        EDDSA_JCS_2022.check(secured, keys.from_multikey(match[1]))
    except VerifierError as error:
        raise MalformedDidDocument("a version of its log does not match its signature") from error
    return match[1]


def _verified(
    entry: JsonObject, before: list[Entry], scid: str, active: _Active, witnesses: Witnesses
) -> Entry:
    try:
        time = strict_json.instant(entry["versionTime"], "/versionTime")
    except MalformedCredential as error:
        raise MalformedDidDocument("a version of its log has no date") from error
    if before and time <= before[-1].time:
        raise MalformedDidDocument("the versions of its log are not in order of time")
    state = entry["state"]
    identifier = state.get("id") if isinstance(state, dict) else None
    if not isinstance(identifier, str) or not identifier.startswith(f"did:webvh:{scid}:"):
        raise MalformedDidDocument("a version of its log is of another identifier")
    old = before[-1].state["id"] if before else identifier
    # §DID Portability: allowed from the start only, and the old name stays on record.
    moved = identifier != old
    if moved and not (active.portable and old in strict_json.texts(state.get("alsoKnownAs"))):
        raise MalformedDidDocument("its log moves to another address without leave")
    return Entry(
        version_id=entry["versionId"],
        time=time,
        state=state,
        deactivated=active.deactivated,
        witnesses=witnesses,
    )
