"""Files as handed in, in one ZIP, with a list of checksums that `sha256sum -c` reads."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

SUMS = "SHA256SUMS"


def to_zip(files: Iterable[tuple[str, bytes]], at: datetime) -> bytes:
    """A ZIP of `files`; equal names get a number. The same files at the same time give the same bytes."""
    buffer = io.BytesIO()
    sums: list[str] = []
    used: set[str] = {SUMS}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            unique = _unique(name, used)
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {unique}\n")
            archive.writestr(_entry(unique, at), data)
        archive.writestr(_entry(SUMS, at), "".join(sums))
    return buffer.getvalue()


def _unique(name: str, used: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    candidate, number = name, 2
    while candidate in used:
        candidate = f"{stem}-{number}.{ending}" if dot else f"{name}-{number}"
        number += 1
    used.add(candidate)
    return candidate


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(at.year, at.month, at.day, at.hour, at.minute, at.second))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
