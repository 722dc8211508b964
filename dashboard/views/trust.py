"""Screen 8: whom the employer believes and why, which registries are asked, and who did what."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.components import activity_log, frame, issuer_list, receipt_key, sources, vocabularies
from dashboard.wording import N_, _

PARTS = {
    "issuers": N_("Issuers"),
    "registries": N_("Registries & addresses"),
    "vocabularies": N_("Vocabularies"),
    "activity": N_("Activity"),
    "receipts": N_("Receipts"),
}
DRAW = {
    "issuers": issuer_list.issuer_list,
    "registries": sources.sources,
    "vocabularies": vocabularies.vocabularies,
    "activity": activity_log.activity_log,
    "receipts": receipt_key.receipt_key,
}

frame.title(_("Trust & activity"), _("Whom you believe, for what, and why; and a record of who did what."))
session.follow("trust-part", session.chosen("part", list(PARTS), "issuers"))
part = st.segmented_control(
    _("Part"),
    list(PARTS),
    required=True,
    format_func=lambda one: _(PARTS[one]),
    key="trust-part",
    on_change=session.remember,
    args=("part", "trust-part"),
    label_visibility="collapsed",
)
DRAW[part or "issuers"]()
