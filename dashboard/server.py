"""The server: Streamlit's pages, and beside them the routes for a wallet and for whoever watches the store.

`python -m dashboard` runs it with `.streamlit/config.toml`. Streamlit's XSRF and CORS rules cover its own
routes alone; what ours take is decided in `wallet/routes.py`.
"""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.settings import CHECKOUT, Settings
from dashboard.wallet.routes import routes


def server(settings: Settings) -> st.App:
    """The application; one a process, for Streamlit allows no second."""
    return st.App(CHECKOUT / "dashboard" / "app.py", routes=routes(session.store, settings.public_url))
