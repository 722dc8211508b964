"""One credential: the checks, the findings, the addresses asked, the file, the history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.services.blind import evidence as blinded
from dashboard.services.blind import mask_of
from dashboard.services.board import Tick
from dashboard.services.core import Core, found
from dashboard.services.handing_out import JSON, hand_out
from dashboard.services.marks import as_proved, mark_of
from dashboard.services.microcredentials import Microcredential, microcredential
from dashboard.services.reading import card_of, cred_of, instant, split_cred
from dashboard.services.refusals import Missing, NotYet
from dashboard.services.registry_links import registry_links
from dashboard.services.validity import valid_on
from dashboard.services.values import (
    CheckChange,
    CheckRow,
    ConsultedRow,
    CredentialCard,
    Download,
    EvidenceView,
    FindingRow,
    HistoryRow,
)
from dashboard.store import blobs
from dashboard.store.tables import ApplicantRecord, Batch, Blob, CredentialRecord, Item, ReportRecord

MIME = {"json": JSON, "png": "image/png", "svg": "application/octet-stream"}


class Evidence:
    """The receipt behind every verdict."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def view(self, cred: str, *, report_id: str | None = None, blind: bool = False) -> EvidenceView:
        """The current verdict on `cred`, or an earlier one named by `report_id`. Raises `Missing`, `NotYet`.

        `blind` hides who and whose it is (`services.blind`).
        """
        item_id, path = split_cred(cred)
        with self._core.database.read() as session:
            item = found(session.get(Item, item_id), "credential")
            report = report_of(session, item, report_id)
            node = node_of(report.body, path)
            record = _record(session, item, path)
            document = _document(report, path, node)
            checks = tuple(_nodes(session, item, path))
            person = session.get_one(ApplicantRecord, item.applicant_id)
            shown = EvidenceView(
                card=card_of(record),
                applicant=person.name or person.label or person.pseudonym,
                checks=tuple(_check(result, proved=record.proved) for result in node["results"]),
                consulted=tuple(_consulted(entry) for entry in report.body["consulted"]),
                document=document,
                raw_sha256=item.sha256,
                raw_size=item.size,
                raw_until=self._raw_until(session, item),
                policy=report.policy,
                at=report.clock,
                versions=report.versions,
                history=tuple(_history_row(one, inner) for one, inner in checks),
                changes=_changes([inner for _one, inner in checks[:2]]),
                contained=_contained(session, item, path),
                valid_on=valid_on(person, record, [(one.clock, inner) for one, inner in checks]),
                microcredential=microcredential(document, cred=cred, name=record.name, proved=record.proved),
                registry_links=registry_links(document),
                sample=person.sample,
            )
            hide = mask_of(session, person.id) if blind else None
            return blinded(shown, hide, person.pseudonym) if hide else shown

    def _raw_until(self, session: Session, item: Item) -> datetime | None:
        """When the file is dropped; None: with the person. In the past: it is no longer kept."""
        handed_in = session.get_one(Batch, item.batch_id).created_at
        if item.url is None and session.get(Blob, item.sha256) is None:
            return handed_in
        days = self._core.settings.retention_days
        return handed_in + timedelta(days=days) if days else None

    def raw(self, cred: str, *, actor: str = "local") -> Download:
        """The file exactly as it was handed in. Raises `Missing`, also when it is no longer kept."""
        item_id, _ = split_cred(cred)
        with self._core.database.write() as session:
            item = found(session.get(Item, item_id), "credential")
            data = found(blobs.read(session, item.sha256), "file")
            self._core.log(session, actor, "file.downloaded", item.id, sha256=item.sha256)
            return Download(filename=safe_name(item.filename), mime=_mime(item.filename), data=data)

    def report_json(self, cred: str, *, actor: str = "local") -> Download:
        """The whole report as JSON (`Report.to_dict()`). Raises `Missing`, `NotYet`."""
        item_id, _ = split_cred(cred)
        with self._core.database.read() as session:
            item = found(session.get(Item, item_id), "credential")
            body = report_of(session, item, None).body
        data = json.dumps(body, ensure_ascii=False, indent=2).encode()
        return hand_out(self._core, "report.json", JSON, data, subject=item_id, actor=actor)


def microcredentials(session: Session, records: Iterable[CredentialRecord]) -> tuple[Microcredential, ...]:
    """The cards of those credentials that could be one, in their order."""
    reports: dict[str, ReportRecord] = {}
    cards = []
    for record in records:
        if record.kind != "credential":
            continue
        if record.item_id not in reports:
            reports[record.item_id] = report_of(session, session.get_one(Item, record.item_id), None)
        report = reports[record.item_id]
        cards.append(
            microcredential(
                _document(report, record.path, node_of(report.body, record.path)),
                cred=cred_of(record.item_id, record.path),
                name=record.name,
                proved=record.proved,
            )
        )
    return tuple(card for card in cards if card is not None)


def _document(report: ReportRecord, path: str, node: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What was read, where it was kept: all of it, else what was proved."""
    document: Mapping[str, Any] | None = report.documents.get(path) or node.get("proved")
    return document


def safe_name(filename: str) -> str:
    """A name that is safe to save under: the last part, letters, digits and a few marks."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    clean = "".join(c if c.isalnum() or c in "-_. " else "_" for c in last)[:100].strip(". ")
    return clean or "credential"


def _mime(filename: str) -> str:
    # Never text/html nor image/svg+xml: a browser would run what stands in them.
    return MIME.get(filename.rpartition(".")[2].lower(), "application/octet-stream")


def report_of(session: Session, item: Item, report_id: str | None) -> ReportRecord:
    if not (report_id or item.report_id):
        raise NotYet("report")
    report = session.get(ReportRecord, report_id or item.report_id)
    if report is None or report.item_id != item.id:
        raise Missing("report")
    return report


def node_of(body: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """The report inside a stored report that `path` leads to."""
    node = body
    for step in path.split(".") if path else ():
        inner = node["contained"]
        if not (step.isascii() and step.isdigit() and int(step) < len(inner)):
            raise Missing("credential")
        node = inner[int(step)]
    return node


def _record(session: Session, item: Item, path: str) -> CredentialRecord:
    query = select(CredentialRecord).where(CredentialRecord.item_id == item.id, CredentialRecord.path == path)
    return found(session.scalars(query).one_or_none(), "credential")


def _contained(session: Session, item: Item, path: str) -> tuple[CredentialCard, ...]:
    """The cards one level below `path`."""
    query = select(CredentialRecord).where(CredentialRecord.item_id == item.id).order_by(CredentialRecord.id)
    prefix = f"{path}." if path else ""
    below = [record for record in session.scalars(query) if record.path and record.path.startswith(prefix)]
    return tuple(card_of(record) for record in below if "." not in record.path[len(prefix) :])


def _nodes(session: Session, item: Item, path: str) -> Iterator[tuple[ReportRecord, Mapping[str, Any]]]:
    """Every verdict on the credential, newest first."""
    query = (
        select(ReportRecord).where(ReportRecord.item_id == item.id).order_by(ReportRecord.created_at.desc())
    )
    for report in session.scalars(query):
        try:
            yield report, node_of(report.body, path)
        except Missing:  # what the address served then held fewer credentials
            continue


def _history_row(report: ReportRecord, node: Mapping[str, Any]) -> HistoryRow:
    return HistoryRow(
        report_id=report.id,
        at=report.clock,
        verdict=node["verdict"],
        code=node["code"],
        mark=mark_of(node["verdict"], node["code"]),
        policy=report.policy,
    )


def _changes(newest: list[Mapping[str, Any]]) -> tuple[CheckChange, ...]:
    """What the last check says otherwise than the one before, in the order of the checks."""
    if len(newest) < 2:
        return ()
    now, before = (
        {result["check"]: _tick(result, proved=node["proved"] is not None) for result in node["results"]}
        for node in newest
    )
    pairs = [
        (before.get(check) or Tick(check=check), now.get(check) or Tick(check=check))
        for check in {**now, **before}
    ]
    return tuple(CheckChange(before=old, now=new) for old, new in pairs if old != new)


def _tick(result: Mapping[str, Any], *, proved: bool) -> Tick:
    check, code = result["check"], result["findings"][0]["code"]
    return Tick(check=check, outcome=as_proved(check, result["outcome"], proved=proved), code=code)


def _check(result: Mapping[str, Any], *, proved: bool) -> CheckRow:
    findings = tuple(FindingRow(**finding) for finding in result["findings"])
    outcome = as_proved(result["check"], result["outcome"], proved=proved)
    return CheckRow(check=result["check"], outcome=outcome, findings=findings)


def _consulted(entry: Mapping[str, Any]) -> ConsultedRow:
    return ConsultedRow(
        url=entry["url"], sha256=entry["sha256"], size=entry["bytes"], at=instant(entry["at"])
    )
