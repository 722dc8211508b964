"""What is being checked at this moment: seen while it is, gone with the verdict, never in the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.services import BatchState, Checking, Incoming, Services, Tick
from dashboard.services.board import PACE, PACE_ALONE, Board
from dashboard.services.marks import as_far_as_proved
from dashboard.services.workers import Workers
from tests.dashboard.finished import blank_home
from tests.dashboard.services.making import CHECKS, Turnstile, step, verifying
from verifier import Outcome, Step

PATIENCE = 30  # seconds


def outcomes(checking: Checking) -> list[str]:
    return [tick.outcome for tick in checking.ticks]


# ------------------------------------------------------------------------------------- the board alone


def test_the_plan_is_there_before_the_first_answer() -> None:
    board = Board()
    board.hear("i", step("structure"))
    shown = board.look("i")
    assert [tick.check for tick in shown.ticks] == list(CHECKS)
    assert (outcomes(shown), shown.check, shown.is_begun) == (["", "", ""], "structure", True)


def test_an_answer_ticks_its_check_and_no_other() -> None:
    board = Board()
    board.hear("i", step("structure"))
    board.hear("i", step("structure", outcome=Outcome.PASSED))
    board.hear("i", step("proof", outcome=Outcome.FAILED))
    assert outcomes(board.look("i")) == ["passed", "failed", ""]
    assert board.look("i").ticks[1].code == "proof_code"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://college.example/status/1?who=ada", "college.example"),
        ("https://ada@college.example:444/x", "college.example:444"),
        ("https://[::bad", "[::bad"),
        ("https://\ud800\u202e.example/", "??.example"),
        ("https://" + "a" * 500, "a" * 80),
        ("no address", ""),
    ],
)
def test_whom_it_asks_is_a_short_host_whatever_the_address_is(address: str, host: str) -> None:
    board = Board()
    board.hear("i", step("proof", asking=address))
    assert board.look("i").host == host


def test_what_is_inside_is_counted_and_the_file_itself_keeps_its_ticks() -> None:
    board = Board()
    board.hear("i", step("structure"))
    board.hear("i", step("structure", outcome=Outcome.PASSED))
    for place in range(3):
        board.hear("i", step("structure", path=(place,)))
        board.hear("i", step("structure", path=(place,), outcome=Outcome.INDETERMINATE))
    assert (board.look("i").inside, outcomes(board.look("i"))) == (3, ["indeterminate", "", ""])
    board.hear("i", step("proof", outcome=Outcome.PASSED))
    assert (board.look("i").inside, outcomes(board.look("i"))) == (0, ["passed", "passed", ""])


def test_a_file_of_ten_thousand_credentials_takes_the_room_of_two() -> None:
    board = Board()
    for place in range(10_000):
        board.hear("i", step("structure", path=(place,), outcome=Outcome.PASSED))
    assert len(board._hands["i"].made) == 1


def test_a_run_that_begins_again_takes_back_what_was_ticked() -> None:
    board = Board()
    board.hear("i", step("structure"))
    board.hear("i", step("structure", outcome=Outcome.PASSED))
    board.hear("i", step("structure"))
    assert outcomes(board.look("i")) == ["", "", ""]


def test_the_board_holds_no_name_of_a_file() -> None:
    board = Board()
    board.hear("i", step("proof", asking="https://college.example/ada"))
    assert "Canary" not in repr(board.look("i"))


# ------------------------------------------------------------------------------------- with workers


@pytest.fixture
def turnstile() -> Turnstile:
    return Turnstile()


@pytest.fixture
def desk(tmp_path: Path, turnstile: Turnstile, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setenv("SKILLPROOF_WORKERS", "1")
    opened = Services.open(blank_home(tmp_path), verifying=verifying(turnstile))
    yield opened
    turnstile.let_through(100)
    opened.close()


def files(count: int) -> list[Incoming]:
    return [Incoming(filename=f"{number}.json", data=b"ok %d" % number) for number in range(count)]


def test_checks_tick_while_a_batch_runs_and_are_gone_with_the_verdict(
    desk: Services, turnstile: Turnstile
) -> None:
    batch = desk.intake.receive(files(2))
    turnstile.until_begun()
    first, second = desk.work.items(batch)
    [(item_id, shown)] = desk.work.running(batch).items()
    assert (item_id, shown.check, outcomes(shown)) == (first.item_id, "structure", ["", "", ""])
    assert desk.work.checking(second.item_id) == Checking(is_begun=False)
    turnstile.let_through()
    turnstile.until_begun()
    assert outcomes(desk.work.running(batch)[item_id]) == ["passed", "", ""]
    assert desk.work.checking(item_id) == desk.work.running(batch)[item_id]
    turnstile.let_through(5)
    assert desk.work.wait(batch, PATIENCE).state is BatchState.FINISHED
    assert desk.work.running(batch) == {}
    assert desk.work.checking(item_id) is None


def test_an_item_in_other_hands_is_being_checked_without_more(
    desk: Services, turnstile: Turnstile, tmp_path: Path
) -> None:
    batch = desk.intake.receive(files(1))
    turnstile.until_begun()
    other = Services.open(tmp_path, verifying=verifying())
    assert list(other.work.running(batch).values()) == [Checking()]
    other.close()


def test_a_cancelled_batch_ends_with_what_is_in_hand(desk: Services, turnstile: Turnstile) -> None:
    batch = desk.intake.receive(files(2))
    turnstile.until_begun()
    desk.work.cancel(batch)
    assert len(desk.work.running(batch)) == 1
    turnstile.let_through(3)
    assert desk.work.wait(batch, PATIENCE).state is BatchState.CANCELLED
    assert desk.work.running(batch) == {}


def test_nothing_of_the_board_is_in_the_store(desk: Services, turnstile: Turnstile, tmp_path: Path) -> None:
    desk.intake.receive(files(1))
    turnstile.until_begun()
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("skillproof.db*"))
    assert b"structure" not in kept


# ------------------------------------------------------------------------------------- step by step


def waits_of(services: Services, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Where the workers pause; they do not really."""
    waits: list[float] = []

    def wait(_self: Workers, seconds: float) -> None:
        if seconds:
            waits.append(seconds)

    monkeypatch.setattr(Workers, "_pause", wait)
    return waits


def test_the_sample_is_checked_without_a_pause_unless_somebody_watches(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = waits_of(services, monkeypatch)
    batch = services.intake.load_sample()
    services.work.wait(batch, PATIENCE)
    assert waits == []
    before = [(row.filename, row.verdict, row.code) for row in services.work.items(batch)]
    batch = services.intake.reset_sample(step_by_step=True)
    services.work.wait(batch, PATIENCE)
    assert len(waits) > 7 * len(before)
    assert set(waits) == {PACE}
    assert [(row.filename, row.verdict, row.code) for row in services.work.items(batch)] == before


def test_one_credential_of_the_sample_is_watched_once(
    loaded: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    [batch] = (row.batch_id for row in loaded.work.batches())
    waits = waits_of(loaded, monkeypatch)
    row = next(row for row in loaded.work.items(batch) if row.code == "invalid_signature")
    loaded.work.recheck([row.item_id], step_by_step=True)
    loaded.work.wait(batch, PATIENCE)
    assert waits == [PACE_ALONE] * 7
    loaded.work.recheck([row.item_id])
    loaded.work.wait(batch, PATIENCE)
    assert waits == [PACE_ALONE] * 7
    assert desk_code(loaded, row.item_id) == "invalid_signature"


def desk_code(services: Services, cred: str) -> str:
    return services.evidence.view(cred).card.code


def test_what_is_not_the_sample_is_never_slowed(
    desk: Services, turnstile: Turnstile, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = waits_of(desk, monkeypatch)
    turnstile.let_through(6)
    batch = desk.intake.receive(files(1))
    desk.work.wait(batch, PATIENCE)
    [row] = desk.work.items(batch)
    desk.work.recheck([row.item_id], step_by_step=True)
    desk.work.wait(batch, PATIENCE)
    assert waits == []


# ------------------------------------------------------------------------------------- what may be shown


def test_no_yes_is_ticked_where_only_the_file_says_so() -> None:
    told = {"structure": "passed", "proof": "failed", "issuer": "passed", "validity": "failed", "trust": ""}
    ticks = tuple(Tick(check=check, outcome=outcome) for check, outcome in told.items())
    shown = {tick.check: tick.outcome for tick in as_far_as_proved(ticks)}
    assert shown == {**told, "issuer": "unproved"}


def test_what_was_ticked_is_what_the_evidence_says(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    last: dict[str, Checking] = {}
    hear = Board.hear

    def noted(board: Board, item_id: str, heard: Step) -> None:
        hear(board, item_id, heard)
        last[item_id] = board.look(item_id)

    monkeypatch.setattr(Board, "hear", noted)
    batch = services.intake.load_sample()
    services.work.wait(batch, PATIENCE)
    for row in services.work.items(batch):
        view = services.evidence.view(row.item_id)
        if view.card.kind == "credential":
            ticked = [(tick.check, tick.outcome) for tick in as_far_as_proved(last[row.item_id].ticks)]
            assert ticked == [(check.check, check.outcome) for check in view.checks]
