"""Where the verifier keeps what it was given to keep: imported frameworks, nothing about people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

FRAMEWORKS = "frameworks.sqlite"  # inside the folder


def data_folder(platform: str, environ: Mapping[str, str]) -> Path:
    """`SKILLPROOF_HOME`, else the folder where this system keeps a user's data."""
    if chosen := environ.get("SKILLPROOF_HOME"):
        return Path(chosen)
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "skillproof"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "skillproof"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "skillproof"


def frameworks_file(folder: Path) -> Path:
    """The file in `folder` that `python -m verifier frameworks import` writes; it may not be there."""
    return folder / FRAMEWORKS
