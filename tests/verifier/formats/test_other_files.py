"""Everyday files are named for what they are; they are not called damaged."""

from __future__ import annotations

import pytest

from tests.conftest import TERM_START
from verifier import MemoryWeb, Uploaded, Verdict, verify

FILES = {
    "song.mp3": (b"ID3\x04\0\0\0\0\0\0", "a sound file"),
    "bare.mp3": (b"\xff\xfb\x90\0\0", "a sound file"),
    "note.wav": (b"RIFF\x10\0\0\0WAVEfmt ", "a sound or a film"),
    "me.mp4": (b"\0\0\0\x18ftypmp42\0\0\0\0", "a sound or a film"),
    "cv.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an older or locked Office file"),
    "cv.rtf": (b"{\\rtf1\\ansi My life}", "a rich text document"),
    "setup.exe": (b"MZ\x90\0\x03", "a program"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_kind_is_named_and_not_called_damaged(name: str) -> None:
    data, kind = FILES[name]
    report = verify(Uploaded(data, name), web=MemoryWeb({}), now=TERM_START)
    assert (report.verdict, report.code) == (Verdict.UNREADABLE, "not_a_credential")
    assert f"is {kind}, not a credential" in [one.message for one in report.results[0].findings]
