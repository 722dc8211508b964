"""OpenID for Verifiable Presentations 1.0, across devices: a link, a request, an answer by direct_post.

The client identifier is the response address itself (§5.9.3, `redirect_uri:`), so the request carries no
signature and the wallet shows the holder the address that TLS vouches for. With that prefix the request
object behind a `request_uri` is a JWT with `alg` "none": §5.10.1 as clarified in August 2026
(openid/OpenID4VP #788). Passed by value it would not fit into a QR code that a phone can read.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dashboard.services import Exchange, Incoming
from dashboard.wallet.answers import MAX_PRESENTATIONS, Declined, Unusable, presented, read_json

REQUEST_TYPE = "application/oauth-authz-req+jwt"  # RFC 9101 §5.2.3
ANSWER_TYPE = "application/x-www-form-urlencoded"  # §8.2
WALLET = "https://self-issued.me/v2"  # §5.8: a wallet that nobody knows beforehand
# §B.3.5 wants types by name: the one SD-JWT credential that says what somebody can do.
LEARNING_CREDENTIAL = "urn:eu.europa.ec.eudi:learning:credential:1"
# §B.1.1: one alternative after expansion by @context, one for wallets that compare the word.
ANY_VC = [["https://www.w3.org/2018/credentials#VerifiableCredential"], ["VerifiableCredential"]]
JOSE_ALGORITHMS = ["ES256", "ES384", "EdDSA", "Ed25519"]
FORMATS: Mapping[str, Any] = {  # §11.1, §B.1.3.1.3, §B.1.3.2.3, §B.3.4
    "dc+sd-jwt": {"sd-jwt_alg_values": JOSE_ALGORITHMS, "kb-jwt_alg_values": JOSE_ALGORITHMS},
    "jwt_vc_json": {"alg_values": JOSE_ALGORITHMS},
    "ldp_vc": {
        "proof_type_values": ["DataIntegrityProof", "Ed25519Signature2020"],
        "cryptosuite_values": ["eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019"],
    },
}
# §6: whatever the holder chooses of one format; every presentation with a proof of its holder (the default).
QUERIES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "sd_jwt_vc": ("dc+sd-jwt", {"vct_values": [LEARNING_CREDENTIAL]}),
    "jwt_vc": ("jwt_vc_json", {"type_values": ANY_VC}),
    "ldp_vc": ("ldp_vc", {"type_values": ANY_VC}),
}


def response_uri(address: str, exchange: Exchange) -> str:
    """Where the wallet sends its answer."""
    return f"{address}/wallet/{exchange.exchange_id}/response"


def client_id(address: str, exchange: Exchange) -> str:
    """Who asks; the audience of what is presented, prefix included (§5.9.1)."""
    return f"redirect_uri:{response_uri(address, exchange)}"


def link(address: str, exchange: Exchange) -> str:
    """What opens a wallet, as a QR code or on the device that it is on (§5.7)."""
    behind = f"{address}/wallet/{exchange.exchange_id}/request"
    return "openid4vp://?" + urlencode({"client_id": client_id(address, exchange), "request_uri": behind})


def request_object(address: str, exchange: Exchange) -> str:
    """What is asked for, as a JWT that nobody signed (§5; RFC 9101 §4)."""
    credentials = [
        {"id": name, "format": kind, "multiple": True, "meta": meta} for name, (kind, meta) in QUERIES.items()
    ]
    claims = {
        "aud": WALLET,
        "client_id": client_id(address, exchange),
        "response_type": "vp_token",
        "response_mode": "direct_post",
        "response_uri": response_uri(address, exchange),
        "nonce": exchange.nonce,
        "state": exchange.exchange_id,
        "dcql_query": {
            "credentials": credentials,
            "credential_sets": [{"options": [[name] for name in QUERIES]}],
        },
        "client_metadata": {"vp_formats_supported": FORMATS},
    }
    header = {"alg": "none", "typ": "oauth-authz-req+jwt"}
    return f"{_base64url(header)}.{_base64url(claims)}."


def expected(address: str, exchange: Exchange) -> dict[str, str]:
    """What every presentation has to name (§B.1.3.1.5, §B.1.3.2.5, §B.3.6)."""
    return {"nonce": exchange.nonce, "audience": client_id(address, exchange)}


def answer(body: bytes, exchange: Exchange) -> tuple[Incoming, ...]:
    """The presentations of an authorization response (§8.1, §8.2). Raises `Declined`, `Unusable`."""
    parameters = _form(body)
    if parameters.get("state", exchange.exchange_id) != exchange.exchange_id:
        raise Unusable("another state")
    if "error" in parameters:
        raise Declined
    token = read_json(parameters.get("vp_token", ""))
    if not isinstance(token, dict) or not token or not token.keys() <= QUERIES.keys():
        raise Unusable("no vp_token")
    if not all(isinstance(of_query, list) and of_query for of_query in token.values()):
        raise Unusable("no presentations")
    found = tuple(presented(one) for of_query in token.values() for one in of_query)
    if len(found) > MAX_PRESENTATIONS:
        raise Unusable("too many presentations")
    return found


def _form(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(body.decode(), strict_parsing=True, errors="strict", max_num_fields=20)
    except ValueError as error:
        raise Unusable("not a form") from error
    if len(dict(pairs)) != len(pairs):
        raise Unusable("a parameter twice")  # RFC 6749 §3.1
    return dict(pairs)


def _base64url(part: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
