"""Who signed in: what an identity token must say to be believed, and how long a sign-in lasts.

OpenID Connect Core 1.0. Streamlit and Authlib run the code flow and check signature, nonce and expiry when
the token arrives; the claims then live in a signed cookie for thirty days. So everything that can go out of
date, or come from another provider than ours, is judged again here, on every run.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

AGE = timedelta(hours=8)  # a working day
IDLE = timedelta(minutes=30)  # a machine left alone
SKEW = timedelta(minutes=5)  # between the provider's clock and ours
DISCOVERY = "/.well-known/openid-configuration"  # OpenID Connect Discovery 1.0 §4
UNNAMED = "default"  # what Streamlit calls the one provider that [auth] itself describes
SHARED = ("redirect_uri", "cookie_secret")
OF_A_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
SECRET_LENGTH = 32  # characters: who can guess it can be anybody


class Misconfigured(ValueError):
    """`[auth]` cannot be used; a sentence for whoever installs this."""


class Why(StrEnum):
    """Why somebody is not let in."""

    SIGNED_OUT = "signed_out"
    FOREIGN = "foreign"  # another provider, issuer, tenant or client than ours
    OVER = "over"  # after eight hours
    IDLE = "idle"
    NO_ROLE = "no_role"
    SIGN_IN_MISSING = "sign_in_missing"  # the store has members, but no [auth] says how they sign in


class NotSignedIn(Exception):
    """Nobody whom we know is signed in here."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One identity provider of `[auth]`."""

    name: str
    issuers: frozenset[str]
    client_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A person as their provider names them: issuer and subject together, never an address or a name."""

    issuer: str
    subject: str
    label: str  # for display
    signed_in_at: datetime
    expires_at: datetime  # of the token: until when it may be taken in, not how long a session lasts

    @property
    def key(self) -> str:
        """This one sign-in."""
        told = "\0".join((self.issuer, self.subject, self.signed_in_at.isoformat()))
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Whose identity tokens are believed."""

    providers: tuple[Provider, ...]
    tenants: frozenset[str] = frozenset()  # `tid` (Entra) or `hd` (Google); empty: the issuer says enough

    @classmethod
    def read(cls, auth: Mapping[str, Any]) -> SignIn:
        """What the section `[auth]` of secrets.toml says. Raises `Misconfigured`."""
        _require(auth, SHARED, "[auth]")
        if len(str(auth["cookie_secret"])) < SECRET_LENGTH:
            raise Misconfigured(f"cookie_secret of [auth] is shorter than {SECRET_LENGTH} characters")
        named = {
            name: part for name, part in auth.items() if isinstance(part, Mapping) and "client_id" in part
        }
        sections = named or {UNNAMED: auth}
        return cls(
            providers=tuple(_provider(name, section) for name, section in sections.items()),
            tenants=frozenset(_texts(auth.get("tenants"))),
        )

    def identify(self, claims: Mapping[str, Any]) -> Identity:
        """The person behind verified claims. Raises `NotSignedIn`."""
        if claims.get("is_logged_in") is not True:
            raise NotSignedIn(Why.SIGNED_OUT)
        issuer, subject = _text(claims, "iss"), _text(claims, "sub")
        provider = next((one for one in self.providers if one.name == claims.get("provider")), None)
        if provider is None or issuer not in provider.issuers or not subject:
            raise NotSignedIn(Why.FOREIGN)
        # Core §3.1.3.7 step 3: a token for another client of the same provider is none for us.
        if provider.client_id not in _texts(claims.get("aud")):
            raise NotSignedIn(Why.FOREIGN)
        if self.tenants and not self.tenants & {_text(claims, "tid"), _text(claims, "hd")}:
            raise NotSignedIn(Why.FOREIGN)
        return Identity(
            issuer=issuer,
            subject=subject,
            label=_label(claims) or subject,
            signed_in_at=_instant(claims.get("iat")),
            expires_at=_instant(claims.get("exp")),
        )


class Sessions:
    """When each sign-in was last used, in this process.

    A restart forgets it; whoever signed in more than half an hour before signs in again.
    """

    def __init__(self) -> None:
        self._seen: dict[str, datetime] = {}
        self._ended: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def require(self, identity: Identity, now: datetime) -> None:
        """Establish that this sign-in still holds. Raises `NotSignedIn`."""
        if now - identity.signed_in_at >= AGE:
            raise NotSignedIn(Why.OVER)
        with self._lock:
            if identity.key in self._ended:
                raise NotSignedIn(Why.SIGNED_OUT)
            seen = self._seen.get(identity.key)
        # Core §3.1.3.7 steps 9 and 10: judged when a token is taken in. Providers set `exp` to minutes.
        if seen is None and not now - SKEW < identity.expires_at:
            raise NotSignedIn(Why.OVER)
        if identity.signed_in_at - now > SKEW:
            raise NotSignedIn(Why.OVER)
        if now - (seen or identity.signed_in_at) >= IDLE:
            raise NotSignedIn(Why.IDLE)

    def touch(self, identity: Identity, now: datetime) -> None:
        """Remember that a person did something. A page that asks by itself is no person."""
        with self._lock:
            self._seen = {key: at for key, at in self._seen.items() if now - at < AGE}
            self._seen[identity.key] = now

    def end(self, identity: Identity, now: datetime) -> None:
        """Signed out: in every tab, and for a copy of the cookie too."""
        with self._lock:
            self._ended = {key: at for key, at in self._ended.items() if now - at < AGE}
            self._ended[identity.key] = now


def _provider(name: str, section: Mapping[str, Any]) -> Provider:
    _require(section, OF_A_PROVIDER, "[auth]" if name == UNNAMED else f"[auth.{name}]")
    # Discovery §4.1: the address is the issuer and the well-known path; a final "/" of the issuer is dropped.
    derived = str(section["server_metadata_url"]).removesuffix(DISCOVERY)
    issuers = _texts(section.get("issuer")) or (derived, f"{derived}/")
    return Provider(name=name, issuers=frozenset(issuers), client_id=str(section["client_id"]))


def _require(section: Mapping[str, Any], names: tuple[str, ...], where: str) -> None:
    missing = [name for name in names if not section.get(name)]
    if missing:
        raise Misconfigured(f"{where} of secrets.toml lacks {', '.join(missing)}")


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    """One text or several (RFC 7519 §4.1.3 allows both for `aud`)."""
    if isinstance(value, str):
        return (value,)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list | tuple) else ()


def _label(claims: Mapping[str, Any]) -> str:
    """A name to show; an address only where the provider says that it was verified."""
    name = _text(claims, "name").strip()
    return name or (_text(claims, "email") if claims.get("email_verified") is True else "")


def _instant(value: Any) -> datetime:
    """A NumericDate (RFC 7519 §2); a token without one is not taken."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e11:
        raise NotSignedIn(Why.FOREIGN)
    return datetime.fromtimestamp(value, UTC)
