"""What the threads of this process are checking at this moment, for the screen alone.

Never stored, and gone with the process: the store says what has a verdict, the queue what has none. It holds
ids of items, names of checks, outcomes, codes and the host that is asked; nothing of a file or a person.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from verifier import Step

PACE = 0.2  # seconds that a check of the demo waits before its answer; the whole sample: 15 s
PACE_ALONE = 0.6  # the same where one credential is watched: time to read each line
MAX_HOST = 80  # characters of a host that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One check of what is in hand."""

    check: str
    outcome: str = ""  # "" until it is made
    code: str = ""  # of the finding that decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """Where the verification of one item stands."""

    is_begun: bool = True  # False: it waits for its turn
    ticks: tuple[Tick, ...] = ()  # every check of the credential in hand; empty: another process has it
    check: str = ""  # the one that is being made
    host: str = ""  # whom it asks at this moment
    inside: int = 0  # 0: the file itself is in hand; 3: the third credential inside it


@dataclass(slots=True)
class _Hand:
    """What one thread has in hand. `made` reaches from the file to the credential in hand, no further."""

    step: Step
    made: dict[tuple[int, ...], dict[str, Tick]] = field(default_factory=dict)
    inside: int = 0


class Board:
    """Written by the workers, one item each, and read by every session."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hands: dict[str, _Hand] = {}
        self._paces: dict[str, float] = {}

    def hear(self, item_id: str, step: Step) -> None:
        """Note where the verification of an item stands; it is on the board until `wipe`."""
        with self._lock:
            hand = self._hands.setdefault(item_id, _Hand(step))
            hand.step = step
            is_first = step.check == step.checks[0] and step.result is None and not step.asking
            if is_first:
                hand.made.pop(step.path, None)
                hand.inside = hand.inside + 1 if step.path else 0
            hand.made = {path: made for path, made in hand.made.items() if path == step.path[: len(path)]}
            if step.result is not None:
                hand.made.setdefault(step.path, {})[step.check] = Tick(
                    check=step.check, outcome=step.result.outcome.value, code=step.result.findings[0].code
                )

    def wipe(self, item_id: str) -> None:
        """Forget an item: its verdict is in the store."""
        with self._lock:
            self._hands.pop(item_id, None)
            self._paces.pop(item_id, None)

    def look(self, item_id: str) -> Checking:
        """Where the verification of an item in work stands."""
        with self._lock:
            hand = self._hands.get(item_id)
            if hand is None:
                return Checking()
            step, made = hand.step, hand.made.get(hand.step.path, {})
            return Checking(
                ticks=tuple(made.get(check) or Tick(check=check) for check in step.checks),
                check="" if step.result else step.check,
                host=_host(step.asking),
                inside=hand.inside if step.path else 0,
            )

    def slow_down(self, item_ids: Iterable[str], seconds: float) -> None:
        """Let the next verification of these items be watched: `seconds` for each check."""
        with self._lock:
            self._paces.update(dict.fromkeys(item_ids, seconds))

    def hurry(self) -> None:
        """Nobody watches any more."""
        with self._lock:
            self._paces.clear()

    def pace(self, item_id: str) -> float:
        """How many seconds each check of an item waits to be seen; 0 where nobody watches."""
        with self._lock:
            return self._paces.get(item_id, 0.0)


def _host(address: str) -> str:
    """Whom `address` asks; it may be any text, so nothing is parsed."""
    host = address.partition("://")[2].partition("/")[0].rpartition("@")[2]
    return host[:MAX_HOST].encode("ascii", "replace").decode()
