"""One credential: the checks, the findings, the addresses asked, the file, the history."""

from __future__ import annotations

from dashboard.services.values import Download, EvidenceView


class Evidence:
    """The receipt behind every verdict."""

    def view(self, cred: str, *, report_id: str | None = None) -> EvidenceView:
        """The current verdict on `cred`, or an earlier one named by `report_id`. Raises `Missing`."""
        raise NotImplementedError

    def raw(self, cred: str, *, actor: str = "local") -> Download:
        """The file exactly as it was handed in. Raises `Missing`, also when it is no longer kept."""
        raise NotImplementedError

    def report_json(self, cred: str) -> Download:
        """The whole report as JSON (`Report.to_dict()`)."""
        raise NotImplementedError
