"""RDF Dataset Canonicalization (RDFC-1.0, W3C Recommendation of 21 May 2024), with every step counted.

A quad is four N-Quads terms as text: `<iri>`, `_:label`, a literal with its quotes, and "" for the default
graph. The step numbers are those of §4; no honest credential comes near the limits of the counters.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from verifier.errors import MalformedCredential, WorkLimit
from verifier.policy import Limits

Quad = tuple[str, str, str, str]  # subject, predicate, object, graph
Link = tuple[str, str, str]  # position of the other blank node, predicate, the other blank node
POSITIONS = ((0, "s"), (2, "o"), (3, "g"))

_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')
_NAMED_ESCAPES = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}
_IRIREF = r"""<[^\x00-\x20<>"{}|^`]*>"""
_TERM = rf"""({_IRIREF}|_:[^\s<>"]+|"(?:[^"\\\n\r]|\\.)*"(?:\^\^{_IRIREF}|@[A-Za-z0-9-]+)?)"""
_LINE = re.compile(rf"[ \t]*{_TERM}[ \t]*{_TERM}[ \t]*{_TERM}[ \t]*{_TERM}?[ \t]*\.[ \t]*")
_UNESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_BY_LETTER = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Canonical:
    """A canonicalised dataset: its sorted lines, and which label each blank node of the input was given."""

    lines: tuple[str, ...]  # each with its line feed
    labels: dict[str, str]  # input label → canonical label, both with "_:"
    quads: tuple[Quad, ...] = field(repr=False)  # with canonical labels

    def to_bytes(self) -> bytes:
        return "".join(self.lines).encode("utf-8")

    def relabelled(self, labels: dict[str, str]) -> list[str]:
        """The lines with other labels in place of the canonical ones, sorted anew (vc-di-ecdsa §3.4.3)."""
        return sorted(line(_relabel(quad, labels)) for quad in self.quads)


@dataclass(slots=True)
class Issuer:
    """Identifier issuer (§4.5): remembers the order of issue."""

    prefix: str
    issued: dict[str, str] = field(default_factory=dict)

    def issue(self, label: str) -> str:
        return self.issued.setdefault(label, f"{self.prefix}{len(self.issued)}")

    def copy(self) -> Issuer:
        return Issuer(self.prefix, dict(self.issued))


def canonicalize(quads: Iterable[Quad], limits: Limits, hash_name: str = "sha256") -> Canonical:
    """The canonical form of a dataset (§4.4). Raises `WorkLimit`."""
    dataset = set(quads)
    if len(dataset) > limits.quads:
        raise WorkLimit(f"it makes more than {limits.quads:,} statements")
    try:
        labels = _Canonicalizer(dataset, limits, hash_name).run()
    except RecursionError as error:
        raise WorkLimit("its unnamed parts are linked too deeply") from error
    relabelled = tuple(_relabel(quad, labels) for quad in dataset)
    return Canonical(lines=tuple(sorted(map(line, relabelled))), labels=labels, quads=relabelled)


class _Canonicalizer:
    """Canonicalization state (§4.2) and the counters around it."""

    def __init__(self, dataset: set[Quad], limits: Limits, hash_name: str) -> None:
        self.limits, self.calls, self.tried = limits, 0, 0
        self.digest: Callable[[bytes], Any] = getattr(hashlib, hash_name)
        self.quads_of: dict[str, list[Quad]] = defaultdict(list)
        self.links_of: dict[str, list[Link]] = defaultdict(list)
        self.canonical = Issuer("_:c14n")
        for quad in dataset:
            ends = [(position, quad[at]) for at, position in POSITIONS if quad[at].startswith("_:")]
            for label in {end for _, end in ends}:
                self.quads_of[label].append(quad)
                self.links_of[label] += [(position, quad[1], end) for position, end in ends if end != label]
        if len(self.quads_of) > limits.blank_nodes:
            raise WorkLimit(f"it has more than {limits.blank_nodes:,} unnamed parts")
        self.first = {label: self._hash_first_degree(label) for label in self.quads_of}

    def run(self) -> dict[str, str]:
        by_hash: dict[str, list[str]] = defaultdict(list)  # step 3
        for label, hashed in self.first.items():
            by_hash[hashed].append(label)
        shared = []
        for _, labels in sorted(by_hash.items()):  # step 4
            if len(labels) == 1:
                self.canonical.issue(labels[0])
            else:
                shared.append(labels)
        for labels in shared:  # step 5
            results = []
            for label in labels:
                if label not in self.canonical.issued:
                    issuer = Issuer("_:b")
                    issuer.issue(label)
                    results.append(self._hash_n_degree(label, issuer))
            for _, issuer in sorted(results, key=lambda result: result[0]):
                for label in issuer.issued:
                    self.canonical.issue(label)
        return self.canonical.issued

    def _hash(self, text: str) -> str:
        digest: str = self.digest(text.encode("utf-8")).hexdigest()
        return digest

    def _hash_first_degree(self, label: str) -> str:
        """§4.6: the quads of a blank node, itself as `_:a` and every other one as `_:z`."""
        lines = sorted(
            line(
                _mapped(
                    quad,
                    lambda term: term if not term.startswith("_:") else "_:a" if term == label else "_:z",
                )
            )
            for quad in self.quads_of[label]
        )
        return self._hash("".join(lines))

    def _hash_related(self, link: Link, issuer: Issuer) -> str:
        """§4.7: how one blank node is linked to another."""
        position, predicate, related = link
        label = self.canonical.issued.get(related) or issuer.issued.get(related) or self.first[related]
        return self._hash(position + (predicate if position != "g" else "") + label)

    def _related(self, label: str, issuer: Issuer) -> list[tuple[str, list[str]]]:
        """§4.8 steps 2, 3: the neighbours of a blank node, grouped by how they are linked to it."""
        groups: dict[str, list[str]] = defaultdict(list)
        for link in self.links_of[label]:
            groups[self._hash_related(link, issuer)].append(link[2])
        return sorted(groups.items())

    def _hash_n_degree(self, label: str, issuer: Issuer) -> tuple[str, Issuer]:
        """§4.8: a hash over everything that can be reached, and the issuer that led to it."""
        self.calls += 1
        if self.calls > self.limits.hash_n_degree_calls:
            raise WorkLimit("its unnamed parts cannot be told apart")
        data = ""
        for related_hash, neighbours in self._related(label, issuer):
            self._count(neighbours)
            chosen, chosen_issuer = "", issuer
            for permutation in _orders(neighbours):  # step 5.4
                found = self._path(permutation, issuer.copy(), chosen)
                if found is not None and (not chosen or found[0] < chosen):
                    chosen, chosen_issuer = found
            data += related_hash + chosen
            issuer = chosen_issuer
        return self._hash(data), issuer

    def _count(self, neighbours: list[str]) -> None:
        """Adds the number of distinct orders, and stops counting where it is too many."""
        orders, seen = 1, Counter[str]()
        for size, label in enumerate(neighbours, 1):
            seen[label] += 1
            orders = orders * size // seen[label]
            if self.tried + orders > self.limits.permutations:
                raise WorkLimit("its unnamed parts can be ordered in too many ways")
        self.tried += orders

    def _path(self, permutation: tuple[str, ...], issuer: Issuer, chosen: str) -> tuple[str, Issuer] | None:
        """Steps 5.4.1 to 5.4.5: one way through the neighbours; None once it cannot win any more."""
        path, waiting = "", []
        for related in permutation:
            if related in self.canonical.issued:
                path += self.canonical.issued[related]
            else:
                if related not in issuer.issued:
                    waiting.append(related)
                path += issuer.issue(related)
            if _loses(path, chosen):
                return None
        for related in waiting:
            hashed, result = self._hash_n_degree(related, issuer)
            path += f"{issuer.issue(related)}<{hashed}>"
            issuer = result
            if _loses(path, chosen):
                return None
        return path, issuer


def _orders(labels: list[str]) -> Iterator[tuple[str, ...]]:
    """Each distinct order once, smallest first; a graph names its nodes once a statement, so most repeat."""
    order = sorted(labels)
    while True:
        yield tuple(order)
        rising = next((at for at in range(len(order) - 2, -1, -1) if order[at] < order[at + 1]), None)
        if rising is None:
            return
        larger = next(at for at in range(len(order) - 1, rising, -1) if order[at] > order[rising])
        order[rising], order[larger] = order[larger], order[rising]
        order[rising + 1 :] = reversed(order[rising + 1 :])


def _loses(path: str, chosen: str) -> bool:
    return bool(chosen) and len(path) >= len(chosen) and path > chosen


def _mapped(quad: Quad, change: Callable[[str], str]) -> Quad:
    return change(quad[0]), quad[1], change(quad[2]), change(quad[3])


def _relabel(quad: Quad, labels: dict[str, str]) -> Quad:
    return _mapped(quad, lambda term: labels.get(term, term) if term.startswith("_:") else term)


# ---------------------------------------------------------------------------- canonical N-Quads (§5)


def line(quad: Quad) -> str:
    """One line of N-Quads, with its line feed."""
    return " ".join(term for term in quad if term) + " .\n"


def literal(value: str, datatype: str = "", language: str = "") -> str:
    """A literal in canonical N-Quads; a plain string has no datatype."""
    text = f'"{_ESCAPED.sub(_escape, value)}"'
    if language:
        return f"{text}@{language}"
    return f"{text}^^<{datatype}>" if datatype else text


def _escape(match: re.Match[str]) -> str:
    return _NAMED_ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def parse(text: str) -> Iterator[Quad]:
    """The quads of an N-Quads document, terms in canonical form. Raises `MalformedCredential`."""
    for number, content in enumerate(re.split(r"[\n\r]+", text), 1):
        if not content.strip() or content.lstrip().startswith("#"):
            continue
        if not (match := _LINE.fullmatch(content)):
            raise MalformedCredential(f"line {number} of its canonical form is no statement")
        subject, predicate, value, graph = match.groups()
        yield _term(subject), _term(predicate), _term(value), _term(graph or "")


def _term(text: str) -> str:
    if not text.startswith('"'):
        return _UNESCAPED.sub(_unescape, text)
    end = text.rindex('"')
    suffix = text[end + 1 :].removesuffix("^^<http://www.w3.org/2001/XMLSchema#string>")
    return literal(_UNESCAPED.sub(_unescape, text[1:end])) + suffix


def _unescape(match: re.Match[str]) -> str:
    if digits := match[1] or match[2]:
        return chr(int(digits, 16))
    return _BY_LETTER.get(match[3], match[0])
