"""Which addresses may be asked: the fetch policy, pure (SECURITY §3).

An address is judged twice: as it is written, before any name is looked up, and by every answer of the
name service, before any connection. Ranges: IANA special-purpose registries (RFC 6890 and successors).
They stand here because `ipaddress.is_global` differs between Python versions and, on 3.11, calls
`::127.0.0.1`, `fec0::/10` and `192.88.99.0/24` global.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import NoReturn
from urllib.parse import quote, urlsplit

import idna

from verifier.errors import AddressRefused
from verifier.policy import Limits

HTTPS_PORT = 443
HOST_CHARS = 253  # RFC 1035 §2.3.4, without the final dot

# One label of a host name (RFC 1123 §2.1). No underscore: no public authority certifies such a name.
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
# A last label like this makes the whole host an IPv4 literal: 127.1, 0x7f.1, 10.0.0.010 (WHATWG URL §3.5).
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
# What `urlsplit` drops silently, two parsers read differently or UTF-8 cannot write: controls, any space,
# backslash, half a surrogate pair.
_AMBIGUOUS = re.compile(r"[\x00-\x20\x7f-\x9f\s\\\ud800-\udfff]")

# Names that mean this machine or this network, whatever the name service says
# (RFC 6761, 6762, 7686, 8375, 9476).
PRIVATE_SUFFIXES = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan", "arpa"}
    | {"onion", "alt"}
)

SPECIAL_V4 = tuple(
    (IPv4Network(network), name)
    for network, name in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private use"),
        ("100.64.0.0/10", "shared address space"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private use"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private use"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
SPECIAL_V6 = tuple(
    (IPv6Network(network), name)
    for network, name in (
        ("2001::/23", "protocol assignments"),
        ("2001:db8::/32", "documentation"),
        ("3fff::/20", "documentation"),
    )
)
GLOBAL_UNICAST = IPv6Network("2000::/3")  # all that IANA has ever given out; the rest has a special meaning
MAPPED = IPv6Network("::ffff:0:0/96")  # RFC 4291 §2.5.5.2
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
# 64:ff9b:1::/48 (RFC 8215) is not unwrapped: each network chooses where in it the IPv4 address stands, so one
# text has several readings. It lies outside of 2000::/3 and is refused with the rest.
TEREDO = IPv6Network("2001::/32")  # RFC 4380
SIX_TO_FOUR = IPv6Network("2002::/16")  # RFC 3056


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address that is fit to be looked up."""

    url: str  # as it was written
    host: str  # ASCII, lower case, IDNA-encoded
    port: int
    path: str  # path and query as they go on the wire, never empty

    @property
    def origin(self) -> tuple[str, int]:
        """What two addresses of one site share (RFC 6454); the scheme is always https."""
        return self.host, self.port

    @property
    def key(self) -> str:
        """One spelling for all spellings of this address."""
        return f"https://{self.host}:{self.port}{self.path}"


def judge_url(url: str, limits: Limits, *, allowed_ports: Sequence[int] = (HTTPS_PORT,)) -> Target:
    """`url` as something that may be looked up; raises `AddressRefused`. Nothing is asked here."""
    if len(url) > limits.identifier_chars:
        _refuse(url, f"it is longer than {limits.identifier_chars:,} characters")
    if _AMBIGUOUS.search(url):
        _refuse(url, "it contains a character that no address may contain")
    try:
        parts = urlsplit(url)
        port = HTTPS_PORT if parts.port is None else parts.port
    except ValueError as error:
        raise AddressRefused(url, "it is not a well-formed address") from error
    if parts.scheme != "https":
        _refuse(url, "only https is asked")
    if "@" in parts.netloc:
        _refuse(url, "it carries a user name")
    if "#" in url:
        _refuse(url, "it names a part of a document, not a document")
    host = _judge_host(url, parts.netloc.partition(":")[0])
    if port not in allowed_ports:
        _refuse(url, f"port {port} is not open to checks")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if "?" in url:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Target(url=url, host=host, port=port, path=path)


def _judge_host(url: str, written: str) -> str:
    """The ASCII form of a public host name. Judged after encoding: full-width digits become digits."""
    if not written or len(written) > HOST_CHARS:
        _refuse(url, "it has no host name")
    if written.startswith("["):
        _refuse(url, "it names a machine by number")
    try:
        host = written.lower() if written.isascii() else idna.encode(written, uts46=True).decode("ascii")
    except UnicodeError as error:
        raise AddressRefused(url, "its host name is not well formed") from error
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        _refuse(url, "it names a machine by number")
    if not all(_LABEL.fullmatch(label) for label in labels):
        _refuse(url, "its host name is not well formed")
    if len(labels) == 1 or labels[-1] in PRIVATE_SUFFIXES:
        _refuse(url, "it names a machine of a private network")
    return host


def judge_addresses(url: str, addresses: Iterable[str]) -> tuple[str, ...]:
    """All of `addresses`, each fit for a connection; raises `AddressRefused` if one is not or there is none.

    One bad answer spoils them all: who mixes public and private answers wants the second connection.
    """
    judged = tuple(addresses)
    if not judged:
        _refuse(url, "its name has no address")
    for address in judged:
        if reason := special_use(address):
            _refuse(url, f"its name leads to a machine that is not public ({reason})")
    return judged


def special_use(address: str) -> str:
    """Why `address` is no public machine; "" where it is one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "not an address"
    if isinstance(parsed, IPv4Address):
        return _special_v4(parsed)
    if parsed.scope_id is not None:
        return "link-local"
    if embedded := _unwrap(parsed):
        return next(filter(None, map(_special_v4, embedded)), "")
    if parsed not in GLOBAL_UNICAST:
        return "not global unicast"
    return next((name for network, name in SPECIAL_V6 if parsed in network), "")


def _special_v4(address: IPv4Address) -> str:
    return next((name for network, name in SPECIAL_V4 if address in network), "")


def _unwrap(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that packets for `address` may end at."""
    bits = int(address)
    if address in MAPPED or address in NAT64:
        return (IPv4Address(bits & 0xFFFFFFFF),)
    if address in SIX_TO_FOUR:
        return (IPv4Address(bits >> 80 & 0xFFFFFFFF),)
    if address in TEREDO:  # the server, and the client with its bits inverted (RFC 4380 §4)
        return IPv4Address(bits >> 64 & 0xFFFFFFFF), IPv4Address(~bits & 0xFFFFFFFF)
    return ()


def _refuse(url: str, reason: str) -> NoReturn:
    raise AddressRefused(url, reason)
