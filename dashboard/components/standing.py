"""What time did to a credential: valid when they applied, changed since the shortlist, due again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import session, wording
from dashboard.access import Permission
from dashboard.components import failure, frame, pill
from dashboard.components.opening import evidence_button
from dashboard.services import Alert, CandidateDetail, ValidOn
from dashboard.wording import _, ngettext


def valid_on(value: ValidOn) -> None:
    """The statement, with the day and where the day comes from."""
    look = wording.ANSWERS.get(value.answer, wording.ANSWERS["unknown"])
    day, why = wording.calendar_day(value.on), _(wording.VALID_ON.get(value.code, value.code))
    asked = _(" (asked {when})").format(when=wording.moment(value.status_known_at))
    with st.container(horizontal=True, key="fact-ev-valid-on"):
        st.caption(_("When they applied") if value.stated else _("When it came in"))
        said = f"{pill.text_mark(look)} {_(look.word)}, {day}: {why}"
        st.markdown(said + (asked if value.status_known_at else ""))


def alerts(found: Sequence[Alert]) -> None:
    """Shortlisted people whose credential says something else now."""
    if not found:
        return
    frame.heading(_("Changed since shortlisted"))
    for alert in found:
        _alert(alert)


def _alert(alert: Alert) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"row-alert-{alert.item_id}", gap="small"
    ):
        with st.container(gap=None, key=f"said-alert-{alert.item_id}"):
            was = pill.inline(wording.mark(alert.before.mark))
            now = pill.inline(wording.mark(alert.now.mark))
            st.markdown(
                _("was {before} on {then}, now {now}: {why}").format(
                    before=was,
                    then=wording.day(alert.before.at),
                    now=now,
                    why=_(wording.said(alert.now.code, alert.now.verdict).headline),
                )
            )
            told = (alert.pseudonym, alert.credential)  # a name is revealed on the person's own page
            frame.text(" · ".join(part for part in told if part), key=f"alert-{alert.item_id}", look="muted")
        evidence_button(alert.item_id, key=f"alert-{alert.item_id}")


def waiting(files: int) -> None:
    """Say that some files have no verdict yet: what is shown is not the end of it."""
    if files:
        st.caption(
            ngettext(
                "{count} file is still waiting: what is shown may change.",
                "{count} files are still waiting: what is shown may change.",
                files,
            )
        )


def behind(people: int) -> None:
    """Say that the job has changed and some people still stand as they did before."""
    if people:
        st.caption(
            ngettext(
                "The job has changed: {count} person is not laid against its new version yet.",
                "The job has changed: {count} people are not laid against its new version yet.",
                people,
            )
        )


def due(job_id: str | None) -> None:
    """How many checks are older than their answers last, and one click that asks again."""
    if not session.may(Permission.VERIFY):
        return
    count = session.services().work.count_due(job_id)
    if not count:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="due-now"):
        st.markdown(ngettext("{count} check is due again", "{count} checks are due again", count))
        st.button(_("Check what is due"), key="recheck-due", on_click=_ask_again, args=(job_id,))


@failure.remembered()
def _ask_again(job_id: str | None) -> None:
    count = session.services().work.recheck_due(job_id)
    session.notify(ngettext("{count} file is checked again.", "{count} files are checked again.", count))


def applied(detail: CandidateDetail) -> None:
    """The day of the application, and a way to state it."""
    one = detail.row.applicant_id
    said = wording.calendar_day(detail.applied_on)
    label = _("Applied {day}") if detail.applied_stated else _("Came in {day}")
    if not session.may(Permission.CHANGE_PERSON):
        st.caption(label.format(day=said), width="content")
        return
    with st.popover(label.format(day=said), key="applied"):
        st.caption(_("Whether a credential was valid is asked for this day. Nobody else is told."))
        picked = st.date_input(_("Applied on"), value=detail.applied_on, key=f"applied-on-{one}")
        if st.button(_("Save the day"), key="applied-save") and isinstance(picked, date):
            session.services().candidates.set_applied(one, picked)
            session.notify(_("Saved."))
            st.rerun()
