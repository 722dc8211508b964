"""Expanded JSON-LD → RDF statements (JSON-LD 1.1 API §8.1, §8.2), in time that grows with the document only.

There is no node map: statements are a set, so what is said twice is there once. Whatever the expansion should
not have let through is refused here a second time.
"""

from __future__ import annotations

import re
from typing import Any

import rfc8785

from verifier.errors import ForbiddenKeyword, MalformedCredential, WorkLimit
from verifier.proofs.rdfc import Quad, literal

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE, FIRST, REST, NIL = (f"<{RDF}{name}>" for name in ("type", "first", "rest", "nil"))
EXACT_INTEGERS = 2**53  # JSON numbers are doubles: beyond this, neighbours are equal
DECIMAL_INTEGERS = 1e21  # JSON-LD 1.1 API §8.6 step 11: from here on an integer is written as a double
# RFC 3987 absolute IRI in the characters of N-Quads' IRIREF: a ">" would end the term and forge statements.
ABSOLUTE = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\x7f]*""")


def statements(expanded: list[Any], most: int) -> set[Quad]:
    """The statements of an expanded document. Raises `WorkLimit` beyond `most`."""
    writer = _Writer(most)
    for node in expanded:
        writer.node(node, "")
    return writer.quads


class _Writer:
    def __init__(self, most: int) -> None:
        self.quads: set[Quad] = set()
        self.most, self.blank_nodes = most, 0

    def node(self, node: dict[str, Any], graph: str) -> str:
        """Writes what `node` says into `graph`; returns its term."""
        subject = _iri(node["@id"]) if "@id" in node else self._blank_node()
        for name, values in node.items():
            if name == "@type":
                for kind in values:
                    self._say(subject, TYPE, _iri(kind), graph)
            elif name == "@graph":
                for inner in values:
                    self.node(inner, subject)
            elif name == "@reverse":
                for predicate, others in values.items():
                    for other in others:
                        self._say(self.node(other, graph), _iri(predicate), subject, graph)
            elif name != "@id":
                self._property(subject, name, values, graph)
        return subject

    def _property(self, subject: str, name: str, values: list[Any], graph: str) -> None:
        if name.startswith("@"):
            raise ForbiddenKeyword(name)
        predicate = _iri(name)
        for value in values:
            self._say(subject, predicate, self._object(value, graph), graph)

    def _object(self, value: dict[str, Any], graph: str) -> str:
        if "@value" in value:
            return _literal(value)
        if "@list" in value:
            return self._list(value["@list"], graph)
        return self.node(value, graph)

    def _list(self, items: list[Any], graph: str) -> str:
        """§8.4: a chain of blank nodes, built from its end."""
        rest = NIL
        for item in reversed(items):
            cell = self._blank_node()
            self._say(cell, FIRST, self._object(item, graph), graph)
            self._say(cell, REST, rest, graph)
            rest = cell
        return rest

    def _say(self, subject: str, predicate: str, value: str, graph: str) -> None:
        self.quads.add((subject, predicate, value, graph))
        if len(self.quads) > self.most:
            raise WorkLimit(f"it makes more than {self.most:,} statements")

    def _blank_node(self) -> str:
        self.blank_nodes += 1
        return f"_:b{self.blank_nodes}"


def _iri(value: Any) -> str:
    if not isinstance(value, str) or not ABSOLUTE.fullmatch(value):
        raise MalformedCredential("as JSON-LD it uses an identifier that is not absolute")
    return f"<{value}>"


def _literal(item: dict[str, Any]) -> str:
    """§8.6 Object to RDF Conversion, steps 5 to 13."""
    value, datatype = item["@value"], item.get("@type")
    if datatype == "@json":
        return literal(_json(value), RDF + "JSON")
    if isinstance(value, bool):
        return literal("true" if value else "false", datatype or XSD + "boolean")
    if isinstance(value, int | float):
        return _number(value, datatype)
    if datatype == XSD + "double":
        return literal(_double(float(value)), datatype)  # the expansion let numbers through only
    if not isinstance(value, str):
        raise MalformedCredential("as JSON-LD it has a value that is neither text nor number")
    if "@language" in item:
        return literal(value, language=item["@language"])
    return literal(value, "" if datatype in (None, XSD + "string") else datatype)


def _number(value: float, datatype: str | None) -> str:
    whole = float(value).is_integer() and abs(value) < DECIMAL_INTEGERS
    if whole and datatype != XSD + "double":
        return literal(str(int(value)), datatype or XSD + "integer")
    return literal(_double(float(value)), datatype or XSD + "double")


def _double(value: float) -> str:
    """Canonical lexical form of an xsd:double: 4.5E0."""
    mantissa, exponent = f"{value:.15E}".split("E")
    digits = mantissa.rstrip("0")
    return f"{digits}{'0' if digits.endswith('.') else ''}E{int(exponent)}"


def _json(value: Any) -> str:
    """A JSON literal (§8.6 step 6), canonical as RFC 8785 has it."""
    try:
        return rfc8785.dumps(_doubles(value)).decode("utf-8")
    except rfc8785.CanonicalizationError as error:
        raise MalformedCredential("a value has no canonical form") from error


def _doubles(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _doubles(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_doubles(inner) for inner in value]
    return float(value) if isinstance(value, int) and abs(value) >= EXACT_INTEGERS else value
