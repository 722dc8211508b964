"""Papers about one candidate as PDF: the report for the employer, the copy for the candidate."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from dashboard import frames
from dashboard.exports.candidate_copy import candidate_copy
from dashboard.exports.candidate_paper import About, Known
from dashboard.exports.candidate_report import candidate_report
from dashboard.exports.paper import Paper, can_draw, to_pdf
from dashboard.services.candidates import Candidates
from dashboard.services.core import Core
from dashboard.services.evidence import Evidence
from dashboard.services.handing_out import NAMED, PDF, allow_names, hand_out, policy_of
from dashboard.services.receipts import Receipts
from dashboard.services.values import Download
from dashboard.services.verifying import versions
from dashboard.store.tables import ApplicantRecord


class Papers:
    """What is printed, filed or sent on. Each has the signed receipt attached."""

    def __init__(self, core: Core, candidates: Candidates, evidence: Evidence, receipts: Receipts) -> None:
        self._core, self._candidates, self._evidence, self._receipts = core, candidates, evidence, receipts

    @property
    def can_draw(self) -> bool:
        """Whether this installation can make a PDF."""
        return can_draw()

    def report(
        self, applicant_id: str, *, names: bool = False, reason: str = "", actor: str = "local"
    ) -> Download:
        """The report of one candidate; without `names` masked like the screen.

        Raises `Missing`; with `names` `NoteRequired`, as every file that names somebody.
        """
        if names:
            self._allow_names(applicant_id, reason, actor)
        return self._paper(candidate_report, applicant_id, "report" + NAMED[names], names=names, actor=actor)

    def copy(self, applicant_id: str, *, reason: str = "", actor: str = "local") -> Download:
        """The candidate's copy; it is theirs, so nothing of theirs is masked. Raises as `report`."""
        self._allow_names(applicant_id, reason, actor)
        return self._paper(candidate_copy, applicant_id, "copy-for-candidate", names=True, actor=actor)

    def _allow_names(self, applicant_id: str, reason: str, actor: str) -> None:
        person = ApplicantRecord.id == applicant_id
        allow_names(self._core, person, reason, subject=applicant_id, actor=actor)

    def _paper(
        self,
        draw: Callable[[Known, About], Paper],
        applicant_id: str,
        name: str,
        *,
        names: bool,
        actor: str,
    ) -> Download:
        known, made = self._known(applicant_id, names=names), self._core.now().replace(microsecond=0)
        receipt = self._receipts.of_candidate(applicant_id, addresses=names)
        digest = hashlib.sha256(receipt.data).hexdigest()
        about = About(
            made=made,
            policy=", ".join(sorted({view.policy for view in known.views.values()})) or policy_of(self._core),
            tool=" · ".join(f"{name} {version}" for name, version in versions().items()),
            receipt_id=receipt.receipt_id,
            receipt_sha256=digest,
            signer=receipt.signer,
        )
        data = to_pdf(draw(known, about), made, receipt.data)
        logged = {"receipt": receipt.receipt_id, "sha256": digest}
        return hand_out(self._core, f"{name}.pdf", PDF, data, subject=applicant_id, actor=actor, **logged)

    def _known(self, applicant_id: str, *, names: bool) -> Known:
        detail = self._candidates.detail(applicant_id, blind=not names)
        views = {card.cred: self._evidence.view(card.cred, blind=not names) for card in detail.credentials}
        return Known(detail=detail, views=views, person=frames.person(detail.row, names=names))
