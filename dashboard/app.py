"""Page set-up and navigation; nothing else."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import session
from dashboard.components import failure, frame, notices
from dashboard.wording import _

ASSETS = Path(__file__).resolve().parent / "assets"

# A material icon here would make every visitor's browser call a font host: a local file does not.
st.set_page_config(page_title="Skillproof", page_icon=str(ASSETS / "icon.png"), layout="wide")
st.html(ASSETS / "look.css")
session.begin()
st.html(ASSETS / f"scheme-{session.theme()}.css")
st.logo(str(ASSETS / f"logo-{session.theme()}.svg"), size="large")

page = st.navigation(
    [
        st.Page(session.VERIFY, title=_("Verify"), url_path="verify", default=True),
        st.Page(session.CANDIDATES, title=_("Candidates"), url_path="candidates"),
        st.Page(session.CANDIDATE, title=_("Candidate"), url_path="candidate", visibility="hidden"),
        st.Page(session.COMPARE, title=_("Compare"), url_path="compare"),
        st.Page(session.COVERAGE, title=_("Coverage"), url_path="coverage"),
        st.Page(session.JOBS, title=_("Jobs"), url_path="jobs"),
        st.Page(session.TRUST, title=_("Trust & activity"), url_path="trust"),
    ],
    position="top",
)
with failure.told(page.title):  # a store that cannot be opened leaves the page without any
    session.demo()
    session.arrive()
    session.restore(page.url_path)
    notices.notices()
    with failure.told():
        page.run()
        notices.waiting()
frame.foot()
