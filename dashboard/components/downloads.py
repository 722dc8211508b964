"""Downloads, made when they are clicked and written into the log; each beside the table it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import session
from dashboard.services import Download
from dashboard.wording import _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def of_candidates(job_id: str | None) -> None:
    """The grid, without names unless asked for."""
    exports = session.services().exports
    with st.popover(_("Export"), key="export-candidates"):
        names = st.toggle(_("With names"), key="export-names")
        _button(_("CSV"), "candidates.csv", "text/csv", lambda: exports.candidates_csv(job_id, names=names))
        _button(_("Excel"), "candidates.xlsx", XLSX, lambda: exports.candidates_xlsx(job_id, names=names))


def of_candidate(applicant_id: str) -> None:
    """One person, and their files."""
    exports = session.services().exports
    with st.popover(_("Export"), key="export-candidate"):
        names = st.toggle(_("With the name"), key="export-name")
        _button(
            _("CSV"), "candidate.csv", "text/csv", lambda: exports.candidate_csv(applicant_id, names=names)
        )
        _button(_("Excel"), "candidate.xlsx", XLSX, lambda: exports.candidate_xlsx(applicant_id, names=names))
        _button(
            _("Files as handed in"), "files.zip", "application/zip", lambda: exports.raw_zip(applicant_id)
        )


def of_comparison(ids: Sequence[str], job_id: str | None) -> None:
    """Requirements × people."""
    exports = session.services().exports
    with st.popover(_("Export"), key="export-comparison"):
        names = st.toggle(_("With names"), key="export-compared-names")
        _button(
            _("CSV"),
            "comparison.csv",
            "text/csv",
            lambda: exports.comparison_csv(ids, job_id=job_id, names=names),
        )
        _button(
            _("Excel"),
            "comparison.xlsx",
            XLSX,
            lambda: exports.comparison_xlsx(ids, job_id=job_id, names=names),
        )


def of_coverage(job_id: str) -> None:
    """Counts alone; small ones suppressed."""
    exports = session.services().exports
    _button(_("Export CSV"), "coverage.csv", "text/csv", lambda: exports.coverage_csv(job_id))


def of_groups(job_id: str) -> None:
    """A table to fill in for the impact panel: pseudonyms and an empty column."""
    exports = session.services().exports
    _button(_("Table to fill in"), "groups.csv", "text/csv", lambda: exports.groups_template(job_id))


def of_impact(job_id: str, groups: bytes) -> None:
    """The impact of every step; the table of groups is not in it."""
    exports = session.services().exports
    _button(_("All steps as CSV"), "impact.csv", "text/csv", lambda: exports.impact_csv(job_id, groups))


def of_activity() -> None:
    """The log."""
    _button(_("Export CSV"), "activity.csv", "text/csv", session.services().exports.activity_csv)


def _button(label: str, filename: str, mime: str, make: Callable[[], Download]) -> None:
    st.download_button(
        label,
        lambda: make().data,
        filename,
        mime,
        key=f"download-{filename}",
        on_click="ignore",
    )
