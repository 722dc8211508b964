"""Screen 8: whom the employer believes and why, which registries are asked, and who did what."""

from __future__ import annotations

from dashboard.components import activity_log, frame, issuer_list, parts, receipt_key, sources, vocabularies
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
DRAW[parts.part("part", PARTS, key="trust-part", label=_("Part"))]()
