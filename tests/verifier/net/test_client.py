"""The real web, against servers on this machine that behave badly."""

from __future__ import annotations

import gzip
import pickle
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from verifier.errors import AddressRefused, AnswerUnusable, Unreachable
from verifier.flow import Fetch, Fetched, Purpose
from verifier.net import HttpWeb
from verifier.net.client import look_up, tls_context
from verifier.net.gate import FAILURES
from verifier.net.transport import Deadline, attempts
from verifier.policy import Limits

LIMITS = Limits(answer_bytes=100_000)
HASTY = Limits(read_timeout=timedelta(milliseconds=300), fetch_timeout=timedelta(milliseconds=700))
Make = Callable[..., HttpWeb]
Serve = Callable[..., Any]


def says(
    body: bytes = b"{}", status: str = "200 OK", *headers: str, content_type: str = "application/json"
) -> Callable[[ssl.SSLSocket], None]:
    """A handler that gives one whole answer."""
    own = (f"Content-Type: {content_type}", f"Content-Length: {len(body)}")
    head = "\r\n".join((f"HTTP/1.1 {status}", *own, *headers, "", ""))
    return lambda connection: connection.sendall(head.encode() + body)


def moved(location: str) -> Callable[[ssl.SSLSocket], None]:
    return says(b"", "302 Found", f"Location: {location}")


def get(
    web: HttpWeb,
    server: Any,
    limits: Limits = LIMITS,
    purpose: Purpose = Purpose.SOURCE,
    host: str = "college.example",
) -> Fetched:
    return web.fetch(Fetch(url=f"https://{host}:{server.port}/keys?x=1", purpose=purpose), limits)


def failure(web: HttpWeb, server: Any, **options: Any) -> Unreachable:
    with pytest.raises(Unreachable) as caught:
        get(web, server, **options)
    return caught.value


# ------------------------------------------------------------------------------------- what is sent


def test_an_answer_comes_with_its_type_and_address(serve: Serve, web_for: Make) -> None:
    server = serve(says(b'{"keys": []}', content_type="Application/JSON; charset=utf-8"))
    fetched = get(web_for(server), server)
    assert (fetched.body, fetched.content_type) == (b'{"keys": []}', "application/json")
    assert fetched.hops == (fetched.url,) == (f"https://college.example:{server.port}/keys?x=1",)


def test_the_request_says_no_more_than_it_must(
    serve: Serve, web_for: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    server = serve(says(b"{}", "200 OK", "Set-Cookie: a=b"))
    web = web_for(server)
    get(web, server)
    get(web, server)
    assert server.names == ["college.example"] * 2
    request = server.requests[1].decode()
    assert request == (
        "GET /keys?x=1 HTTP/1.1\r\n"
        f"Host: college.example:{server.port}\r\n"
        "User-Agent: skillproof-verifier/0.1\r\n"
        "Accept: application/json, application/ld+json, */*;q=0.1\r\n"
        "Accept-Encoding: identity\r\n"
        "Connection: close\r\n\r\n"
    )


def test_an_international_name_is_asked_in_its_ascii_form(serve: Serve, web_for: Make) -> None:
    server = serve(says(), "xn--bcher-kva.example")
    assert get(web_for(server), server, host="Bücher.example").body == b"{}"
    assert server.names == ["xn--bcher-kva.example"]


# ------------------------------------------------------------------------------------- names


def test_a_name_that_leads_inside_is_not_connected_to(serve: Serve, web_for: Make) -> None:
    server = serve(says())
    error = failure(web_for(server), server, host="inside.example")
    assert type(error) is AddressRefused
    assert server.connections == 0


def test_without_a_seam_this_machine_is_refused(serve: Serve, authority: Any) -> None:
    server = serve(says())
    web = HttpWeb(ports=(server.port,), authorities=authority.pem, resolve=lambda host, port: ("127.0.0.1",))
    assert type(failure(web, server)) is AddressRefused
    assert server.connections == 0


def test_a_second_answer_of_the_name_service_is_never_asked_for(serve: Serve, web_for: Make) -> None:
    server = serve(says())
    asked: list[str] = []

    def rebinding(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",) if len(asked) == 1 else ("10.0.0.5",)

    assert get(web_for(server, resolve=rebinding), server).body == b"{}"
    assert asked == ["college.example"]


def test_an_unknown_name_was_not_asked(serve: Serve, web_for: Make) -> None:
    server = serve(says())
    error = failure(web_for(server), server, host="gone.example")
    assert "no such host" in str(error)
    assert not error.asked


def test_a_name_service_that_does_not_answer_is_not_waited_for(serve: Serve, web_for: Make) -> None:
    server, over, answered = serve(says()), threading.Event(), threading.Event()

    def silent(host: str, port: int) -> tuple[str, ...]:
        over.wait(60)
        answered.set()
        return ()

    error = failure(web_for(server, resolve=silent), server, limits=HASTY)
    assert "looked up in time" in str(error)
    assert not answered.is_set()
    over.set()


def test_the_system_resolver_gives_every_address_once() -> None:
    assert look_up("127.0.0.1", 443) == ("127.0.0.1",)
    with pytest.raises(OSError, match=r"."):
        look_up("256.256.256.256.invalid", 443)


def test_of_two_attempts_one_goes_to_each_family() -> None:
    assert attempts(("2000::1", "2000::2", "1.1.1.1")) == ("2000::1", "1.1.1.1")
    assert attempts(("1.1.1.1", "1.1.1.2", "2000::1")) == ("1.1.1.1", "2000::1")
    assert attempts(("1.1.1.1", "1.1.1.2")) == ("1.1.1.1", "1.1.1.2")
    assert attempts(("1.1.1.1",)) == ("1.1.1.1", "1.1.1.1")


def test_a_second_address_is_tried_when_the_first_takes_no_call(serve: Serve, web_for: Make) -> None:
    server = serve(says())
    web = web_for(
        server, resolve=lambda host, port: ("127.0.0.2", "127.0.0.1"), judge=lambda url, found: tuple(found)
    )
    with pytest.MonkeyPatch.context() as patch:
        only_first(patch, refused="127.0.0.2")
        assert get(web, server).body == b"{}"


def only_first(patch: pytest.MonkeyPatch, *, refused: str) -> None:
    """Make connections to `refused` fail as a closed port does."""
    import socket

    create = socket.create_connection

    def guarded(address: tuple[str, int], *args: Any, **options: Any) -> socket.socket:
        if address[0] == refused:
            raise ConnectionRefusedError(refused)
        return create(address, *args, **options)

    patch.setattr(socket, "create_connection", guarded)


def test_a_closed_port_is_unreachable_and_was_not_asked(serve: Serve, web_for: Make) -> None:
    server = serve(says())
    web = web_for(server)
    server.close()
    error = failure(web, server)
    assert (type(error), error.asked, error.hops) == (Unreachable, False, ())


# ------------------------------------------------------------------------------------- certificates


@pytest.mark.parametrize(
    "certificate",
    [{"own": True}, {"name": "other.example"}, {"days": -1}],
    ids=["self-signed", "wrong host", "expired"],
)
def test_a_bad_certificate_ends_the_exchange_before_the_request(
    serve: Serve, web_for: Make, certificate: dict[str, Any]
) -> None:
    server = serve(says(), **certificate)
    error = failure(web_for(server), server)
    assert type(error) is Unreachable
    assert "certificate" in str(error)
    assert error.asked
    assert server.requests == []


def test_a_private_authority_is_not_trusted_by_default(serve: Serve, web_for: Make) -> None:
    server = serve(says())
    assert "certificate" in str(failure(web_for(server, authorities=None), server))


def test_old_tls_is_not_spoken(serve: Serve, web_for: Make) -> None:
    assert tls_context(None).minimum_version is ssl.TLSVersion.TLSv1_2
    assert tls_context(None).verify_mode is ssl.CERT_REQUIRED
    assert tls_context(None).check_hostname
    server = serve(says())
    server.context.set_ciphers("ECDHE-ECDSA-AES128-SHA256")
    server.context.maximum_version = ssl.TLSVersion.TLSv1_2
    web = web_for(server)
    web._tls.minimum_version = ssl.TLSVersion.TLSv1_3
    assert "secure connection" in str(failure(web, server))


# ------------------------------------------------------------------------------------- redirects


def test_a_redirect_is_followed_anew(serve: Serve, web_for: Make) -> None:
    last = serve(says(b"here"), "badges.example")
    first = serve(moved(f"https://badges.example:{last.port}/1"))
    fetched = get(web_for(first, last), first)
    assert fetched.body == b"here"
    assert fetched.hops == (
        f"https://college.example:{first.port}/keys?x=1",
        f"https://badges.example:{last.port}/1",
    )
    assert type(failure(web_for(first, last), first, purpose=Purpose.KEY)) is AnswerUnusable


@pytest.mark.parametrize(
    "location",
    [
        "https://inside.example/",
        "https://gone.example/",
        "https://169.254.169.254/latest/meta-data",
        "http://college.example/keys",
        "file:///etc/passwd",
        "https://[::1",
        "https://a:b",
        "https://\xff/",
    ],
)
def test_a_redirect_to_what_is_not_asked_goes_nowhere(serve: Serve, web_for: Make, location: str) -> None:
    server = serve(moved(location))
    error = failure(web_for(server), server)
    assert type(error) is AnswerUnusable
    assert len(error.hops) == server.connections == 1


def test_a_loop_ends_after_three_redirects(serve: Serve, web_for: Make) -> None:
    server = serve(moved("/keys?x=1"))
    assert type(failure(web_for(server), server, limits=Limits())) is AnswerUnusable
    assert server.connections == 4


def test_a_location_without_a_redirect_status_is_not_followed(serve: Serve, web_for: Make) -> None:
    server = serve(says(b"{}", "200 OK", "Location: https://inside.example/"))
    assert get(web_for(server), server).body == b"{}"


# ------------------------------------------------------------------------------------- bad answers


@pytest.mark.parametrize(
    ("status", "kind"),
    [("503 Down", Unreachable), ("404 Gone", AnswerUnusable), ("410 Gone", AnswerUnusable)],
)
def test_a_status_is_named_and_its_body_not_read(
    serve: Serve, web_for: Make, status: str, kind: type[Unreachable]
) -> None:
    server = serve(says(bytes(1_000_000), status))
    error = failure(web_for(server), server)
    assert (type(error), error.asked, error.status) == (kind, True, int(status[:3]))


def test_a_web_page_is_no_key_set(serve: Serve, web_for: Make) -> None:
    server = serve(says(b"<html>", content_type="text/html"))
    assert type(failure(web_for(server), server, purpose=Purpose.KEY)) is AnswerUnusable


def endless(server_of: list[Any], head: bytes, part: bytes, pause: float) -> Callable[[ssl.SSLSocket], None]:
    """A handler that goes on until the test ends."""

    def handler(connection: ssl.SSLSocket) -> None:
        connection.sendall(head)
        while not server_of[0].is_over:
            connection.sendall(part)
            server_of[0].wait(pause)

    return handler


OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
TRICKLES = {
    "body": (OK + b"\r\n", b" "),
    "chunked body": (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "headers": (OK, b"X: y\r\n"),
    "one header": (OK + b"X: ", b"y"),
    "interim answers": (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "silence": (b"", b""),
}


@pytest.mark.parametrize(("head", "part"), TRICKLES.values(), ids=TRICKLES.keys())
def test_a_slow_drip_ends_at_the_deadline(serve: Serve, web_for: Make, head: bytes, part: bytes) -> None:
    server_of: list[Any] = []
    server_of.append(serve(endless(server_of, head, part, 0.1)))
    began = time.monotonic()
    error = failure(web_for(*server_of), server_of[0], limits=HASTY)
    assert "too long" in str(error)
    assert error.asked
    assert time.monotonic() - began < 4


def test_a_handshake_that_never_ends_is_given_up(serve: Serve, web_for: Make, authority: Any) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as deaf:

        class Deaf:
            port = deaf.getsockname()[1]

        error = failure(web_for(Deaf()), Deaf(), limits=HASTY)
    assert "too long" in str(error)
    assert error.asked


def test_an_endless_body_is_cut_off(serve: Serve, web_for: Make) -> None:
    server_of: list[Any] = []
    server_of.append(serve(endless(server_of, OK + b"\r\n", bytes(16_384), 0)))
    error = failure(web_for(*server_of), server_of[0])
    assert type(error) is AnswerUnusable
    assert "longer" in str(error)


def test_a_body_may_be_exactly_as_long_as_allowed(serve: Serve, web_for: Make) -> None:
    server = serve(says(bytes(100_000)))
    assert len(get(web_for(server), server).body) == 100_000


def test_a_body_that_breaks_off_is_no_answer(serve: Serve, web_for: Make) -> None:
    server = serve(lambda connection: connection.sendall(OK + b"Content-Length: 9\r\n\r\n{}"))
    assert type(failure(web_for(server), server)) is Unreachable


@pytest.mark.parametrize("noise", [b"", b"\x00\x01\x02\r\n\r\n", b"SSH-2.0-OpenSSH\r\n", b"A" * 200_000])
def test_what_does_not_speak_http_is_unreachable(serve: Serve, web_for: Make, noise: bytes) -> None:
    server = serve(lambda connection: connection.sendall(noise))
    error = failure(web_for(server), server)
    assert (type(error), error.asked) == (Unreachable, True)


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress),
                         ("identity", bytes), ("", bytes)]
)  # fmt: skip
def test_a_store_that_packs_whatever_was_asked_is_understood(
    serve: Serve, web_for: Make, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    server = serve(says(pack(b'{"a": 1}'), "200 OK", f"Content-Encoding: {coding}"))
    assert get(web_for(server), server).body == b'{"a": 1}'


BOMB = gzip.compress(bytes(50_000_000))  # 49 kB


@pytest.mark.parametrize(
    ("coding", "body", "reason"),
    [
        ("gzip", BOMB, "longer"),
        ("gzip", gzip.compress(b"{}")[:-4], "unpacked"),
        ("gzip", gzip.compress(b"{}") + b"more", "unpacked"),
        ("gzip", gzip.compress(b"{}") * 2, "unpacked"),
        ("gzip", b"{}", "unpacked"),
        ("br", b"{}", "unknown"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"{}")), "unknown"),
    ],
    ids=["bomb", "truncated", "trailing", "concatenated", "not packed", "brotli", "twice"],
)
def test_a_badly_packed_body_is_unusable(
    serve: Serve, web_for: Make, coding: str, body: bytes, reason: str
) -> None:
    server = serve(says(body, "200 OK", f"Content-Encoding: {coding}"))
    error = failure(web_for(server), server)
    assert type(error) is AnswerUnusable
    assert reason in str(error)
    assert error.asked


# ------------------------------------------------------------------------------------- load


def test_a_host_that_keeps_failing_is_left_in_peace(serve: Serve, web_for: Make) -> None:
    server = serve(says(b"", "503 Down"))
    web = web_for(server)
    for _ in range(FAILURES):
        assert failure(web, server).asked
    error = failure(web, server)
    assert "left in peace" in str(error)
    assert not error.asked
    assert server.connections == FAILURES


def test_a_host_without_a_good_certificate_counts_as_failing(serve: Serve, web_for: Make) -> None:
    server = serve(says(), own=True)
    web = web_for(server)
    for _ in range(FAILURES):
        failure(web, server)
    assert "left in peace" in str(failure(web, server))


def test_bad_documents_and_hurried_attempts_do_not_count_against_a_host(serve: Serve, web_for: Make) -> None:
    server_of: list[Any] = []
    server_of.append(serve(endless(server_of, OK + b"\r\n", b" ", 0.01)))
    web = web_for(*server_of)
    hurried = Limits(fetch_timeout=timedelta(milliseconds=50))
    for _ in range(FAILURES + 1):
        assert "left in peace" not in str(failure(web, server_of[0], limits=hurried))
    for _ in range(FAILURES + 1):
        error = failure(web, server_of[0], limits=Limits(answer_bytes=1))
        assert type(error) is AnswerUnusable


def test_one_host_is_asked_twice_at_a_time_at_most(serve: Serve, web_for: Make) -> None:
    now, most, lock = [0], [0], threading.Lock()

    def handler(connection: ssl.SSLSocket) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.03)
        with lock:
            now[0] -= 1
        says()(connection)

    server = serve(handler)
    web = web_for(server)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: get(web, server, limits=Limits()).body, range(12)))
    assert answers == [b"{}"] * 12
    assert most[0] == 2


def test_who_finds_no_free_connection_in_time_is_told_so(serve: Serve, web_for: Make) -> None:
    gate = threading.Event()

    def handler(connection: ssl.SSLSocket) -> None:
        gate.wait(60)
        says()(connection)

    server = serve(handler)
    web = web_for(server)
    patient = Limits(read_timeout=timedelta(seconds=60), fetch_timeout=timedelta(seconds=60))
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(get, web, server, limits=patient) for _ in range(2)]
        while server.connections < 2:
            time.sleep(0.01)
        error = failure(web, server, limits=Limits(fetch_timeout=timedelta(milliseconds=100)))
        gate.set()
        assert [item.result().body for item in waiting] == [b"{}"] * 2
    assert "too many others" in str(error)
    assert not error.asked


def test_a_deadline_that_has_passed_ends_the_next_step() -> None:
    deadline = Deadline(0)
    with pytest.raises(TimeoutError):
        deadline.within(5, TimeoutError)
    assert 9 < Deadline(10).within(None, TimeoutError) <= 10


def test_a_copy_begins_anew() -> None:
    web = pickle.loads(pickle.dumps(HttpWeb(user_agent="a", ports=(443, 8443))))  # noqa: S301  our own bytes
    assert isinstance(web, HttpWeb)
    assert web._settings["ports"] == (443, 8443)
