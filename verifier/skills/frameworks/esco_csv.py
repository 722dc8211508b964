"""The official ESCO download (CSV, one language): skills, occupations, hierarchy, relations between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from verifier.skills.frameworks.entries import (
    Complete,
    Entry,
    FrameworkUnreadable,
    Hop,
    Rating,
    Row,
    checked_identifier,
    checked_label,
)
from verifier.skills.frameworks.esco import identify
from verifier.skills.frameworks.hierarchy import Steps
from verifier.skills.frameworks.identity import Reference
from verifier.skills.frameworks.relation import Relation
from verifier.skills.frameworks.tables import Columns, Table, tables_of

CONCEPTS: Columns = {"id": ("conceptUri", "uri"), "label": ("preferredLabel", "preferred_label")}
_CONCEPT_MORE: Columns = {
    "aliases": ("altLabels", "alt_labels"),
    "type": ("skillType", "skill_type"),
    "concept": ("conceptType",),
    "code": ("code",),
    "successor": ("replacedBy", "isReplacedBy"),
    "broader": ("broader",),
}
RELATIONS: Columns = {
    "occupation": ("occupationUri", "occupation_uri"),
    "relation": ("relationType", "relation"),
    "skill": ("skillUri", "skill_uri"),
}
_RELATION_MORE: Columns = {
    "occupation_label": ("occupationLabel", "occupation_label"),
    "isco": ("iscoGroup", "isco08"),
}
BROADER: Columns = {"id": ("conceptUri",), "broader": ("broaderUri",)}
_HIERARCHY = "ESCO hierarchy"
_KINDS = {
    "KnowledgeSkillCompetence": "skill",
    "Occupation": "occupation",
    "SkillGroup": "group",
    "ISCOGroup": "group",
}


def read(path: Path) -> Iterator[Row]:
    """Every concept, hop and rating in `path`. Raises `FrameworkUnreadable`."""
    known = False
    steps = Steps(path.name)
    for table in tables_of(path):
        if table.has(CONCEPTS):
            known = True
            yield from _concepts(table, steps)
        elif table.has(RELATIONS):
            known = True
            yield from _relations(table)
        elif table.has(BROADER):
            known = True
            yield from _broader(table, steps)
        else:
            table.refuse_other_release(RELATIONS)
    steps.refuse_circles()
    if not known:
        raise FrameworkUnreadable(path.name, "the header", "conceptUri, preferredLabel", "is in no table")


def _concepts(table: Table, steps: Steps) -> Iterator[Row]:
    kinds = set()
    for number, cells in table.rows(CONCEPTS, _CONCEPT_MORE):
        row = f"row {number}"
        kind = _kind(cells, table, row)
        if kind is None:
            continue  # concept schemes stand in files of the same shape
        if not cells["label"].strip():
            continue  # the download has concepts that one language does not name yet
        if kind != "group":
            kinds.add(kind)
        label = checked_label(cells["label"], table.name, row, "preferredLabel")
        yield Entry(
            id=cells["id"],
            label=label,
            kind=kind,
            code=cells.get("code", ""),
            type=cells.get("type", "").partition("/")[0],
            aliases=tuple(
                checked_label(alias, table.name, row, "altLabels")
                for alias in _split(cells.get("aliases", ""))
            ),
            successor=cells.get("successor", ""),
        )
        if successor := cells.get("successor", ""):
            steps.add("replacedBy", cells["id"], successor, f"{table.name}, {row}")
        for broader in _split(cells.get("broader", "")):
            checked_identifier(broader, table.name, row, "broader")
            steps.add("broaderUri", cells["id"], broader, f"{table.name}, {row}")
            yield Hop(source=cells["id"], target=broader, relation=Relation.BROADER, origin=_HIERARCHY)
    yield from (Complete(kind=kind) for kind in sorted(kinds))


def _kind(cells: dict[str, str], table: Table, row: str) -> str | None:
    uri = cells["id"]
    checked_identifier(uri, table.name, row, "conceptUri")
    if (named := _KINDS.get(cells.get("concept", ""))) is not None:
        return named
    concept = identify(Reference(uri=uri))
    if concept is not None:
        return concept.kind if concept.kind in ("skill", "occupation") else "group"
    # an extension by somebody else stands under an address of their own; a concept scheme is no concept
    return None if "data.europa.eu/" in uri else "skill"


def _split(text: str) -> list[str]:
    """Alternative labels stand on lines of their own, or between bars."""
    return [part.strip() for part in text.replace(" | ", "\n").split("\n") if part.strip()]


def _relations(table: Table) -> Iterator[Row]:
    named: set[str] = set()
    for number, cells in table.rows(RELATIONS, _RELATION_MORE):
        if cells["relation"] not in ("essential", "optional"):
            raise FrameworkUnreadable(
                table.name, f"row {number}", "relationType", "is neither essential nor optional"
            )
        row = f"row {number}"
        occupation = checked_identifier(cells["occupation"], table.name, row, "occupationUri")
        label = cells.get("occupation_label", "")
        if label and occupation not in named:
            named.add(occupation)
            checked = checked_label(label, table.name, row, "occupationLabel")
            yield Entry(id=occupation, label=checked, kind="occupation", code=cells.get("isco", ""))
        if cells["skill"]:
            skill = checked_identifier(cells["skill"], table.name, row, "skillUri")
            yield Rating(occupation=occupation, skill=skill, relation=cells["relation"])


def _broader(table: Table, steps: Steps) -> Iterator[Row]:
    for number, cells in table.rows(BROADER):
        row = f"row {number}"
        lower = checked_identifier(cells["id"], table.name, row, "conceptUri")
        upper = checked_identifier(cells["broader"], table.name, row, "broaderUri")
        steps.add("broaderUri", lower, upper, f"{table.name}, {row}")
        yield Hop(source=lower, target=upper, relation=Relation.BROADER, origin=_HIERARCHY)
