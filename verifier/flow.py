"""How a check asks for something outside: it yields a `Fetch` and is sent a `Fetched`.

The shape of httpx's own `Auth.auth_flow`. A check never waits and never sees a socket; whoever drives
it may answer from a dict, a cache or the network. What could not be had is thrown into the generator
as an `Unreachable`. A whole run yields a `Step` as well wherever it comes to the next thing.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from verifier.errors import Unreachable
from verifier.report import CheckResult

T = TypeVar("T")


class Purpose(StrEnum):
    """Why an address is asked. It decides size limits, redirects and how long an answer may be kept."""

    KEY = "key"  # DID documents, JWKS
    STATUS = "status"
    REGISTRY = "registry"  # the employer's own sources of trust
    SOURCE = "source"  # a link that a person gave, or the hosted original of a badge


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """A wish for the bytes at `url`."""

    url: str
    purpose: Purpose
    accept: tuple[str, ...] = ("application/json", "application/ld+json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What `url` answered with status 200."""

    url: str  # where the answer came from, after redirects
    body: bytes = field(repr=False)
    content_type: str = "application/json"
    hops: tuple[str, ...] = ()  # every address that was asked, redirects included; empty: `url` alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where a run stands: a check has begun, waits for an address, or has been made."""

    source: str  # as in `Report.source`
    path: tuple[int, ...]  # the places in `Report.contained` that lead to it; (): the report itself
    checks: tuple[str, ...]  # everything that its report will list, in that order
    check: str
    asking: str = ""  # the address that is asked at this moment
    result: CheckResult | None = None  # once it is made: what the report says


Flow = Generator[Fetch, Fetched, T]
Run = Generator[Fetch | Step, Fetched, T]


def drive(flow: Flow[T], answer: Callable[[Fetch], Fetched]) -> T:
    """Run `flow` to its end, asking `answer` for each wish; an `Unreachable` of it goes into the flow."""
    try:
        wish = next(flow)
        while True:
            try:
                fetched = answer(wish)
            except Unreachable as error:
                wish = flow.throw(error)
            else:
                wish = flow.send(fetched)
    except StopIteration as stop:
        result: T = stop.value
        return result
