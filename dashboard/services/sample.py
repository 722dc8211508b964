"""The bundled sample: invented people, their clock and the documents that their web serves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from verifier import MemoryWeb


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePerson:
    """One invented applicant and what they hand in."""

    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    dids: tuple[str, ...]
    line: str  # what this person is there to show
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleWallet:
    """What the demo holder has in her pocket. The key is public and proves nothing about anyone."""

    name: str
    line: str
    did: str
    verification_method: str
    jwk: Mapping[str, str] = field(repr=False)  # Ed25519, `d` included (RFC 8037 §2)
    credentials: tuple[bytes, ...] = field(repr=False)  # about the holder
    sd_jwt: str = field(repr=False)  # bound to the key, everything disclosed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Everything of `sample_data/` that is verified for real."""

    clock: datetime
    people: tuple[SamplePerson, ...]
    job: bytes
    issuers: bytes
    web: MemoryWeb = field(repr=False)
    wallet: SampleWallet


@lru_cache(maxsize=2)
def read_sample(folder: Path) -> Sample:
    """The sample in `folder`. It is part of the checkout: what is missing there is a broken installation."""
    people = _json(folder / "applicants.json")
    addresses = _json(folder / "web.json")
    return Sample(
        clock=datetime.fromisoformat(people["clock"]),
        people=tuple(_person(folder, entry) for entry in people["applicants"]),
        job=(folder / people["job"]).read_bytes(),
        issuers=(folder / "issuers.json").read_bytes(),
        web=MemoryWeb({url: (folder / name).read_bytes() for url, name in addresses.items()}),
        wallet=_wallet(folder, _json(folder / "wallet" / "wallet.json")),
    )


def _person(folder: Path, entry: Mapping[str, Any]) -> SamplePerson:
    return SamplePerson(
        name=entry["name"],
        emails=tuple(entry.get("emails", ())),
        phones=tuple(entry.get("phones", ())),
        dids=tuple(entry.get("dids", ())),
        line=entry.get("explanation", ""),
        files=tuple(folder / file["path"] for file in entry["files"]),
    )


def _wallet(folder: Path, entry: Mapping[str, Any]) -> SampleWallet:
    return SampleWallet(
        name=entry["name"],
        line=entry["explanation"],
        did=entry["did"],
        verification_method=entry["verification_method"],
        jwk=entry["jwk"],
        credentials=tuple((folder / path).read_bytes() for path in entry["credentials"]),
        sd_jwt=(folder / entry["sd_jwt"]).read_text("ascii").strip(),
    )


def _json(path: Path) -> Any:
    return json.loads(path.read_bytes())
