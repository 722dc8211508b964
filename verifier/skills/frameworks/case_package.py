"""CASE packages: CFDocument, CFItems and CFAssociations in one JSON document (1EdTech CASE 1.0 CFPackage)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from verifier import strict_json
from verifier.errors import VerifierError
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.skills.frameworks.entries import (
    Entry,
    FrameworkUnreadable,
    Hop,
    Row,
    checked_identifier,
    checked_label,
)
from verifier.skills.frameworks.hierarchy import Steps
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
# Kinds that must not run in a circle; a part of a part is a child of a child.
DIRECTED = {"isChildOf": "isChildOf", "isPartOf": "isChildOf", "replacedBy": "replacedBy"}


def read(path: Path) -> Iterator[Row]:
    """Every item and association. Raises `FrameworkUnreadable`, also where isChildOf runs in a circle."""
    package = _package(path)
    items = _array(package, "CFItems", path.name)
    associations = _array(package, "CFAssociations", path.name)
    replaced = {}
    steps = Steps(path.name)
    for number, association in enumerate(associations, 1):
        row = f"association {number}"
        kind, origin, destination = _association(association, path.name, row)
        if column := DIRECTED.get(kind):
            steps.add(column, origin, destination, row)
        if kind == "replacedBy":
            replaced[identity_of(origin)] = destination
            continue
        relation = RELATIONS[kind] or Relation.RELATED
        yield Hop(source=origin, target=destination, relation=relation, origin=ORIGIN)
    steps.refuse_circles()
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
        ends.append(checked_identifier(uri, file, row, f"{end}.uri"))
    return ("isRelatedTo" if kind.startswith("ext:") else kind), ends[0], ends[1]


def _item(item: JsonObject, file: str, row: str, replaced: dict[str, str]) -> Entry:
    uri = checked_identifier(item.get("uri"), file, row, "uri")
    statement = item.get("fullStatement")
    if not isinstance(statement, str):
        raise FrameworkUnreadable(file, row, "fullStatement", "is missing")
    return Entry(
        id=uri,
        label=checked_label(statement, file, row, "fullStatement"),
        code=_label(item, "humanCodingScheme", file, row),
        type=_label(item, "CFItemType", file, row),
        aliases=tuple(filter(None, [_label(item, "abbreviatedStatement", file, row)])),
        successor=replaced.get(identity_of(uri), ""),
    )


def _label(item: JsonObject, name: str, file: str, row: str) -> str:
    """A short text that may be missing; shown to people like a label, so judged like one."""
    text = strict_json.text_of(item.get(name)).strip()
    return checked_label(text, file, row, name) if text else ""
