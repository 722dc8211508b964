"""What a person sees when something of ours fails: a sentence, whose move it is, a reference. No traceback.

Streamlit would write the exception with its message into the log, and a message may hold a name. What is
logged here under the reference is the class and the lines of code, never a value.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from dashboard import session, wording
from dashboard.services import Download, Missing, StoreDamaged, StoreOfLaterVersion, StoreUnavailable
from dashboard.wording import FAILURES, _

LOG = logging.getLogger("skillproof.screen")
FRAMES = 6  # lines of code that lead to the fault: enough to find it
KINDS: tuple[tuple[type[Exception], str], ...] = (
    (StoreUnavailable, "store_unavailable"),
    (StoreOfLaterVersion, "store_of_later_version"),
    (StoreDamaged, "store_damaged"),
    (Missing, "gone"),
)


class NotMade(RuntimeError):
    """A download that failed, under its reference."""


@contextmanager
def told(title: str = "") -> Iterator[None]:
    """Say what failed where it would have been drawn; under `title` where nothing stands there yet."""
    try:
        yield
    except Exception as error:
        if title:
            st.title(title, anchor=False)
        _draw(*_noted(error))


@contextmanager
def remembered() -> Iterator[None]:
    """For callbacks: say what failed at the top of the run that follows."""
    try:
        yield
    except Exception as error:
        session.memory().failed = _noted(error)
        st.rerun()  # the whole app, for the button may be in a fragment


@remembered()
def do(change: Callable[..., object], *args: object) -> None:
    """A callback that is one call of a service."""
    change(*args)


def left_behind() -> None:
    """Draw what a callback could not do, once."""
    kept = session.memory()
    failed, kept.failed = kept.failed, None
    if failed:
        _draw(*failed)


def made(make: Callable[[], Download]) -> Callable[[], bytes]:
    """The bytes of a download; Streamlit tells of a failure itself, and logs what was raised.

    They are made in a thread of the server that knows no session: `make` brings its services along, and the
    language is that of this run.
    """
    language = wording.language()

    def data() -> bytes:
        try:
            with wording.speaking(language):
                return make().data
        except Exception as error:
            raise NotMade(_noted(error)[1]) from None

    return data


def _noted(error: Exception) -> tuple[str, str]:
    """What kind of failure it is, and the reference that it is logged under."""
    kind = next((name for cause, name in KINDS if isinstance(error, cause)), "internal_error")
    reference = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    lines = " ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    LOG.error("reference %s: %s at %s", reference, type(error).__name__, lines)
    return kind, reference


def _draw(kind: str, reference: str) -> None:
    told = FAILURES[kind]
    # The key differs each time: a page and its drawer may both fail.
    with st.container(border=True, key=f"failure-{reference}"):
        st.error(
            f"**{_(told.headline)}.** {_(told.sentence)}\n\n**{told.whose}.** {_(told.step)}\n\n"
            + _("Reference {id}").format(id=f"`{reference}`")
        )
        st.button(_("Try again"), key=f"try-again-{reference}")
