"""Which addresses may speak for the issuer of an Open Badge 2.0 (§4.3.4 VerificationObject of a Profile).

    {"id": "https://college.example/issuer", "verification": {
        "allowedOrigins": ["badges.college.example"], "startsWith": ["https://badges.college.example/a/"]}}

Without such rules it is the origin of the profile alone.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from verifier.model import JsonObject
from verifier.strict_json import texts

_HTTPS_PORT = 443
# A path that climbs, plain or escaped, would leave the folder that a prefix names.
_CLIMBS = re.compile(r"/\.{1,2}(?:/|$)|%2e|%2f|%5c|\\", re.IGNORECASE)


def secure(url: str) -> str:
    """`url` as https, for plain http is never asked; the host must answer for itself over TLS.

    >>> secure("http://college.example/a/1")
    'https://college.example/a/1'
    """
    return "https://" + url[len("http://") :] if url[:7].lower() == "http://" else url


def origin_of(url: str) -> tuple[str, int] | None:
    """Host and port of an https address; None for anything else."""
    try:
        parts = urlsplit(secure(url))
        host, port = parts.hostname, parts.port or _HTTPS_PORT
    except ValueError:
        return None
    if parts.scheme != "https" or not host or "@" in parts.netloc or "\\" in url:
        return None
    return host.lower(), port


def is_in_scope(url: str, profile: JsonObject, issuer_url: str) -> bool:
    """Whether the issuer at `issuer_url`, whose profile this is, lets `url` speak for it.

    >>> is_in_scope("https://college.example.evil.example/a", {}, "https://college.example/issuer")
    False
    """
    origin = origin_of(url)
    if origin is None:
        return False
    rules = profile.get("verification")
    rules = rules if isinstance(rules, dict) else {}
    prefixes = texts(rules.get("startsWith"))
    if "startsWith" in rules and not any(_begins(url, prefix) for prefix in prefixes):
        return False
    if "allowedOrigins" in rules:
        return any(_is_allowed(origin, allowed) for allowed in texts(rules["allowedOrigins"]))
    # A prefix names its host in full, so that an issuer may leave hosting to a platform.
    return "startsWith" in rules or origin == origin_of(issuer_url)


def _is_allowed(origin: tuple[str, int], allowed: str) -> bool:
    """`allowed` is a host name, or a whole origin; never a part of a name."""
    return origin == origin_of(allowed if "://" in allowed else f"https://{allowed}")


def _begins(url: str, prefix: str) -> bool:
    """Whether `url` lies under `prefix`: same origin, and then the same beginning, without climbing out."""
    whole, start = secure(url), secure(prefix)
    return (
        origin_of(prefix) is not None
        and origin_of(url) == origin_of(prefix)
        and whole.startswith(start)
        and not _CLIMBS.search(urlsplit(whole).path)
    )
