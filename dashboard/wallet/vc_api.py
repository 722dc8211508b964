"""The exchange of VC API (VCALM 1.0): an interaction address, a request for a presentation, the presentation.

GET  …?iuv=1                        → {"protocols": {"vcapi": "https://…"}}
POST {}                             → {"verifiablePresentationRequest": {…}}
POST {"verifiablePresentation": …}  → {}
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from dashboard.services import Exchange, Incoming
from dashboard.wallet import openid4vp
from dashboard.wallet.answers import Unusable, presented, read_json

ANSWER_TYPE = "application/json"
PROBLEM_TYPE = "application/problem+json"  # §3.8, RFC 9457
EXAMPLE = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential"],
    "credentialSubject": {},
}


def interaction_url(address: str, exchange: Exchange) -> str:
    """What a QR code holds (§3.7.1)."""
    return f"{address}/wallet/{exchange.exchange_id}?iuv=1"


def protocols(address: str, exchange: Exchange) -> dict[str, dict[str, str]]:
    """How the interaction may go on (§3.7.4, §3.7.5): here, or by OpenID4VP."""
    here = f"{address}/wallet/{exchange.exchange_id}/exchange"
    return {"protocols": {"vcapi": here, "oid4vp-1.0": openid4vp.link(address, exchange)}}


def presentation_request(address: str, exchange: Exchange) -> dict[str, Any]:
    """What is asked for, and why (§3.4): credentials, in a presentation that their holder signs.

    Queries of one group are wanted together (§3.4.5).
    """
    credentials = {"reason": exchange.purpose, "example": EXAMPLE}
    return {
        "verifiablePresentationRequest": {
            "query": [
                {"type": "QueryByExample", "group": "1", "credentialQuery": credentials},
                {"type": "DIDAuthentication", "group": "1"},
            ],
            **expected(address, exchange),
        }
    }


def expected(address: str, exchange: Exchange) -> dict[str, str]:
    """What the presentation has to name (§3.4.3)."""
    return {"challenge": exchange.nonce, "domain": urlsplit(address).netloc}


def answer(body: bytes) -> Incoming | None:
    """The presentation in a message (§3.6.5); None: a wallet that begins. Raises `Unusable`."""
    message = read_json(body or b"{}")
    if not isinstance(message, dict):
        raise Unusable("no message")
    if "verifiablePresentation" not in message:
        return None
    return presented(message["verifiablePresentation"])
