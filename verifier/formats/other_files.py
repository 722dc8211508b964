"""Everyday files that hold no credential, told by their first bytes: none of them is called damaged."""

from __future__ import annotations

from typing import NoReturn

from verifier.errors import NotACredential
from verifier.formats.document import Container
from verifier.policy import Limits

_KINDS = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an older or locked Office file",  # [MS-CFB] §2.2
    b"{\\rtf": "a rich text document",
    b"ID3": "a sound file",
    b"\xff\xfb": "a sound file",
    b"fLaC": "a sound file",
    b"OggS": "a sound or a film",
    b"\x1aE\xdf\xa3": "a film",
    b"MZ": "a program",
    b"\x7fELF": "a program",
}


def _kind(data: bytes) -> str | None:
    if data[4:8] == b"ftyp":  # ISO/IEC 14496-12 §4.3; photos of this family are read before
        return "a sound or a film"
    if data[:4] == b"RIFF" and data[8:12] in (b"WAVE", b"AVI "):
        return "a sound or a film"
    return next((kind for magic, kind in _KINDS.items() if data.startswith(magic)), None)


def sniff(data: bytes) -> bool:
    """Whether `data` is of a kind that holds no credential."""
    return _kind(data) is not None


def refuse(data: bytes, _limits: Limits) -> NoReturn:
    """Say what `data` is. Raises `NotACredential`."""
    raise NotACredential(_kind(data) or "a file")


OTHER_FILE = Container(name="other_file", sniff=sniff, open=refuse)
