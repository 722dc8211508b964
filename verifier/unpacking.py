"""unpack(): an archive as the files in it, for who judges them one by one and not as one collection."""

from __future__ import annotations

from verifier.errors import Unreadable
from verifier.formats import CONTAINERS
from verifier.formats.archive import ARCHIVE, is_litter, separate
from verifier.given import Uploaded
from verifier.policy import Limits

__all__ = ["is_litter", "unpack"]


def unpack(uploaded: Uploaded, limits: Limits | None = None) -> tuple[Uploaded, ...]:
    """The files in a ZIP archive, each under its path in it; anything else comes back as it is.

    Never raises: an archive that cannot be opened as a whole stays one file, and `verify` says why. A member
    that cannot be opened alone stays packed, for the same reason.
    """
    limits = limits or Limits()
    if next((one for one in CONTAINERS if one.sniff(uploaded.data)), None) is not ARCHIVE:
        return (uploaded,)
    try:
        members = separate(uploaded.data, limits)
    except Unreadable:
        return (uploaded,)
    return tuple(Uploaded(data, name) for name, data in members)
