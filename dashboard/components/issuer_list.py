"""The employer's issuers: who waits for an answer, the list, and the form that decides with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import grids, session, wording
from dashboard.access import Permission
from dashboard.components import failure, frame, issuer_proposals, issuer_scope, pill
from dashboard.services import IssuerRow, NoteRequired, UnlistedIssuer
from dashboard.wording import _, ngettext

DECISIONS = ("accept", "ask", "refuse")


def issuer_list() -> None:
    """Draw those who wait, the form of the chosen one, and the list."""
    services = session.services()
    waiting, rows = services.issuers.unlisted(), services.issuers.rows()
    chosen = session.param("issuer")
    if chosen:
        _chosen(chosen, next((one for one in waiting if one.issuer_id == chosen), None))
    issuer_proposals.proposals()
    _waiting(waiting)
    frame.heading(_("Your list"))
    if rows:
        _list(rows)
    else:
        st.caption(_("Empty: every issuer is unknown until you accept or refuse it."))
    _files()


def _waiting(waiting: tuple[UnlistedIssuer, ...]) -> None:
    if not waiting:
        return
    frame.heading(_("Waiting for your answer"))
    st.caption(_("Their signature holds. Whether to believe them is your decision."))
    for place, issuer in enumerate(waiting):
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-wait-{place}", gap="small"):
            with st.container(key=f"pillbox-wait-{place}", width=215):
                pill.mark_pill("issuer_unknown")
            with st.container(gap=None, key=f"said-wait-{place}"):
                st.text(_("calls itself “{name}”").format(name=issuer.claimed or _("nothing")))
                frame.text(f"{issuer.issuer_id} · {_held(issuer)}", key=f"wait-{place}", look="muted")
            if issuer_proposals.may_change():
                st.button(
                    _("Decide"),
                    key=f"decide-{place}",
                    type="tertiary",
                    on_click=_choose,
                    args=(issuer.issuer_id,),
                )


def _held(issuer: UnlistedIssuer) -> str:
    credentials = ngettext("{count} credential", "{count} credentials", issuer.credentials)
    return f"{credentials}, {ngettext('{count} person', '{count} people', issuer.people)}"


def _choose(issuer_id: str) -> None:
    session.put(issuer=issuer_id)


def _list(rows: tuple[IssuerRow, ...]) -> None:
    config = st.column_config
    if all(row.sample for row in rows):
        st.caption(_("All of it belongs to the sample: not for hiring."))
    event = st.dataframe(
        grids.issuers(rows, session.called(row.approved_by for row in rows)),
        hide_index=True,
        key=f"issuers-{session.memory().round}",
        row_height=36,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "name": config.TextColumn(_("Issuer"), width=200),
            "decision": config.TextColumn(_("Decision"), width=100),
            "scope": config.TextColumn(_("For"), width=130),
            "reason": config.TextColumn(_("Reason"), width=270),
            "approved": config.TextColumn(_("Approved by"), width=160),
            "held": config.NumberColumn(_("Held"), width=65, help=_("Credentials of theirs in this store")),
            "since": config.DatetimeColumn(_("Since"), format="D MMM YYYY", width=105),
        },
        alt=ngettext("{count} issuer on your list", "{count} issuers on your list", len(rows)),
    )
    st.caption(_("Select a line to see why, and to change it."))
    picked = [rows[place].issuer_id for place in event.selection.rows if place < len(rows)]
    if picked and picked[0] != session.param("issuer"):
        session.put(issuer=picked[0])
        session.fresh()
        st.rerun()


def _chosen(issuer_id: str, unlisted: UnlistedIssuer | None) -> None:
    """Why an issuer is believed, and the form that changes it."""
    entry = session.services().issuers.get(issuer_id)
    with st.container(border=True, key="issuer-card"):
        named = entry.name if entry else (unlisted.claimed if unlisted else "")
        with st.container(gap=None, key="issuer-head"):
            frame.text(named or issuer_id, key="issuer-name", look="strong")
            frame.text(issuer_id, key="issuer-id", look="mono")
            _standing(entry)
        if issuer_proposals.may_change():
            _form(_row(issuer_id, entry, unlisted), named)
        else:
            st.button(_("Close"), key="issuer-close", on_click=_choose, args=("",))
        _history(issuer_id, listed=entry is not None)


def _standing(entry: IssuerRow | None) -> None:
    if entry is None:
        pill.mark_pill("issuer_unknown")
        st.caption(_("Not on your list. Nothing of theirs counts as verified."))
        return
    st.markdown(
        _("**{decision}** since {date}").format(
            decision=_(wording.ISSUER_DECISIONS[entry.decision]), date=wording.day(entry.updated_at)
        )
    )
    st.text(_("{reason} (approved by {who})").format(reason=entry.reason, who=session.who(entry.approved_by)))


def _row(issuer_id: str, entry: IssuerRow | None, unlisted: UnlistedIssuer | None) -> IssuerRow:
    """What is to be decided; for the sample alone while only sample people bring it."""
    if entry is None:
        sample = unlisted is not None and unlisted.sample
        return IssuerRow(issuer_id=issuer_id, name="", decision="", sample=sample)
    return replace(entry, sample=entry.sample and (unlisted is None or unlisted.sample))


def _form(row: IssuerRow, named: str) -> None:
    key = hash(row.issuer_id)
    with st.form("issuer-form", border=False):
        decision = st.segmented_control(
            _("Decision"),
            DECISIONS,
            default=row.decision or None,
            format_func=lambda one: _(wording.ISSUER_DECISIONS[one]),
            key=f"issuer-decision-{key}",
        )
        left, right = st.columns(2)
        name = left.text_input(_("What your list calls it"), value=named, key=f"issuer-called-{key}")
        with right:
            approver = issuer_proposals.approver(key="issuer-approver")
        scope = issuer_scope.fields(row, key=str(key))
        reason = st.text_input(_("Reason; it goes into the log"), key="issuer-reason")
        with st.container(horizontal=True):
            alone = session.may(Permission.ALONE)
            save = _("Save and check again") if alone else _("Propose")
            off = _("Take off the list") if alone else _("Propose to take it off")
            saved = st.form_submit_button(save, key="issuer-save", type="primary")
            gone = row.decision and st.form_submit_button(off, key="issuer-remove")
            closed = st.form_submit_button(_("Close"), key="issuer-close")
    if gone:
        _remove(row.issuer_id, reason or "")
    if closed:
        session.put(issuer="")
        st.rerun()
    if saved:
        _put(row, {"name": name or "", "decision": decision or "", **scope}, reason or "", approver)


def _put(row: IssuerRow, changed: dict[str, Any], reason: str, approver: str) -> None:
    if not changed["decision"]:
        st.markdown(_("Choose: accept, ask a person, or refuse."))
        return
    try:
        said = issuer_proposals.put(replace(row, **changed), reason=reason, approver=approver)
    except NoteRequired:
        issuer_proposals.reason_needed()
        return
    except ValueError as error:
        frame.text(str(error), key="issuer-problem")
        return
    session.put(issuer="")
    session.fresh()
    session.notify(said)
    st.rerun()


def _remove(issuer_id: str, reason: str) -> None:
    try:
        said = issuer_proposals.remove(issuer_id, reason=reason)
    except NoteRequired:
        st.markdown(_("A reason is needed: somebody will ask."))
        return
    session.put(issuer="")
    session.fresh()
    session.notify(said)
    st.rerun()


def _history(issuer_id: str, *, listed: bool) -> None:
    """Earlier forms; the current one of a listed issuer stands above."""
    forms = session.services().issuers.history(issuer_id)
    for place, row in enumerate(forms[1:] if listed else forms):
        decided = _(wording.ISSUER_DECISIONS.get(row.decision, row.decision))
        st.caption(f"{decided} · {wording.moment(row.updated_at)}")
        frame.text(f"{row.reason} ({session.who(row.approved_by)})", key=f"issuer-was-{place}", look="muted")


def _files() -> None:
    services = session.services()
    with st.container(horizontal=True, key="issuer-files"):
        if issuer_proposals.may_change():
            _add_by_hand()
            _import()
        st.download_button(
            _("Export JSON"),
            failure.made(services.issuers.file),
            "issuers.json",
            "application/json",
            key="issuers-file",
            on_click="ignore",
        )


def _add_by_hand() -> None:
    with st.popover(_("Add an issuer"), key="add-issuer"):
        wanted = st.text_input(
            _("Identifier, exactly as in the credential"), key=f"add-id-{session.memory().round}"
        )
        if st.button(_("Go on"), key="add-go", disabled=not wanted):
            session.put(issuer=(wanted or "").strip())
            session.fresh()
            st.rerun()


def _import() -> None:
    with st.popover(_("Import JSON"), key="import-issuers"):
        file = st.file_uploader(_("List of issuers (JSON)"), key=f"import-file-{session.memory().round}")
        reason = st.text_input(_("Reason"), key="import-reason")
        approver = issuer_proposals.approver(key="import-approver")
        if st.button(_("Import"), key="import-do", disabled=file is None) and file is not None:
            try:
                said = issuer_proposals.read(file.getvalue(), reason=reason or "", approver=approver)
            except NoteRequired:
                issuer_proposals.reason_needed()
                return
            except ValueError as error:
                frame.text(str(error), key="import-problem")
                return
            session.fresh()
            session.notify(said)
            st.rerun()
