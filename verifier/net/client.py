"""The network: https by httpx, held to the fetch policy (SECURITY §3).

A name is looked up once, every answer is judged, and the connection goes to a judged address, so that a
second answer of the name service changes nothing. The certificate, SNI and Host are those of the name. One
deadline covers look-up, connection, handshake, headers and body; nothing is kept between requests.
"""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import certifi
import httpcore
import httpx

from verifier.errors import AddressRefused, AnswerUnusable, Unreachable
from verifier.flow import Fetch, Fetched
from verifier.net.address import HTTPS_PORT, Target, judge_addresses
from verifier.net.gate import Breaker, Busy, Gate
from verifier.net.transport import Deadline, JudgedTransport, attempts
from verifier.net.web import Reply, body_limit, follow
from verifier.policy import Limits

USER_AGENT = "skillproof-verifier/0.1"
REDIRECTS = frozenset({301, 302, 303, 307, 308})  # RFC 9110 §15.4
GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS  # zlib's "detect the header"
TRANSPORT_ERRORS = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)

Resolve = Callable[[str, int], Iterable[str]]
Judge = Callable[[str, Iterable[str]], tuple[str, ...]]


def look_up(host: str, port: int) -> tuple[str, ...]:
    """Every address that the system's name service gives for `host`; raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def tls_context(authorities: str | None) -> ssl.SSLContext:
    """TLS 1.2 or later, always verified. There is no way to switch that off (SECURITY §1.82)."""
    context = ssl.create_default_context(cafile=None if authorities else certifi.where(), cadata=authorities)
    if authorities is None:
        context.load_default_certs()  # what the operator of this machine trusts
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class HttpWeb:
    """Asks real addresses. Safe to share between threads; a pickled copy begins anew.

    `authorities` (PEM) replaces the public certificate authorities. `resolve` and `judge` are seams for
    tests; `ports` may be widened by an administrator.
    """

    def __init__(
        self,
        *,
        user_agent: str = USER_AGENT,
        ports: Sequence[int] = (HTTPS_PORT,),
        authorities: str | None = None,
        resolve: Resolve = look_up,
        judge: Judge = judge_addresses,
    ) -> None:
        self._settings: dict[str, Any] = {  # Any: what `__init__` takes, by name
            "user_agent": user_agent,
            "ports": tuple(ports),
            "authorities": authorities,
            "resolve": resolve,
            "judge": judge,
        }
        self._user_agent, self._ports, self._resolve, self._judge = user_agent, tuple(ports), resolve, judge
        self._tls = tls_context(authorities)
        self._gate, self._breaker = Gate(), Breaker(time.monotonic)

    def __reduce__(self) -> tuple[Callable[..., HttpWeb], tuple[()]]:
        return partial(type(self), **self._settings), ()

    def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
        """The answer to `wish`; raises only `Unreachable`."""
        deadline = Deadline(limits.fetch_timeout.total_seconds())
        ask = partial(self._ask, wish=wish, limits=limits, deadline=deadline)
        return follow(wish, limits, ask, allowed_ports=self._ports)

    def _ask(self, target: Target, *, wish: Fetch, limits: Limits, deadline: Deadline) -> Reply:
        if self._breaker.is_resting(target.host):
            raise Unreachable(target.url, "it failed repeatedly and is left in peace for a minute")
        try:
            with self._gate.through(target.host, deadline.left()):
                return self._recorded(target, wish, limits, deadline)
        except Busy as error:
            raise Unreachable(target.url, "too many others are asking it at the moment") from error

    def _recorded(self, target: Target, wish: Fetch, limits: Limits, deadline: Deadline) -> Reply:
        # What failed because little time was left says nothing about the host.
        is_fair = deadline.left() >= limits.read_timeout.total_seconds()
        try:
            reply = self._exchange(target, wish, limits, deadline)
        except (AddressRefused, AnswerUnusable):
            raise  # The host is well: its name or its document is not.
        except Unreachable:
            if is_fair:
                self._breaker.record(target.host, failed=True)
            raise
        self._breaker.record(target.host, failed=reply.status >= 500)
        return reply

    def _exchange(self, target: Target, wish: Fetch, limits: Limits, deadline: Deadline) -> Reply:
        patience = min(limits.connect_timeout.total_seconds(), deadline.left())
        addresses = self._judge(target.url, self._look_up(target, patience))
        transport = JudgedTransport(target, attempts(addresses), self._tls, deadline)
        headers = {
            "Host": target.host if target.port == HTTPS_PORT else f"{target.host}:{target.port}",
            "User-Agent": self._user_agent,
            "Accept": ", ".join((*wish.accept, "*/*;q=0.1")),
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        timeouts = {
            "connect": limits.connect_timeout.total_seconds(),
            "read": limits.read_timeout.total_seconds(),
        }
        request = httpx.Request(
            "GET",
            f"https://{target.host}:{target.port}/",  # the transport goes by `target`, not by this
            headers=headers,
            extensions={"timeout": timeouts},
        )
        # No `httpx.Client`: it would parse every Location and Set-Cookie of the other side, for nothing.
        try:
            with transport:
                response = transport.handle_request(request)
                return _reply(target, response, body_limit(wish.purpose, limits))
        except TRANSPORT_ERRORS as error:
            raise Unreachable(target.url, _reason(error), asked=transport.connected) from error

    def _look_up(self, target: Target, seconds: float) -> Iterable[str]:
        """The name service's answers, within `seconds`: the system call itself knows no time-out."""
        answers: SimpleQueue[Iterable[str] | OSError | UnicodeError] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(tuple(self._resolve(target.host, target.port)))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        Thread(target=ask, name="look-up", daemon=True).start()
        try:
            answer = answers.get(timeout=max(seconds, 0.0))
        except Empty as error:
            raise Unreachable(target.url, "its name could not be looked up in time") from error
        if isinstance(answer, OSError | UnicodeError):
            raise Unreachable(target.url, "there is no such host") from answer
        return answer


def _reason(error: Exception) -> str:
    """Why an exchange broke off, without a word that the other side chose."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "its certificate is not valid for it"
        if isinstance(cause, ssl.SSLError):
            return "no secure connection could be made"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpcore.TimeoutException):
        return "it took too long"
    return "the connection failed"


def _reply(target: Target, response: httpx.Response, most: int) -> Reply:
    headers = response.headers
    location = headers.get("location") if response.status_code in REDIRECTS else None
    wanted = response.status_code == 200
    return Reply(
        status=response.status_code,
        content_type=headers.get("content-type", ""),
        body=_body(target, response, most) if wanted else b"",  # the body of an error page is never read
        location=location,
    )


def _body(target: Target, response: httpx.Response, most: int) -> bytes:
    """The decoded body, at most `most` bytes of it at any time."""
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > most:
            raise AnswerUnusable(target.url, f"it is longer than {most:,} bytes", asked=True, status=200)
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding in ("identity", ""):
        return bytes(body)
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise AnswerUnusable(target.url, "it is packed in an unknown manner", asked=True, status=200)
    return _inflated(target, bytes(body), most)


def _inflated(target: Target, packed: bytes, most: int) -> bytes:
    """What `packed` holds. Some stores send gzip whatever was asked for; a bomb stops at `most` bytes."""
    inflater = zlib.decompressobj(GZIP_OR_ZLIB)
    try:
        body = inflater.decompress(packed, most + 1)
    except zlib.error as error:
        raise AnswerUnusable(target.url, "it cannot be unpacked", asked=True, status=200) from error
    if len(body) > most:
        raise AnswerUnusable(target.url, f"it is longer than {most:,} bytes", asked=True, status=200)
    if not inflater.eof or inflater.unused_data:
        raise AnswerUnusable(target.url, "it cannot be unpacked", asked=True, status=200)
    return body
