"""The language of a sentence: the reader's, also where a file is made in a thread that has no reader."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from threading import Thread

import pytest

from dashboard.components import failure
from dashboard.services import Download
from dashboard.wording import _, catalogue, language, speak, speaking


class Shouting(gettext.NullTranslations):
    """A language whose words are those of English, louder."""

    def gettext(self, message: str) -> str:
        return message.upper()


@pytest.fixture(autouse=True)
def a_loud_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    spoken = {"en": gettext.NullTranslations(), "en-LOUD": Shouting()}
    monkeypatch.setattr(catalogue, "_translations", spoken.__getitem__)
    before = catalogue._Speaker.ask
    yield
    speak(before)


def test_a_sentence_is_in_the_language_of_whoever_reads_it() -> None:
    speak(lambda: "en-LOUD")
    assert _("Verified") == "VERIFIED"
    with speaking("en"):
        assert _("Verified") == "Verified"
    assert language() == "en-LOUD"


def test_a_download_is_in_the_language_of_the_screen_that_offered_it() -> None:
    speak(lambda: "en-LOUD")
    make = failure.made(lambda: Download(filename="a.txt", mime="text/plain", data=_("Verified").encode()))
    speak(lambda: pytest.fail("there is no reader here"))
    made: list[bytes] = []
    thread = Thread(target=lambda: made.append(make()))
    thread.start()
    thread.join()
    assert made == [b"VERIFIED"]
