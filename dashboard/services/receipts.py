"""Signed receipts: what was checked of one credential or one candidate, for whoever asks later."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.exports import receipt
from dashboard.services.core import Core, found
from dashboard.services.evidence import node_of, report_of
from dashboard.services.handing_out import JSON, NAMED, allow_names, hand_out
from dashboard.services.marks import mark_of
from dashboard.services.reading import cred_of, split_cred
from dashboard.services.receipt_checking import ReceiptChecked, check_receipt, own_key
from dashboard.services.values import Download
from dashboard.services.verifying import versions
from dashboard.store.signing_key import SigningKeyUnusable, kept_key, signing_key
from dashboard.store.tables import ApplicantRecord, Item, ReportRecord
from verifier import did_key, sign_json


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptKey:
    """What receipts of this installation are signed with; the public half."""

    did: str
    jwk: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A signed receipt."""

    receipt_id: str
    signer: str  # did:key
    data: bytes = field(repr=False)  # JSON


class Receipts:
    """Signs what the store knows; changes nothing but the key file, on first use."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def hand_out_credential(self, cred: str, *, names: bool = False, actor: str = "local") -> Download:
        """The receipt of one credential; without `names` the addresses that were asked are left out."""
        made = self.of_credential(cred, addresses=names)
        return self._handed_out(made, "credential-receipt" + NAMED[names], subject=cred, actor=actor)

    def hand_out_candidate(
        self, applicant_id: str, *, names: bool = False, reason: str = "", actor: str = "local"
    ) -> Download:
        """The receipt of one candidate; without `names` the addresses that were asked are left out.

        Raises `Missing`, `SigningKeyUnusable`; with `names` `NoteRequired`: an issuer's address tells much.
        """
        if names:
            person = ApplicantRecord.id == applicant_id
            allow_names(self._core, person, reason, subject=applicant_id, actor=actor)
        made = self.of_candidate(applicant_id, addresses=names)
        return self._handed_out(made, "receipt" + NAMED[names], subject=applicant_id, actor=actor)

    def check(self, data: bytes) -> ReceiptChecked:
        """A receipt checked again. Raises `NoReceipt`, `ReceiptAltered`."""
        return check_receipt(data, own=own_key(self._core.settings))

    def fault(self) -> str:
        """Why nothing can be signed here; "": it can."""
        settings = self._core.settings
        try:
            kept_key(settings.home, settings.key)
        except (SigningKeyUnusable, OSError) as error:
            return str(error)
        return ""

    def key(self) -> ReceiptKey:
        """The public key, made if there is none. Raises `SigningKeyUnusable`."""
        settings = self._core.settings
        public = signing_key(settings.home, settings.key).public_key()
        x = base64.urlsafe_b64encode(public.public_bytes_raw()).rstrip(b"=").decode()
        return ReceiptKey(did=did_key(public), jwk={"kty": "OKP", "crv": "Ed25519", "x": x})

    def of_credential(self, cred: str, *, addresses: bool = True) -> Receipt:
        """The current verdict on one credential. Raises `Missing`, `SigningKeyUnusable`."""
        item_id, path = split_cred(cred)
        with self._core.database.read() as session:
            item = found(session.get(Item, item_id), "credential")
            line = _line(session, item, path, addresses=addresses)
            sample = session.get_one(ApplicantRecord, item.applicant_id).sample
        return self._signed({"about": "credential", "reference": cred, "sample": sample, "checked": [line]})

    def of_candidate(self, applicant_id: str, *, addresses: bool = True) -> Receipt:
        """The current verdict on everything of one person. Raises `Missing`, `SigningKeyUnusable`."""
        with self._core.database.read() as session:
            person = found(session.get(ApplicantRecord, applicant_id), "candidate")
            query = (
                select(Item)
                .where(Item.applicant_id == applicant_id)
                .order_by(Item.queued_at, Item.position, Item.id)
            )
            items = list(session.scalars(query))
            lines = [_line(session, item, "", addresses=addresses) for item in items if item.report_id]
        about = {"about": "candidate", "reference": applicant_id, "pseudonym": person.pseudonym}
        waiting = len(items) - len(lines)
        return self._signed({**about, "sample": person.sample, "checked": lines, "notYetChecked": waiting})

    def _handed_out(self, made: Receipt, name: str, *, subject: str, actor: str) -> Download:
        # The log keeps the digest: an auditor can tell a receipt that was handed out from one that was not.
        digest = hashlib.sha256(made.data).hexdigest()
        about = {"receipt": made.receipt_id, "sha256": digest}
        return hand_out(self._core, f"{name}.json", JSON, made.data, subject=subject, actor=actor, **about)

    def _signed(self, said: Mapping[str, Any]) -> Receipt:
        settings, now = self._core.settings, self._core.now()
        key, public = signing_key(settings.home, settings.key), self.key()
        receipt_id = f"urn:uuid:{uuid.uuid4()}"
        document = {
            "type": receipt.TYPE,
            "version": receipt.VERSION,
            "id": receipt_id,
            "statement": receipt.STATEMENT,
            "issuedBy": {"id": public.did, "publicKeyJwk": dict(public.jwk)},
            "issuedAt": f"{now:%Y-%m-%dT%H:%M:%SZ}",
            "tool": dict(versions()),
            **said,
        }
        signed = sign_json(document, key, now.replace(microsecond=0))
        data = (json.dumps(signed, ensure_ascii=False, indent=1) + "\n").encode()
        return Receipt(receipt_id=receipt_id, signer=public.did, data=data)


def _line(session: Session, item: Item, path: str, *, addresses: bool) -> dict[str, Any]:
    """What was checked of one item, or of the credential at `path` in it."""
    report: ReportRecord = report_of(session, item, None)
    node = node_of(report.body, path)
    # Of a link, what its address answered was read; of that answer the hash stands in the report alone.
    read = report.body["sha256"] if item.url else item.sha256
    source = {"kind": item.kind, "sha256": read, "size": item.size}
    # The issuer list as it was, by hash: the registries' answers stand among the addresses asked.
    record = {"tool": dict(report.versions), "issuerListSha256": report.trust_sha256}
    return receipt.checked(
        node,
        reference=cred_of(item.id, path),
        source=source,
        record=record,
        consulted=receipt.consulted(report.body, addresses=addresses),
        word=mark_of(node["verdict"], node["code"]).value,
    )
