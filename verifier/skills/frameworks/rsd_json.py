"""Rich Skill Descriptors as JSON: one descriptor, a list of them, or a collection (OSMT API v3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from verifier import strict_json
from verifier.errors import VerifierError
from verifier.model import JsonObject
from verifier.skills.frameworks.case_package import LIMITS, MAX_BYTES
from verifier.skills.frameworks.entries import (
    Entry,
    FrameworkUnreadable,
    Hop,
    Row,
    checked_identifier,
    checked_label,
)
from verifier.skills.frameworks.relation import Relation

ORIGIN = "RSD alignment"


def read(path: Path) -> Iterator[Row]:
    """Every descriptor with its own alignments as hops: close, for the descriptor does not say exact."""
    for number, descriptor in enumerate(_descriptors(path), 1):
        row = f"descriptor {number}"
        uri = checked_identifier(descriptor.get("id"), path.name, row, "id")
        name = descriptor.get("skillName")
        if not isinstance(name, str):
            raise FrameworkUnreadable(path.name, row, "skillName", "is missing")
        statement = strict_json.text_of(descriptor.get("skillStatement"))
        yield Entry(
            id=uri,
            label=checked_label(name, path.name, row, "skillName"),
            statement=checked_label(statement, path.name, row, "skillStatement") if statement.strip() else "",
        )
        for alignment in strict_json.objects(descriptor.get("alignments")):
            if target := strict_json.id_of(alignment):
                target = checked_identifier(target, path.name, row, "alignments.id")
                yield Hop(source=uri, target=target, relation=Relation.CLOSE, origin=ORIGIN)


def _descriptors(path: Path) -> tuple[JsonObject, ...]:
    if path.stat().st_size > MAX_BYTES:
        raise FrameworkUnreadable(path.name, "the file", "", f"is over {MAX_BYTES:,} bytes")
    try:
        value = strict_json.read(path.read_bytes(), LIMITS)
    except VerifierError as error:
        raise FrameworkUnreadable(path.name, "the file", "", str(error)) from error
    if isinstance(value, dict) and isinstance(value.get("skills"), list):
        value = value["skills"]
    descriptors = strict_json.objects(value)
    if not descriptors:
        raise FrameworkUnreadable(path.name, "the file", "", "holds no skill descriptor")
    return descriptors
