"""Questions to a wallet: opened here, kept over a restart, over after ten minutes, gone after a day."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dashboard.services import ExchangeClosed, ExchangeState, Given, Incoming, Missing, Services
from dashboard.services.exchanges import LIFETIME
from dashboard.settings import Settings

ANSWER = [Incoming(filename="presentation.jwt", data=b"a.b.c")]
REQUEST = {"nonce": "n", "audience": "a"}


class Clock:
    """A time that a test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(services: Services, noon: datetime, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of `services`' exchanges."""
    moved = Clock(noon)
    core = services.exchanges._core
    object.__setattr__(core, "now", moved)
    return moved


def test_two_exchanges_have_nothing_in_common(services: Services) -> None:
    one, other = (services.exchanges.get(services.exchanges.open()) for _ in range(2))
    assert one.exchange_id != other.exchange_id
    assert one.nonce != other.nonce
    assert len(one.exchange_id) >= 32
    assert len(one.nonce) >= 43


def test_it_is_open_for_ten_minutes(services: Services, clock: Clock) -> None:
    asked = services.exchanges.open()
    clock.now += LIFETIME - timedelta(seconds=1)
    assert services.exchanges.get(asked).seconds_left == 1
    clock.now += timedelta(seconds=1)
    assert services.exchanges.get(asked).state is ExchangeState.EXPIRED
    with pytest.raises(ExchangeClosed):
        services.exchanges.accept(asked, ANSWER, REQUEST)
    assert services.work.batches() == ()


def test_what_is_over_is_forgotten_after_a_day(services: Services, clock: Clock) -> None:
    asked = services.exchanges.open()
    clock.now += timedelta(days=1, minutes=11)
    assert services.exchanges.get(asked).state is ExchangeState.EXPIRED
    services.exchanges.open()
    with pytest.raises(Missing):
        services.exchanges.get(asked)


def test_an_answer_belongs_to_the_person_who_was_asked(services: Services) -> None:
    services.intake.receive([Incoming(filename="a", data=b"a")], given=Given(name="Ada"))
    ada = services.candidates.rows()[0].applicant_id
    asked = services.exchanges.open(applicant_id=ada)
    services.exchanges.accept(asked, ANSWER, REQUEST)
    batch = services.exchanges.get(asked).batch_id
    assert [item.applicant_id for item in services.work.items(batch)] == [ada]
    services.candidates.delete(ada)
    with pytest.raises(Missing):
        services.exchanges.get(asked)


def test_somebody_new_applies_for_the_job_that_was_named(services: Services) -> None:
    job = services.jobs.create("Analyst")
    asked = services.exchanges.open(job_id=job, purpose=" why ")
    assert services.candidates.rows() == ()  # nobody is made until something arrived
    services.exchanges.accept(asked, ANSWER, REQUEST)
    assert [row.job_id for row in services.candidates.rows()] == [job]
    assert services.exchanges.get(asked).purpose == "why"


@pytest.mark.parametrize("who", [{"job_id": "nowhere"}, {"applicant_id": "nobody"}])
def test_nobody_and_nothing_cannot_be_asked_about(services: Services, who: dict[str, str]) -> None:
    with pytest.raises(Missing):
        services.exchanges.open(**who)


def test_a_cancelled_one_stays_cancelled(services: Services) -> None:
    asked = services.exchanges.open()
    services.exchanges.cancel(asked)
    services.exchanges.cancel(asked)
    with pytest.raises(ExchangeClosed):
        services.exchanges.decline(asked)
    assert services.exchanges.get(asked).state is ExchangeState.CANCELLED
    assert [row.action for row in services.activity.rows()].count("exchange.cancelled") == 1


def test_the_log_names_no_exchange(services: Services) -> None:
    asked = services.exchanges.open()
    services.exchanges.refuse(asked)
    services.exchanges.accept(asked, ANSWER, REQUEST)
    assert asked not in repr(services.activity.rows())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://hr.example", "https://hr.example"),
        (" https://hr.example:8443/skillproof/ ", "https://hr.example:8443/skillproof"),
        ("http://hr.example", ""),
        ("hr.example", ""),
        ("https://", ""),
        ("https://user@hr.example", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_only_an_https_address_is_public(given: str, kept: str) -> None:
    assert Settings.read(environ={"SKILLPROOF_PUBLIC_URL": given}).public_url == kept


def test_the_log_says_about_whom_a_wallet_was_asked(services: Services) -> None:
    services.intake.receive([Incoming(filename="a", data=b"a")], given=Given(name="Ada"))
    ada, job = services.candidates.rows()[0].applicant_id, services.jobs.create("Analyst")
    services.exchanges.open(applicant_id=ada)
    services.exchanges.cancel(services.exchanges.open(job_id=job))
    logged = [(line.action, line.subject) for line in services.activity.rows(action="exchange.")]
    assert logged == [("exchange.cancelled", job), ("exchange.opened", job), ("exchange.opened", ada)]
