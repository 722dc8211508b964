"""An employer whom wallets reach, with a clock that a test moves, and wallets that answer well or badly."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

from dashboard.services import Exchange, IssuerRow, ItemRow, Services
from dashboard.wallet import openid4vp
from dashboard.wallet.routes import routes
from tests.dashboard.finished import blank_home
from tests.issuing import Issuer, Json

EMPLOYER = "https://employer.example"
START = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
UNIVERSITY = Issuer.with_did_key("University")  # its key is its name: no address has to be asked
WALLET = Issuer.with_did_key("Wallet")
STRANGER = Issuer.with_did_key("Stranger")
LEARNING = "urn:eu.europa.ec.eudi:learning:credential:1"


class Employer:
    """Services and routes over one store."""

    def __init__(self, home: Path) -> None:
        self.now = START
        self.services = Services.open(blank_home(home), now=lambda: self.now)
        entry = IssuerRow(issuer_id=UNIVERSITY.did, name="University", decision="accept")
        self.services.issuers.put(entry, reason="public university", approver="hr@employer.example")
        self.app = Starlette(routes=routes(lambda: self.services, EMPLOYER))

    def ask(self, **who: str) -> Exchange:
        return self.get(self.services.exchanges.open(purpose="For the interview", **who))

    def get(self, exchange_id: str) -> Exchange:
        return self.services.exchanges.get(exchange_id)

    def send(self, method: str, path: str, *, host: str = EMPLOYER, **content: Any) -> httpx.Response:
        """One request to the routes."""

        async def sent() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url=host) as client:
                return await client.request(method, path, **content)

        return asyncio.run(sent())

    def respond(self, exchange: Exchange, token: Any, **more: str) -> httpx.Response:
        """An authorization response with this vp_token."""
        form = {"vp_token": json.dumps(token), "state": exchange.exchange_id, **more}
        return self.send("POST", f"/wallet/{exchange.exchange_id}/response", data=form)

    def exchange(self, exchange: Exchange, message: Any) -> httpx.Response:
        """A message of the VC API."""
        return self.send("POST", f"/wallet/{exchange.exchange_id}/exchange", json=message)

    def arrived(self, exchange: Exchange) -> tuple[ItemRow, ...]:
        """The items that came by this exchange, with their verdicts."""
        batch = self.get(exchange.exchange_id).batch_id
        self.services.work.wait(batch, 30)
        return self.services.work.items(batch)

    def everything(self) -> int:
        """How many items the store holds."""
        return sum(batch.counts.received for batch in self.services.work.batches())


Answer = Callable[[Exchange], Any]


def badge(holder: Issuer = WALLET) -> Json:
    """A badge about `holder`, signed."""
    subject = UNIVERSITY.credential()["credentialSubject"] | {"id": holder.did}
    return UNIVERSITY.sign(UNIVERSITY.credential(id=f"urn:x:{holder.name}", credentialSubject=subject))


def sd_jwt(exchange: Exchange, *, at: datetime = START, by: Issuer = WALLET, **changes: str) -> str:
    """The learning credential of WALLET, bound by the key of `by` to this request."""
    claims = {"vct": LEARNING, "achievement_title": "Statistics", "sub": WALLET.did}
    asked = {"audience": openid4vp.client_id(EMPLOYER, exchange), "nonce": exchange.nonce, **changes}
    presented = UNIVERSITY.sd_jwt(claims, ["achievement_title"], holder=WALLET)
    return by.bound(presented, at=f"{at:%Y-%m-%dT%H:%M:%SZ}", **asked)


def unbound(exchange: Exchange) -> str:
    """The same without a key binding: whoever has it can show it."""
    return sd_jwt(exchange).rpartition("~")[0] + "~"


def presentation(
    exchange: Exchange, *credentials: Json, at: datetime = START, by: Issuer = WALLET, **changes: str
) -> Json:
    """A presentation for the VC API, signed by `by`.

    Over its JSON: two like badges in one document are ordered wrongly by the canonicaliser of the tests.
    """
    asked = {"challenge": exchange.nonce, "domain": "employer.example", **changes}
    document = by.presentation(credentials or [badge()])
    made = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    return by.sign(document, "eddsa-jcs-2022", created=made, purpose="authentication", **asked)


def claims_of(token: str) -> Json:
    """The claims of an unsigned request object."""
    header, payload, signature = token.split(".")
    assert signature == ""
    assert json.loads(base64.urlsafe_b64decode(header + "==")) == {
        "alg": "none",
        "typ": "oauth-authz-req+jwt",
    }
    claims: Json = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


LATER = timedelta(minutes=10)
