"""Checking a receipt again, with nothing but the receipt: is it unaltered, who signed it, is this the file?

No store and no network are needed, and no installation is asked: whoever has the file can do it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from dashboard.exports.receipt import TYPE, VERSION
from dashboard.services.marks import mark_of
from dashboard.services.values import Mark
from dashboard.settings import Settings
from dashboard.store.signing_key import SigningKeyUnusable, kept_key
from verifier import Limits, VerifierError, did_key, read_signed_json

MB = 1_000_000
# A candidate with forty learner records of two hundred credentials each; ours alone are that long.
LIMITS = Limits(json_bytes=50 * MB, json_nodes=5 * MB, upload_bytes=50 * MB)
MAX_TEXT = 300  # characters of a value that are shown


class Signer(StrEnum):
    """Who signed, as far as whoever checks has said whom they expect."""

    NAMED = "named"  # by one of the keys that were named
    OWN = "own"  # by this installation
    UNKNOWN = "unknown"  # nobody was named: unaltered, but by whom is for the reader to say
    ANOTHER = "another"  # not by any of the keys that were named


class NoReceipt(ValueError):
    """It is no receipt, or one that this version cannot read."""


class ReceiptAltered(ValueError):
    """Its signature does not hold; the sentence says what does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLine:
    """One file, or one credential in a file, as the receipt says."""

    reference: str
    sha256: str
    mark: Mark
    code: str
    policy: str
    at: str  # RFC 3339, as signed
    issuer_list: str  # SHA-256


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptChecked:
    """A receipt that is unaltered."""

    receipt_id: str
    about: str  # credential | candidate
    reference: str
    sample: bool
    signed_by: str  # did:key
    signer: Signer
    created: datetime
    tool: Mapping[str, str]
    lines: tuple[CheckedLine, ...]

    def lines_of(self, data: bytes) -> tuple[CheckedLine, ...]:
        """The lines about exactly these bytes; none: this file was not what was checked."""
        digest = hashlib.sha256(data).hexdigest()
        return tuple(line for line in self.lines if line.sha256 == digest)


def check_receipt(data: bytes, *, named: Sequence[str] = (), own: str = "") -> ReceiptChecked:
    """The receipt in `data`. `named` are did:keys to expect, `own` is that of this installation.

    Raises `NoReceipt`, `ReceiptAltered`.
    """
    try:
        signed = read_signed_json(data, LIMITS)
    except VerifierError as error:
        if data.startswith(b"%PDF-"):  # what is printed is not signed: a paper must not pass for its receipt
            raise NoReceipt(
                "it is a PDF: save the file receipt.json attached to it, and check that"
            ) from error
        if TYPE.encode() not in data:
            raise NoReceipt("it is no verification receipt") from error
        raise ReceiptAltered(f"it {error}" + (f" ({error.pointer})" if error.pointer else "")) from error
    said = signed.document
    if said.get("type") != TYPE:
        raise NoReceipt("it is signed, and no verification receipt")
    if said.get("version") != VERSION:
        raise NoReceipt("it was made by a later version of Skillproof")
    try:
        issuer, lines = said["issuedBy"]["id"], tuple(map(_line, said["checked"]))
        about = {name: _plain(said[name]) for name in ("about", "reference")}
        tool = {_plain(name): _plain(value) for name, value in said["tool"].items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise NoReceipt("it does not say what a receipt must say") from error
    if issuer != signed.signer:
        raise ReceiptAltered(f"it says that {_plain(issuer)} made it, and {signed.signer} signed it")
    return ReceiptChecked(
        **about,
        receipt_id=_plain(said.get("id", "")),
        sample=said.get("sample") is True,
        signed_by=signed.signer,
        signer=_signer(signed.signer, named, own),
        created=signed.created,
        tool=tool,
        lines=lines,
    )


def _line(entry: Mapping[str, Any]) -> CheckedLine:
    verdict, code = _plain(entry["result"]["verdict"]), _plain(entry["result"]["code"])
    return CheckedLine(
        reference=_plain(entry["reference"]),
        sha256=_plain(entry["input"]["sha256"]),
        mark=mark_of(verdict, code),
        code=code,
        policy=_plain(entry["policy"]),
        at=_plain(entry["at"]),
        issuer_list=_plain(entry["issuerListSha256"]),
    )


def _plain(value: Any) -> str:
    """A text that a terminal only shows: whoever signed may have written anything."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in str(value)[:MAX_TEXT])


def _signer(signer: str, named: Sequence[str], own: str) -> Signer:
    if named:
        return Signer.NAMED if signer in named else Signer.ANOTHER
    return Signer.OWN if own and signer == own else Signer.UNKNOWN


def own_key(settings: Settings) -> str:
    """This installation's did:key; "" where it has none yet or cannot open it."""
    home: Path = settings.home
    try:
        key = kept_key(home, settings.key)
    except (SigningKeyUnusable, OSError):
        return ""
    return did_key(key.public_key()) if key else ""
