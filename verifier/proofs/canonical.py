"""Canonical bytes of a document: RDFC-1.0 over JSON-LD with nothing left out, and JCS (RFC 8785).

Three answers only: the bytes, a refusal that names what the signature would not cover, or a limit reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import rfc8785

from verifier.errors import MalformedCredential, VerifierError, WorkLimit
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.proofs import rdfc as rdf
from verifier.proofs import to_rdf
from verifier.proofs.contexts import Contexts
from verifier.proofs.contexts.placement import CatchAllVocabulary, contexts_of
from verifier.proofs.safe_mode import PROBLEMS, SafeProcessor
from verifier.proofs.to_rdf import EXACT_INTEGERS

__all__ = ["Contexts", "canonical_dataset", "canonicalize_nquads", "examine", "jcs", "rdfc"]


def examine(document: JsonObject, contexts: Contexts, limits: Limits) -> Iterator[VerifierError]:
    """Everything in `document` that a signature over its RDF would not cover; `proof` is left to `verify`."""
    unsecured = {key: value for key, value in document.items() if key != "proof"}
    problems = list(islice(contexts_of(unsecured, contexts, limits), PROBLEMS))
    yield from problems
    if not all(isinstance(problem, CatchAllVocabulary) for problem in problems):
        return
    try:
        with contexts.lock:
            processor = SafeProcessor(_own_copy(unsecured), contexts)
            processor.expanded()
    except VerifierError as error:
        yield error
    else:
        yield from processor.problems


def rdfc(document: JsonObject, contexts: Contexts, limits: Limits, hash_name: str = "sha256") -> bytes:
    """Canonical N-Quads of `document` (RDFC-1.0). Raises the first problem that `examine` would name."""
    return canonical_dataset(document, contexts, limits, hash_name).to_bytes()


def canonical_dataset(
    document: JsonObject, contexts: Contexts, limits: Limits, hash_name: str = "sha256"
) -> rdf.Canonical:
    """The canonical lines of `document`, for suites that sign them one by one."""
    return rdf.canonicalize(_quads(document, contexts, limits), limits, hash_name)


def canonicalize_nquads(text: str, limits: Limits, hash_name: str = "sha256") -> bytes:
    """Canonical form of a dataset given as N-Quads."""
    return rdf.canonicalize(rdf.parse(text), limits, hash_name).to_bytes()


def jcs(document: JsonObject) -> bytes:
    """Canonical JSON (RFC 8785). Raises `MalformedCredential` for a number that has no canonical form."""
    try:
        return rfc8785.dumps(document)
    except (rfc8785.CanonicalizationError, RecursionError) as error:
        raise MalformedCredential("a value has no canonical form") from error


def _quads(document: JsonObject, contexts: Contexts, limits: Limits) -> set[rdf.Quad]:
    """The statements that `document` makes (JSON-LD 1.1 API §8.1, deserialise JSON-LD to RDF)."""
    for problem in contexts_of(document, contexts, limits):
        if not isinstance(problem, CatchAllVocabulary):  # its terms are covered, if not understood
            raise problem
    with contexts.lock:
        processor = SafeProcessor(_own_copy(document), contexts)
        expanded = processor.expanded()
    for problem in (*processor.problems, *processor.directions):
        raise problem
    return to_rdf.statements(expanded, limits.quads)


def _own_copy(document: JsonObject) -> JsonObject:
    """`document` for PyLD to keep, with the numbers that JSON-LD sees. Raises `WorkLimit`."""
    try:
        copy: JsonObject = _numbers_as_doubles(document)
    except RecursionError as error:
        raise WorkLimit("it is nested too deeply") from error
    return copy


def _numbers_as_doubles(value: Any) -> Any:
    """A deep copy in which integers beyond 2^53 are what the signers' JavaScript made of them."""
    if isinstance(value, dict):
        return {key: _numbers_as_doubles(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_numbers_as_doubles(inner) for inner in value]
    if isinstance(value, int) and abs(value) > EXACT_INTEGERS:
        try:
            return int(float(value))
        except OverflowError as error:
            raise MalformedCredential("a number is too large for a double") from error
    return value
