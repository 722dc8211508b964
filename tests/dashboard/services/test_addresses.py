"""What was asked on the network: what kind of address, how old the answer, and asked again on demand."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from dashboard.services import Services


def test_each_address_says_what_it_is_and_how_many_files_hang_on_it(sample: Services) -> None:
    rows = {row.url: row for row in sample.addresses.rows()}
    clock = sample.intake.sample_clock()
    listed = rows["https://northfield-college.example/status/revocation"]
    keys = rows["https://northfield-college.example/.well-known/did.json"]
    assert (listed.kind, keys.kind) == ("status_list", "keys")
    assert (listed.files, keys.files) == (6, 11)
    assert (listed.last_answer, listed.last_failure, listed.sample) == (clock, None, True)
    assert len(listed.sha256) == 64
    assert listed.size > 0


def test_refreshing_an_address_checks_again_what_hangs_on_it(loaded: Services) -> None:
    [batch] = (row.batch_id for row in loaded.work.batches())
    assert loaded.addresses.refresh("https://northfield-college.example/status/suspension") == 1
    assert loaded.addresses.refresh("https://nobody.example/") == 0
    loaded.work.wait(batch, 60)
    assert loaded.activity.rows(action="item.recheck_asked")[0].detail["items"] == "1"


def test_the_last_days_are_all_there_and_add_up(sample: Services) -> None:
    days = sample.activity.checks_a_day(7)
    assert len(days) == 7
    assert all(later.day - day.day == timedelta(days=1) for day, later in pairwise(days))
    assert sum(day.checks for day in days) == 27


def test_who_did_something_is_known(sample: Services) -> None:
    assert "local" in sample.activity.actors()
