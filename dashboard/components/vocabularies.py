"""The vocabularies that credentials are written in, pinned on this machine."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.wording import _


def vocabularies() -> None:
    """Address, origin and hash of each: what a term means is never fetched, so nobody can change it."""
    rows = session.services().issuers.vocabularies()
    st.caption(
        _(
            "{count} vocabularies ship with this installation and are never fetched. A credential that uses "
            "another one is not refused: what it says could not be checked."
        ).format(count=len(rows))
    )
    table = pd.DataFrame(
        {
            _("Address"): [row.url for row in rows],
            _("Taken from"): [row.source for row in rows],
            _("Licence"): [row.licence for row in rows],
            _("SHA-256"): [row.sha256 for row in rows],
        }
    )
    st.dataframe(table, hide_index=True, key="vocabularies", alt=_("Pinned vocabularies"))
