"""Values → plotly figures, each with the table that says the same. Pure: no Streamlit, no store.

Colours mean verdicts; everything else is drawn in the neutral that Streamlit's theme gives. Labels may come
from outside: `label` makes them plain, for plotly reads a few HTML tags in texts.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from dashboard import grids, wording
from dashboard.services import (
    AgeRow,
    Cell,
    Comparison,
    Counts,
    CoverageRow,
    CredentialCard,
    DayRow,
    ShareRow,
)
from dashboard.wording import Colour, _

LABEL = 44  # characters of a label: longer ones push the picture off the page
NEUTRAL = "#8A9097"  # reads on a light and on a dark ground; not a verdict
BAR = 26  # pixels a cell, with its air
ROW = 46  # pixels a bar with its name above it
MOST_BARS = 40  # rows of one picture; beyond that the table tells more
ON_GROUND = "on the ground"  # the words of such bars take the ink of the theme
Side = Literal["left", "right"]
GOOD_TO_BAD = tuple(wording.STATES)
# Bars of one hue side by side need a paler sibling; each carries its icon, and words ≥ 4.5:1.
FILLS = {
    "met": "#009E73",
    "level_short": "#F0A878",
    "level_unknown": "#E69F00",
    "related_only": "#F5D48F",
    "claimed": "#0072B2",
    "rejected_evidence": "#DF6A10",
    "no_evidence": "rgba(138,144,151,0.32)",  # reads on a light and on a dark ground
}


def label(text: str, limit: int = LABEL) -> str:
    """`text` on one line, without control or direction marks, and never a tag."""
    kept = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text[: limit * 4])
    short = kept if len(kept) <= limit else kept[: limit - 1] + "…"
    return html.escape(short, quote=False)


def shortened(text: str, limit: int = LABEL) -> str:
    """A long name with its middle left out: names of one job often differ at their end alone."""
    if len(text) <= limit:
        return text
    return f"{text[: limit * 3 // 5].rstrip()}…{text[-(limit * 2 // 5 - 1) :].lstrip()}"


def solid(colour: Colour) -> str:
    """The hue that reads on both grounds."""
    return wording.palette("light")[colour][2]


def _figure(height: int, *, top: int = 6, bottom: int = 24) -> go.Figure:
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 0, "r": 8, "t": top, "b": bottom},
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


def _row_name(
    figure: go.Figure, place: int, name: str, *, lift: float, before: str = "", after: str = ""
) -> None:
    """The name of a row above it, at the left edge, `lift` rows up; `before` and `after` are ours."""
    shown = label(shortened(name))
    parts = (before, f"<b>{shown}</b>" if after else shown, after)
    figure.add_annotation(
        xref="paper",
        x=0,
        y=place - lift,
        xanchor="left",
        yanchor="bottom",
        text="  ".join(part for part in parts if part),
        showarrow=False,
        align="left",
    )


def _note(figure: go.Figure, x: float, place: int, text: str, *, anchor: Side, shift: int = 0) -> None:
    """A word of ours beside a point."""
    figure.add_annotation(
        x=x, y=place, xanchor=anchor, yanchor="middle", xshift=shift, text=text, showarrow=False
    )


def verdict_bar(counts: Counts) -> go.Figure:
    """One stacked bar of verdicts."""
    figure = _figure(14, bottom=0)
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, bargap=0)
    rows = [(wording.mark(mark), count) for mark, count in counts.by_mark().items() if count]
    for look, count in rows:
        figure.add_bar(
            x=[count],
            y=[""],
            orientation="h",
            marker={"color": solid(look.colour)},
            hovertemplate=f"{look.label}: {count:,}<extra></extra>",
        )
    figure.update_xaxes(visible=False, range=[0, max(counts.received, 1)])
    figure.update_yaxes(visible=False)
    return figure


# ------------------------------------------------------------------------------------ one person


def level_dots(cells: Sequence[Cell]) -> tuple[go.Figure, pd.DataFrame] | None:
    """Held against asked level on the EQF, the one scale with numbers everybody shares; None without any."""
    rows = [cell for cell in cells if cell.requirement.level_scheme == "EQF"]
    points = [(cell, asked, _number(cell.held)) for cell in rows if (asked := _number(cell.asked))]
    if not any(held for _cell, _asked, held in points):
        return None
    figure = _figure(54 + ROW * len(points), bottom=22)
    for place, (cell, asked, held) in enumerate(points):
        _row_name(figure, place, cell.requirement.skill_name, lift=0.2)
        _asked(figure, place, asked)
        if held:
            _held(figure, place, asked, held, wording.state(cell.state))
        else:
            _note(figure, 8, place, _("held: not stated"), anchor="right")
    figure.update_xaxes(range=[0.5, 8.5], dtick=1, tickprefix="EQF ", ticklabelstep=1)
    figure.update_yaxes(range=[len(points) - 0.3, -0.8], visible=False)
    table = [(cell.requirement.skill_name, cell.asked, cell.held or "–") for cell, _a, _h in points]
    return figure, pd.DataFrame(table, columns=[_("Skill"), _("Asked"), _("Held")])


def _asked(figure: go.Figure, place: int, asked: float) -> None:
    figure.add_scatter(
        x=[asked],
        y=[place],
        mode="markers",
        marker={"size": 15, "symbol": "line-ns-open", "color": NEUTRAL, "line": {"width": 3}},
        hovertemplate=f"{_('asked')}: EQF {asked:g}<extra></extra>",
    )


def _held(figure: go.Figure, place: int, asked: float, held: float, look: wording.Look) -> None:
    figure.add_scatter(
        x=[asked, held], y=[place, place], mode="lines", line={"color": NEUTRAL}, hoverinfo="skip"
    )
    figure.add_scatter(
        x=[held],
        y=[place],
        mode="markers",
        marker={"size": 13, "color": solid(look.colour)},
        hovertemplate=f"{_('held')}: EQF {held:g}<extra></extra>",
    )
    if held == asked:
        _note(figure, held, place, f"{look.icon} {_('asked and held')}", anchor="left", shift=12)
        return
    sides: tuple[Side, Side] = ("right", "left") if held < asked else ("left", "right")
    _note(figure, held, place, f"{look.icon} {_('held')}", anchor=sides[0], shift=12 if held > asked else -12)
    _note(figure, asked, place, _("asked"), anchor=sides[1], shift=8 if held < asked else -8)


def _number(level: str) -> float | None:
    text = level.removeprefix("EQF ").strip()
    return float(text) if text.isascii() and text.isdigit() else None


def timeline(cards: Sequence[CredentialCard], now: datetime) -> tuple[go.Figure, pd.DataFrame] | None:
    """From when to when each credential counts; None where none proves a date."""
    dated = [card for card in cards if card.proved and card.valid_from]
    if not dated:
        return None
    figure = _figure(58 + ROW * len(dated), top=18)
    for place, card in enumerate(dated):
        look = wording.mark(card.mark)
        figure.add_scatter(
            x=[card.valid_from, card.valid_until or now],
            y=[place, place],
            mode="lines+markers",
            line={"color": solid(look.colour), "width": 6},
            marker={
                "size": 8,
                "color": solid(look.colour),
                "symbol": ["circle", "circle" if card.valid_until else "triangle-right"],
            },
            hovertemplate=f"{look.label}<br>%{{x|%d %b %Y}}<extra></extra>",
        )
        _row_name(figure, place, grids.title_of(card), lift=0.12, before=look.icon, after=_ends(card))
    figure.add_vline(x=now, line={"width": 1, "dash": "dot", "color": NEUTRAL})
    figure.add_annotation(
        x=now, y=1, yref="paper", yanchor="bottom", showarrow=False, text=wording.day(now), xanchor="auto"
    )
    figure.update_yaxes(range=[len(dated) - 0.4, -0.8], visible=False)
    figure.update_xaxes(nticks=6)
    return figure, grids.credentials(dated)


def _ends(card: CredentialCard) -> str:
    return _("until {date}").format(date=wording.day(card.valid_until)) if card.valid_until else _("no end")


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
    """For each requirement, how many people stand in which state; least proved first.

    The names stand above their bars: a long one is cut on no screen, and the bars keep the whole width.
    The picture has the first `MOST_BARS`, the table all.
    """
    shown = list(rows[:MOST_BARS])
    figure = _figure(12 + ROW * len(shown), bottom=4)
    for name in GOOD_TO_BAD:
        look, counts = wording.state(name), [row.states.get(name, 0) for row in shown]
        figure.add_bar(
            x=counts,
            y=list(range(len(shown))),
            orientation="h",
            marker={"color": FILLS[name]},
            text=[f"{look.icon} {count:,}" if count else "" for count in counts],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": "#FFFFFF" if name == "claimed" else "#14181D", "size": 11},
            meta=ON_GROUND if name == "no_evidence" else "",
            hovertemplate=f"{look.label}: %{{x:,}}<extra></extra>",
        )
    for place, row in enumerate(shown):
        proved = grids.of_total(row.states.get("met", 0), people)
        _row_name(figure, place, grids.requirement_text(row.requirement), lift=0.25, after=proved)
    figure.update_layout(uniformtext={"minsize": 9, "mode": "hide"}, bargap=0.5)
    figure.update_yaxes(visible=False, range=[len(shown) - 0.6, -0.9])
    figure.update_xaxes(visible=False, range=[0, max(people, 1)])
    columns = [_("Skill"), *(wording.state(name).label for name in GOOD_TO_BAD)]
    table = [(row.requirement.skill_name, *(row.states.get(name, 0) for name in GOOD_TO_BAD)) for row in rows]
    return figure, pd.DataFrame(table, columns=columns)


def share_bars(rows: Sequence[ShareRow]) -> tuple[go.Figure, pd.DataFrame]:
    """By issuer or framework: how many are verified out of how many; the most named first."""
    shown = list(rows[:MOST_BARS])
    figure = _figure(12 + ROW * max(len(shown), 1), bottom=4)
    places = list(range(len(shown)))
    verified, rest = [row.verified for row in shown], [row.total - row.verified for row in shown]
    for counts, fill in ((verified, solid("green")), (rest, FILLS["no_evidence"])):
        figure.add_bar(
            x=counts, y=places, orientation="h", marker={"color": fill}, hovertemplate="%{x:,}<extra></extra>"
        )
    for place, row in enumerate(shown):
        told = _("{n} of {all} verified").format(n=f"{row.verified:,}", all=f"{row.total:,}")
        _row_name(figure, place, row.label or _("not said"), lift=0.13, after=told)
    figure.update_layout(bargap=0.74)
    figure.update_yaxes(visible=False, range=[len(shown) - 0.6, -0.9])
    figure.update_xaxes(visible=False, range=[0, max((row.total for row in shown), default=1)])
    table = [(row.label or _("not said"), row.verified, row.total) for row in rows]
    return figure, pd.DataFrame(table, columns=[_("Name"), _("Verified"), _("All")])


def age_bars(rows: Sequence[AgeRow]) -> tuple[go.Figure, pd.DataFrame]:
    """How old the checks are."""
    longest = max((row.at_most_days or 0 for row in rows), default=0)
    names = [f"≤ {row.at_most_days}" if row.at_most_days else f"> {longest}" for row in rows]
    counts = [row.checks for row in rows]
    figure = _figure(150, bottom=40)
    figure.add_bar(
        x=names,
        y=counts,
        marker={"color": NEUTRAL},
        text=[f"{count:,}" if count else "" for count in counts],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y:,}<extra></extra>",
    )
    figure.update_xaxes(title={"text": _("days since the check")}, type="category")
    figure.update_yaxes(visible=False)
    return figure, pd.DataFrame({_("Days since the check"): names, _("Checks"): counts})


def day_bars(rows: Sequence[DayRow]) -> tuple[go.Figure, pd.DataFrame]:
    """How many checks ended on each day: a sparkline, its ends named."""
    days, counts = [row.day for row in rows], [row.checks for row in rows]
    words = [wording.calendar_day(day) for day in days]
    figure = _figure(84, bottom=28)
    figure.add_bar(
        x=list(range(len(rows))),
        y=counts,
        customdata=words,
        marker={"color": NEUTRAL},
        hovertemplate="%{customdata}: %{y:,}<extra></extra>",
    )
    figure.update_xaxes(
        tickmode="array",
        tickvals=[0, len(rows) - 1],
        ticktext=[words[0], words[-1]],
        range=[-1, len(rows)],
        showline=True,
        linecolor=NEUTRAL,
    )
    figure.update_yaxes(visible=False)
    return figure, pd.DataFrame({_("Day"): words, _("Checks"): counts})
