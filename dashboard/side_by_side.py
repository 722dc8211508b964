"""A comparison as the table on the screen: groups, lines and cells in words. Pure; each text is plain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard import grids, wording
from dashboard.services import Cell, Comparison, ComparisonRow, DecisionRow
from dashboard.wording import _

MOST_EVIDENCE = 4  # opened from one cell; the candidate's page has all


def kept_rows(comparison: Comparison, *, only_differences: bool) -> tuple[ComparisonRow, ...]:
    """The lines of the table."""
    return tuple(row for row in comparison.rows if row.differs or not only_differences)


def table(
    comparison: Comparison, names: Mapping[str, str], rows: tuple[ComparisonRow, ...]
) -> dict[str, Any]:
    """For `assets/matrix.js`: {"people": [{"id", "name", "met"}], "groups": [{"title", "rows"}], "words"}."""
    groups = (
        (_("Required"), [row for row in rows if row.requirement.required]),
        (_("Preferred"), [row for row in rows if not row.requirement.required]),
    )
    return {
        "people": [
            {
                "id": person.applicant_id,
                "name": names[person.applicant_id],
                "met": grids.of_total(person.required_met, person.required_total),
            }
            for person in comparison.people
        ],
        "groups": [
            {"title": title, "rows": [_line(row) for row in lines]} for title, lines in groups if lines
        ],
        "notes": [_note(one) for one in comparison.notes],
        "words": {
            "note": _("Decision and note"),
            "requirement": _("Requirement"),
            "open": _("Open candidate"),
            "more": _("More evidence for the same"),
        },
    }


def _note(made: DecisionRow | None) -> dict[str, str]:
    if made is None:
        return {"decision": "–", "said": _("Undecided"), "note": ""}
    word = _(wording.DECISIONS[made.decision]) if made.decision else _("Note")
    return {"decision": word, "said": "", "note": made.note}


def _line(row: ComparisonRow) -> dict[str, Any]:
    requirement = row.requirement
    level = grids.level_text(requirement)
    return {
        "skill": grids.requirement_text(requirement),
        "level": _("at least {level}").format(level=level) if level else "",
        "cells": [cell(one) for one in row.cells],
    }


def cell(value: Cell) -> dict[str, Any]:
    """Mark and level; the word stands there where there is no level, else for whoever hovers or listens."""
    look = wording.state(value.state)
    word = _(look.word)
    alone = value.state == "no_evidence"  # its mark says it; the word in every empty cell would be noise
    shown = look.icon if alone else f"{look.icon} {grids.short_level(value.held) or word}"
    made = next((link.confirmed for link in value.evidence if link.confirmed), None)
    creds = [link.cred for link in value.evidence]
    return {
        "text": shown,
        "said": word if alone or value.held else "",
        "hover": " – ".join(part for part in (word, value.sentence) if part),
        "colour": look.colour,
        "confirmed": _("confirmed by {who}").format(who=made.actor) if made else "",
        "evidence": list(dict.fromkeys(creds))[:MOST_EVIDENCE],
    }


def alike(comparison: Comparison) -> list[str]:
    """What is left out where only differences are shown: each requirement with the state all share."""
    return [
        f"{grids.requirement_text(row.requirement)} ({wording.state(row.cells[0].state).label})"
        for row in comparison.rows
        if not row.differs
    ]
