"""How a check asks for something outside: it yields a `Fetch` and is sent a `Fetched`.

The shape of httpx's own `Auth.auth_flow`. A check never waits and never sees a socket; whoever drives
it may answer from a dict, a cache or the network. What could not be had is thrown into the generator
as an `Unreachable`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from verifier.errors import Unreachable

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


Flow = Generator[Fetch, Fetched, T]


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
