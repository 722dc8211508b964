"""The routes take what the protocols need and nothing else, and tell nobody anything."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator

import httpx
import pytest

from dashboard.services import Exchange, ExchangeState
from dashboard.services.exchanges import MAX_REFUSED
from dashboard.store import StoreDamaged, StoreUnavailable
from dashboard.wallet.routes import MAX_BODY
from tests.dashboard.wallet.asking import LATER, Employer, sd_jwt

GONE = {"type": "about:blank", "status": 404, "title": "This request is not open."}
REFUSED = {"type": "about:blank", "status": 400, "title": "This answer cannot be taken."}
JSON = {"Accept": "application/json"}


def everywhere(employer: Employer, exchange_id: str) -> list[httpx.Response]:
    """What each route says about this id."""
    path = f"/wallet/{exchange_id}"
    return [
        employer.send("GET", path + "?iuv=1", headers=JSON),
        employer.send("GET", path + "/request"),
        employer.send("POST", path + "/response", data={"vp_token": "{}"}),
        employer.send("POST", path + "/exchange", json={}),
    ]


def answered(employer: Employer, exchange: Exchange) -> None:
    employer.respond(exchange, {"sd_jwt_vc": [sd_jwt(exchange)]})


def cancelled(employer: Employer, exchange: Exchange) -> None:
    employer.services.exchanges.cancel(exchange.exchange_id)


def expired(employer: Employer, exchange: Exchange) -> None:
    employer.now += LATER


def never_opened(employer: Employer, exchange: Exchange) -> None:
    pass


@pytest.mark.parametrize("end", [answered, cancelled, expired, never_opened])
def test_what_is_not_open_is_told_apart_by_nobody(employer: Employer, end: object) -> None:
    exchange = employer.ask()
    end(employer, exchange)  # type: ignore[operator]  # one of the four above
    before = employer.everything()
    asked = "x" * len(exchange.exchange_id) if end is never_opened else exchange.exchange_id
    said = everywhere(employer, asked)
    assert [(one.status_code, one.json()) for one in said] == [(404, GONE)] * 4
    assert employer.everything() == before


def test_a_replay_is_refused_and_logged(employer: Employer) -> None:
    exchange = employer.ask()
    token = {"sd_jwt_vc": [sd_jwt(exchange)]}
    assert employer.respond(exchange, token).status_code == 200
    assert employer.respond(exchange, token).json() == GONE
    assert len(employer.arrived(exchange)) == 1


def test_of_two_answers_at_once_one_is_taken(employer: Employer) -> None:
    exchange = employer.ask()
    token = {"sd_jwt_vc": [sd_jwt(exchange)]}
    start, said = threading.Barrier(8), list[int]()

    def answer() -> None:
        start.wait()
        said.append(employer.respond(exchange, token).status_code)

    threads = [threading.Thread(target=answer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == [200] + [404] * 7
    assert employer.everything() == 1
    assert len(employer.services.candidates.rows()) == 1


def test_too_much_is_refused_while_it_is_read(employer: Employer) -> None:
    exchange = employer.ask()
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100 * MAX_BODY:
            sent += MAX_BODY // 4
            yield b"a" * (MAX_BODY // 4)

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    path = f"/wallet/{exchange.exchange_id}/response"
    answer = employer.send("POST", path, content=endless(), headers=kind)
    assert (answer.status_code, answer.json()) == (400, REFUSED)
    assert sent <= 2 * MAX_BODY
    assert employer.get(exchange.exchange_id).state is ExchangeState.WAITING


@pytest.mark.parametrize("kind", ["", "text/plain", "application/json", "multipart/form-data; boundary=x"])
def test_another_content_type_is_refused(employer: Employer, kind: str) -> None:
    exchange = employer.ask()
    path = f"/wallet/{exchange.exchange_id}/response"
    answer = employer.send("POST", path, content=b'vp_token={"ldp_vc":["a"]}', headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()) == (400, REFUSED)


def test_after_many_bad_answers_the_request_is_closed(employer: Employer) -> None:
    exchange = employer.ask()
    for _ in range(MAX_REFUSED):
        assert employer.respond(exchange, "nonsense").status_code == 400
    assert employer.respond(exchange, {"sd_jwt_vc": [sd_jwt(exchange)]}).status_code == 404
    assert employer.everything() == 0
    assert len(employer.services.activity.rows(action="exchange.refused")) == 1


@pytest.mark.parametrize("host", ["http://evil.example", "http://employer.example.evil.example"])
def test_a_request_under_another_name_is_not_heard(employer: Employer, host: str) -> None:
    exchange = employer.ask()
    assert employer.send("GET", f"/wallet/{exchange.exchange_id}/request", host=host).status_code == 400


def test_no_cookie_is_set_no_origin_let_in_and_nothing_kept_by_a_cache(employer: Employer) -> None:
    exchange = employer.ask()
    for answer in everywhere(employer, exchange.exchange_id):
        assert "set-cookie" not in answer.headers
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["", "/request", "/response", "/exchange"])
def test_other_methods_are_not_known(employer: Employer, path: str) -> None:
    exchange = employer.ask()
    assert employer.send("DELETE", f"/wallet/{exchange.exchange_id}{path}").status_code == 405


@pytest.mark.parametrize("fault", [StoreUnavailable, StoreDamaged])
def test_health_is_the_stores(
    employer: Employer, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    assert employer.send("GET", "/health").text == "ok"

    def locked(*, limit: int) -> None:
        raise fault("locked")

    monkeypatch.setattr(employer.services.work, "batches", locked)
    assert employer.send("GET", "/health").status_code == 503
