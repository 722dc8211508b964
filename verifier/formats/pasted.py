"""Pasted and plain text: tokens, documents and links, as people copy them out of mails, wallets and CVs."""

from __future__ import annotations

import base64
import binascii
import re

from verifier.errors import NotACredential, NotParseable, TooLarge
from verifier.formats import links, other_documents
from verifier.formats.document import Container
from verifier.model import Credential, Member
from verifier.policy import Limits

# A compact JWS (RFC 7515 §7.1), with the disclosures of an SD-JWT (RFC 9901 §4) where there are any.
_TOKEN = re.compile(r"ey[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*(?:~[A-Za-z0-9_.~-]*)?")
_DATA_URL = re.compile(r"data:[a-z]{2,20}/[a-z0-9.+-]{1,60}(?:;charset=utf-8)?;base64,[A-Za-z0-9+/]+={0,2}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WHOLE_LINK = re.compile(r"https://[^\s<>\"]+")


def sniff(data: bytes) -> bool:
    """Whether `data` is text, but neither JSON nor a single token, which have readers of their own."""
    try:
        text = data.decode("utf-8").strip()
    except UnicodeDecodeError:
        return False
    single = text.startswith(("ey", '"')) and len(text.split(maxsplit=1)) == 1
    if not text or single or _CONTROL.search(text):
        return False
    return not text.startswith(("{", "[")) or len(_json_lines(text)) > 1


def tokens(text: str, limits: Limits) -> tuple[Member, ...]:
    """Everything in `text` that may be a credential or lead to one, in order of kind, then of place.

    A JSON document, or one a line; compact JWS and SD-JWT; base64 `data:` addresses; share links. Raises
    `TooLarge` beyond `Limits.nested_credentials`.
    """
    text = text.strip()
    if text.startswith(("{", "[")):
        documents = _json_lines(text) or (text,)
        found = [Member(name=f"document {n}", data=d.encode()) for n, d in enumerate(documents, start=1)]
        return _counted(found, limits)
    words = text.split()
    jws = dict.fromkeys(word for word in words if _TOKEN.fullmatch(word))
    found = [Member(name=f"token {n}", data=word.encode()) for n, word in enumerate(jws, start=1)]
    inline = dict.fromkeys(word for word in words if _DATA_URL.fullmatch(word))
    found += [_inline(f"data address {n}", word) for n, word in enumerate(inline, start=1)]
    # An address pasted by itself counts whatever it is; within a longer text only credential links do.
    urls = (text,) if _WHOLE_LINK.fullmatch(text) else links.collect(text, limits)
    return _counted([*found, *links.members(urls)], limits)


def _counted(found: list[Member], limits: Limits) -> tuple[Member, ...]:
    if len(found) > limits.nested_credentials:
        raise TooLarge("the number of credentials in the text", f"{limits.nested_credentials}")
    return tuple(found)


def _json_lines(text: str) -> tuple[str, ...]:
    """The lines of `text` where every one is a JSON object, else nothing (JSON Lines)."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(lines) if all(line.startswith("{") and line.endswith("}") for line in lines) else ()


def _inline(name: str, word: str) -> Member:
    """The bytes of a base64 `data:` address (RFC 2397)."""
    try:
        return Member(name=name, data=base64.b64decode(word.partition(",")[2], validate=True))
    except binascii.Error:
        return Member(name=name, error=NotParseable("a data address", "its base64 is damaged"))


def read_text(data: bytes, limits: Limits) -> Credential:
    """What a text file or a pasted text holds. Raises `Unreadable`, also for a web page."""
    text = data.decode("utf-8", "replace").strip()
    if text[:200].lower().startswith(("<!doctype html", "<html")):
        raise NotACredential("a saved web page")
    if text.startswith("<"):
        other_documents.refuse_markup(text)
        raise NotACredential("an XML document")
    return links.gathered("", "pasted", "a text", limits, tokens(text, limits))


TEXT = Container(name="pasted", sniff=sniff, open=read_text)
