"""A job's requirements as rows to edit; a draft in this session until it is saved as a version."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import drafts, grids, session, wording
from dashboard.access import Permission
from dashboard.components import frame, job_changes
from dashboard.services import JobDetail, LevelChoice, RequirementRow, SkillSuggestion
from dashboard.wording import _, ngettext

ASKED = (
    "skill_name",
    "required",
    "level",
    "issuer_tier",
    "issuers",
    "max_age_days",
    "must_hold",
    "assessed",
    "identity_verified",
)
NAMED = ("skill_name", "framework", "skill_code", "skill_id")
TEXTS = ("skill_name", "level", "issuer_tier", "framework", "skill_code", "skill_id")
FLAGS = ("required", "must_hold", "assessed", "identity_verified")
NO_LEVEL = LevelChoice(scheme="", value="", label="", order=())
PLACE = "place"  # of the line in the draft; no column shows it


def editor(job: JobDetail) -> None:
    """Draw the draft, what is wrong with it, and how to save it; to read alone for those who may not."""
    if not session.may(Permission.CHANGE_JOBS):
        _shown(job)
        return
    if drafts.is_overtaken(job):
        said = _("Version {n} was saved meanwhile. What you changed is compared with it now: look again.")
        session.notify(said.format(n=job.version))
        st.rerun()  # nothing is saved by the click that came before this was said
    draft = drafts.begun(job)
    _suggest(job)
    issuers = {one.issuer_id: one.name for one in session.services().issuers.rows()}
    levels = {_coded(one.scheme, one.value): one for one in session.services().jobs.levels(draft)}
    names = bool(st.session_state.get("editor-names"))
    table = st.data_editor(
        _frame(draft),
        key=f"editor-{job.job_id}-{session.memory().round}",
        num_rows="dynamic",
        placeholder="–",
        hide_index=True,
        column_order=NAMED if names else ASKED,
        column_config=_config(levels, issuers),
        row_height=36,
        alt=_("Requirements of the job, editable"),
    )
    rows = _rows(table, draft, levels)
    drafts.edit(job, rows)
    st.toggle(
        _("Show codes and identifiers"),
        key="editor-names",
        on_change=drafts.keep_edits,
        args=(job.job_id,),
    )
    problems = session.services().jobs.problems(rows)
    for place, code in problems:
        st.markdown(f":red[✗] {_('Row {n}').format(n=place + 1)}: {_(wording.ROW_PROBLEMS.get(code, code))}")
    if rows != job.requirements:
        _save(job, rows, blocked=bool(problems))


def _shown(job: JobDetail) -> None:
    levels = {_coded(one.scheme, one.value): one for one in session.services().jobs.levels(job.requirements)}
    issuers = {one: one for row in job.requirements for one in row.issuers}  # by identifier, as they count
    st.dataframe(
        _frame(job.requirements),
        key=f"requirements-{job.job_id}",
        placeholder="–",
        hide_index=True,
        column_order=ASKED,
        column_config=_config(levels, issuers),
        row_height=36,
        alt=_("Requirements of the job"),
    )


def _coded(scheme: str, value: str) -> str:
    """A level as the text that the grid holds; people see its name."""
    return json.dumps([scheme, value]) if scheme or value else ""


def _suggest(job: JobDetail) -> None:
    """A skill by name, suggested and confirmed by a click."""
    kept = session.memory()
    with st.container(horizontal=True, vertical_alignment="bottom", key="add-row"):
        wanted = st.text_input(
            _("Add a skill"),
            key=f"suggest-{kept.round}",
            placeholder=_("SQL, statistics, forklift …"),
            width=380,
        )
        found = session.services().jobs.suggest(wanted or "", limit=8) if wanted else ()
        picked = _meant(found, wanted) if wanted else None
        added = st.button(_("Add"), key="add-skill", disabled=not wanted)
    if added:
        line = RequirementRow(skill_name=(wanted or "").strip())
        if picked is not None:
            line = RequirementRow(
                skill_id=picked.skill_id, skill_name=picked.skill_name, framework=picked.framework
            )
        drafts.draft(job.job_id, (*drafts.lines_of(job), line))
        st.rerun()


def _meant(found: Sequence[SkillSuggestion], wanted: str) -> SkillSuggestion | None:
    """Which of those that the text may mean; None: the text itself."""
    picked: SkillSuggestion | None = st.selectbox(
        _("Which one do you mean?"),
        [*found, None],
        format_func=lambda one: (
            f"{one.skill_name} ({one.framework})"
            if one
            else _("as typed, by name alone: {text}").format(text=wanted)
        ),
        key=f"suggested-{session.memory().round}-{wanted}",
        width=420,
    )
    return picked


def _frame(rows: Sequence[RequirementRow]) -> pd.DataFrame:
    lines = [
        {name: getattr(row, name) for name in (*ASKED, *NAMED) if name not in ("level", "issuers")}
        | {"issuers": list(row.issuers), "level": _coded(row.level_scheme, row.level_value), PLACE: place}
        for place, row in enumerate(rows)
    ]
    table = pd.DataFrame(lines, columns=[*dict.fromkeys((*ASKED, *NAMED)), PLACE])
    numbers = {"max_age_days": "Int64", PLACE: "Int64"}
    return table.astype({**dict.fromkeys(TEXTS, "string"), **dict.fromkeys(FLAGS, "boolean"), **numbers})


def _config(levels: Mapping[str, LevelChoice], issuers: Mapping[str, str]) -> dict[str, Any]:
    config = st.column_config
    return {
        "skill_name": config.TextColumn(_("Skill"), width=270, required=True),
        "required": config.CheckboxColumn(_("Required"), width=95, default=True, help=_("Off: preferred")),
        "level": config.SelectboxColumn(
            _("At least"),
            width=125,
            options=list(levels),
            format_func=lambda one: _level_name(levels[str(one)]),
            help=_("The lowest level that will do, on one scale; another scale comes with a job file"),
        ),
        "issuer_tier": config.SelectboxColumn(
            _("Issuer"),
            width=115,
            options=list(wording.TIERS),
            default="recognised",
            required=True,
            format_func=lambda one: _(wording.TIERS[str(one)]),
            help=_("The lowest standing of the issuer that counts"),
        ),
        "issuers": config.MultiselectColumn(
            _("Only from"),
            width=130,
            options=list(issuers),
            accept_new_options=True,
            color="gray",
            format_func=lambda one: issuers.get(str(one)) or str(one),
            help=_("The only issuers whose word counts for it; empty: every one of that standing"),
        ),
        "max_age_days": config.NumberColumn(
            _("Days"), width=75, min_value=1, step=1, help=_("Not older than, in days; empty: any age")
        ),
        "must_hold": config.CheckboxColumn(
            _("Licence"), width=80, default=False, help=_("An expired one is no evidence")
        ),
        "assessed": config.CheckboxColumn(
            _("Assessed"), width=92, default=False, help=_("The credential must say so")
        ),
        "identity_verified": config.CheckboxColumn(
            _("Identity"), width=85, default=False, help=_("It must say that identity was checked")
        ),
        **_names(),
    }


def _names() -> dict[str, Any]:
    """The columns of codes and identifiers."""
    config = st.column_config
    return {
        "framework": config.TextColumn(_("Framework"), width=110),
        "skill_code": config.TextColumn(_("Code"), width=130, help=_("In the framework’s own notation")),
        "skill_id": config.TextColumn(_("Identifier"), width="large"),
    }


def _level_name(level: LevelChoice) -> str:
    return grids.level_name(level.scheme, level.value, level.label)


def _rows(
    table: pd.DataFrame, draft: Sequence[RequirementRow], levels: Mapping[str, LevelChoice]
) -> tuple[RequirementRow, ...]:
    """The lines as edited; what has no column keeps its value."""
    return tuple(_row(line, draft, levels) for line in table.to_dict("records"))


def _row(
    line: dict[Any, Any], draft: Sequence[RequirementRow], levels: Mapping[str, LevelChoice]
) -> RequirementRow:
    values = {
        name: None if not isinstance(value, list) and pd.isna(value) else value
        for name, value in line.items()
    }
    place = values[PLACE]
    base = RequirementRow(skill_name="") if place is None else draft[int(place)]
    days = values["max_age_days"]
    changed = replace(
        base,
        skill_name=str(values["skill_name"] or ""),
        framework=str(values["framework"] or ""),
        skill_code=str(values["skill_code"] or ""),
        skill_id=str(values["skill_id"] or ""),
        required=bool(values["required"]),
        must_hold=bool(values["must_hold"]),
        assessed=bool(values["assessed"]),
        identity_verified=bool(values["identity_verified"]),
        issuer_tier=str(values["issuer_tier"] or "recognised"),
        issuers=tuple(values["issuers"] or ()),
        max_age_days=None if days is None else int(days),
    )
    code = str(values["level"] or "")
    if code == _coded(base.level_scheme, base.level_value):
        return changed  # its own name and order stay
    level = levels.get(code, NO_LEVEL)
    return replace(
        changed,
        level_scheme=level.scheme,
        level_value=level.value,
        level_label=level.label,
        level_order=level.order,
    )


def _save(job: JobDetail, rows: tuple[RequirementRow, ...], *, blocked: bool) -> None:
    people = session.services().jobs.touches(job.job_id)
    job_changes.told(session.services().jobs.changes(job.requirements, rows), key="draft")
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
            drafts.drop(job.job_id)
            session.notify(_("Saved as a new version."))
            st.rerun()
        if st.button(_("Discard changes"), key="discard-job"):
            drafts.drop(job.job_id)
            st.rerun()
