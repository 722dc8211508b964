"""Page set-up, who is let in, and navigation; nothing else."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import session
from dashboard.admission import sign_in
from dashboard.components import entrance, failure, frame, notices
from dashboard.services import NotAllowed
from dashboard.wording import _

ASSETS = Path(__file__).resolve().parent / "assets"


def screen() -> None:
    """Draw the screen that the address names, if it is one of this person's; for nobody, how to come in."""
    failed = entered()
    refused = session.refused()
    titles = {
        session.VERIFY: _("Verify"),
        session.CANDIDATES: _("Candidates"),
        session.CANDIDATE: _("Candidate"),
        session.COMPARE: _("Compare"),
        session.COVERAGE: _("Coverage"),
        session.JOBS: _("Jobs"),
        session.TRUST: _("Trust & activity"),
    }
    # Every screen is known, so that any address is answered; the tabs are those of the person's roles.
    mine = (
        []
        if failed or refused
        else [one for one in titles if session.offers(one) and one != session.CANDIDATE]
    )
    pages = {
        one: st.Page(
            one,
            title=title,
            url_path=session.screen_of(one),
            default=one == next(iter(mine), session.VERIFY),
            visibility="visible" if one in mine else "hidden",
        )
        for one, title in titles.items()
    }
    page = st.navigation(list(pages.values()), position="top" if mine else "hidden")
    if failed:
        with failure.told(page.title):
            raise failed
        if sign_in() is None:
            frame.local()
    elif refused:
        entrance.entrance(refused)
    else:
        draw(page, next(one for one, known in pages.items() if known is page))


def entered() -> Exception | None:
    """What failed while it was asked who is here: then nobody is, and every screen says why."""
    try:
        session.enter()
    except Exception as error:
        return error
    return None


def draw(page: st.Page, file: str) -> None:
    """What stands around a screen, and the screen."""
    with failure.told(page.title):
        session.demo(page.url_path)
        session.arrive()
        session.restore(page.url_path)
        notices.notices()
        with failure.told():
            run(page, file)
            notices.waiting()
    frame.foot()


def run(page: st.Page, file: str) -> None:
    """Draw the page, or whose it is not."""
    try:
        if not session.offers(file):  # however they came to its address
            raise NotAllowed(file)
        page.run()
    except NotAllowed:
        frame.not_yours()


# A material icon here would make every visitor's browser call a font host: a local file does not.
st.set_page_config(page_title="Skillproof", page_icon=str(ASSETS / "icon.png"), layout="wide")
st.html(ASSETS / "look.css")
session.begin()
try:
    st.html(ASSETS / f"scheme-{session.theme()}.css")
    st.logo(str(ASSETS / f"logo-{session.theme()}.svg"), size="large")
    screen()
finally:
    session.end()
