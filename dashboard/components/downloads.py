"""Downloads, made when they are clicked and written into the log; each beside the table it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import streamlit as st

from dashboard import session
from dashboard.access import Permission
from dashboard.components import failure, frame
from dashboard.services import Download
from dashboard.wording import N_, _

MIMES = {
    "csv": "text/csv",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One file of a menu; made with names or without, as the reader has switched it."""

    label: str
    filename: str
    make: Callable[..., Download]  # takes `names` and `reason`; what names somebody anyway `reason` alone
    signed: bool = False  # it is a receipt or holds one
    names: bool = False  # it says who it is whatever one does: only with the names switched on
    help: str = ""

    @property
    def ending(self) -> str:
        """ "csv", "pdf", …: what kind of file it is."""
        return self.filename.rpartition(".")[2]

    def made(self, *, with_names: bool, reason: str) -> Download:
        """The file itself; where there is a reason for its names, it goes into the log."""
        said = {"reason": reason} if reason else {}
        return self.make(**said) if self.names else self.make(names=with_names, **said)


def of_candidates(job_id: str | None, *, hidden: bool) -> None:
    """The grid, without names unless asked for."""
    exports = session.services().exports
    offers = (
        Offer(label=N_("CSV"), filename="candidates.csv", make=partial(exports.candidates_csv, job_id)),
        Offer(label=N_("Excel"), filename="candidates.xlsx", make=partial(exports.candidates_xlsx, job_id)),
    )
    _menu("candidates", hidden, (*offers, *_systems(job_id)))


def _systems(job_id: str | None) -> tuple[Offer, ...]:
    """The people of a job for systems that import them."""
    if not session.may(Permission.EXPORT_NAMES):
        return ()
    systems = session.services().systems
    several = systems.greenhouse_files(job_id) > 1
    return (
        Offer(
            label=N_("Greenhouse (several CSV files)") if several else N_("Greenhouse (CSV)"),
            filename="greenhouse.zip" if several else "greenhouse.csv",
            make=partial(systems.greenhouse, job_id),
            names=True,
        ),
        *(
            Offer(
                label=label,
                filename=f"{system.lower()}.zip",
                make=partial(systems.mapped, system, job_id),
                names=True,
                help=N_(
                    "A table and a mapping of its columns, to be changed to the template of your account"
                ),
            )
            for system, label in (
                ("Lever", N_("Lever (CSV and mapping)")),
                ("Workday", N_("Workday (CSV and mapping)")),
            )
        ),
    )


def of_candidate(applicant_id: str, *, hidden: bool) -> None:
    """One person, and their files."""
    exports = session.services().exports
    tables = (
        Offer(label=N_("CSV"), filename="candidate.csv", make=partial(exports.candidate_csv, applicant_id)),
        Offer(
            label=N_("Excel"), filename="candidate.xlsx", make=partial(exports.candidate_xlsx, applicant_id)
        ),
    )
    _menu("candidate", hidden, (*tables, *_papers(applicant_id), *_handed_over(applicant_id)))


def _papers(applicant_id: str) -> tuple[Offer, ...]:
    """What is filed or sent on."""
    papers, receipts = session.services().papers, session.services().receipts
    return (
        Offer(
            label=N_("Report (PDF)"),
            filename="report.pdf",
            make=partial(papers.report, applicant_id),
            signed=True,
        ),
        Offer(
            label=N_("Copy for the candidate (PDF)"),
            filename="copy-for-candidate.pdf",
            make=partial(papers.copy, applicant_id),
            signed=True,
            names=True,
            help=N_("What you saw, in plain words, with what would help and the right to comment"),
        ),
        Offer(
            label=N_("Signed receipt"),
            filename="receipt.json",
            make=partial(receipts.hand_out_candidate, applicant_id),
            signed=True,
            help=N_("What was checked, with hashes: anybody can check later that it is unaltered"),
        ),
    )


def _handed_over(applicant_id: str) -> tuple[Offer, ...]:
    """What another system reads, and what the person sent."""
    services = session.services()
    return (
        Offer(
            label=N_("LER-RS (JSON)"),
            filename="ler-rs.json",
            make=partial(services.systems.ler_rs, applicant_id),
            names=True,
            help=N_(
                "What is verified, with the credentials themselves, for systems that read HR Open records"
            ),
        ),
        Offer(
            label=N_("Greenhouse (CSV)"),
            filename="greenhouse.csv",
            make=partial(services.systems.greenhouse_of, applicant_id),
            names=True,
        ),
        Offer(
            label=N_("Files as handed in"),
            filename="files.zip",
            make=partial(services.exports.raw_zip, applicant_id),
            names=True,
        ),
    )


def of_credential(cred: str) -> None:
    """The signed receipt of one credential, beside its checks."""
    if not session.may(Permission.EXPORT):
        return
    make = partial(session.services().receipts.hand_out_credential, cred)
    offer = Offer(label=N_("Signed receipt"), filename="credential-receipt.json", make=make)
    _button(offer, with_names=True)


def of_comparison(ids: Sequence[str], job_id: str, *, hidden: bool) -> None:
    """Requirements × people."""
    exports = session.services().exports
    offers = (
        Offer(
            label=N_("CSV"),
            filename="comparison.csv",
            make=partial(exports.comparison_csv, ids, job_id=job_id),
        ),
        Offer(
            label=N_("Excel"),
            filename="comparison.xlsx",
            make=partial(exports.comparison_xlsx, ids, job_id=job_id),
        ),
    )
    _menu("comparison", hidden, offers)


def of_coverage(job_id: str) -> None:
    """Counts alone; small ones suppressed."""
    exports = session.services().exports
    _table(N_("Export CSV"), "coverage.csv", lambda: exports.coverage_csv(job_id))


def of_groups(job_id: str) -> None:
    """A table to fill in for the impact panel: pseudonyms and an empty column."""
    exports = session.services().exports
    _table(N_("Table to fill in"), "groups.csv", lambda: exports.groups_template(job_id))


def of_impact(job_id: str, groups: bytes) -> None:
    """The impact of every step; the table of groups is not in it."""
    exports = session.services().exports
    _table(N_("All steps as CSV"), "impact.csv", lambda: exports.impact_csv(job_id, groups))


def of_activity(**wanted: Any) -> None:
    """The lines of the log that the filter shows."""
    export = partial(session.services().exports.activity_csv, **wanted)
    _table(N_("Export these lines"), "activity.csv", export)


def _menu(name: str, hidden: bool, offers: Sequence[Offer]) -> None:
    """One menu: names first, then what can be had; what names somebody anyway waits for the switch.

    `hidden`: somebody in the file is hidden on the screen, so names want a reason, which is logged.
    """
    if not session.may(Permission.EXPORT):
        return
    if not session.may(Permission.EXPORT_NAMES):
        offers = [offer for offer in offers if not offer.names]
    with st.popover(_("Export"), key=f"export-{name}"):
        with_names, reason = _names(name, hidden)
        ready = not (hidden and with_names) or bool(reason)
        obstacles = {offer.filename: _obstacle(offer) for offer in offers}
        with st.container(gap="xsmall", key=f"menu-{name}"):
            for offer in offers:
                if not obstacles[offer.filename]:
                    _button(offer, with_names=with_names, reason=reason, ready=ready, width="stretch")
        if not with_names and any(offer.names for offer in offers):
            st.caption(_("The others say who it is: switch the names on for them."))
        for place, obstacle in enumerate(sorted(set(obstacles.values()) - {""})):
            frame.text(obstacle, key=f"obstacle-{name}-{place}", look="muted")


def _obstacle(offer: Offer) -> str:
    """Why a file cannot be made on this installation, and what to do; "": it can."""
    services = session.services()
    if offer.ending == "pdf" and not services.papers.can_draw:
        return _("PDF needs the package typst: run the install line of the README again.")
    if offer.signed and (fault := services.receipts.fault()):
        return _("Nothing can be signed: {reason}.").format(reason=fault)
    return ""


def _names(name: str, hidden: bool) -> tuple[bool, str]:
    """Whether names go into the file, and why."""
    if not session.may(Permission.EXPORT_NAMES):
        return False, ""
    if session.is_blind():
        st.caption(_("Without names: they are hidden everywhere now."))
        return False, ""
    with_names = st.toggle(_("With names"), key=f"export-{name}-names")
    if not (with_names and hidden):
        return with_names, ""
    reason = st.text_input(_("Reason; it goes into the log"), key=f"export-{name}-reason")
    return True, (reason or "").strip()


def _table(label: str, filename: str, make: Callable[[], Download]) -> None:
    """One table that names nobody."""
    _button(Offer(label=label, filename=filename, make=make, names=True), with_names=True)


def _button(
    offer: Offer,
    *,
    with_names: bool,
    reason: str = "",
    ready: bool = True,
    width: Literal["content", "stretch"] = "content",
) -> None:
    st.download_button(
        _(offer.label),
        failure.made(lambda: offer.made(with_names=with_names, reason=reason)),
        offer.filename,
        MIMES[offer.ending],
        key=f"download-{offer.filename}",
        on_click="ignore",
        disabled=not ready or (offer.names and not with_names),
        help=_(offer.help) if offer.help else None,
        width=width,
    )
