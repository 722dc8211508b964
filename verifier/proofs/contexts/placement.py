"""Where a `@context` may stand and what it may name, judged before anything is expanded (VCDM 2.0 §4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.errors import ForbiddenKeyword, MalformedCredential, UnknownContext, VerifierError, WorkLimit
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.proofs.contexts import Contexts
from verifier.proofs.to_rdf import ABSOLUTE
from verifier.strict_json import one_or_many, pointer_to

# Also Enveloped…: each is a document of its own.
EMBEDDED = ("VerifiableCredential", "VerifiablePresentation")

# What a definition may say without hiding or moving claims.
_PLAIN = frozenset({"@id", "@type", "@protected"})


class InlineContext(UnknownContext):
    """A vocabulary of the document's own: no signature covers what it makes of the terms."""


class CatchAllVocabulary(UnknownContext):
    """A lone `@vocab` (JSON-LD 1.1 §4.1.2): the terms that nobody defined, all under one address.

    It bends no pinned term and hides nothing, so a signature covers what was said. Yet nobody pinned what
    the terms mean, and with another split of address and term they could be renamed: never proved.
    """


def contexts_of(document: JsonObject, contexts: Contexts, limits: Limits) -> Iterator[VerifierError]:
    """Everything wrong with the `@context` members, before anything is expanded (SECURITY A5 to A10)."""
    if "@context" not in document:
        yield MalformedCredential("it has no @context", pointer="/@context")
    for node, place, parent in objects(document):
        if "@context" not in node:
            continue
        pointer = pointer_to(*place, "@context")
        if place and not _may_bring_context(node, parent):
            yield ForbiddenKeyword("@context", pointer=pointer)
        named = one_or_many(node["@context"]) or (None,)
        if len(named) > limits.contexts:
            yield WorkLimit(f"it names more than {limits.contexts} vocabularies", pointer=pointer)
            return
        for context in named:
            if isinstance(context, dict) and not place:
                yield _inline(context, _defined(node, contexts), pointer)
            elif not isinstance(context, str):
                yield ForbiddenKeyword("@context", pointer=pointer)
            elif context not in contexts:
                yield UnknownContext(context, pointer=pointer)


def _inline(context: JsonObject, defined: frozenset[str], pointer: str) -> VerifierError:
    """A vocabulary inside the document: nobody pinned it, and it must not bend the pinned ones."""
    address = context.get("@vocab")
    if len(context) == 1 and isinstance(address, str) and ABSOLUTE.fullmatch(address):
        return CatchAllVocabulary(address, pointer=pointer)
    for term, definition in context.items():
        iri = definition.get("@id") if isinstance(definition, dict) else definition
        bends = term.startswith("@") or term in defined or not isinstance(iri, str) or iri.startswith("@")
        hides = isinstance(definition, dict) and bool(definition.keys() - _PLAIN)
        if bends or hides:
            return ForbiddenKeyword("@context", pointer=pointer)
    return InlineContext("defined inside the document itself", pointer=pointer)


def _defined(document: JsonObject, contexts: Contexts) -> frozenset[str]:
    """Every term that the pinned contexts of `document` define, at whatever depth."""
    terms: set[str] = set()
    for url in one_or_many(document["@context"]):
        waiting: list[Any] = [contexts.document(url)] if isinstance(url, str) and url in contexts else []
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                terms |= value.keys()
                waiting.extend(value.values())
            elif isinstance(value, list):
                waiting.extend(value)
    return frozenset(terms)


def objects(document: JsonObject) -> Iterator[tuple[JsonObject, tuple[str | int, ...], str]]:
    """Every object in `document`, its place, and the member that it stands under."""
    waiting: list[tuple[Any, tuple[str | int, ...], str]] = [(document, (), "")]
    while waiting:
        value, place, parent = waiting.pop()
        if isinstance(value, dict):
            yield value, place, parent
            waiting.extend((inner, (*place, key), key) for key, inner in value.items())
        elif isinstance(value, list):
            waiting.extend((inner, (*place, index), parent) for index, inner in enumerate(value))


def _may_bring_context(node: JsonObject, parent: str) -> bool:
    """A credential inside another; also its proof by a JCS suite, which repeats the vocabularies of what it
    signs (vc-di-eddsa §3.3.1 step 2) and makes no claim about anybody."""
    if parent == "proof" and "-jcs-" in str(node.get("cryptosuite")):
        return True
    types = [kind for kind in one_or_many(node.get("type")) if isinstance(kind, str)]
    return parent == "verifiableCredential" or any(kind.endswith(EMBEDDED) for kind in types)
