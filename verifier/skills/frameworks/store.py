"""What is known about skills on this machine: the bundled subset, or what imports made, opened read-only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rapidfuzz import fuzz, process

from verifier.skills.frameworks.entries import Rating
from verifier.skills.frameworks.identity import identity_of
from verifier.skills.frameworks.importing import fill
from verifier.skills.frameworks.naming import folded
from verifier.skills.frameworks.relation import Related, Relation
from verifier.skills.frameworks.writing import SCHEMA_VERSION, version_of

MAX_QUERY_CHARS = 200
FUZZY_CUTOFF = 70.0  # of 100; below it suggestions read as noise
_CONCEPT = (
    "SELECT id, label, framework, version, kind, code, type, statement, retired_in, successor FROM concept"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A concept of a framework as it is stored."""

    id: str
    label: str
    framework: str
    version: str
    kind: str
    code: str
    type: str
    statement: str
    retired_in: str  # the version that no longer has it, else ""
    successor: str


class Library:
    """Implements `Frameworks`; identifiers may be spelled in any way. May be used from several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._labels_by_kind = self._load_labels()  # at once, so that no search has to wait for it

    @classmethod
    def bundled(cls) -> Self:
        """The subset that ships with the verifier, in memory."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        fill(connection)
        connection.commit()
        return cls(connection)

    @classmethod
    def open(cls, database: Path) -> Self:
        """The file that imports made, or the bundled subset where there is none."""
        if not database.is_file():
            return cls.bundled()
        uri = f"{database.resolve().as_uri()}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        # A first import that failed or still runs leaves a file without tables; an old release other tables.
        try:
            if version_of(connection) == SCHEMA_VERSION:
                return cls(connection)
        except sqlite3.DatabaseError:
            pass  # damaged: the next import says so and asks to delete it
        connection.close()
        return cls.bundled()

    def close(self) -> None:
        self._connection.close()

    # ---------------------------------------------------------------------------- one concept

    def concept(self, id: str) -> Known | None:
        """What is stored under `id`."""
        row = self._connection.execute(f"{_CONCEPT} WHERE key = ?", (identity_of(id),)).fetchone()
        return _known(row) if row else None

    def label(self, id: str) -> str:
        """The preferred label, or "" """
        found = self.concept(id)
        return found.label if found else ""

    def labels(self, id: str) -> tuple[str, ...]:
        """Preferred and alternative labels, the preferred one first."""
        query = "SELECT label FROM label WHERE key = ? ORDER BY preferred DESC, folded"
        return tuple(row[0] for row in self._connection.execute(query, (identity_of(id),)))

    def current(self, id: str) -> str:
        """`id`, or what replaced it; chains are followed, a circle ends where it began."""
        seen = {identity_of(id)}
        while (found := self.concept(id)) and found.successor and identity_of(found.successor) not in seen:
            id = found.successor
            seen.add(identity_of(id))
        return id

    def retired(self, id: str) -> tuple[str, ...]:
        """Every identifier that was retired in favour of `id`, directly or over others."""
        found: dict[str, str] = {}
        waiting = [id]
        while waiting:
            target = waiting.pop()
            spellings = {target, known.id if (known := self.concept(target)) else target}
            for spelling in spellings:
                query = "SELECT key, id FROM concept WHERE successor = ?"
                for key, old in self._connection.execute(query, (spelling,)).fetchall():
                    if key not in found and key != identity_of(id):
                        found[key] = old
                        waiting.append(old)
        return tuple(found.values())

    def related(self, id: str) -> tuple[Related, ...]:
        """What lies one hop from `id`."""
        query = "SELECT target, relation, origin, version FROM hop WHERE key = ? ORDER BY target, relation"
        return tuple(
            Related(id=target, relation=Relation(relation), source=origin, version=version)
            for target, relation, origin, version in self._connection.execute(query, (identity_of(id),))
        )

    def ratings(self, occupation: str) -> tuple[Rating, ...]:
        """What an occupation asks for; empty: nothing was rated, which is not zero."""
        query = (
            "SELECT skill, relation, importance, level, suppressed, not_relevant FROM rating"
            " WHERE key = ? ORDER BY skill"
        )
        return tuple(
            Rating(
                occupation=occupation,
                skill=skill,
                relation=relation,
                importance=importance,
                level=level,
                suppressed=bool(suppressed),
                not_relevant=bool(not_relevant),
            )
            for skill, relation, importance, level, suppressed, not_relevant in self._connection.execute(
                query, (identity_of(occupation),)
            )
        )

    def anchor(self, skill: str, level: float) -> str:
        """What the anchor next to `level` says, e.g. "4: Read a trade journal"; "" where none is known."""
        query = "SELECT value, text FROM anchor WHERE key = ? ORDER BY abs(value - ?), value LIMIT 1"
        row = self._connection.execute(query, (identity_of(skill), level)).fetchone()
        return f"{row[0]:g}: {row[1]}" if row else ""

    # ---------------------------------------------------------------------------- finding

    def named(self, label: str) -> tuple[Known, ...]:
        """The concepts with exactly this preferred or alternative label."""
        query = f"{_CONCEPT} WHERE key IN (SELECT key FROM label WHERE folded = ?) AND retired_in = ''"  # noqa: S608  # a constant
        found = self._connection.execute(f"{query} ORDER BY key", (folded(label),))
        return tuple(_known(row) for row in found)

    def search(self, text: str, *, kind: str = "skill", limit: int = 10) -> tuple[Known, ...]:
        """Concepts whose label begins with `text`, then has a word that does, then reads like it."""
        wanted = folded(text[:MAX_QUERY_CHARS])
        if not wanted:
            return ()
        keys = dict.fromkeys(self._beginning(wanted, kind, limit))
        if len(keys) < limit:
            keys |= dict.fromkeys(self._holding(wanted, kind, limit))
        if len(keys) < limit:
            keys |= dict.fromkeys(self._like(wanted, kind, limit))
        found = (self._by_key(key) for key in list(keys)[:limit])
        return tuple(known for known in found if known is not None)

    def skills(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """(identifier, preferred label, alternative labels) of every skill that is not retired."""
        query = (
            "SELECT concept.key, concept.id, label.label, label.preferred FROM concept JOIN label USING (key)"
            " WHERE kind = 'skill' AND retired_in = '' ORDER BY concept.key, preferred DESC, folded"
        )
        current, labels = "", list[str]()
        for _, id, label, _ in self._connection.execute(query).fetchall():
            if id != current and labels:
                yield current, labels[0], tuple(labels[1:])
                labels = []
            current = id
            labels.append(label)
        if labels:
            yield current, labels[0], tuple(labels[1:])

    def occupations(self, framework: str) -> tuple[Known, ...]:
        """Every occupation of one framework, by label."""
        query = (
            f"{_CONCEPT} WHERE framework = ? AND kind = 'occupation' AND retired_in = '' ORDER BY label, key"
        )
        return tuple(_known(row) for row in self._connection.execute(query, (framework,)))

    def versions(self) -> dict[str, tuple[str, str]]:
        """Framework → (version, where it came from)."""
        rows = self._connection.execute("SELECT name, version, source FROM framework ORDER BY name")
        return {name: (version, source) for name, version, source in rows}

    def _by_key(self, key: str) -> Known | None:
        row = self._connection.execute(f"{_CONCEPT} WHERE key = ?", (key,)).fetchone()
        return _known(row) if row else None

    def _beginning(self, wanted: str, kind: str, limit: int) -> list[str]:
        query = (
            "SELECT key FROM label JOIN concept USING (key) WHERE folded >= ? AND folded < ? AND kind = ?"
            " AND retired_in = '' GROUP BY key ORDER BY min(length(folded)), min(folded) LIMIT ?"
        )
        after = wanted + "\U0010ffff"
        return [row[0] for row in self._connection.execute(query, (wanted, after, kind, limit))]

    def _holding(self, wanted: str, kind: str, limit: int) -> list[str]:
        """Labels in which a later word begins with `wanted`."""
        keys, labels = self._labels_by_kind.get(kind, ([], []))
        inside = " " + wanted
        return [key for key, label in zip(keys, labels, strict=True) if inside in label][: limit * 3]

    def _like(self, wanted: str, kind: str, limit: int) -> list[str]:
        keys, labels = self._labels_by_kind.get(kind, ([], []))
        found = process.extract(
            wanted, labels, scorer=fuzz.token_ratio, score_cutoff=FUZZY_CUTOFF, limit=limit * 3
        )
        return [keys[index] for _, _, index in found]

    def _load_labels(self) -> dict[str, tuple[list[str], list[str]]]:
        query = (
            "SELECT kind, key, folded FROM label JOIN concept USING (key) WHERE retired_in = '' ORDER BY key"
        )
        result: dict[str, tuple[list[str], list[str]]] = {}
        for kind, key, label in self._connection.execute(query).fetchall():
            keys, labels = result.setdefault(kind, ([], []))
            keys.append(key)
            labels.append(label)
        return result


def _known(row: tuple[str, ...]) -> Known:
    names = Known.__slots__
    return Known(**dict(zip(names, row, strict=True)))
