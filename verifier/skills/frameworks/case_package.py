"""CASE packages: CFDocument, CFItems and CFAssociations in one JSON document (1EdTech CASE 1.0 CFPackage)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from verifier import strict_json
from verifier.errors import VerifierError
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.skills.frameworks.entries import Entry, FrameworkUnreadable, Hop, Row, checked_label
from verifier.skills.frameworks.identity import identity_of
from verifier.skills.frameworks.relation import Relation

MAX_BYTES = 50_000_000  # the largest published state framework is below 20 MB
LIMITS = Limits(json_bytes=MAX_BYTES, json_nodes=2_000_000)
ORIGIN = "CASE association"
# An association reads origin → destination: "origin isChildOf destination", so the destination is broader.
RELATIONS = {
    "isChildOf": Relation.BROADER,
    "isPartOf": Relation.BROADER,
    "exactMatchOf": Relation.EXACT,
    "isPeerOf": Relation.RELATED,
    "isRelatedTo": Relation.RELATED,
    "precedes": Relation.RELATED,
    "exemplar": Relation.RELATED,
    "hasSkillLevel": Relation.RELATED,
    "replacedBy": None,
    "isTranslationOf": Relation.EXACT,
}


def read(path: Path) -> Iterator[Row]:
    """Every item and association. Raises `FrameworkUnreadable`, also where isChildOf runs in a circle."""
    package = _package(path)
    items = _array(package, "CFItems", path.name)
    associations = _array(package, "CFAssociations", path.name)
    replaced = {}
    parents: dict[str, list[str]] = {}
    for number, association in enumerate(associations, 1):
        row = f"association {number}"
        kind, origin, destination = _association(association, path.name, row)
        if kind == "replacedBy":
            replaced[identity_of(origin)] = destination
            continue
        if kind in ("isChildOf", "isPartOf"):
            parents.setdefault(identity_of(origin), []).append(identity_of(destination))
        relation = RELATIONS[kind] or Relation.RELATED
        yield Hop(source=origin, target=destination, relation=relation, origin=ORIGIN)
    _refuse_cycles(parents, path.name)
    for number, item in enumerate(items, 1):
        yield _item(item, path.name, f"item {number}", replaced)


def _package(path: Path) -> JsonObject:
    if path.stat().st_size > MAX_BYTES:
        raise FrameworkUnreadable(path.name, "the file", "", f"is over {MAX_BYTES:,} bytes")
    try:
        return strict_json.read_object(path.read_bytes(), LIMITS)
    except VerifierError as error:
        raise FrameworkUnreadable(path.name, "the file", "", str(error)) from error


def _array(package: JsonObject, name: str, file: str) -> list[JsonObject]:
    items = package.get(name)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise FrameworkUnreadable(file, "the package", name, "is no array of objects")
    return items


def _association(association: JsonObject, file: str, row: str) -> tuple[str, str, str]:
    kind = association.get("associationType")
    if not isinstance(kind, str) or (kind not in RELATIONS and not kind.startswith("ext:")):
        raise FrameworkUnreadable(file, row, "associationType", "is not known")
    ends = []
    for end in ("originNodeURI", "destinationNodeURI"):
        node = association.get(end)
        uri = node.get("uri") if isinstance(node, dict) else None
        if not isinstance(uri, str) or not uri:
            raise FrameworkUnreadable(file, row, end, "has no uri")
        ends.append(uri)
    return ("isRelatedTo" if kind.startswith("ext:") else kind), ends[0], ends[1]


def _item(item: JsonObject, file: str, row: str, replaced: dict[str, str]) -> Entry:
    uri, statement = item.get("uri"), item.get("fullStatement")
    if not isinstance(uri, str) or not uri:
        raise FrameworkUnreadable(file, row, "uri", "is missing")
    if not isinstance(statement, str):
        raise FrameworkUnreadable(file, row, "fullStatement", "is missing")
    return Entry(
        id=uri,
        label=checked_label(statement, file, row, "fullStatement"),
        code=strict_json.text_of(item.get("humanCodingScheme")),
        type=strict_json.text_of(item.get("CFItemType")),
        aliases=tuple(filter(None, [strict_json.text_of(item.get("abbreviatedStatement"))])),
        successor=replaced.get(identity_of(uri), ""),
    )


def _refuse_cycles(parents: dict[str, list[str]], file: str) -> None:
    """Depth-first with an explicit stack: hostile packages are deep, too."""
    done: set[str] = set()
    for start in parents:
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                on_path.discard(path.pop())
                done.add(node)
            elif node in on_path:
                raise FrameworkUnreadable(
                    file, "the associations", "isChildOf", f"{node} is its own ancestor"
                )
            elif node not in done:
                path.append(node)
                on_path.add(node)
                stack.append((node, True))
                stack += [(parent, False) for parent in parents.get(node, ())]
