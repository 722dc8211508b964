"""Whatever the services write into the log has words on the screen."""

from __future__ import annotations

import re

import pytest

from dashboard import wording
from dashboard.services import ExchangeState
from dashboard.settings import CHECKOUT

SERVICES = CHECKOUT / "dashboard" / "services"
GROUPS = "|".join(group.rstrip(".") for group in wording.ACTIONS)
WRITTEN = re.compile(rf'"((?:{GROUPS})\.(?!csv|xlsx|json|jsonld|pdf|zip)[a-z_]+)"')
ENDED = {f"exchange.{state}" for state in (ExchangeState.DECLINED, ExchangeState.CANCELLED)}
DECIDED = {f"issuer.{decision}" for decision in ("accept", "refuse", "ask")}


def written() -> list[str]:
    found = {code for file in SERVICES.glob("*.py") for code in WRITTEN.findall(file.read_text("utf-8"))}
    return sorted(found | ENDED | DECIDED)


def test_there_is_something_to_look_at() -> None:
    assert {"item.verified", "decision.made", "batch.received"} <= set(written())


@pytest.mark.parametrize("action", written())
def test_what_is_logged_has_words(action: str) -> None:
    assert action in wording.LOGGED


def test_there_are_no_words_for_what_nobody_logs() -> None:
    assert set(wording.LOGGED) == set(written())


def test_an_action_of_another_version_is_shown_as_its_code() -> None:
    assert wording.logged("item.weighed") == "item.weighed"
