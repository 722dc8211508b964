"""Values → plotly figures, each with the table that says the same. Pure: no Streamlit, no store.

Colours mean verdicts; everything else is drawn in the neutral that Streamlit's theme gives. Labels may come
from outside: `label` makes them plain, for plotly reads a few HTML tags in texts.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd
import plotly.graph_objects as go

from dashboard import grids, wording
from dashboard.services import (
    Cell,
    Comparison,
    Counts,
    CoverageRow,
    CredentialCard,
    ShareRow,
)
from dashboard.wording import Colour, _

LABEL = 44  # characters of a label: longer ones push the picture off the page
NEUTRAL = "#8A9097"  # reads on a light and on a dark ground; not a verdict
BAR = 26  # pixels a bar, with its air
GOOD_TO_BAD = tuple(wording.STATES)
# Bars of one hue side by side need a paler sibling; each carries its icon, and words ≥ 4.5:1.
FILLS = {
    "met": "#009E73",
    "level_short": "#F0A878",
    "level_unknown": "#E69F00",
    "related_only": "#F5D48F",
    "claimed": "#0072B2",
    "rejected_evidence": "#DF6A10",
    "no_evidence": "#C9CDD2",
}
AGES = ((7, "≤ 7"), (30, "≤ 30"), (90, "≤ 90"), (365, "≤ 365"))  # days


def label(text: str, limit: int = LABEL) -> str:
    """`text` on one line, without control or direction marks, and never a tag."""
    kept = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text[: limit * 4])
    short = kept if len(kept) <= limit else kept[: limit - 1] + "…"
    return html.escape(short, quote=False)


def solid(colour: Colour) -> str:
    """The hue that reads on both grounds."""
    return wording.palette("light")[colour][2]


def _figure(height: int, *, left: int = 0, bottom: int = 24) -> go.Figure:
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": left, "r": 8, "t": 6, "b": bottom},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        barmode="stack",
        bargap=0.32,
        dragmode=False,
        hoverlabel={"namelength": -1},
    )
    figure.update_xaxes(showgrid=False, zeroline=False, fixedrange=True)
    figure.update_yaxes(showgrid=False, zeroline=False, fixedrange=True, automargin=True)
    return figure


def verdict_bar(counts: Counts) -> tuple[go.Figure, pd.DataFrame]:
    """One stacked bar of verdicts."""
    figure = _figure(20, bottom=0)
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, bargap=0)
    rows = [(wording.mark(mark), count) for mark, count in counts.by_mark().items() if count]
    for look, count in rows:
        figure.add_bar(
            x=[count],
            y=[""],
            orientation="h",
            marker={"color": solid(look.colour), "line": {"width": 1, "color": "rgba(255,255,255,0.6)"}},
            hovertemplate=f"{look.label}: {count}<extra></extra>",
        )
    figure.update_xaxes(visible=False, range=[0, max(counts.received, 1)])
    figure.update_yaxes(visible=False)
    return figure, pd.DataFrame(
        [(look.label, count) for look, count in rows], columns=[_("Verdict"), _("Items")]
    )


# ------------------------------------------------------------------------------------ one person


def scales(cells: Sequence[Cell]) -> tuple[str, ...]:
    """The level scales that the job asks in; two scales are never drawn on one axis."""
    found = [cell.requirement.level_scheme for cell in cells if cell.requirement.level_scheme]
    return tuple(dict.fromkeys(found))


def level_dots(cells: Sequence[Cell]) -> tuple[go.Figure, pd.DataFrame] | None:
    """Held against asked level on the EQF, the one scale with numbers everybody shares; None without any."""
    rows = [cell for cell in cells if cell.requirement.level_scheme == "EQF"]
    points = [(cell, _number(cell.asked), _number(cell.held)) for cell in rows]
    points = [(cell, asked, held) for cell, asked, held in points if asked is not None]
    if not points:
        return None
    figure = _figure(70 + BAR * len(points), bottom=48)
    names = [label(cell.requirement.skill_name) for cell, _asked, _held in points]
    for name, (cell, asked, held) in zip(names, points, strict=True):
        if held is not None:
            figure.add_scatter(
                x=[asked, held], y=[name, name], mode="lines", line={"color": NEUTRAL}, hoverinfo="skip"
            )
            look = wording.state(cell.state)
            figure.add_scatter(
                x=[held],
                y=[name],
                mode="markers+text",
                text=[f"{look.icon} {held:g}"],
                textposition="top center",
                marker={"size": 13, "color": solid(look.colour)},
                hovertemplate=f"{_('held')}: EQF {held:g}<extra></extra>",
            )
        figure.add_scatter(
            x=[asked],
            y=[name],
            mode="markers",
            marker={"size": 15, "symbol": "line-ns-open", "color": NEUTRAL, "line": {"width": 3}},
            hovertemplate=f"{_('asked')}: EQF {asked:g}<extra></extra>",
        )
    words = _("EQF level: bar = asked, dot = held")
    figure.update_xaxes(range=[0.5, 8.5], dtick=1, title={"text": words, "standoff": 8})
    figure.update_yaxes(range=[len(points) - 0.4, -0.7])
    table = [(cell.requirement.skill_name, cell.asked, cell.held or "–") for cell, _a, _h in points]
    return figure, pd.DataFrame(table, columns=[_("Skill"), _("Asked"), _("Held")])


def _number(level: str) -> float | None:
    text = level.removeprefix("EQF ").strip()
    return float(text) if text.isascii() and text.isdigit() else None


def timeline(cards: Sequence[CredentialCard], now: datetime) -> tuple[go.Figure, pd.DataFrame] | None:
    """From when to when each credential counts; None where none names a date."""
    dated = [card for card in cards if card.valid_from]
    if not dated:
        return None
    figure = _figure(40 + BAR * len(dated))
    for place, card in enumerate(dated):
        look = wording.mark(card.mark)
        figure.add_scatter(
            x=[card.valid_from, card.valid_until or now],
            y=[place, place],
            mode="lines+markers",
            line={"color": solid(look.colour), "width": 7},
            marker={
                "size": 9,
                "color": solid(look.colour),
                "symbol": ["circle", "circle" if card.valid_until else "triangle-right"],
            },
            hovertemplate=f"{look.label}<br>%{{x|%d %b %Y}}<extra></extra>",
        )
    figure.add_vline(x=now, line={"width": 1, "dash": "dot", "color": NEUTRAL})
    texts = [f"{wording.mark(card.mark).icon}  {label(grids.title_of(card), 34)}" for card in dated]
    figure.update_yaxes(
        tickmode="array", tickvals=list(range(len(dated))), ticktext=texts, range=[len(dated) - 0.4, -0.6]
    )
    return figure, grids.credentials(dated)


# ------------------------------------------------------------------------------------ several people


def heat_map(comparison: Comparison, names: Mapping[str, str]) -> go.Figure:
    """Requirement × person in the colours of the states; the table is the matrix itself."""
    people = [label(names[person.applicant_id], 24) for person in comparison.people]
    rows = list(comparison.rows)
    figure = _figure(60 + BAR * len(rows))
    codes = [
        [GOOD_TO_BAD.index(cell.state) if cell.state in GOOD_TO_BAD else 6 for cell in row.cells]
        for row in rows
    ]
    texts = [[wording.state(cell.state).icon for cell in row.cells] for row in rows]
    hover = [[f"{wording.state(cell.state).label} {label(cell.held)}" for cell in row.cells] for row in rows]
    figure.add_heatmap(
        z=codes,
        x=list(range(len(people))),
        y=list(range(len(rows))),
        text=texts,
        texttemplate="%{text}",
        textfont={"color": "#FFFFFF", "size": 14},
        customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
        colorscale=_steps(),
        zmin=0,
        zmax=len(GOOD_TO_BAD) - 1,
        showscale=False,
        xgap=3,
        ygap=3,
    )
    figure.update_xaxes(side="top", tickmode="array", tickvals=list(range(len(people))), ticktext=people)
    skills = [label(row.requirement.skill_name) for row in rows]
    figure.update_yaxes(
        tickmode="array", tickvals=list(range(len(rows))), ticktext=skills, autorange="reversed"
    )
    return figure


def _steps() -> list[list[object]]:
    """A scale that jumps from state to state; the text twins, so that white stays readable."""
    tones = [wording.palette("light")[wording.state(name).colour][0] for name in GOOD_TO_BAD]
    width = 1 / len(tones)
    return [[edge, tone] for place, tone in enumerate(tones) for edge in (place * width, (place + 1) * width)]


def coverage_bars(rows: Sequence[CoverageRow], people: int) -> tuple[go.Figure, pd.DataFrame]:
    """For each requirement, how many people stand in which state; least proved first."""
    figure = _figure(40 + (BAR + 4) * len(rows))
    names = [label(row.requirement.skill_name) for row in rows]
    for name in GOOD_TO_BAD:
        look, counts = wording.state(name), [row.states.get(name, 0) for row in rows]
        figure.add_bar(
            x=counts,
            y=list(range(len(rows))),
            orientation="h",
            marker={"color": FILLS[name], "line": {"width": 1, "color": "rgba(255,255,255,0.6)"}},
            text=[f"{look.icon} {count}" if count else "" for count in counts],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": "#FFFFFF" if name == "claimed" else "#14181D"},
            hovertemplate=f"{look.label}: %{{x}}<extra></extra>",
        )
    figure.update_yaxes(
        tickmode="array", tickvals=list(range(len(rows))), ticktext=names, autorange="reversed"
    )
    figure.update_xaxes(visible=False, range=[0, max(people, 1)])
    columns = [_("Skill"), *(wording.state(name).label for name in GOOD_TO_BAD)]
    table = [(row.requirement.skill_name, *(row.states.get(name, 0) for name in GOOD_TO_BAD)) for row in rows]
    return figure, pd.DataFrame(table, columns=columns)


def share_bars(rows: Sequence[ShareRow]) -> tuple[go.Figure, pd.DataFrame]:
    """By issuer or framework: how many are verified out of how many."""
    figure = _figure(16 + BAR * max(len(rows), 1), bottom=4)
    places = list(range(len(rows)))
    verified, rest = [row.verified for row in rows], [row.total - row.verified for row in rows]
    figure.add_bar(
        x=verified,
        y=places,
        orientation="h",
        marker={"color": solid("green")},
        hovertemplate="%{x}<extra></extra>",
    )
    figure.add_bar(
        x=rest,
        y=places,
        orientation="h",
        marker={"color": NEUTRAL, "opacity": 0.35},
        text=[_("{n} of {all}").format(n=row.verified, all=row.total) for row in rows],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{x}<extra></extra>",
    )
    names = [label(row.label or _("not said"), 36) for row in rows]
    figure.update_yaxes(tickmode="array", tickvals=places, ticktext=names, autorange="reversed")
    figure.update_xaxes(visible=False, range=[0, max((row.total for row in rows), default=1) * 1.3])
    table = [(row.label or _("not said"), row.verified, row.total) for row in rows]
    return figure, pd.DataFrame(table, columns=[_("Name"), _("Verified"), _("All")])


def age_bars(days: Sequence[int]) -> tuple[go.Figure, pd.DataFrame]:
    """How old the checks are."""
    names = [name for _limit, name in AGES] + ["> 365"]
    counts = [0] * len(names)
    for age in days:
        counts[next((place for place, (limit, _n) in enumerate(AGES) if age <= limit), len(AGES))] += 1
    figure = _figure(150, bottom=40)
    figure.add_bar(
        x=names,
        y=counts,
        marker={"color": NEUTRAL},
        text=[str(count) if count else "" for count in counts],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}<extra></extra>",
    )
    figure.update_xaxes(title={"text": _("days since the check")}, type="category")
    figure.update_yaxes(visible=False)
    return figure, pd.DataFrame({_("Days since the check"): names, _("Checks"): counts})
