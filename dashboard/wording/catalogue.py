"""One catalogue of sentences a language, through gettext. English is the source and needs no file.

`_` translates now, `N_` only marks a sentence that stands in a table and is translated where it is drawn.
A language arrives as `dashboard/locale/<language>/LC_MESSAGES/skillproof.mo`.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

DOMAIN = "skillproof"
FOLDER = Path(__file__).resolve().parent.parent / "locale"
SOURCE = "en"


class _Speaker:
    """Which language the reader of this moment wants; the dashboard sets where to ask."""

    ask: Callable[[], str] = staticmethod(lambda: SOURCE)


def speak(ask: Callable[[], str]) -> None:
    """From now on, `ask()` names the language of whoever is reading, e.g. "de-CH"."""
    _Speaker.ask = staticmethod(ask)


_spoken: ContextVar[str] = ContextVar("spoken", default="")  # set where no reader can be asked


def language() -> str:
    """The language of whoever is reading, e.g. "de-CH"."""
    return _spoken.get() or _Speaker.ask()


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Within it the language is `chosen`: for what is made later, in a thread that has no reader."""
    token = _spoken.set(chosen)
    try:
        yield
    finally:
        _spoken.reset(token)


def _(sentence: str) -> str:
    """`sentence` in the reader's language, in English where there is no translation."""
    return _translations(language()).gettext(sentence)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the sentence for `count`, with `{count}` filled in."""
    return _translations(language()).ngettext(one, many, count).format(count=f"{count:,}")


def N_(sentence: str) -> str:
    """`sentence` unchanged: it stands in a table and is translated where it is drawn."""
    return sentence


@lru_cache(maxsize=32)  # keyed by what browsers send: bounded
def _translations(language: str) -> gettext.NullTranslations:
    languages = [language.replace("-", "_"), language.partition("-")[0]]
    return gettext.translation(DOMAIN, FOLDER, languages=languages, fallback=True)
