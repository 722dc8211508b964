"""Which claims are believed, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboard.identity import AGE, IDLE, Identity, Misconfigured, NotSignedIn, Sessions, SignIn, Why

NOON = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
AUTH: dict[str, Any] = {
    "redirect_uri": "https://skills.employer.example/oauth2callback",
    "cookie_secret": "a made-up secret of a test, long enough",
    "client_id": "skillproof",
    "client_secret": "made up",
    "server_metadata_url": "https://id.employer.example/.well-known/openid-configuration",
}
CLAIMS: dict[str, Any] = {
    "is_logged_in": True,
    "provider": "default",
    "iss": "https://id.employer.example",
    "sub": "8f3c",
    "aud": "skillproof",
    "iat": NOON.timestamp(),
    "exp": (NOON + timedelta(minutes=5)).timestamp(),
    "name": "Rita Roe",
    "email": "rita@employer.example",
    "email_verified": True,
}


def identify(auth: dict[str, Any] = AUTH, **changes: Any) -> Identity:
    claims = {name: value for name, value in {**CLAIMS, **changes}.items() if value is not None}
    return SignIn.read(auth).identify(claims)


def refused(sessions: Sessions, identity: Identity, now: datetime) -> Why | None:
    try:
        sessions.require(identity, now)
    except NotSignedIn as error:
        return error.why
    return None


def test_a_person_is_their_issuer_and_subject() -> None:
    found = identify()
    assert (found.issuer, found.subject, found.label) == (
        "https://id.employer.example",
        "8f3c",
        "Rita Roe",
    )
    assert found.signed_in_at == NOON


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"is_logged_in": False}, Why.SIGNED_OUT),
        ({"is_logged_in": None}, Why.SIGNED_OUT),
        ({"is_logged_in": "true"}, Why.SIGNED_OUT),
        ({"iss": "https://id.stranger.example"}, Why.FOREIGN),
        ({"iss": None}, Why.FOREIGN),
        ({"iss": ["https://id.employer.example"]}, Why.FOREIGN),
        ({"provider": "other"}, Why.FOREIGN),
        ({"aud": "another-client"}, Why.FOREIGN),
        ({"aud": ["another-client"]}, Why.FOREIGN),
        ({"aud": None}, Why.FOREIGN),
        ({"sub": ""}, Why.FOREIGN),
        ({"sub": None}, Why.FOREIGN),
        ({"sub": 7}, Why.FOREIGN),
        ({"iat": None}, Why.FOREIGN),
        ({"iat": "1788264000"}, Why.FOREIGN),
        ({"iat": True}, Why.FOREIGN),
        ({"iat": float("nan")}, Why.FOREIGN),
        ({"exp": None}, Why.FOREIGN),
    ],
)
def test_claims_of_anybody_else_are_not_believed(changes: dict[str, Any], why: Why) -> None:
    with pytest.raises(NotSignedIn) as refusal:
        identify(**changes)
    assert refusal.value.why is why


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({"name": None}, "rita@employer.example"),
        ({"name": " ", "email_verified": False}, "8f3c"),
        ({"name": None, "email_verified": None}, "8f3c"),
        ({"name": None, "email_verified": "true"}, "8f3c"),
    ],
)
def test_an_address_that_nobody_verified_is_not_shown(changes: dict[str, Any], label: str) -> None:
    assert identify(**changes).label == label


@pytest.mark.parametrize("tenant", [{"tid": "t-1"}, {"hd": "t-1"}])
def test_a_tenant_is_asked_for_where_one_is_named(tenant: dict[str, str]) -> None:
    auth = {**AUTH, "tenants": ["t-1"]}
    assert identify(auth, **tenant).subject == "8f3c"
    for other in ({}, {"tid": "t-2"}):
        with pytest.raises(NotSignedIn):
            identify(auth, **other)


def test_a_token_of_one_provider_is_none_of_another() -> None:
    auth = {
        **{name: AUTH[name] for name in ("redirect_uri", "cookie_secret")},
        **{
            name: {
                "client_id": name,
                "client_secret": "made up",
                "server_metadata_url": f"https://{name}.example/.well-known/openid-configuration",
            }
            for name in ("one", "two")
        },
    }
    assert identify(auth, provider="one", iss="https://one.example/", aud=["one", "more"]).subject == "8f3c"
    for wrong in ({"iss": "https://two.example"}, {"aud": "two"}, {"provider": "default"}):
        with pytest.raises(NotSignedIn):
            identify(auth, **{"provider": "one", "iss": "https://one.example", "aud": "one", **wrong})


def test_an_issuer_that_is_named_beats_the_address() -> None:
    auth = {**AUTH, "issuer": "https://id.employer.example/t-1"}
    assert identify(auth, iss="https://id.employer.example/t-1").subject == "8f3c"
    with pytest.raises(NotSignedIn):
        identify(auth)


@pytest.mark.parametrize("name", ["redirect_uri", "cookie_secret", "client_id", "server_metadata_url"])
def test_a_configuration_that_lacks_something_is_refused(name: str) -> None:
    with pytest.raises(Misconfigured, match=name):
        SignIn.read({**AUTH, name: ""})


def test_a_secret_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(Misconfigured, match="32 characters"):
        SignIn.read({**AUTH, "cookie_secret": "secret"})


def test_a_sign_in_lasts_a_working_day_of_work() -> None:
    sessions, identity, now = Sessions(), identify(), NOON
    while now < NOON + AGE:
        assert refused(sessions, identity, now) is None
        sessions.touch(identity, now)
        now += IDLE - timedelta(seconds=1)
    assert refused(sessions, identity, now) is Why.OVER


def test_half_an_hour_without_a_person_ends_it() -> None:
    sessions, identity = Sessions(), identify()
    sessions.touch(identity, NOON)
    assert refused(sessions, identity, NOON + IDLE - timedelta(seconds=1)) is None
    assert refused(sessions, identity, NOON + IDLE) is Why.IDLE


def test_signing_in_anew_starts_anew() -> None:
    sessions, identity = Sessions(), identify()
    later = NOON + AGE
    fresh = identify(iat=later.timestamp(), exp=(later + IDLE).timestamp())
    sessions.end(identity, later)
    assert refused(sessions, fresh, later) is None


def test_signed_out_is_signed_out_for_a_copy_of_the_cookie_too() -> None:
    sessions, identity = Sessions(), identify()
    sessions.touch(identity, NOON)
    sessions.end(identity, NOON)
    assert refused(sessions, identify(), NOON) is Why.SIGNED_OUT


def test_a_cookie_that_this_process_never_saw_must_be_fresh() -> None:
    assert refused(Sessions(), identify(), NOON + timedelta(minutes=11)) is Why.OVER  # its token is past
    long_lived = identify(exp=(NOON + AGE).timestamp())
    assert refused(Sessions(), long_lived, NOON + timedelta(minutes=11)) is None
    assert refused(Sessions(), long_lived, NOON + IDLE) is Why.IDLE


def test_a_token_from_the_future_is_not_taken() -> None:
    assert refused(Sessions(), identify(), NOON - timedelta(minutes=6)) is Why.OVER
    assert (
        refused(Sessions(), identify(), NOON - timedelta(minutes=4)) is None
    )  # a clock that is a little off
