"""How things come in: files, a folder, a link or pasted text, a table of links; and whose they are."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import session
from dashboard.components import frame, wallet
from dashboard.services import Given, Grouping, Incoming, JobRow, without_litter
from dashboard.wording import N_, _, ngettext

WAYS = {
    "files": N_("Files or ZIP"),
    "folder": N_("Folder"),
    "text": N_("Link or text"),
    "table": N_("Table of links"),
    "wallet": N_("Ask a wallet"),
}
GROUPS = {
    Grouping.ONE_PERSON: N_("All from one person"),
    Grouping.FILE_EACH: N_("One person a file"),
    Grouping.FOLDER_EACH: N_("One person a folder"),
}
ACCEPTED = N_(
    "Open Badges 2 and 3, W3C credentials, JWT and SD-JWT, learner records (CLR), presentations; as JSON, "
    "baked PNG or SVG, PDF with an attachment, QR picture, ZIP, pasted text or share link."
)


def intake(applicant_id: str = "") -> None:
    """Draw the form. With `applicant_id` everything goes to that person."""
    key = f"in-{applicant_id or 'new'}-{session.memory().round}"
    ways = [way for way in WAYS if way != "table" or not applicant_id]
    way = st.segmented_control(
        _("How it comes in"),
        ways,
        default="files",
        required=True,
        format_func=lambda one: _(WAYS[one]),
        key=f"{key}-way",
        label_visibility="collapsed",
    )
    if way == "wallet":
        wallet.ask(key, None if applicant_id else _job(key), applicant_id)
        return
    incoming = _WAYS[way or "files"](key)
    if applicant_id:
        _submit(key, incoming, applicant_id, None, Grouping.ONE_PERSON, Given())
        return
    job = _job(key)
    grouping = (
        _grouping(key, way or "files") if incoming and way in ("files", "folder") else Grouping.ONE_PERSON
    )
    given = _given(key) if grouping is Grouping.ONE_PERSON and way != "table" else Given()
    if way == "table":
        _submit_table(key, incoming, job)
    else:
        _submit(key, incoming, "", job, grouping, given)


def _files(key: str) -> list[Incoming]:
    files = st.file_uploader(
        _("Drop credential files here"), accept_multiple_files=True, key=f"{key}-files", help=_(ACCEPTED)
    )
    return _read(files)


def _folder(key: str) -> list[Incoming]:
    files = st.file_uploader(
        _("Choose a folder; a sub-folder a person"), accept_multiple_files="directory", key=f"{key}-folder"
    )
    return _read(files)


def _text(key: str) -> list[Incoming]:
    text = st.text_area(
        _("Link or text of a credential"),
        key=f"{key}-text",
        height=130,
        placeholder="https://… or {…} or eyJ…",
    )
    return [session.services().intake.pasted(text)] if text and text.strip() else []


def _table(key: str) -> list[Incoming]:
    file = st.file_uploader(_("CSV with the columns name, email, link"), key=f"{key}-table")
    return _read([file] if file else [])


_WAYS = {"files": _files, "folder": _folder, "text": _text, "table": _table}


def _read(files: Sequence[UploadedFile]) -> list[Incoming]:
    incoming = [Incoming(filename=file.name, data=file.getvalue()) for file in files]
    meant = without_litter(incoming)
    if left := len(incoming) - len(meant):
        st.caption(
            ngettext(
                "{count} file that the operating system made is left out.",
                "{count} files that the operating system made are left out.",
                left,
            )
        )
    return meant


def _job(key: str) -> str | None:
    jobs = {job.job_id: job for job in session.services().jobs.rows()}
    options: list[str] = ["", *jobs]
    wanted = session.chosen("job", options)
    picked = st.selectbox(
        _("For the job"),
        options,
        index=options.index(wanted),
        format_func=lambda one: job_label(jobs.get(one)),
        key=f"{key}-job",
    )
    return picked or None


def job_label(job: JobRow | None) -> str:
    """A job in a list; "no job" for None. The list draws it as plain text."""
    if job is None:
        return _("No job: only say whether they are genuine")
    return f"{job.title} ({_('sample')})" if job.sample else job.title


def _grouping(key: str, way: str) -> Grouping:
    picked = st.segmented_control(
        _("Whose are they?"),
        list(GROUPS),
        default=Grouping.FOLDER_EACH if way == "folder" else Grouping.ONE_PERSON,
        required=True,
        format_func=lambda one: _(GROUPS[one]),
        key=f"{key}-group-{way}",
    )
    return picked or Grouping.ONE_PERSON


def _given(key: str) -> Given:
    with st.expander(_("Who is the applicant? Lets us say whether it is theirs"), key=f"{key}-who"):
        name = st.text_input(_("Name"), key=f"{key}-name", max_chars=300)
        emails = st.text_input(_("E-mail addresses they use, with commas"), key=f"{key}-emails")
        phones = st.text_input(_("Phone numbers, with commas"), key=f"{key}-phones")
        dids = st.text_input(_("Wallet identifiers (did:…), with commas"), key=f"{key}-dids")
    return Given(name=name or "", emails=_split(emails), phones=_split(phones), dids=_split(dids))


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _submit(
    key: str,
    incoming: list[Incoming],
    applicant_id: str,
    job: str | None,
    grouping: Grouping,
    given: Given,
) -> None:
    label = ngettext("Check {count} item", "Check {count} items", len(incoming)) if incoming else _("Check")
    kind = "primary" if incoming else "secondary"
    if st.button(label, type=kind, disabled=not incoming, key=f"{key}-check"):  # type: ignore[arg-type]  # a literal chosen above
        batch = session.services().intake.receive(
            incoming, job_id=job, grouping=grouping, applicant_id=applicant_id or None, given=given
        )
        session.fresh()
        session.go(session.VERIFY, batch=batch)


def _submit_table(key: str, incoming: list[Incoming], job: str | None) -> None:
    if st.button(_("Check the links"), disabled=not incoming, key=f"{key}-check-table"):
        try:
            batch = session.services().intake.receive_table(incoming[0].data, job_id=job)
        except ValueError as error:
            frame.text(str(error), key=f"{key}-problem")
            return
        session.fresh()
        session.go(session.VERIFY, batch=batch)
