"""Where a pool of people stands: what nobody proves, by issuer and framework, how old the checks are."""

from __future__ import annotations

import streamlit as st

from dashboard import charts, grids
from dashboard.components import chart
from dashboard.services import Coverage
from dashboard.wording import _, ngettext


def coverage(values: Coverage) -> None:
    """Draw the charts, each with its finding and its table."""
    figure, table = charts.coverage_bars(values.requirements, values.people)
    _named(values)
    chart.chart(figure, finding(values), table, key="coverage")
    left, right = st.columns(2, gap="large")
    with left:
        figure, table = charts.share_bars(values.issuers)
        said = _("{n} issuers; verified credentials of all").format(n=len(values.issuers))
        chart.chart(figure, said, table, key="issuers")
    with right:
        figure, table = charts.share_bars(values.frameworks)
        said = _("{n} frameworks; verified claims of all").format(n=len(values.frameworks))
        chart.chart(figure, said, table, key="frameworks")
        figure, table = charts.age_bars(values.ages_days)
        chart.chart(figure, age_finding(values), table, key="ages")


def finding(values: Coverage) -> str:
    """The coverage in one sentence of ours."""
    nobody = sum(1 for row in values.requirements if not row.states.get("met"))
    if not nobody:
        return _("Somebody proves each requirement")
    return ngettext("Nobody proves {count} requirement", "Nobody proves {count} requirements", nobody)


def _named(values: Coverage) -> None:
    """Which ones: names come from the job, so they are drawn as text."""
    names = [
        grids.requirement_text(row.requirement) for row in values.requirements if not row.states.get("met")
    ]
    if names:
        st.text(_("Proved by nobody: {names}").format(names=", ".join(names)))


def age_finding(values: Coverage) -> str:
    """How old the oldest check is."""
    oldest = max(values.ages_days, default=0)
    return ngettext("Oldest check {count} day ago", "Oldest check {count} days ago", oldest)
