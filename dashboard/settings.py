"""What the environment decides: where the store is, whether the network may be asked, how many work."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent  # sample_data/ and .streamlit/ are found from here
DATABASE_NAME = "skillproof.db"
WORKERS = 4  # most of an item's time is waiting for an issuer; two cores are kept busy by four
MAX_WORKERS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One installation."""

    home: Path
    database_url: str  # SQLAlchemy form; SQLite in `home` unless SKILLPROOF_DATABASE_URL says otherwise
    offline: bool = False  # SKILLPROOF_OFFLINE=1: no address is asked at all
    registries: tuple[str, ...] = ()  # SKILLPROOF_REGISTRIES: addresses of known-issuer registries
    workers: int = WORKERS
    keep_raw: bool = True  # SKILLPROOF_KEEP_RAW=0: the file is dropped after its verdict; no re-check then
    sample_data: Path = CHECKOUT / "sample_data"

    @classmethod
    def read(cls, home: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
        """The settings that `environ` gives; `home` beats SKILLPROOF_HOME."""
        chosen = home or Path(environ.get("SKILLPROOF_HOME") or user_data_folder(sys.platform, environ))
        folder = chosen.expanduser().resolve()
        return cls(
            home=folder,
            database_url=environ.get("SKILLPROOF_DATABASE_URL") or f"sqlite:///{folder / DATABASE_NAME}",
            offline=environ.get("SKILLPROOF_OFFLINE", "") == "1",
            registries=tuple(environ.get("SKILLPROOF_REGISTRIES", "").split()),
            workers=_workers(environ.get("SKILLPROOF_WORKERS", "")),
            keep_raw=environ.get("SKILLPROOF_KEEP_RAW", "1") != "0",
        )


def user_data_folder(platform: str, environ: Mapping[str, str]) -> Path:
    """Where this kind of machine keeps a user's data."""
    home = Path.home()
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Skillproof"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "Skillproof"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "skillproof"


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        return WORKERS
    return min(max(int(text), 1), MAX_WORKERS)
