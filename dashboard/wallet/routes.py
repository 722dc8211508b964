"""What a wallet talks to. Nothing here shows, or hints at, anything that is in the store.

Whoever knows the unguessable address of an open exchange may read what is asked and answer once. Everything
else – no such exchange, answered before, too late, too large, not understood – gets one of two constant
answers. No cookie is read or set; no other origin is let in to read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from dashboard.services import (
    Exchange,
    ExchangeClosed,
    ExchangeState,
    Incoming,
    Missing,
    Services,
    StoreDamaged,
    StoreUnavailable,
)
from dashboard.wallet import openid4vp, vc_api
from dashboard.wallet.answers import Declined, Unusable

MAX_BODY = 4_000_000  # bytes: a presentation with pictures in it; the verifier has limits of its own
LOCAL = ("localhost", "127.0.0.1")  # as in .streamlit/config.toml: stops DNS rebinding
NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
GONE, REFUSED = 404, 400
FOR_PEOPLE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>For a wallet</title>
<p>This address is for a wallet app: open your wallet and scan the code with it.</p></html>"""
TOLD = {  # RFC 9457; constant, whatever the reason
    GONE: {"type": "about:blank", "status": GONE, "title": "This request is not open."},
    REFUSED: {"type": "about:blank", "status": REFUSED, "title": "This answer cannot be taken."},
}


def routes(services: Callable[[], Services], public_url: str = "") -> Sequence[BaseRoute]:
    """The routes of both protocols, and what says whether the store answers.

    The wallet's are for requests to `public_url` or to this machine under its own names.
    """
    wallet = _Wallet(services)
    hosts = [*LOCAL, *filter(None, [urlsplit(public_url).hostname])]
    exchange = [
        Route("/{exchange_id}", wallet.interaction, methods=["GET"]),
        Route("/{exchange_id}/request", wallet.request, methods=["GET"]),
        Route("/{exchange_id}/response", wallet.response, methods=["POST"]),
        Route("/{exchange_id}/exchange", wallet.exchange, methods=["POST"]),
    ]
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)
    return [
        Route("/health", wallet.health, methods=["GET"]),
        Mount("/wallet", routes=exchange, middleware=[guard]),
    ]


class _Wallet:
    """The handlers, over a store that is opened when it is first needed."""

    def __init__(self, services: Callable[[], Services]) -> None:
        self._services = services

    async def health(self, _request: Request) -> Response:
        """Whether the store answers."""
        try:
            await run_in_threadpool(lambda: self._services().work.batches(limit=1))
        except (StoreUnavailable, StoreDamaged):
            return PlainTextResponse("store unavailable", 503, NO_STORE)
        return PlainTextResponse("ok", headers=NO_STORE)

    async def interaction(self, request: Request) -> Response:
        """VC API: how the interaction goes on; a page where a person looks (VCALM §3.7.4)."""
        if "application/json" not in request.headers.get("accept", ""):
            return HTMLResponse(FOR_PEOPLE, headers=NO_STORE)
        exchange = await self._open(request)
        if exchange is None or request.query_params.get("iuv") != "1":
            return _told(GONE)
        return JSONResponse(vc_api.protocols(self._address, exchange), headers=NO_STORE)

    async def request(self, request: Request) -> Response:
        """OpenID4VP: the request object (§5.10.1)."""
        exchange = await self._open(request)
        if exchange is None:
            return _told(GONE)
        text = openid4vp.request_object(self._address, exchange)
        return Response(text, headers=NO_STORE, media_type=openid4vp.REQUEST_TYPE)

    async def response(self, request: Request) -> Response:
        """OpenID4VP: the authorization response (§8.2)."""
        return await self._answered(request, openid4vp.ANSWER_TYPE, self._openid4vp)

    async def exchange(self, request: Request) -> Response:
        """VC API: a message of the exchange (VCALM §3.6.5)."""
        return await self._answered(request, vc_api.ANSWER_TYPE, self._vc_api)

    async def _answered(
        self, request: Request, kind: str, read: Callable[[Exchange, bytes], Response]
    ) -> Response:
        """What `read` makes of the body; nothing is read for an exchange that is not open."""
        exchange = await self._open(request)
        if exchange is None:
            return _told(GONE)
        given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        try:
            if given != kind:
                raise Unusable("another content type")
            body = await _body(request)
            return await run_in_threadpool(read, exchange, body)
        except ExchangeClosed:
            return _told(GONE)
        except (Unusable, ClientDisconnect):
            await run_in_threadpool(self._services().exchanges.refuse, exchange.exchange_id)
            return _told(REFUSED)

    def _openid4vp(self, exchange: Exchange, body: bytes) -> Response:
        try:
            presentations = openid4vp.answer(body, exchange)
        except Declined:
            self._services().exchanges.decline(exchange.exchange_id)
        else:
            self._accept(exchange, presentations, openid4vp.expected(self._address, exchange))
        return JSONResponse({}, headers=NO_STORE)

    def _vc_api(self, exchange: Exchange, body: bytes) -> Response:
        presentation = vc_api.answer(body)
        if presentation is None:
            return JSONResponse(vc_api.presentation_request(self._address, exchange), headers=NO_STORE)
        self._accept(exchange, (presentation,), vc_api.expected(self._address, exchange))
        return JSONResponse({}, headers=NO_STORE)

    def _accept(self, exchange: Exchange, what: Sequence[Incoming], expected: dict[str, str]) -> None:
        self._services().exchanges.accept(exchange.exchange_id, what, expected)

    @property
    def _address(self) -> str:
        return self._services().exchanges.address

    async def _open(self, request: Request) -> Exchange | None:
        """The exchange of this address, while it waits for an answer."""
        get = self._services().exchanges.get
        try:
            exchange = await run_in_threadpool(get, str(request.path_params["exchange_id"]))
        except Missing:
            return None
        return exchange if exchange.state is ExchangeState.WAITING else None


async def _body(request: Request) -> bytes:
    """The body, counted while it is read: what it says of its own length is not believed."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise Unusable("too large")
    return bytes(body)


def _told(status: int) -> Response:
    return JSONResponse(TOLD[status], status, NO_STORE, media_type=vc_api.PROBLEM_TYPE)
