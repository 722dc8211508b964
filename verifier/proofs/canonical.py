"""Canonical bytes of a document: RDFC-1.0 over JSON-LD with nothing left out, and JCS (RFC 8785).

Three answers only: the bytes, a refusal that names what the signature would not cover, or a limit reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import rfc8785
from pyld import jsonld
from pyld.identifier_issuer import IdentifierIssuer

from verifier.errors import MalformedCredential, VerifierError, WorkLimit
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.proofs import rdfc as rdf
from verifier.proofs.contexts import Contexts
from verifier.proofs.contexts.placement import contexts_of
from verifier.proofs.safe_mode import SafeProcessor

__all__ = ["Contexts", "canonical_dataset", "canonicalize_nquads", "examine", "jcs", "rdfc"]

EXACT_INTEGERS = 2**53  # JSON numbers are doubles (JSON-LD 1.1 API §8.5): beyond this, neighbours are equal
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


def examine(document: JsonObject, contexts: Contexts, limits: Limits) -> Iterator[VerifierError]:
    """Everything in `document` that a signature over its RDF would not cover; `proof` is left to `verify`."""
    unsecured = {key: value for key, value in document.items() if key != "proof"}
    if problems := list(contexts_of(unsecured, contexts, limits)):
        yield from problems
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


def _quads(document: JsonObject, contexts: Contexts, limits: Limits) -> Iterator[rdf.Quad]:
    """The statements that `document` makes (JSON-LD 1.1 API §8.1, deserialise JSON-LD to RDF)."""
    for problem in contexts_of(document, contexts, limits):
        raise problem
    with contexts.lock:
        processor = SafeProcessor(_own_copy(document), contexts)
        expanded = processor.expanded()
        for problem in (*processor.problems, *processor.directions):
            raise problem
        dataset = _dataset(processor, expanded)
    for name, triples in dataset.items():
        graph = "" if name == "@default" else _resource(name)
        for triple in triples:
            subject, predicate = (
                _resource(triple["subject"]["value"]),
                _resource(triple["predicate"]["value"]),
            )
            yield subject, predicate, _object(triple["object"]), graph


def _dataset(processor: SafeProcessor, expanded: list[Any]) -> dict[str, list[Any]]:
    issuer = IdentifierIssuer("_:b")
    node_map: dict[str, dict[str, Any]] = {"@default": {}}
    try:
        processor._create_node_map(expanded, node_map, "@default", issuer)
        return {
            name: processor._graph_to_rdf(graph, issuer, processor.settings)
            for name, graph in sorted(node_map.items())
        }
    except jsonld.JsonLdError as error:
        raise MalformedCredential("it contradicts itself as JSON-LD") from error


def _resource(value: str) -> str:
    return value if value.startswith("_:") else f"<{value}>"


def _object(term: dict[str, str]) -> str:
    if term["type"] != "literal":
        return _resource(term["value"])
    language, datatype = term.get("language", ""), term["datatype"]
    return rdf.literal(term["value"], "" if datatype == XSD_STRING else datatype, language)


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
