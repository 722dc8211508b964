"""A job's requirements as rows to edit; a draft in this session until it is saved as a version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import session, wording
from dashboard.components import frame
from dashboard.services import JobDetail, RequirementRow
from dashboard.wording import _, ngettext

COLUMNS = (
    "skill_name",
    "required",
    "level_scheme",
    "level_value",
    "issuer_tier",
    "max_age_days",
    "must_hold",
    "assessed",
    "skill_id",
    "framework",
    "requirement_id",
)


def editor(job: JobDetail) -> None:
    """Draw the draft, what is wrong with it, and how to save it."""
    kept = session.memory()
    draft = kept.drafts.get(job.job_id, job.requirements)
    _suggest(job, draft)
    table = st.data_editor(
        _frame(draft),
        key=f"editor-{job.job_id}-{kept.round}",
        num_rows="dynamic",
        placeholder="–",
        hide_index=True,
        column_order=COLUMNS[:-1],
        column_config=_config(),
        alt=_("Requirements of the job, editable"),
    )
    rows = _rows(table, draft)
    problems = session.services().jobs.problems(rows)
    for place, code in problems:
        st.markdown(f":red[✗] {_('Row {n}').format(n=place + 1)}: {_(wording.ROW_PROBLEMS.get(code, code))}")
    if rows != job.requirements:
        _save(job, rows, blocked=bool(problems))


def _suggest(job: JobDetail, draft: Sequence[RequirementRow]) -> None:
    """A skill by name, suggested and confirmed by a click."""
    left, middle, right = st.columns([3, 4, 1], vertical_alignment="bottom")
    kept = session.memory()
    wanted = left.text_input(
        _("Add a skill"), key=f"suggest-{kept.round}", placeholder=_("SQL, statistics, forklift …")
    )
    found = session.services().jobs.suggest(wanted or "", limit=8) if wanted else ()
    picked = (
        middle.selectbox(
            _("Which one do you mean?"),
            [*found, None],
            format_func=lambda one: (
                f"{one.skill_name} ({one.framework})"
                if one
                else _("as typed, by name alone: {text}").format(text=wanted)
            ),
            key=f"suggested-{kept.round}-{wanted}",
        )
        if wanted
        else None
    )
    if right.button(_("Add"), key="add-skill", disabled=not wanted, width="stretch"):
        line = RequirementRow(skill_name=(wanted or "").strip())
        if picked is not None:
            line = RequirementRow(
                skill_id=picked.skill_id, skill_name=picked.skill_name, framework=picked.framework
            )
        kept.drafts[job.job_id] = (*draft, line)
        session.fresh()
        st.rerun()


def _frame(rows: Sequence[RequirementRow]) -> pd.DataFrame:
    frame_of = pd.DataFrame(
        [{name: getattr(row, name) for name in COLUMNS} for row in rows], columns=list(COLUMNS)
    )
    texts = [
        "skill_name",
        "level_scheme",
        "level_value",
        "issuer_tier",
        "skill_id",
        "framework",
        "requirement_id",
    ]
    flags = ["required", "must_hold", "assessed"]
    return frame_of.astype(
        {**dict.fromkeys(texts, "string"), **dict.fromkeys(flags, "boolean"), "max_age_days": "Int64"}
    )


def _config() -> dict[str, Any]:
    config = st.column_config
    return {
        "skill_name": config.TextColumn(_("Skill"), width="medium", required=True),
        "required": config.CheckboxColumn(_("Required"), default=True, help=_("Off: preferred")),
        "level_scheme": config.TextColumn(
            _("Scale"), help=_("EQF, or the address of a rubric; empty: no level")
        ),
        "level_value": config.TextColumn(_("Lowest level")),
        "issuer_tier": config.SelectboxColumn(
            _("Issuer at least"),
            options=list(wording.TIERS),
            default="recognised",
            required=True,
            format_func=lambda one: _(wording.TIERS[str(one)]),
        ),
        "max_age_days": config.NumberColumn(_("Not older than (days)"), min_value=1, step=1),
        "must_hold": config.CheckboxColumn(
            _("Licence"), default=False, help=_("An expired one is no evidence")
        ),
        "assessed": config.CheckboxColumn(_("Assessed"), default=False, help=_("It must say so")),
        "skill_id": config.TextColumn(_("Identifier")),
        "framework": config.TextColumn(_("Framework")),
    }


def _rows(table: pd.DataFrame, draft: Sequence[RequirementRow]) -> tuple[RequirementRow, ...]:
    """The lines as edited; what has no column keeps its value."""
    before = {row.requirement_id: row for row in draft if row.requirement_id}
    return tuple(_row(line, before) for line in table.to_dict("records"))


def _row(line: dict[Any, Any], before: dict[str, RequirementRow]) -> RequirementRow:
    values = {name: None if pd.isna(value) else value for name, value in line.items()}
    base = before.get(str(values["requirement_id"] or ""), RequirementRow(skill_name=""))
    return replace(
        base,
        requirement_id=str(values["requirement_id"] or ""),
        skill_name=str(values["skill_name"] or ""),
        skill_id=str(values["skill_id"] or ""),
        framework=str(values["framework"] or ""),
        required=bool(values["required"]),
        level_scheme=str(values["level_scheme"] or ""),
        level_value=str(values["level_value"] or ""),
        issuer_tier=str(values["issuer_tier"] or "recognised"),
        max_age_days=None if values["max_age_days"] is None else int(values["max_age_days"]),
        must_hold=bool(values["must_hold"]),
        assessed=bool(values["assessed"]),
    )


def _save(job: JobDetail, rows: tuple[RequirementRow, ...], *, blocked: bool) -> None:
    people = session.services().jobs.touches(job.job_id)
    st.markdown(
        ngettext(
            "Saving touches {count} person: all are laid against it anew.",
            "Saving touches {count} people: all are laid against it anew.",
            people,
        )
    )
    note = st.text_input(_("What changed? (optional)"), key=f"save-note-{session.memory().round}")
    with st.container(horizontal=True, key="save-row"):
        if st.button(_("Save as a new version"), key="save-job", type="primary", disabled=blocked):
            try:
                session.services().jobs.save(job.job_id, rows, note=note or "")
            except ValueError as error:
                frame.text(str(error), key="save-problem")
                return
            _drop(job.job_id)
            session.notify(_("Saved as a new version."))
            st.rerun()
        if st.button(_("Discard changes"), key="discard-job"):
            _drop(job.job_id)
            st.rerun()


def _drop(job_id: str) -> None:
    session.memory().drafts.pop(job_id, None)
    session.fresh()
