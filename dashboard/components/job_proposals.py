"""Requirements that an occupation or an advert proposes: nothing counts before a person has picked it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from dashboard import drafts, session
from dashboard.components import frame
from dashboard.services import JobDetail, JobDraft, OccupationRow, RequirementRow, SkillSuggestion
from dashboard.wording import _, ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One line that may be added, and why it is proposed."""

    line: RequirementRow
    why: str


def occupation() -> OccupationRow | None:
    """An occupation of ESCO or O*NET, found by name and picked."""
    turn = session.memory().round
    wanted = st.text_input(_("Or from an occupation of ESCO or O*NET"), key=f"occupation-{turn}")
    if not wanted:
        return None
    found = session.services().jobs.occupations(wanted, limit=20)
    if not found:
        st.caption(_("No occupation on this machine reads like that."))
        return None
    picked: OccupationRow | None = st.selectbox(
        _("Which one?"),
        found,
        format_func=lambda one: f"{one.label} ({one.framework} {one.code})",
        key=f"occupation-picked-{turn}-{wanted}",
    )
    return picked


def proposals(job: JobDetail) -> None:
    """What was proposed for this job and is not yet taken, source by source."""
    kept = session.memory()
    draft = kept.proposed.get(job.job_id)
    if draft is None:
        return
    frame.heading(_("Proposed, not yet part of the job"))
    held = _held(drafts.lines_of(job))
    for place, (source, found) in enumerate(_sources(draft)):
        left = [one for one in found if (one.line.skill_id or one.line.skill_name) not in held]
        _source(job, source, left, key=f"proposed-{place}")
    if st.button(_("Done with the proposals"), key="proposals-done"):
        kept.proposed.pop(job.job_id, None)
        st.rerun()


def _held(rows: Sequence[RequirementRow]) -> set[str]:
    return {row.skill_id or row.skill_name for row in rows}


def _sources(draft: JobDraft) -> list[tuple[str, list[Proposal]]]:
    """What the source lists, then each text of it with the skills that it may mean."""
    listed = [
        Proposal(line=replace(row, requirement_id=""), why=draft.notes.get(row.requirement_id, ""))
        for row in draft.requirements
        if row.requirement_id in draft.notes
    ]
    texts = [(text.text, [_suggested(one) for one in text.suggestions]) for text in draft.texts]
    return ([(draft.title, listed)] if listed else []) + texts


def _suggested(one: SkillSuggestion) -> Proposal:
    line = RequirementRow(skill_id=one.skill_id, skill_name=one.skill_name, framework=one.framework)
    return Proposal(line=line, why=_("by the words {words}").format(words=", ".join(one.words)))


def _source(job: JobDetail, source: str, found: Sequence[Proposal], *, key: str) -> None:
    frame.text(source[:300], key=key, look="muted")
    if not found:
        st.caption(_("Nothing more to propose from it."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"row-{key}"):
        picked = st.multiselect(
            ngettext("{count} proposal", "{count} proposals", len(found)),
            range(len(found)),
            format_func=lambda place: _labelled(found[place]),
            key=f"{key}-{session.memory().round}",
            placeholder=_("Pick what the job needs"),
        )
        st.button(
            _("Add these"),
            key=f"{key}-add",
            disabled=not picked,
            on_click=_add,
            args=(job, [found[place].line for place in picked]),
        )


def _labelled(one: Proposal) -> str:
    return f"{one.line.skill_name} – {one.why}" if one.why else one.line.skill_name


def _add(job: JobDetail, lines: list[RequirementRow]) -> None:
    """Into the draft: it still has to be saved as a version."""
    drafts.draft(job.job_id, (*drafts.lines_of(job), *lines))
