"""A holder for demonstrations: it answers an exchange about the sample as a phone would, with a public key.

Nothing is mocked: it asks and answers over the same routes, signs what it presents, and the verifier judges
it. Only where the bytes travel differs: within this process, so that no network is needed.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import base58
import httpx
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.applications import Starlette

from dashboard.services import Exchange, ExchangeClosed, SampleWallet, Services
from dashboard.wallet import openid4vp, vc_api
from dashboard.wallet.routes import routes

CONTEXT = "https://www.w3.org/ns/credentials/v2"


def answer_by_openid4vp(services: Services, exchange: Exchange) -> None:
    """Present the SD-JWT credential, bound to this request. Raises `ExchangeClosed`."""
    holder = _Holder.of(services, exchange)
    link = parse_qs(urlsplit(openid4vp.link(services.exchanges.address, exchange)).query)
    asked = _claims(_exchanged(services, "GET", link["request_uri"][0]).text)
    token = {"sd_jwt_vc": [holder.sd_jwt(nonce=asked["nonce"], audience=asked["client_id"])]}
    form = {"vp_token": json.dumps(token), "state": asked["state"]}
    _exchanged(services, "POST", asked["response_uri"], data=form)


def answer_by_vc_api(services: Services, exchange: Exchange) -> None:
    """Present the badges in a presentation with a Data Integrity proof. Raises `ExchangeClosed`."""
    holder = _Holder.of(services, exchange)
    start = vc_api.interaction_url(services.exchanges.address, exchange)
    offered = _exchanged(services, "GET", start, headers={"Accept": "application/json"}).json()
    here = offered["protocols"]["vcapi"]
    asked = _exchanged(services, "POST", here, json={}).json()["verifiablePresentationRequest"]
    signed = holder.presentation(challenge=asked["challenge"], domain=asked["domain"])
    _exchanged(services, "POST", here, json={"verifiablePresentation": signed})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Holder:
    wallet: SampleWallet
    now: datetime

    @classmethod
    def of(cls, services: Services, exchange: Exchange) -> _Holder:
        if not exchange.sample:
            raise ValueError("the demo holder answers for the sample alone")
        return cls(wallet=services.exchanges.sample_wallet(), now=services.exchanges.clock(exchange))

    def sd_jwt(self, *, nonce: str, audience: str) -> str:
        """The credential with a key-binding JWT (RFC 9901 §4.3)."""
        presented = self.wallet.sd_jwt
        digest = _base64url(hashlib.sha256(presented.encode()).digest())
        claims = {"iat": int(self.now.timestamp()), "aud": audience, "nonce": nonce, "sd_hash": digest}
        signing_input = ".".join(
            _base64url(json.dumps(part).encode()) for part in ({"alg": "EdDSA", "typ": "kb+jwt"}, claims)
        )
        return f"{presented}{signing_input}.{_base64url(self._sign(signing_input.encode()))}"

    def presentation(self, *, challenge: str, domain: str) -> dict[str, Any]:
        """A presentation of the badges, signed with eddsa-jcs-2022 (VC DI EdDSA §3.3.1)."""
        document = {
            "@context": [CONTEXT],
            "type": ["VerifiablePresentation"],
            "holder": self.wallet.did,
            "verifiableCredential": [json.loads(one) for one in self.wallet.credentials],
        }
        options = {
            "@context": [CONTEXT],
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-jcs-2022",
            "created": f"{self.now:%Y-%m-%dT%H:%M:%SZ}",
            "verificationMethod": self.wallet.verification_method,
            "proofPurpose": "authentication",
            "challenge": challenge,
            "domain": domain,
        }
        hashed = b"".join(hashlib.sha256(rfc8785.dumps(part)).digest() for part in (options, document))
        value = "z" + base58.b58encode(self._sign(hashed)).decode()
        return {**document, "proof": {**options, "proofValue": value}}

    def _sign(self, data: bytes) -> bytes:
        secret = base64.urlsafe_b64decode(self.wallet.jwk["d"] + "=")
        return Ed25519PrivateKey.from_private_bytes(secret).sign(data)


def _exchanged(services: Services, method: str, url: str, **content: Any) -> httpx.Response:
    """One request and its answer, within this process. Raises `ExchangeClosed` when it is refused."""
    app = Starlette(routes=routes(lambda: services, services.exchanges.public_url))

    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as client:
            return await client.request(method, url, **content)

    try:
        return asyncio.run(send()).raise_for_status()
    except httpx.HTTPStatusError as error:
        raise ExchangeClosed(url) from error


def _claims(token: str) -> Mapping[str, Any]:
    """What a request object asks for; nobody signed it."""
    payload = token.split(".")[1]
    claims: Mapping[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
