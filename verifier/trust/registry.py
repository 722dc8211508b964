"""What can be wrong with a registry. It blames the source, never the applicant (ARCHITECTURE §6)."""

from __future__ import annotations

from verifier.errors import Inconclusive
from verifier.flow import Flow
from verifier.trust.source import Recognition


class RegistryUnreachable(Inconclusive):
    code = "registry_unreachable"
    sentence = "could not be looked up in {0}: {1}"


class RegistryUnusable(Inconclusive):
    """Something answered that is no registry of the announced kind."""

    code = "registry_unusable"
    sentence = "could not be looked up in {0}, whose answer cannot be used: {1}"


class RegistryStale(Inconclusive):
    """Too old to be believed, or older than what was seen before: somebody may be holding news back."""

    code = "registry_stale"
    sentence = "could not be looked up in {0}, whose answer is out of date: {1}"


class SourceNotSupported(Inconclusive):
    """A source that can be named in a configuration and not be asked yet. Never a pass."""

    code = "source_not_supported"
    sentence = "could not be looked up in {0}: this version cannot ask {1}"


def require_https(url: str) -> None:
    """`ValueError` unless `url` can be the address of a registry: a mistake in a configuration."""
    if not isinstance(url, str) or not url.startswith("https://") or any(ch <= " " for ch in url):
        raise ValueError(f"a registry needs an https address, not {url!r}")


def not_asked(address: str, kind: str) -> Flow[Recognition]:
    """The answer of a source of a `kind` that cannot be asked yet: `SourceNotSupported`, always."""
    yield from ()
    raise SourceNotSupported(address, kind)
