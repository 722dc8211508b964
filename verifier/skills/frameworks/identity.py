"""When two references mean the same: scheme, host and, where the framework says so, case do not matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

MAX_URI_CHARS = 2_000  # as `Limits.identifier_chars`; a longer one is compared as it stands
UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"

_WEB = re.compile(r"https?://([^/?#]+)([^#]*)(#.*)?", re.IGNORECASE | re.DOTALL)
_PORTAL = re.compile(r"https?://(?:esco\.)?ec\.europa\.eu/[^?#]*\?(?:[^#]*&)?uri=([^&#]+)", re.IGNORECASE)
_NO_CASE = re.compile(
    rf"(?:data\.europa\.eu/(?:esco|snb)/|(?:[\w-]+\.)?credentialengineregistry\.org/).*{UUID}.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a document says about a target, before anything is concluded from it (OB 3.0 §B.3 Alignment)."""

    uri: str = ""
    code: str = ""
    target_type: str = ""
    framework: str = ""  # free text: a name, an address, or nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A target whose framework was recognised."""

    framework: str
    id: str | None = None  # in the framework's own spelling
    code: str | None = None
    kind: str = "skill"  # skill | occupation | level | credential


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """One framework: it recognises references to itself, and says what must stand beside its data."""

    name: str
    identify: Callable[[Reference], Concept | None]
    attribution: str = ""
    schemes: Mapping[str, str] | None = None  # level scheme → where it is defined


def identity_of(uri: str) -> str:
    """`uri` in the form in which identifiers are compared.

    http and https are one, a host has no case, a closing slash means nothing; an ESCO or registry
    identifier has no case at all (its last part is a UUID). A page of the ESCO portal stands for its
    `uri` parameter. Anything that is not a web address is compared exactly.
    """
    uri = uri.strip()
    if len(uri) > MAX_URI_CHARS:
        return uri
    if portal := _PORTAL.match(uri):
        uri = unquote(portal[1])
    if not (web := _WEB.fullmatch(uri)):
        return uri
    host = web[1].lower().removesuffix(":80").removesuffix(":443")
    plain = host + web[2].rstrip("/") + (web[3] or "")
    return "//" + (plain.lower() if _NO_CASE.fullmatch(plain) else plain)
