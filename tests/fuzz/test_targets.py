"""The fuzz harness itself, a few hundred inputs a target; for millions: `python -m tests.fuzz`."""

from __future__ import annotations

import pytest

from tests.fuzz import forging, registries, seeds
from tests.fuzz.__main__ import run_random
from tests.fuzz.targets import TARGETS, Target
from verifier import Verdict
from verifier.trust import Decision

RUNS = 200


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_a_parser_survives_what_it_is_given(target: Target) -> None:
    assert run_random(target, RUNS, seconds=20, seed=2026) > len(target.corpus())


@pytest.mark.parametrize("genuine", seeds.signed(), ids=range(len(seeds.signed())))
def test_every_credential_that_is_forged_was_verified_before(genuine: dict[str, object]) -> None:
    assert forging.report_on(seeds.compact(genuine)).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("world", range(len(registries.worlds())))
def test_every_registry_that_is_bent_accepted_before(world: int) -> None:
    assert registries.decision_of(*registries.worlds()[world]) is Decision.ACCEPT


@pytest.mark.parametrize("genuine", seeds.tokens(), ids=range(len(seeds.tokens())))
def test_every_token_that_is_forged_was_verified_before(genuine: str) -> None:
    assert forging.report_on(genuine.encode()).verdict is Verdict.VERIFIED
