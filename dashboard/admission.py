"""Who is let in. Streamlit's own OIDC says who it is, our store says what they may do, this module says no.

Fail closed: what cannot be read is not "no sign-in", and a store that has members is never open without one.
"""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.access import LOCAL, Actor, Permission
from dashboard.identity import Identity, Misconfigured, NotSignedIn, Sessions, SignIn, Why
from dashboard.services import NotAllowed, Services

SESSIONS = Sessions()  # of this process: digests and times, nobody's name


def sign_in() -> SignIn | None:
    """How people sign in here; None: on one machine, not at all. Raises `Misconfigured`."""
    if not st.secrets.load_if_toml_exists():
        there = [path for path in st.get_option("secrets.files") if Path(path).exists()]
        if there:
            raise Misconfigured(f"{there[0]} cannot be read")
        return None
    auth = st.secrets.get("auth")
    if auth is None:
        return None
    return SignIn.read(auth.to_dict() if hasattr(auth, "to_dict") else auth)


def require_usable(found: SignIn | None, has_members: bool) -> None:
    """Before the server starts: everything that sign-in needs is here. Raises `Misconfigured`."""
    if found is None and has_members:
        raise Misconfigured(
            "This store has members, but no [auth] in secrets.toml says how they sign in. "
            "Put it back, or take the members away with `python -m dashboard member remove`"
        )
    if found is not None and importlib.util.find_spec("authlib") is None:
        raise Misconfigured(
            'secrets.toml has an [auth], but the extra `auth` is not installed: pip install -e ".[auth]"'
        )


class Visit:
    """One browser session of somebody, or of this machine."""

    def __init__(
        self,
        services: Services,
        claims: Mapping[str, Any],
        *,
        through: SignIn | None,
        sessions: Sessions,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._services, self._through, self._sessions, self._now = services, through, sessions, now
        self._claims = dict(claims)
        self._actor: Actor | None = None

    def begin(self) -> Actor:
        """A person did something: read once for this run who they are now. Raises `NotSignedIn`."""
        self._actor = None
        if self._through:
            self._sessions.touch(self.identity(), self._now())
        self._actor = self._read()
        return self._actor

    def end(self) -> None:
        """The run is over; whatever comes after it, a callback or a download, is judged anew."""
        self._actor = None

    @property
    def is_running(self) -> bool:
        """Whether this is between `begin` and `end`."""
        return self._actor is not None

    def identity(self) -> Identity:
        """Who signed in, for certain and lately enough. Raises `NotSignedIn`."""
        if self._through is None:
            raise NotSignedIn(Why.SIGNED_OUT)
        identity = self._through.identify(self._claims)
        self._sessions.require(identity, self._now())
        return identity

    def actor(self) -> Actor:
        """Who it is and what they may do. Raises `NotSignedIn`."""
        return self._actor or self._read()

    def admit(self, needed: Permission) -> Actor:
        """The person, if they may do this. Raises `NotAllowed`, and never tells more than that."""
        try:
            actor = self.actor()
        except NotSignedIn as error:
            raise NotAllowed(error.why) from error
        if not actor.may(needed):
            raise NotAllowed(needed)
        return actor

    def sign_out(self) -> None:
        """End this sign-in everywhere; of one that holds no longer there is nothing to end."""
        with contextlib.suppress(NotSignedIn):
            self._sessions.end(self.identity(), self._now())
        self.end()

    def _read(self) -> Actor:
        if self._through is None:
            if self._services.members.any():
                raise NotSignedIn(Why.SIGN_IN_MISSING)
            return LOCAL
        identity = self.identity()
        actor = self._services.members.actor(identity.issuer, identity.subject)
        if actor is None or not actor.roles:
            raise NotSignedIn(Why.NO_ROLE)
        return actor
