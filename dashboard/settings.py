"""What the environment decides: where the store is, whether the network may be asked, how many work."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from verifier import data_folder

CHECKOUT = Path(__file__).resolve().parent.parent  # sample_data/ and .streamlit/ are found from here
DATABASE_NAME = "skillproof.db"
WORKERS = 4  # most of an item's time is waiting for an issuer; two cores are kept busy by four
MAX_WORKERS = 32
MAX_RETENTION = 36_525  # days: a century


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One installation."""

    home: Path
    database_url: str  # SQLAlchemy form; SQLite in `home` unless SKILLPROOF_DATABASE_URL says otherwise
    offline: bool = False  # SKILLPROOF_OFFLINE=1: no address is asked at all
    registries: tuple[str, ...] = ()  # SKILLPROOF_REGISTRIES: addresses of known-issuer registries
    workers: int = WORKERS
    keep_raw: bool = True  # SKILLPROOF_KEEP_RAW=0: the file is dropped after its verdict; no re-check then
    key: str = field(default="", repr=False)  # SKILLPROOF_KEY: 32 bytes in base64, seals the files handed in
    public_url: str = ""  # SKILLPROOF_PUBLIC_URL: the https address at which a wallet reaches this machine
    retention_days: int | None = None  # SKILLPROOF_RETENTION_DAYS: then the files are dropped; None: never
    contact: str = ""  # SKILLPROOF_CONTACT: whom to ask for a role
    sample_data: Path = CHECKOUT / "sample_data"

    @classmethod
    def read(cls, home: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
        """The settings that `environ` gives; `home` beats SKILLPROOF_HOME."""
        folder = (home or data_folder(sys.platform, environ)).expanduser().resolve()
        return cls(
            home=folder,
            database_url=environ.get("SKILLPROOF_DATABASE_URL") or f"sqlite:///{folder / DATABASE_NAME}",
            offline=environ.get("SKILLPROOF_OFFLINE", "") == "1",
            registries=tuple(environ.get("SKILLPROOF_REGISTRIES", "").split()),
            workers=_number(environ.get("SKILLPROOF_WORKERS", ""), MAX_WORKERS) or WORKERS,
            key=environ.get("SKILLPROOF_KEY", ""),
            public_url=_https(environ.get("SKILLPROOF_PUBLIC_URL", "")),
            retention_days=_number(environ.get("SKILLPROOF_RETENTION_DAYS", ""), MAX_RETENTION),
            contact=environ.get("SKILLPROOF_CONTACT", ""),
            keep_raw=environ.get("SKILLPROOF_KEEP_RAW", "1") != "0",
        )


def _https(text: str) -> str:
    """An https address without query or slash at its end; "" for anything that a phone cannot trust."""
    try:
        address = urlsplit(text.strip())
    except ValueError:
        return ""
    if address.scheme != "https" or not address.hostname or address.username or address.query:
        return ""
    return f"https://{address.netloc}{address.path.rstrip('/')}"


def _number(text: str, most: int) -> int | None:
    """A whole number from 1 to `most`; None for anything that is no number."""
    if not (text.isascii() and text.isdigit()):
        return None
    return min(max(int(text[:9]), 1), most)
