"""The demo holder really signs, over the real routes, and only about the sample."""

from __future__ import annotations

import pytest

from dashboard.services import ExchangeClosed, Mark, Services
from dashboard.wallet import demo_holder
from tests.dashboard.wallet.asking import Employer

ANSWERS = [demo_holder.answer_by_openid4vp, demo_holder.answer_by_vc_api]


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_the_demo_holder_presents_is_verified(loaded: Services, answer: object) -> None:
    job = loaded.jobs.sample_id()
    exchange = loaded.exchanges.get(loaded.exchanges.open(job_id=job, purpose="A demonstration"))
    answer(loaded, exchange)  # type: ignore[operator]  # one of the two above
    batch = loaded.exchanges.get(exchange.exchange_id).batch_id
    assert loaded.work.wait(batch, 30).counts.verified == 1
    [item] = loaded.work.items(batch)
    person = loaded.candidates.detail(item.applicant_id)
    assert (person.row.name, person.row.sample) == ("Wanda Vorlage", True)
    assert all(card.mark is Mark.VERIFIED for card in person.credentials)
    with pytest.raises(ExchangeClosed):
        answer(loaded, exchange)  # type: ignore[operator]  # a replay


def test_the_demo_holder_is_one_person_however_often_she_answers(services: Services) -> None:
    services.intake.load_sample()
    for answer in ANSWERS:
        asked = services.exchanges.open(job_id=services.jobs.sample_id())
        answer(services, services.exchanges.get(asked))
    names = [row.name for row in services.candidates.rows(services.jobs.sample_id())]
    assert names.count("Wanda Vorlage") == 1


def test_a_reset_of_the_sample_takes_her_and_her_exchanges_along(services: Services) -> None:
    services.intake.load_sample()
    asked = services.exchanges.open(job_id=services.jobs.sample_id())
    demo_holder.answer_by_vc_api(services, services.exchanges.get(asked))
    services.intake.reset_sample()
    with pytest.raises(LookupError):
        services.exchanges.get(asked)
    assert len(services.candidates.rows(services.jobs.sample_id())) == 15


def test_shown_for_somebody_else_her_credentials_are_not_theirs(loaded: Services) -> None:
    ada = loaded.candidates.rows(loaded.jobs.sample_id())[0].applicant_id
    asked = loaded.exchanges.open(applicant_id=ada)
    demo_holder.answer_by_vc_api(loaded, loaded.exchanges.get(asked))
    batch = loaded.exchanges.get(asked).batch_id
    assert loaded.work.wait(batch, 30).counts.problem == 1
    assert loaded.work.items(batch)[0].code == "other_subject"


def test_the_demo_holder_answers_no_real_request(employer: Employer) -> None:
    for answer in ANSWERS:
        with pytest.raises(ValueError, match="sample"):
            answer(employer.services, employer.ask())
