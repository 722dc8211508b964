"""A federation is believed statement by statement, each signed with a key that the one above it gave."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.issuing_keys import SigningKey
from tests.issuing_proofs import compact_json, jws
from verifier.errors import AnswerUnusable, Inconclusive, Offline, Unreachable
from verifier.flow import Fetch, Fetched, Purpose, drive
from verifier.model import Credential, JsonObject
from verifier.policy import Limits, Policy
from verifier.trust import Asked, DccRegistry, Decision, OpenIdFederation, Recognition
from verifier.trust.openid_federation import WELL_KNOWN

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
SECOND = int(NOW.timestamp())
ANCHOR = "https://anchor.example"
REGION = "https://region.example"
DISTRICT = "https://district.example"
COLLEGE = "did:web:college.example"


@dataclass
class Entity:
    """One entity of a federation: its key, and what it says about others."""

    id: str
    subordinates: dict[str, JsonObject] = field(default_factory=dict)
    intermediates: Any = ()
    signer: str = ""  # another key than its own
    header: JsonObject = field(default_factory=dict)
    own: JsonObject = field(default_factory=dict)  # changes to what it says about itself

    @property
    def key(self) -> SigningKey:
        return SigningKey.demo("P-256", self.id)

    def sign(self, about: str, **claims: Any) -> bytes:
        says = {"iss": self.id, "sub": about, "iat": SECOND - 60, "exp": SECOND + 3_600, **claims}
        says = {name: value for name, value in says.items() if value is not ...}
        header = {"alg": "ES256", "typ": "entity-statement+jwt", "kid": "key-1", **self.header}
        return jws(header, compact_json(says), SigningKey.demo("P-256", self.signer or self.id)).encode()

    def configuration(self) -> bytes:
        endpoints = {
            "organization_name": f"organization of {self.id}",
            "federation_fetch_endpoint": f"{self.id}/fetch",
            "federation_list_endpoint": f"{self.id}/list?sorted=yes",
        }
        claims = {"jwks": jwks_of(self.id), "metadata": {"federation_entity": endpoints}, **self.own}
        return self.sign(self.id, **claims)


def jwks_of(entity: str) -> JsonObject:
    return {"keys": [{**SigningKey.demo("P-256", entity).jwk, "kid": "key-1"}, {"kty": "unknown"}, "no key"]}


def named(name: str) -> JsonObject:
    return {"metadata": {"federation_entity": {"organization_name": name}}}


@dataclass
class Federation:
    """Answers as the servers of its entities would."""

    entities: dict[str, Entity]
    replies: dict[str, bytes | Unreachable] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, wish: Fetch) -> Fetched:
        assert wish.purpose is Purpose.REGISTRY
        self.asked.append(wish.url)
        reply = self.replies[wish.url] if wish.url in self.replies else self.reply(wish.url)
        if isinstance(reply, Unreachable):
            raise reply
        return Fetched(url=wish.url, body=reply)

    def reply(self, url: str) -> bytes | Unreachable:
        parts = urlsplit(url)
        entity, query = (
            self.entities.get(f"https://{parts.netloc}"),
            parse_qs(parts.query, keep_blank_values=True),
        )
        if entity is None:
            return Unreachable(url, "there is no such host")
        if parts.path == WELL_KNOWN:
            return entity.configuration()
        if parts.path == "/list":
            assert query == {"sorted": ["yes"], "intermediate": ["true"]}
            return json.dumps(entity.intermediates).encode()
        (sub,) = query["sub"]
        if sub not in entity.subordinates:
            return Unreachable(url, "status 404", asked=True, status=404)
        return entity.sign(sub, **entity.subordinates[sub])


def flat(**about: Any) -> Federation:
    """An anchor that knows the college itself."""
    return Federation({ANCHOR: Entity(ANCHOR, {COLLEGE: {**named("Example College"), **about}})})


def deep(constraints: Any = ..., district: Any = ...) -> Federation:
    """An anchor over a region over a district that knows the college."""
    return Federation(
        {
            ANCHOR: Entity(ANCHOR, {REGION: {"jwks": jwks_of(REGION), "constraints": constraints}}, [REGION]),
            REGION: Entity(
                REGION, {DISTRICT: {"jwks": jwks_of(DISTRICT), "constraints": district}}, [DISTRICT, ANCHOR]
            ),
            DISTRICT: Entity(DISTRICT, {COLLEGE: named("Example College")}),
        }
    )


def look_up(
    federation: Callable[[Fetch], Fetched], issuer: str = COLLEGE, limits: Limits | None = None
) -> Recognition:
    asked = Asked(
        credential=Credential(format="open_badges_3"),
        issuer_id=issuer,
        now=NOW,
        policy=Policy.standard().replace(limits=limits or Limits()),
    )
    return drive(OpenIdFederation(ANCHOR, jwks_of(ANCHOR)).recognise(asked), federation)


def fault(federation: Callable[[Fetch], Fetched], **given: Any) -> str:
    with pytest.raises(Inconclusive, match=ANCHOR) as caught:
        look_up(federation, **given)
    return caught.value.code


ACCEPTED = Recognition(decision=Decision.ACCEPT, source=ANCHOR, name="Example College")


@pytest.mark.parametrize("make", [flat, deep])
def test_a_member_is_accepted_in_the_name_that_its_superior_gives_it(make: Callable[[], Federation]) -> None:
    federation = make()
    assert look_up(federation) == ACCEPTED
    assert not any("college.example/" in url for url in federation.asked)


def test_the_anchor_itself_is_a_member() -> None:
    assert look_up(flat(), ANCHOR).decision is Decision.ACCEPT


@pytest.mark.parametrize("make", [flat, deep])
@pytest.mark.parametrize(
    "other", ["did:web:College.example", COLLEGE + ":x", "https://college.example", "", "a&sub=b"]
)
def test_whoever_no_superior_knows_is_unknown(make: Callable[[], Federation], other: str) -> None:
    assert look_up(make(), other).decision is Decision.UNKNOWN


def test_a_federation_without_lists_is_asked_at_its_anchor_only() -> None:
    federation = flat()
    federation.entities[ANCHOR].own = {
        "metadata": {"federation_entity": {"federation_fetch_endpoint": ANCHOR + "/fetch"}}
    }
    assert look_up(federation, "https://other.example").decision is Decision.UNKNOWN


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"iss": REGION}, "registry_unusable"),
        ({"sub": REGION}, "registry_unusable"),
        ({"iat": ...}, "registry_unusable"),
        ({"exp": ...}, "registry_unusable"),
        ({"exp": True}, "registry_unusable"),
        ({"exp": SECOND}, "registry_stale"),
        ({"iat": SECOND + 301}, "registry_stale"),
        ({"crit": ["x"], "x": 1}, "registry_unusable"),
    ],
)
def test_a_statement_is_about_this_entity_by_that_one_and_in_force(claims: JsonObject, expected: str) -> None:
    assert fault(flat(**claims)) == expected
    federation = flat()
    federation.entities[ANCHOR].own = claims
    assert fault(federation) == expected


@pytest.mark.parametrize(
    "damage",
    [
        {"signer": "stranger"},
        {"header": {"typ": "JWT"}},
        {"header": {"typ": None}},
        {"header": {"alg": "ES384"}},
        {"header": {"crit": ["x"], "x": 1}},
        {"header": {"jku": "https://stranger.example/keys"}},
    ],
)
@pytest.mark.parametrize("who", [ANCHOR, REGION, DISTRICT])
def test_a_statement_that_its_signer_did_not_make_is_not_believed(who: str, damage: dict[str, Any]) -> None:
    federation = deep()
    for name, value in damage.items():
        setattr(federation.entities[who], name, value)
    if damage.get("header", {}).get("alg"):
        federation.replies[who + WELL_KNOWN] = b"eyJhbGciOiJub25lIn0.e30."
        federation.entities[who].header = {}
    assert fault(federation) == "registry_unusable"


def test_an_entity_cannot_name_its_own_keys_against_its_superior() -> None:
    federation = deep()
    federation.entities[REGION].signer = "stranger"
    federation.entities[REGION].own = {"jwks": jwks_of("stranger")}
    assert fault(federation) == "registry_unusable"


def test_the_anchor_is_known_by_its_pinned_keys_alone() -> None:
    federation = flat()
    federation.entities[ANCHOR].signer = "stranger"
    federation.entities[ANCHOR].own = {"jwks": jwks_of("stranger")}
    assert fault(federation) == "registry_unusable"


@pytest.mark.parametrize(
    ("constraints", "district", "expected"),
    [
        ({}, ..., Decision.ACCEPT),
        ({"max_path_length": 1}, ..., Decision.ACCEPT),
        ({"max_path_length": 0}, ..., Decision.UNKNOWN),
        (..., {"max_path_length": 0}, Decision.ACCEPT),
    ],
)
def test_a_path_is_no_longer_than_it_may_be(constraints: Any, district: Any, expected: Decision) -> None:
    assert look_up(deep(constraints, district)).decision is expected


def test_a_path_is_no_longer_than_the_limit_of_nesting() -> None:
    assert look_up(deep(), limits=Limits(nesting=2)).decision is Decision.ACCEPT
    assert look_up(deep(), limits=Limits(nesting=1)).decision is Decision.UNKNOWN
    assert look_up(deep(), limits=Limits(nesting=0)).decision is Decision.UNKNOWN


@pytest.mark.parametrize(
    "constraints",
    [
        None,
        [],
        {"max_path_length": -1},
        {"max_path_length": "1"},
        {"max_path_length": True},
        {"naming_constraints": {"permitted": [".example"]}},
        {"allowed_entity_types": []},
    ],
)
def test_a_constraint_that_cannot_be_evaluated_closes_its_branch(constraints: Any) -> None:
    assert fault(deep(constraints)) == "registry_unusable"


def test_a_broken_branch_does_not_hide_another() -> None:
    federation = deep()
    federation.entities[ANCHOR].intermediates = ["https://gone.example", REGION]
    assert look_up(federation) == ACCEPTED
    assert fault(federation, issuer="https://other.example") == "registry_unusable"
    federation.entities[ANCHOR].subordinates["https://gone.example"] = {"jwks": jwks_of("gone")}
    assert look_up(federation) == ACCEPTED
    assert fault(federation, issuer="https://other.example") == "registry_unreachable"


@pytest.mark.parametrize("listed", [b"", b"<html>", b"{}", b'"https://region.example"'])
def test_a_list_that_is_none_is_named(listed: bytes) -> None:
    federation = deep()
    federation.replies[ANCHOR + "/list?sorted=yes&intermediate=true"] = listed
    assert fault(federation) == "registry_unusable"


def test_a_list_without_end_stops_at_a_limit() -> None:
    federation = deep()
    federation.entities[ANCHOR].intermediates = [f"https://e{number}.example" for number in range(1_000)]
    assert fault(federation) == "registry_unusable"
    assert len(federation.asked) < 10


def test_only_addresses_are_followed() -> None:
    federation = deep()
    federation.entities[ANCHOR].intermediates = [7, None, "http://region.example", "did:web:region.example"]
    assert look_up(federation).decision is Decision.UNKNOWN


def test_an_anchor_without_a_fetch_endpoint_cannot_be_asked() -> None:
    federation = flat()
    number: JsonObject = {"federation_entity": {"federation_fetch_endpoint": 7}}
    without: tuple[Any, ...] = (None, {}, {"federation_entity": {}}, number)
    for metadata in without:
        federation.entities[ANCHOR].own = {"metadata": metadata}
        assert fault(federation) == "registry_unusable"


@pytest.mark.parametrize(
    "error",
    [
        Unreachable("x", "status 503", asked=True, status=503),
        AnswerUnusable("x", "it is of type text/html"),
        Offline("x"),
    ],
)
@pytest.mark.parametrize("url", [WELL_KNOWN, "/fetch?sub=did%3Aweb%3Acollege.example"])
def test_an_outage_is_no_answer(error: Unreachable, url: str) -> None:
    federation = flat()
    federation.replies[ANCHOR + url] = error
    assert fault(federation) == "registry_unreachable"


@pytest.mark.parametrize(
    "jwks", [{}, {"keys": []}, {"keys": [{"kty": "oct", "k": "AAAA"}]}, {"keys": {}}, []]
)
def test_a_federation_needs_the_keys_of_its_anchor(jwks: Any) -> None:
    with pytest.raises(ValueError, match="keys of its anchor"):
        OpenIdFederation(ANCHOR, jwks)


def test_a_dcc_registry_may_be_a_federation_known_by_its_address() -> None:
    asked = Asked(
        credential=Credential(format="open_badges_3"), issuer_id=COLLEGE, now=NOW, policy=Policy.standard()
    )
    registry = DccRegistry(ANCHOR + WELL_KNOWN, "Example registry")
    answer = drive(registry.recognise(asked), flat())
    assert answer == Recognition(decision=Decision.ACCEPT, source="Example registry", name="Example College")
    federation = flat()
    federation.entities[ANCHOR].signer = "stranger"
    with pytest.raises(Inconclusive) as caught:
        drive(registry.recognise(asked), federation)
    assert caught.value.code == "registry_unusable"
