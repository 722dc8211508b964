"""Texts whose skills are known, built at run time from other people's files and never shipped.

Achievements of real credentials that declare skills of ESCO, by address or by exactly its label: what they
declare is hidden, and predicted from name, description and criteria. And ESCO's own descriptions.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from verifier import Credential, Limits, VerifierError, formats
from verifier.model import Achievement
from verifier.skills.frameworks import identify, identity_of
from verifier.skills.frameworks.naming import folded

LIMITS = Limits()
EVERY = 18  # of the described skills one in so many is asked for: some two hundred, spread over ESCO

Texts = list[tuple[str, set[str]]]  # (text, identities of the skills that it declares)


class Esco:
    """The skills of a download: (identifier, preferred label, alternative labels), and descriptions."""

    def __init__(self, path: Path) -> None:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.entries = [
            (row["uri"], row["preferred_label"], tuple(filter(None, row["alt_labels"].split(" | "))))
            for row in rows
        ]
        self.by_label = {folded(label): identity_of(uri) for uri, label, _ in self.entries}
        self.described: Texts = [
            (row["description"], {identity_of(row["uri"])}) for row in rows if row["description"].strip()
        ][::EVERY]


def achievements(folders: list[Path], esco: Esco) -> Texts:
    """Every achievement in `folders` that declares a skill of ESCO, each text once."""
    found: dict[str, set[str]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "docs" not in path.parts:
                for achievement in _achievements(path):
                    text, skills = _text(achievement), _declared(achievement, esco)
                    if text and skills:
                        found.setdefault(text, set()).update(skills)
    return list(found.items())


def _achievements(path: Path) -> Iterator[Achievement]:
    try:
        waiting = [formats.read(path.read_bytes(), LIMITS)]
    except VerifierError:
        return  # other documents lie among the credentials
    while waiting:
        credential = waiting.pop()
        yield from credential.achievements
        waiting += _inside(credential)


def _inside(credential: Credential) -> Iterator[Credential]:
    for member in credential.contains:
        try:
            yield formats.read_member(member, LIMITS)
        except VerifierError:
            continue


def _text(achievement: Achievement) -> str:
    """As `infer_skills` puts it together."""
    return ". ".join(filter(None, (achievement.name, achievement.description, achievement.criteria)))


def _declared(achievement: Achievement, esco: Esco) -> set[str]:
    skills = set()
    for alignment in achievement.alignments:
        concept = identify(alignment)
        if concept.framework == "ESCO" and concept.kind == "skill" and concept.id:
            skills.add(identity_of(concept.id))
        elif named := esco.by_label.get(folded(alignment.target_name)):
            skills.add(named)
    return skills
