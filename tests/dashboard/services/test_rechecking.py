"""What is due is asked again, and what a shortlisted person's credential no longer says is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard.services import DecisionWord, Given, Incoming, Mark, Services
from tests.dashboard.finished import blank_home
from tests.dashboard.services.making import AT, made, verifying
from verifier import Report


class Desk:
    """Services over a clock and an answer that a test moves."""

    def __init__(self, home: Path) -> None:
        self.now, self.answer = AT, b"ok "
        self.wait: Callable[[], object] = lambda: None
        self.services = Services.open(blank_home(home), verifying=verifying(self._verify), now=self._clock)

    def _clock(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def _verify(self, source: Any, **given: Any) -> Report:
        self.wait()
        return made(type(source)(self.answer, source.filename), **given)

    def check(self, answer: bytes, item_id: str) -> None:
        self.answer = answer
        self.services.work.recheck([item_id])
        self.settle()

    def settle(self) -> None:
        for batch in self.services.work.batches():
            self.services.work.wait(batch.batch_id)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.services.close()


def one_item(desk: Desk) -> tuple[str, str]:
    batch = desk.services.intake.receive(
        [Incoming(filename="a.json", data=b"a")], given=Given(name="Ada Example")
    )
    desk.settle()
    [row] = desk.services.work.items(batch)
    return row.item_id, row.applicant_id


def test_a_change_after_the_shortlist_is_told_with_both_verdicts(desk: Desk) -> None:
    item, person = one_item(desk)
    desk.services.candidates.decide(person, DecisionWord.SHORTLISTED, "all six")
    assert desk.services.candidates.alerts() == ()
    desk.check(b"bad", item)
    desk.check(b"bad", item)  # seen once more, and still told
    [alert] = desk.services.candidates.alerts()
    assert (alert.before.mark, alert.now.mark) == (Mark.VERIFIED, Mark.PROBLEM)
    assert (alert.now.code, alert.item_id) == ("invalid_signature", item)
    assert (alert.name, alert.before.at) == ("Ada Example", AT)
    [row] = desk.services.candidates.rows()
    assert row.changed


def test_deciding_anew_settles_it_and_what_comes_back_is_no_change(desk: Desk) -> None:
    item, person = one_item(desk)
    desk.services.candidates.decide(person, DecisionWord.SHORTLISTED, "all six")
    desk.check(b"far", item)
    assert len(desk.services.candidates.alerts()) == 1
    desk.check(b"ok ", item)
    assert desk.services.candidates.alerts() == ()
    assert not desk.services.candidates.rows()[0].changed
    desk.check(b"bad", item)
    desk.services.candidates.decide(person, DecisionWord.SHORTLISTED, "spoke to the college")
    assert desk.services.candidates.alerts() == ()


def test_only_the_shortlist_and_only_the_job_asked_for_are_told(desk: Desk) -> None:
    item, person = one_item(desk)
    desk.services.candidates.decide(person, DecisionWord.DECLINED, "too far")
    desk.check(b"bad", item)
    assert desk.services.candidates.alerts() == ()
    desk.services.candidates.decide(person, DecisionWord.SHORTLISTED, "after all")
    desk.check(b"ok ", item)
    assert desk.services.candidates.alerts(desk.services.jobs.create("Analyst")) == ()
    assert len(desk.services.candidates.alerts()) == 1


def test_a_new_file_after_the_decision_is_new_and_not_changed(desk: Desk) -> None:
    _, person = one_item(desk)
    desk.services.candidates.decide(person, DecisionWord.SHORTLISTED, "all six")
    desk.answer = b"bad"
    desk.services.intake.receive([Incoming(filename="b.json", data=b"b")], applicant_id=person)
    desk.settle()
    assert desk.services.candidates.alerts() == ()
    assert not desk.services.candidates.rows()[0].changed


def test_what_is_due_is_asked_again(desk: Desk) -> None:
    item, _ = one_item(desk)
    assert desk.services.work.due() == ()
    desk.now += timedelta(days=31)
    assert desk.services.work.due() == (item,)
    assert desk.services.work.due(desk.services.jobs.create("Analyst")) == ()
    assert desk.services.work.count_due() == 1
    assert desk.services.work.recheck_due() == 1
    desk.settle()


def test_what_is_asked_again_waits_in_the_counts_of_its_person_until_it_is_answered(desk: Desk) -> None:
    item, _ = one_item(desk)
    desk.services.intake.receive([Incoming(filename="b.json", data=b"b")], given=Given(name="Bea Muster"))
    desk.settle()
    begun, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        go_on.wait(30)

    desk.wait = wait
    desk.services.work.recheck([item])
    assert begun.wait(30)
    counts = {row.name: row.counts for row in desk.services.candidates.rows()}
    assert (counts["Ada Example"].pending, counts["Ada Example"].verified) == (1, 0)
    assert (counts["Bea Muster"].pending, counts["Bea Muster"].verified) == (0, 1)
    go_on.set()
    desk.settle()
    assert {row.counts.verified for row in desk.services.candidates.rows()} == {1}


def test_a_status_that_did_not_answer_is_due_in_a_quarter_of_an_hour(desk: Desk) -> None:
    item, _ = one_item(desk)
    desk.check(b"far", item)
    assert desk.services.work.due() == ()
    desk.now += timedelta(minutes=16)
    assert desk.services.work.due() == (item,)


def test_the_sample_is_never_due(sample: Services) -> None:
    assert sample.work.due() == ()
