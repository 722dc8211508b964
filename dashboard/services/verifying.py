"""The one place that calls the verifier, and turns its report into what the store keeps."""

from __future__ import annotations

import hashlib
import json
import logging
import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from importlib import metadata
from typing import Any

from dashboard.services.core import plain
from dashboard.services.levels import spoken
from dashboard.services.marks import genuine, mark_of, theirs
from dashboard.services.sample import Sample
from dashboard.services.values import Statement
from dashboard.settings import Settings
from dashboard.store.codec import from_json, to_json
from dashboard.store.filing import Verdicted
from dashboard.store.queue import MAX_ATTEMPTS, Leased
from verifier import (
    Applicant,
    DccRegistry,
    IssuerList,
    Linked,
    Policy,
    PresentationRequest,
    Report,
    SkillClaim,
    Step,
    Uploaded,
    Verdict,
    extract_skills,
    verify,
)

LOG = logging.getLogger("skillproof.work")
MAX_DOCUMENT = 1_000_000  # characters of JSON; a larger document is read again from the raw file


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifying:
    """How items are verified: live, or a sample person with the sample's clock and web."""

    settings: Settings
    sample: Callable[[], Sample]
    now: Callable[[], datetime]
    verify: Callable[..., Report] = verify
    extract: Callable[[Report], tuple[SkillClaim, ...]] = extract_skills

    def run(self, leased: Leased, issuers: bytes, on_step: Callable[[Step], None] | None = None) -> Verdicted:
        """The verdict on one item. Never raises: what goes wrong here is ours, and is said so."""
        if leased.attempts > MAX_ATTEMPTS:
            return self._given_up(leased, "worker_lost")
        if leased.url is None and leased.data is None:
            return self._given_up(leased, "raw_not_kept")
        try:
            report = self._verify(leased, issuers, on_step)
            return self._kept(report, self.extract(report), issuers)
        except Exception as error:
            # The class alone: a message may quote the file.
            LOG.error("item %s: %s", leased.item_id, type(error).__name__)  # no traceback
            return self._given_up(leased, "internal_error")

    def _verify(self, leased: Leased, issuers: bytes, on_step: Callable[[Step], None] | None) -> Report:
        source = Linked(leased.url) if leased.url else Uploaded(leased.data or b"", leased.filename)
        applicant = _applicant(leased)
        request = from_json(PresentationRequest, dict(leased.request)) if leased.request else None
        if leased.sample:
            sample = self.sample()
            return self.verify(
                source,
                policy=Policy.standard(),
                trust=(issuer_list(issuers),),
                applicant=applicant,
                request=request,
                web=sample.web,
                now=sample.clock,
                on_step=on_step,
            )
        registries = tuple(DccRegistry(url) for url in self.settings.registries)
        return self.verify(
            source,
            policy=Policy.offline() if self.settings.offline else Policy.standard(),
            trust=(issuer_list(issuers), *registries),
            applicant=applicant,
            request=request,
            now=self.now(),
            on_step=on_step,
        )

    def _kept(self, report: Report, claims: tuple[SkillClaim, ...], issuers: bytes) -> Verdicted:
        names = listed_names(issuers)
        leaves = tuple(paths(report))
        places = {leaf.source: path for path, leaf in reversed(leaves)}
        return Verdicted(
            mark=mark_of(report.verdict.value, report.code).value,
            verdict=report.verdict.value,
            code=report.code,
            policy=report.policy,
            clock=report.at,
            versions=versions(),
            trust_sha256=hashlib.sha256(issuers).hexdigest(),
            body=report.to_dict(),
            documents=dict(_documents(leaves)),
            credentials=tuple(_credential_columns(path, leaf, names) for path, leaf in leaves),
            claims=tuple(_claim_columns(claim, places.get(claim.source, "")) for claim in claims),
        )

    def _given_up(self, leased: Leased, code: str) -> Verdicted:
        """INDETERMINATE without the verifier: the fault is ours, nothing is said of the file."""
        now = self.now()
        report = Report(
            source=plain(leased.filename),
            verdict=Verdict.INDETERMINATE,
            code=code,
            credential=None,
            results=(),
            at=now,
        )
        kept = self._kept(report, (), b'{"issuers": []}')
        return replace(kept, credentials=tuple({**row, "kind": "credential"} for row in kept.credentials))


def paths(report: Report, path: str = "") -> Iterator[tuple[str, Report]]:
    """Every report with its path, outermost first: "", "0", "0.2"."""
    yield path, report
    for number, inner in enumerate(report.contained):
        yield from paths(inner, f"{path}.{number}" if path else str(number))


@lru_cache(maxsize=8)  # an employer has one list at a time; the bytes are the key
def issuer_list(issuers: bytes) -> IssuerList:
    """The employer's list as the verifier reads it."""
    return IssuerList.parse(issuers)


@lru_cache(maxsize=8)
def listed_names(issuers: bytes) -> Mapping[str, str]:
    """Identifier → the name that your list gives."""
    return {entry["id"]: entry["name"] for entry in json.loads(issuers)["issuers"]}


@lru_cache(maxsize=1)
def versions() -> Mapping[str, str]:
    """What made the verdict."""
    return {"skillproof": metadata.version("skillproof"), "python": platform.python_version()}


def _applicant(leased: Leased) -> Applicant | None:
    """What is established about the person; None when nothing is, so that binding is not asked at all."""
    if not (leased.name or leased.emails or leased.phones or leased.dids):
        return None
    return Applicant(dids=leased.dids, emails=leased.emails, phones=leased.phones, name=leased.name or None)


def _documents(leaves: tuple[tuple[str, Report], ...]) -> Iterator[tuple[str, Any]]:
    for path, leaf in leaves:
        document = leaf.credential.document if leaf.credential else None
        if document and document != leaf.proved and len(json.dumps(document)) <= MAX_DOCUMENT:
            yield path, document


def _credential_columns(path: str, report: Report, names: Mapping[str, str]) -> dict[str, Any]:
    read = report.credential
    issuer_id = read.issuer.id if read and read.issuer else ""
    return {
        "path": path,
        "kind": read.kind.value if read else "unreadable",
        "source": plain(report.source),
        "name": plain(_name(report)),
        "types": [plain(kind) for kind in read.types[:16]] if read else [],
        "format": read.format if read else "",
        "issuer_id": plain(issuer_id, 2_000),
        "issuer_claimed": plain(read.issuer.name) if read and read.issuer else "",
        "issuer_listed": plain(names.get(issuer_id) or _recognised_name(report)),
        "mark": mark_of(report.verdict.value, report.code).value,
        "verdict": report.verdict.value,
        "code": report.code,
        "genuine": _statement_json(genuine(report)),
        "theirs": _statement_json(theirs(report)),
        "proved": report.proved is not None,
        "contained": len(report.contained),
        "valid_from": read.valid_from or read.issued if read else None,
        "valid_until": read.valid_until if read else None,
        "checked_at": report.at,
    }


def _name(report: Report) -> str:
    """What the file calls itself: the credential's name, else its first achievement's."""
    read = report.credential
    if read is None:
        return ""
    return read.name or next((achievement.name for achievement in read.achievements), "")


def _recognised_name(report: Report) -> str:
    """The issuer as the registry that recognised it calls it."""
    for result in report.results:
        if result.check == "trust" and result.outcome.value == "passed":
            return next((dict(finding.detail).get("issuer", "") for finding in result.findings), "")
    return ""


def _statement_json(statement: Statement) -> dict[str, str]:
    return {
        "outcome": statement.outcome,
        "check": statement.check,
        "code": statement.code,
        "message": plain(statement.message, 1_000),
    }


def _claim_columns(claim: SkillClaim, path: str) -> dict[str, Any]:
    level = claim.level or claim.qualification_level
    return {
        "path": path,
        "kind": claim.skill.kind,
        "skill_id": plain(claim.skill.id or "", 2_000),
        "skill_name": plain(claim.skill.name or claim.skill.code or claim.skill.id or ""),
        "framework": plain(claim.skill.framework),
        "level": spoken(level),
        "mark": mark_of(claim.verdict.value, claim.code).value,
        "code": claim.code,
        "body": to_json(claim),
    }
