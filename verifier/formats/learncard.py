"""LearnCard Boosts: skills in the issuer's own words, added to an Open Badge 3.0 (ctx.learncard.com/boosts).

    {"skills": [{"category": "Database", "skill": "PostgreSQL", "subskills": ["Migrations", "Indexing"]}]}

They stand beside the subject, in it, or in the achievement. A category sorts skills and is none itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.model import Alignment, JsonObject
from verifier.strict_json import one_or_many, pointer_to


def skills_in(node: JsonObject, base: str) -> Iterator[Alignment]:
    """Every skill and sub-skill of `node`, by name alone; `base` points at `node`."""
    value = node.get("skills")
    for index, entry in enumerate(one_or_many(value)):
        if not isinstance(entry, dict):
            continue
        at = base + (pointer_to("skills", index) if isinstance(value, list) else "/skills")
        yield from _named(entry.get("skill"), at + "/skill")
        below = entry.get("subskills")
        for place, name in enumerate(one_or_many(below)):
            yield from _named(
                name, at + pointer_to("subskills", *([place] if isinstance(below, list) else []))
            )


def _named(name: object, pointer: str) -> Iterator[Alignment]:
    if isinstance(name, str) and name.strip():
        yield Alignment(target_name=name, pointer=pointer, place="text")
