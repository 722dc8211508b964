"""One connection to a judged address, under one deadline: what httpx and httpcore do not offer themselves."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import httpcore
import httpx

from verifier.net.address import Target

CONNECT_ATTEMPTS = 2  # one retry, no back-off: a person presses Re-check


def attempts(addresses: Sequence[str]) -> tuple[str, ...]:
    """What to connect to, in order: of two attempts one goes to each IP family, where there are two."""
    first = addresses[0]
    others = sorted(addresses[1:], key=lambda other: (":" in other) == (":" in first))
    return (first, *others, first)[:CONNECT_ATTEMPTS]


class Deadline:
    """One span of time for everything that a fetch does."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that remain; not positive when time is up."""
        return self._end - time.monotonic()

    def within(self, timeout: float | None, late: type[Exception]) -> float:
        """`timeout`, shortened to what remains; raises `late` when nothing does."""
        if (left := self.left()) <= 0:
            raise late("deadline")
        return left if timeout is None else min(timeout, left)


class JudgedTransport(httpx.BaseTransport):
    """Sends one request to one of the judged addresses, whatever the request's own URL says."""

    def __init__(
        self, target: Target, addresses: Sequence[str], tls: ssl.SSLContext, deadline: Deadline
    ) -> None:
        self._target, self._backend = target, JudgedBackend(addresses, deadline)
        self._connection = httpcore.HTTPConnection(
            origin=httpcore.Origin(b"https", target.host.encode("ascii"), target.port),
            ssl_context=tls,
            network_backend=self._backend,
        )

    @property
    def connected(self) -> bool:
        """Whether somebody took the call."""
        return self._backend.connected

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body unread."""
        response = self._connection.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=b"https",
                    host=self._target.host.encode("ascii"),
                    port=self._target.port,
                    target=self._target.path.encode("ascii"),
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Parts(response))

    def close(self) -> None:
        self._connection.close()


class _Parts(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class JudgedBackend(httpcore.NetworkBackend):
    """Connects to the judged addresses in turn; a name that it is given is not looked up again."""

    def __init__(self, addresses: Sequence[str], deadline: Deadline) -> None:
        self._addresses, self._deadline, self.connected = addresses, deadline, False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address that takes one; the last one's error if none does."""
        *earlier, last = self._addresses
        for address in earlier:
            try:
                return self._connect(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(last, port, timeout)

    def _connect(self, address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        seconds = self._deadline.within(timeout, httpcore.ConnectTimeout)
        stream = httpcore.SyncBackend().connect_tcp(address, port, timeout=seconds)
        self.connected = True
        return DeadlineStream(stream, self._deadline)


class DeadlineStream(httpcore.NetworkStream):
    """A stream whose every wait ends at the deadline: a byte every four seconds buys nothing."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.within(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout, httpcore.WriteTimeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        seconds = self._deadline.within(timeout, httpcore.ConnectTimeout)
        return DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, seconds), self._deadline)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
