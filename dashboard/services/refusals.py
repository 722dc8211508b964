"""What a service refuses, for a view to say in words."""

from __future__ import annotations


class Missing(LookupError):
    """An id names nothing (any more): "this link names no candidate"."""


class ExchangeClosed(Exception):
    """A wallet answered what was answered before, cancelled, or asked too long ago."""


class NotYet(Missing):
    """It is there, and has no verdict yet."""


class NoteRequired(ValueError):
    """A decision, an issuer entry or a reveal without a reason."""


class NotAllowed(PermissionError):
    """This person may not do that: a view says so, and nothing was done."""


class SecondPersonNeeded(NotAllowed):
    """Whoever proposed a change of the issuer list does not approve it."""
