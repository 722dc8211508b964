"""A web that is a dict: for tests, demonstrations and work without a network. The fetch policy applies to it.

MemoryWeb({"https://college.example/keys": b"{…}", "https://down.example/": Answer(status=503)})
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from verifier.errors import AddressRefused, Unreachable
from verifier.flow import Fetch, Fetched
from verifier.net.address import Target, judge_addresses, judge_url
from verifier.net.web import Reply, follow
from verifier.policy import Limits

PUBLIC = (("93.184.216.34",),)  # any public address would do: nothing connects to it


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answers, and how its name resolves."""

    body: bytes = field(default=b"", repr=False)
    status: int = 200
    content_type: str = "application/json"
    redirect: str | None = None  # where to; then status and body are not looked at
    addresses: tuple[tuple[str, ...], ...] | None = None  # one tuple per successive DNS answer; None: public
    delay: float = 0.0  # seconds; compared with the time-outs, never slept


class MemoryWeb:
    """Answers from `{url: bytes | Answer}`; anything absent is unreachable. Safe to share between threads."""

    def __init__(self, answers: Mapping[str, bytes | Answer]) -> None:
        self._given = dict(answers)
        self._answers = {
            _key(url): given if isinstance(given, Answer) else Answer(given)
            for url, given in self._given.items()
        }
        self._resolved: Counter[str] = Counter()  # how often each address was looked up
        self._lock = Lock()

    def __reduce__(self) -> tuple[type[MemoryWeb], tuple[dict[str, bytes | Answer]]]:
        """A copy begins anew: its names have not been looked up."""
        return type(self), (self._given,)

    def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
        """The answer to `wish`; raises only `Unreachable`."""
        return follow(wish, limits, self._asker(limits))

    def _asker(self, limits: Limits) -> Callable[[Target], Reply]:
        waited = 0.0

        def ask(target: Target) -> Reply:
            nonlocal waited
            answer = self._answers.get(target.key)
            if answer is None:
                raise Unreachable(target.url, "there is no such host")
            judge_addresses(target.url, self._resolve(target.key, answer))
            waited += answer.delay
            if answer.delay > limits.read_timeout.total_seconds() or (
                waited > limits.fetch_timeout.total_seconds()
            ):
                raise Unreachable(target.url, "it took too long", asked=True)
            return Reply(
                status=answer.status,
                content_type=answer.content_type,
                body=answer.body,
                location=answer.redirect,
            )

        return ask

    def _resolve(self, key: str, answer: Answer) -> tuple[str, ...]:
        """The next answer of the name service; the last one stays. One look-up for one connection."""
        successive = PUBLIC if answer.addresses is None else answer.addresses
        with self._lock:
            turn = self._resolved[key]
            self._resolved[key] += 1
        return successive[min(turn, len(successive) - 1)] if successive else ()


def _key(url: str) -> str:
    """One spelling of `url`; an address that the policy refuses is kept as it is, and never found."""
    try:
        return judge_url(url, Limits()).key
    except AddressRefused:
        return url
