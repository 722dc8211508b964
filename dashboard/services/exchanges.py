"""Questions to a wallet: opened on a screen here, open for ten minutes, answered once.

What was presented is committed, with what it had to answer, before it is verified. Nothing that arrives is
judged here: a forged answer becomes an item like any other, and its report says so.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dashboard.services.board import PACE
from dashboard.services.core import Core, found, plain
from dashboard.services.receiving import Receipt, add_batch, add_person
from dashboard.services.refusals import ExchangeClosed
from dashboard.services.sample import SampleWallet, read_sample
from dashboard.services.values import Exchange, ExchangeState, Given, Incoming
from dashboard.store.tables import ApplicantRecord, ExchangeRecord, Item, Vacancy

LIFETIME = timedelta(minutes=10)  # SCREENS §9
KEPT = timedelta(days=1)  # what is over is still said to be over for so long
MAX_REFUSED = 20  # answers that could not be taken; then the exchange is closed
ID_BYTES, NONCE_BYTES = 24, 32  # unguessable; OpenID4VP §5.3 asks for 16 at least
HERE = "http://localhost"  # stands in the demo holder's exchange, which never leaves this process


class Exchanges:
    """What the screen and the wallet may ask of an exchange."""

    def __init__(self, core: Core) -> None:
        self._core = core

    @property
    def public_url(self) -> str:
        """The https address at which a phone reaches this installation; "" where there is none."""
        return self._core.settings.public_url

    @property
    def address(self) -> str:
        """What stands before the paths of the exchange, without a slash at its end."""
        return self.public_url or HERE

    def is_sample(self, *, job_id: str | None = None, applicant_id: str = "") -> bool:
        """Whether asking this person, or for this job, is asking the demo holder."""
        with self._core.database.read() as session:
            person = session.get(ApplicantRecord, applicant_id) if applicant_id else None
            return _is_sample(person, session.get(Vacancy, job_id) if job_id else None)

    def sample_wallet(self) -> SampleWallet:
        """The wallet of the demo holder."""
        return read_sample(self._core.settings.sample_data).wallet

    def clock(self, exchange: Exchange) -> datetime:
        """The time of this exchange for those who sign: the sample's stands still."""
        if exchange.sample:
            return read_sample(self._core.settings.sample_data).clock
        return self._core.now()

    def open(
        self, *, job_id: str | None = None, applicant_id: str = "", purpose: str = "", actor: str = "local"
    ) -> str:
        """Ask one person, or somebody new who applies for the job: the exchange's id.

        About the sample's job or people only the demo holder may answer. Raises `Missing`.
        """
        now = self._core.now()
        with self._core.database.write() as session:
            session.execute(delete(ExchangeRecord).where(ExchangeRecord.expires_at < now - KEPT))
            person = found(session.get(ApplicantRecord, applicant_id), "candidate") if applicant_id else None
            job = person.vacancy_id if person else job_id
            vacancy = found(session.get(Vacancy, job), "job") if job else None
            exchange = ExchangeRecord(
                id=secrets.token_urlsafe(ID_BYTES),
                vacancy_id=job,
                applicant_id=applicant_id or None,
                purpose=plain(purpose.strip()),
                nonce=secrets.token_urlsafe(NONCE_BYTES),
                sample=_is_sample(person, vacancy),
                actor=actor,
                expires_at=now + LIFETIME,
            )
            session.add(exchange)
            self._core.log(session, actor, "exchange.opened", _about(exchange))
            session.flush()
            return exchange.id

    def get(self, exchange_id: str) -> Exchange:
        """Where the exchange stands. Raises `Missing`."""
        with self._core.database.read() as session:
            record = found(session.get(ExchangeRecord, exchange_id), "exchange")
            return _exchange(record, self._core.now())

    def cancel(self, exchange_id: str, *, actor: str = "local") -> None:
        """Take no answer any more."""
        self._end(exchange_id, ExchangeState.CANCELLED, actor)

    def decline(self, exchange_id: str) -> None:
        """The holder would not show anything. Raises `Missing`, `ExchangeClosed`."""
        if not self._end(exchange_id, ExchangeState.DECLINED, "wallet"):
            raise ExchangeClosed(exchange_id)

    def refuse(self, exchange_id: str) -> None:
        """Count an answer that could not be taken; the first of them is logged."""
        with self._core.database.write() as session:
            record = session.get(ExchangeRecord, exchange_id)
            if record is not None:
                self._refuse(session, record)

    def accept(self, exchange_id: str, presentations: Sequence[Incoming], request: Mapping[str, Any]) -> None:
        """Commit what was presented as one batch and start on it. The nonce is used up with it.

        `request` is what each had to answer: `nonce` and `audience`, or `challenge` and `domain`. Raises
        `Missing`; `ExchangeClosed` when it was answered before, cancelled or too late.
        """
        with self._core.database.write() as session:
            record = found(session.get(ExchangeRecord, exchange_id), "exchange")
            is_open = _state(record, self._core.now()) is ExchangeState.WAITING
            if is_open:
                self._take(session, record, presentations, request)
            else:
                self._refuse(session, record)
        if not is_open:
            raise ExchangeClosed(exchange_id)
        self._core.wake.set()

    def _take(
        self,
        session: Session,
        record: ExchangeRecord,
        presentations: Sequence[Incoming],
        request: Mapping[str, Any],
    ) -> None:
        received = self.clock(_exchange(record, self._core.now()))
        answered = {**request, "require_key_binding": True, "received": received.isoformat()}
        person = record.applicant_id or self._newcomer(session, record)
        incoming = tuple(replace(one, request=answered) for one in presentations)
        batch = add_batch(
            self._core,
            session,
            [Receipt(applicant_id=person, incoming=incoming)],
            job_id=record.vacancy_id,
            purpose=record.purpose,
            actor=record.actor,
        )
        if record.sample:  # somebody watches; before the commit: then the workers come
            items = select(Item.id).where(Item.batch_id == batch)
            self._core.board.slow_down(session.scalars(items), PACE)
        record.state, record.batch_id = ExchangeState.ARRIVED.value, batch
        record.used_at = self._core.now()
        session.flush()

    def _newcomer(self, session: Session, record: ExchangeRecord) -> str:
        """Somebody of whom nothing is known but what the wallet proves; in the sample the demo holder."""
        if not record.sample:
            return add_person(self._core, session, Given(), job_id=record.vacancy_id)
        wallet = self.sample_wallet()
        query = select(ApplicantRecord.id).where(ApplicantRecord.sample, ApplicantRecord.label == wallet.did)
        return session.scalars(query).first() or add_person(
            self._core,
            session,
            Given(name=wallet.name, dids=(wallet.did,)),
            job_id=record.vacancy_id,
            label=wallet.did,
            line=wallet.line,
            sample=True,
        )

    def _end(self, exchange_id: str, state: ExchangeState, actor: str) -> bool:
        """Close it unanswered; False: it was closed before."""
        with self._core.database.write() as session:
            record = found(session.get(ExchangeRecord, exchange_id), "exchange")
            if _state(record, self._core.now()) is not ExchangeState.WAITING:
                return False
            record.state, record.used_at = state.value, self._core.now()
            self._core.log(session, actor, f"exchange.{state.value}", _about(record))
            return True

    def _refuse(self, session: Session, record: ExchangeRecord) -> None:
        record.refused += 1
        if record.refused == 1:
            self._core.log(session, "wallet", "exchange.refused", _about(record))


def _is_sample(person: ApplicantRecord | None, vacancy: Vacancy | None) -> bool:
    return person.sample if person else vacancy is not None and vacancy.sample


def _about(record: ExchangeRecord) -> str:
    """Who is asked, else for which job, for the log: the id of the exchange itself lets somebody answer."""
    return record.applicant_id or record.vacancy_id or ""


def _state(record: ExchangeRecord, now: datetime) -> ExchangeState:
    state = ExchangeState(record.state)
    if state is ExchangeState.WAITING and record.refused >= MAX_REFUSED:
        return ExchangeState.CANCELLED
    if state is ExchangeState.WAITING and record.expires_at <= now:
        return ExchangeState.EXPIRED
    return state


def _exchange(record: ExchangeRecord, now: datetime) -> Exchange:
    left = min(max(record.expires_at - now, timedelta()), LIFETIME)
    return Exchange(
        exchange_id=record.id,
        nonce=record.nonce,
        purpose=record.purpose,
        job_id=record.vacancy_id,
        sample=record.sample,
        state=_state(record, now),
        seconds_left=left.total_seconds(),
        share_left=left / LIFETIME,
        batch_id=record.batch_id or "",
    )
