"""Mutated badges: what is accepted is signed, and it is signed as independent tools would sign it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings

from tests.issuing_proofs import rdfc as rdfc_of_the_issuer
from tests.mutating import BADGE, mutated
from verifier.errors import VerifierError
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.proofs import canonical
from verifier.proofs.contexts import Contexts

LIMITS = Limits()
CONTEXTS = Contexts.of({})
ORIGINAL = canonical.rdfc(BADGE, CONTEXTS, LIMITS)


def meaning(value: Any) -> Any:
    """`value` without what JSON-LD and our readers both take for nothing: null, empty, order, repetition."""
    if isinstance(value, dict):
        if set(value) == {"id"}:
            return meaning(value["id"])
        members = {key: meaning([inner]) for key, inner in value.items() if key != "@context"}
        return {key: inner for key, inner in members.items() if inner}
    if isinstance(value, list):
        return sorted({json.dumps(meaning(inner), sort_keys=True) for inner in _flat(value)})
    return int(float(value)) if isinstance(value, int | float) and float(value).is_integer() else value


def _flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        elif value is not None:
            yield value


@settings(deadline=None)
@given(mutated())
def test_a_document_that_keeps_its_signature_keeps_its_meaning(document: JsonObject) -> None:
    try:
        data = canonical.rdfc(document, CONTEXTS, LIMITS)
    except VerifierError:
        return
    assert (data == ORIGINAL) <= (meaning(document) == meaning(BADGE))


@settings(deadline=None)
@given(mutated())
def test_what_is_accepted_has_the_bytes_of_independent_tools(document: JsonObject) -> None:
    try:
        data = canonical.rdfc(document, CONTEXTS, LIMITS)
    except VerifierError:
        return
    assert data == rdfc_of_the_issuer(document, "Ed25519")


@settings(deadline=None)
@given(mutated())
def test_examination_and_canonicalisation_agree(document: JsonObject) -> None:
    problems = list(canonical.examine(document, CONTEXTS, LIMITS))
    try:
        canonical.rdfc(document, CONTEXTS, LIMITS)
    except VerifierError as error:
        assert not problems or error.code == problems[0].code  # noqa: PT017  # the first problem is what is raised
    else:
        assert problems == []
