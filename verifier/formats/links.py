"""Share links of credential platforms: which address holds the document behind a page for people.

A pure mapping, nothing is fetched. Only what a platform publishes without a login is mapped; a platform
that publishes nothing which could be checked is named, so that a person is told why. State of November 2026.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from verifier.errors import NotACredential, Unreadable
from verifier.model import Credential, JsonObject, Kind, Member
from verifier.policy import Limits

_UUID = r"(?P<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_ENTITY = r"(?P<id>[A-Za-z0-9_-]{10,40})"  # Badgr's identifiers have 22 characters
_DOCUMENT = re.compile(r".*\.(?:json|jsonld|jwt)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s<>\"'()\[\]{}|\\^`*]+")
_TRAILING = ".,;:!?…»”’"


class NoDocument(Unreadable):
    """A page for people, of a platform that publishes nothing a verifier could check."""

    code = "no_document"
    sentence = "is a page of {0}, which publishes nothing that can be checked; ask for the credential file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One family of share links. `page` is matched against host and path, lower-case host first."""

    name: str
    page: re.Pattern[str]
    documents: tuple[str, ...] = ()  # templates over the groups of `page`; empty: none is published


def _platform(name: str, page: str, *documents: str) -> Platform:
    return Platform(name=name, page=re.compile(page, re.IGNORECASE), documents=documents)


PLATFORMS = (
    # The Open Badges Infrastructure endpoint of Credly is public and needs no key.
    _platform(
        "Credly",
        rf"(?:www\.)?(?:credly|youracclaim)\.com/(?:badges|earner/earned/badge)/{_UUID}(?:/.*)?",
        "https://api.credly.com/v1/obi/v2/badge_assertions/{id}",
    ),
    _platform(
        "Credly",
        rf"api\.credly\.com/v1/obi/v2/badge_assertions/{_UUID}",
        "https://api.credly.com/v1/obi/v2/badge_assertions/{id}",
    ),
    # Badgr, now Canvas Credentials and Parchment Digital Badges: one API host a region; the assertion's own
    # address first, for hosted verification compares it, then the form that never answers with a page.
    _platform(
        "Parchment Digital Badges",
        rf"(?:www\.|api\.)?(?:badgr\.(?:com|io)|badges\.parchment\.com)/public/assertions/{_ENTITY}(?:\.json)?/?",
        "https://api.badgr.io/public/assertions/{id}",
        "https://api.badgr.io/public/assertions/{id}.json",
    ),
    _platform(
        "Parchment Digital Badges",
        rf"(?:api\.)?(?P<region>eu|ca|au)\.badgr\.(?:com|io)/public/assertions/{_ENTITY}(?:\.json)?/?",
        "https://api.{region}.badgr.io/public/assertions/{id}",
        "https://api.{region}.badgr.io/public/assertions/{id}.json",
    ),
    _platform(
        "edubadges",
        rf"(?:www|api)\.edubadges\.nl/public/assertions/{_ENTITY}/?",
        "https://api.edubadges.nl/public/assertions/{id}",
    ),
    _platform(
        "Open Badge Factory",
        r"openbadgefactory\.com/v1/assertion/(?P<id>[0-9a-f]{40})(?:\.html|\.json)?",
        "https://openbadgefactory.com/v1/assertion/{id}",
    ),
    _platform(
        "Accredible",
        rf"(?:(?:www\.)?credential\.net/|api\.accredible\.com/v1/obi/badge_assertions/){_UUID}(?:/.*)?",
        "https://api.accredible.com/v1/obi/badge_assertions/{id}",
    ),
    _platform(
        "VerifierPlus",
        rf"(?:www\.)?verifierplus\.org/(?:api/)?credentials/{_UUID}/?",
        "https://verifierplus.org/api/credentials/{id}",
    ),
    _platform("Accredible", r"(?:www\.)?credential\.net/[0-9a-z]{6,12}(?:/.*)?"),
    _platform("LinkedIn", r"(?:www\.)?linkedin\.com/learning/certificates/[0-9a-f]{20,80}/?"),
    _platform("Coursera", r"(?:www\.)?coursera\.org/(?:account/accomplishments|verify)/.+"),
    _platform("Udemy", r"(?:www\.)?(?:udemy\.com/certificate|ude\.my)/UC-.+"),
    _platform("edX", r"(?:courses|credentials)\.edx\.org/(?:certificates|credentials)/.+"),
    _platform(
        "Microsoft Learn",
        r"learn\.microsoft\.com/(?:[a-z-]{2,10}/)?users/[^/]+/(?:transcript|credentials)/.+",
    ),
)


def machine_readable(url: str) -> tuple[str, ...]:
    """Addresses, best first, of the document behind a share link; `()` for one that is not known to have any.

    >>> machine_readable("https://www.credly.com/badges/7e75e005-b03e-4347-af3c-dcab5e629df2/public_url")
    ('https://api.credly.com/v1/obi/v2/badge_assertions/7e75e005-b03e-4347-af3c-dcab5e629df2',)
    """
    parts = _split(url)
    if parts is None:
        return ()
    if shared := _fragment_link(parts):
        return (shared,)
    platform, match = _platform_of(parts)
    if platform is None or match is None:
        return ()
    groups = {name: _canonical(name, value) for name, value in match.groupdict().items()}
    return tuple(template.format_map(groups) for template in platform.documents)


def _canonical(name: str, value: str) -> str:
    """UUIDs and regions are written in lower case; Badgr's identifiers tell case apart."""
    return value.lower() if name == "region" or re.fullmatch(_UUID, value, re.IGNORECASE) else value


def _platform_of(parts: SplitResult) -> tuple[Platform | None, re.Match[str] | None]:
    page = f"{parts.hostname}{parts.path}"
    for platform in PLATFORMS:
        if match := platform.page.fullmatch(page):
            return platform, match
    return None, None


def _fragment_link(parts: SplitResult) -> str | None:
    """The address in `https://verifierplus.org/#verify?vc=<address>` (VerifierPlus README)."""
    if parts.hostname not in ("verifierplus.org", "www.verifierplus.org"):
        return None
    _, found, link = parts.fragment.partition("verify?vc=")
    link = unquote(link) if link[:9].lower().startswith("https%3a") else link
    inner = _split(link) if found else None
    return link if inner is not None and inner.scheme == "https" else None


def _split(url: str) -> SplitResult | None:
    """`url` in its parts, where it is an address of the web with a plain host and nothing hidden in it."""
    try:
        parts = urlsplit(url)
        usual = parts.port in (None, 443) and parts.username is None and bool(parts.hostname)
    except ValueError:
        return None
    return parts if usual and parts.scheme in ("https", "http") else None


def is_credential_link(url: str) -> bool:
    """Whether `url` is of a known platform, or names a JSON or JWT document over https."""
    parts = _split(url)
    if parts is None:
        return False
    known = _platform_of(parts)[0] is not None or _fragment_link(parts) is not None
    return known or (parts.scheme == "https" and _DOCUMENT.fullmatch(parts.path) is not None)


def collect(text: str, limits: Limits | None = None) -> tuple[str, ...]:
    """The credential links in free text, in order, each once, at most `Limits.links`; in linear time.

    A CV often writes a link without its scheme: `credly.com/badges/…` counts as https.
    """
    limits = limits or Limits()
    found: dict[str, None] = {}
    for token in _SEPARATORS.split(text):
        if not 12 <= len(token) <= limits.identifier_chars or "/" not in token:
            continue
        start = max(token.find("https://"), token.find("http://"))
        url = (token[start:] if start >= 0 else "https://" + token).rstrip(_TRAILING)
        if is_credential_link(url):
            found[url] = None
            if len(found) >= limits.links:
                break
    return tuple(found)


def members(urls: tuple[str, ...]) -> tuple[Member, ...]:
    """A member for every link: the address to ask, or why there is none to ask."""
    return tuple(_member(url) for url in urls)


def _member(url: str) -> Member:
    parts = _split(url)
    platform = _platform_of(parts)[0] if parts is not None else None
    if platform is not None and not platform.documents:
        return Member(name=url, error=NoDocument(platform.name))
    return Member(name=url, url=url)


def gathered(
    text: str, container: str, kind: str, limits: Limits, found: tuple[Member, ...] = ()
) -> Credential:
    """`found` and the links of `text` as one archive. Raises `Unreadable` where nothing can be checked."""
    contains = (*found, *members(collect(text, limits)))
    if not contains:
        raise NotACredential(f"{kind} without a credential or a credential link in it")
    errors = [member.error for member in contains if member.error is not None]
    if len(errors) == len(contains):
        raise errors[0]
    return Credential(kind=Kind.ARCHIVE, format=container, contains=contains, notes=(f"found in {kind}",))


def shared_credential(document: JsonObject) -> JsonObject | None:
    """The credential in VerifierPlus's answer `{"credential": {…}, "vp": {…}, "shared": true}`, else None."""
    credential = document.get("credential")
    return (
        credential
        if isinstance(credential, dict) and "vp" in document and "@context" not in document
        else None
    )


# ------------------------------------------------------------------------------- pages for people

_TAG = re.compile(r"<(link|meta|a)\s([^<>]{1,3000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([A-Za-z:-]{1,30})\s{0,5}=\s{0,5}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_JSON_TYPES = frozenset(
    {"application/json", "application/ld+json", "application/vc+ld+json", "application/vc"}
)
MAX_TAGS = 2_000  # a share page has some 300 links; bounds the work on a hostile one
MAX_FOUND = 5


def find_in_html(html: bytes, base_url: str) -> tuple[str, ...]:
    """Addresses of JSON documents that a share page points to, best first, at most five.

    `<link rel="alternate">` of a JSON type (HTML §4.6.7.1), then the page's own canonical address where it is
    a known share link, then links to `.json`. Linear: a tag is matched within its own brackets only.
    """
    alternates: dict[str, None] = {}
    others: dict[str, None] = {}
    text = html.decode("utf-8", "replace")
    for count, tag in enumerate(_TAG.finditer(text)):
        if count >= MAX_TAGS:
            break
        attributes = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(tag[2])}
        target = _absolute(attributes.get("href") or attributes.get("content", ""), base_url)
        if target is None:
            continue
        if _is_alternate(tag[1].lower(), attributes):
            alternates[target] = None
        elif known := machine_readable(target):
            others.update(dict.fromkeys(known))
        elif _DOCUMENT.fullmatch(urlsplit(target).path) and tag[1].lower() == "a":
            others[target] = None
    return tuple(dict.fromkeys([*alternates, *others]))[:MAX_FOUND]


def _is_alternate(tag: str, attributes: dict[str, str]) -> bool:
    kind = attributes.get("type", "").partition(";")[0].strip().lower()
    return tag == "link" and "alternate" in attributes.get("rel", "").lower().split() and kind in _JSON_TYPES


def _absolute(reference: str, base_url: str) -> str | None:
    """`reference` against the page's address, where the result is https and of an ordinary form."""
    try:
        target = urljoin(base_url, reference.strip().replace("&amp;", "&"))
    except ValueError:
        return None
    parts = _split(target)
    return target if reference and parts is not None and parts.scheme == "https" else None
