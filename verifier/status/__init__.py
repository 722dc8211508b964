"""Status methods: whether the issuer has taken back what it once signed."""

from __future__ import annotations

from types import MappingProxyType

from verifier.status.bitstring import BITSTRING_STATUS_LIST, REVOCATION_LIST_2020, STATUS_LIST_2021
from verifier.status.method import Evidence, Located, MalformedStatus, StatusMethod, StatusUnsupported
from verifier.status.revocation_list import ONE_EDTECH_REVOCATION_LIST, OPEN_BADGES_REVOCATION_LIST
from verifier.status.token_list import TOKEN_STATUS_LIST

__all__ = ["METHODS", "Evidence", "Located", "StatusMethod", "lookup"]

METHODS = MappingProxyType(
    {
        method.type: method
        for method in (
            BITSTRING_STATUS_LIST,
            STATUS_LIST_2021,
            REVOCATION_LIST_2020,
            TOKEN_STATUS_LIST,
            ONE_EDTECH_REVOCATION_LIST,
            OPEN_BADGES_REVOCATION_LIST,
        )
    }
)


def lookup(status_type: str, pointer: str = "") -> StatusMethod:
    """The method for entries of `status_type`; an unknown one is `StatusUnsupported`, never "not revoked"."""
    if not status_type:
        raise MalformedStatus("it has no type", pointer=pointer)
    method = METHODS.get(status_type)
    if method is None:
        raise StatusUnsupported(status_type, pointer=pointer)
    return method
