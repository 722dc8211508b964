"""What every file that leaves has in common: it is logged, named after its day, names want a reason."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dashboard.services.core import Core, note_of, plain
from dashboard.services.values import Download
from dashboard.store.tables import ApplicantRecord, Item, LogLine, ReportRecord

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
JSON = "application/json"
PDF = "application/pdf"
NAMED = {True: "-with-names", False: ""}  # in the name of the file, and so in the log


def hand_out(
    core: Core, filename: str, mime: str, data: bytes, *, subject: str, actor: str, **detail: str
) -> Download:
    """`data` to hand out, logged: by whom, about which person or job (`subject`), under which name."""
    with core.database.write() as session:
        core.log(session, actor, "export.made", subject, file=filename, **detail)
    return Download(filename=f"{core.now():%Y-%m-%d}-{filename}", mime=mime, data=data)


def allow_names(core: Core, people: ColumnElement[bool], reason: str, *, subject: str, actor: str) -> None:
    """Log why names of `people` go into a file about `subject`.

    Raises `NoteRequired` for a blank reason, unless they are the sample's, who are invented, or were all
    revealed to `actor`: then a reason is in the log.
    """
    with core.database.write() as session:
        if not reason.strip() and not _hides_somebody(session, people, actor):
            return
        core.log(session, actor, "name.exported", subject, reason=plain(note_of(reason)))


def _hides_somebody(session: Session, people: ColumnElement[bool], actor: str) -> bool:
    revealed = select(LogLine.subject).where(LogLine.action == "name.revealed", LogLine.actor == actor)
    hidden = people, ApplicantRecord.sample.is_(False), ApplicantRecord.id.not_in(revealed)
    return session.scalars(select(ApplicantRecord.id).where(*hidden).limit(1)).first() is not None


def of_job(job_id: str | None) -> ColumnElement[bool]:
    """The people of one job (None: everybody)."""
    return ApplicantRecord.id.is_not(None) if job_id is None else ApplicantRecord.vacancy_id == job_id


def policy_of(core: Core) -> str:
    """The policy that this installation checks by now; every report names its own."""
    return "offline" if core.settings.offline else "standard"


def policies_of(session: Session, people: ColumnElement[bool]) -> dict[str, str]:
    """By which policies the current verdicts on `people` were made: applicant id → "standard"."""
    query = (
        select(Item.applicant_id, ReportRecord.policy)
        .join(ReportRecord, ReportRecord.id == Item.report_id)
        .join(ApplicantRecord, ApplicantRecord.id == Item.applicant_id)
        .where(people)
        .distinct()
        .order_by(ReportRecord.policy)
    )
    found: dict[str, str] = {}
    for applicant_id, policy in session.execute(query):
        found[applicant_id] = f"{found[applicant_id]}, {policy}" if applicant_id in found else policy
    return found
