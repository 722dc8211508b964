"""Where a pool of people stands: what nobody proves, by issuer and framework, how old the checks are."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import charts, grids, wording
from dashboard.components import chart, pill
from dashboard.services import Coverage, ShareRow
from dashboard.wording import _, ngettext

NAMED, NAME = 3, 60  # requirements named in the sentence, and characters of each; the picture names all


def coverage(values: Coverage) -> None:
    """Draw the charts, each with its finding and its table."""
    figure, table = charts.coverage_bars(values.requirements, values.people)
    chart.finding(finding(values), key="coverage")
    st.markdown(legend(values))
    chart.bare(figure, finding(values), key="coverage")
    _beyond(len(values.requirements))
    chart.folded(table, finding(values), key="coverage")
    left, right = st.columns(2, gap="large")
    with left:
        figure, table = charts.share_bars(values.issuers)
        chart.chart(figure, issuer_finding(values.issuers), table, key="issuers")
        _beyond(len(values.issuers))
    with right:
        figure, table = charts.share_bars(values.frameworks)
        chart.chart(figure, framework_finding(values.frameworks), table, key="frameworks")
        figure, table = charts.age_bars(values.ages)
        chart.chart(figure, age_finding(values), table, key="ages")


def finding(values: Coverage) -> str:
    """The coverage in one sentence, with names that come from the job: text, never Markdown."""
    rows = values.requirements
    nobody = [grids.requirement_text(row.requirement) for row in rows if not row.states.get("met")]
    if nobody:
        more = len(nobody) - NAMED
        names = ", ".join(charts.shortened(name, NAME) for name in nobody[:NAMED]) + (
            ngettext(" and {count} more", " and {count} more", more) if more > 0 else ""
        )
        return _("Nobody proves {names}").format(names=names)
    if not rows:
        return _("The job asks for nothing yet")
    least = rows[0]
    people = ngettext("{count} person", "{count} people", values.people)
    return _("Fewest prove {name}: {n} of {people}").format(
        name=grids.requirement_text(least.requirement), n=least.states.get("met", 0), people=people
    )


def legend(values: Coverage) -> str:
    """The marks in the bars, each with its word: those that occur."""
    seen = {name for row in values.requirements for name, count in row.states.items() if count}
    return " ".join(pill.inline(look) for name, look in wording.STATES.items() if name in seen)


def issuer_finding(rows: Sequence[ShareRow]) -> str:
    """How much of what was handed in is verified, and from how many issuers."""
    said = ngettext("from {count} issuer", "from {count} issuers", len(rows))
    return _("{n} of {all} credentials verified, {said}").format(**_sums(rows), said=said)


def framework_finding(rows: Sequence[ShareRow]) -> str:
    """The same of the skills that the credentials name."""
    said = ngettext("in {count} framework", "in {count} frameworks", len(rows))
    return _("{n} of {all} skill claims verified, {said}").format(**_sums(rows), said=said)


def _sums(rows: Sequence[ShareRow]) -> dict[str, str]:
    return {"n": f"{sum(row.verified for row in rows):,}", "all": f"{sum(row.total for row in rows):,}"}


def _beyond(count: int) -> None:
    if count > charts.MOST_BARS:
        st.caption(
            _("The picture shows the first {shown} of {all}; the table has all.").format(
                shown=charts.MOST_BARS, all=count
            )
        )


def age_finding(values: Coverage) -> str:
    """How old the oldest check is."""
    return ngettext("Oldest check {count} day ago", "Oldest check {count} days ago", values.oldest_days)
