"""What the driver asks, and what every web shares: redirects, status, content type and size (SECURITY §3).

`follow` holds the policy once; `MemoryWeb` and `HttpWeb` only differ in how one address is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urldefrag, urljoin

from verifier.errors import AddressRefused, AnswerUnusable, Unreachable
from verifier.flow import Fetch, Fetched, Purpose
from verifier.net.address import HTTPS_PORT, Target, judge_url
from verifier.policy import Limits


class Web(Protocol):
    """Whatever can be asked for the bytes at an address."""

    def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
        """The answer to `wish`. Raises only `Unreachable`, which says whether anybody was `asked`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one address sent back, before it is judged."""

    status: int
    content_type: str
    body: bytes = field(repr=False)
    location: str | None = None  # where a redirect points, as written


# Signed documents are JSON or a JOSE envelope. Static hosts that do not know `.jsonld`, or a file without
# an ending, say text/plain, octet-stream (S3: binary/octet-stream) or nothing.
DATA_TYPES = frozenset(
    {
        "application/json",
        "text/json",
        "text/jsonl",
        "application/jsonl",
        "application/jwt",
        "application/jose",
        "application/did",
        "text/plain",
    }
    | {"application/octet-stream", "binary/octet-stream", ""}
)
DATA_SUFFIXES = ("+json", "+jwt", "+sd-jwt", "-jwt", "+cwt")  # dc+sd-jwt, vc+ld+json, statuslist+jwt, …
REGISTRY_TYPES = frozenset(
    {"application/xml", "text/xml", "application/vnd.etsi.tsl+xml", "application/zip", "text/csv"}
)  # ETSI TS 119 612 §6.1
PAGE_TYPES = frozenset(
    {"text/html", "application/xhtml+xml", "image/png", "image/svg+xml", "application/pdf"}
)

SAME_ORIGIN_ONLY = frozenset(
    {Purpose.KEY, Purpose.STATUS}
)  # a key or a list speaks for the host it was asked from


def body_limit(purpose: Purpose, limits: Limits) -> int:
    """How many bytes of an answer are read, decoded."""
    if purpose is Purpose.STATUS:
        return limits.status_bytes
    return limits.registry_bytes if purpose is Purpose.REGISTRY else limits.answer_bytes


def media_type(content_type: str) -> str:
    """The type and subtype alone, in lower case (RFC 9110 §8.3.1)."""
    return content_type.partition(";")[0].strip().lower()


def is_acceptable(content_type: str, purpose: Purpose) -> bool:
    """Whether an answer of this type can be what was asked for. A web page never is, except as a source."""
    kind = media_type(content_type)
    if kind in DATA_TYPES or (kind.startswith("application/") and kind.endswith(DATA_SUFFIXES)):
        return True
    return kind in {Purpose.SOURCE: PAGE_TYPES, Purpose.REGISTRY: REGISTRY_TYPES}.get(purpose, frozenset())


def follow(
    wish: Fetch,
    limits: Limits,
    ask: Callable[[Target], Reply],
    *,
    allowed_ports: Sequence[int] = (HTTPS_PORT,),
) -> Fetched:
    """The answer to `wish`, through redirects that are judged anew each hop; raises only `Unreachable`."""
    hops: list[str] = []
    try:
        target = judge_url(wish.url, limits, allowed_ports=allowed_ports)
        for _ in range(limits.redirects + 1):
            reply = _asked(wish, target, ask, hops)
            if reply.location is None:
                return _judged(wish, limits, target, reply, tuple(hops))
            target = _next(wish, limits, target, reply.location, allowed_ports)
        raise AnswerUnusable(wish.url, f"it redirects more than {limits.redirects} times", asked=True)
    except Unreachable as error:
        error.hops = tuple(hops)
        raise


def _asked(wish: Fetch, target: Target, ask: Callable[[Target], Reply], hops: list[str]) -> Reply:
    """The reply of one address; notes in `hops` that a connection was made."""
    try:
        reply = ask(target)
    except Unreachable as error:
        if error.asked:
            hops.append(target.url)
        elif hops:  # The first address did answer: it led somewhere that was not asked.
            reason = "it redirects to an address that could not be asked"
            raise AnswerUnusable(wish.url, reason, asked=True) from error
        raise
    hops.append(target.url)
    return reply


def _next(wish: Fetch, limits: Limits, target: Target, location: str, allowed_ports: Sequence[int]) -> Target:
    """Where a redirect leads; its fragment is for readers and is dropped (RFC 9110 §10.2.2)."""
    try:
        onward = judge_url(urldefrag(urljoin(target.url, location)).url, limits, allowed_ports=allowed_ports)
    except (AddressRefused, ValueError) as error:
        raise AnswerUnusable(wish.url, "it redirects to an address that is not asked", asked=True) from error
    if wish.purpose in SAME_ORIGIN_ONLY and onward.origin != target.origin:
        raise AnswerUnusable(wish.url, "it redirects to another host", asked=True)
    return onward


def _judged(wish: Fetch, limits: Limits, target: Target, reply: Reply, hops: tuple[str, ...]) -> Fetched:
    if reply.status >= 500:
        raise Unreachable(wish.url, f"status {reply.status}", asked=True, status=reply.status)
    if reply.status != 200:
        raise AnswerUnusable(wish.url, f"status {reply.status}", asked=True, status=reply.status)
    if not is_acceptable(reply.content_type, wish.purpose):
        reason = f"it is of type {media_type(reply.content_type)[:80]}"
        raise AnswerUnusable(wish.url, reason, asked=True, status=reply.status)
    if len(reply.body) > (most := body_limit(wish.purpose, limits)):
        raise AnswerUnusable(wish.url, f"it is longer than {most:,} bytes", asked=True, status=reply.status)
    return Fetched(url=target.url, body=reply.body, content_type=media_type(reply.content_type), hops=hops)
