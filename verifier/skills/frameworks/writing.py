"""The SQLite tables of frameworks, and one import into them, counted as it goes."""

from __future__ import annotations

import sqlite3

from verifier.skills.frameworks.entries import Anchor, Entry, Hop, Rating, Row, turned
from verifier.skills.frameworks.identity import identity_of
from verifier.skills.frameworks.naming import folded

SCHEMA_VERSION = 2  # `PRAGMA user_version`; a file of another version is not read
MENTIONED = 0  # the batch of concepts that were only named in passing
# `batch` numbers the imports: what a later release of the same framework did not write again is retired.
SCHEMA = """
CREATE TABLE framework (
    name TEXT PRIMARY KEY, version TEXT NOT NULL, source TEXT NOT NULL, sha256 TEXT NOT NULL,
    imported_at TEXT NOT NULL, batch INTEGER NOT NULL
);
CREATE TABLE concept (
    key TEXT PRIMARY KEY, id TEXT NOT NULL, label TEXT NOT NULL, framework TEXT NOT NULL,
    version TEXT NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL, type TEXT NOT NULL,
    statement TEXT NOT NULL, retired_in TEXT NOT NULL, successor TEXT NOT NULL, batch INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX concept_successor ON concept (successor) WHERE successor <> '';
CREATE TABLE label (
    key TEXT NOT NULL, folded TEXT NOT NULL, label TEXT NOT NULL, preferred INTEGER NOT NULL,
    PRIMARY KEY (key, folded)
) WITHOUT ROWID;
CREATE INDEX label_folded ON label (folded);
CREATE TABLE hop (
    key TEXT NOT NULL, target TEXT NOT NULL, relation TEXT NOT NULL, origin TEXT NOT NULL,
    framework TEXT NOT NULL, version TEXT NOT NULL, batch INTEGER NOT NULL,
    PRIMARY KEY (key, target, relation, origin)
) WITHOUT ROWID;
CREATE TABLE rating (
    key TEXT NOT NULL, skill TEXT NOT NULL, relation TEXT NOT NULL, importance REAL, level REAL,
    suppressed INTEGER NOT NULL, not_relevant INTEGER NOT NULL,
    framework TEXT NOT NULL, batch INTEGER NOT NULL, PRIMARY KEY (key, skill)
) WITHOUT ROWID;
CREATE TABLE anchor (key TEXT NOT NULL, value REAL NOT NULL, text TEXT NOT NULL, PRIMARY KEY (key, value))
    WITHOUT ROWID;
"""


def create(connection: sqlite3.Connection) -> None:
    """Make the tables, within whatever transaction is open."""
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the tables: 0 where there are none yet."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


class Writer:
    """One import of one framework. Nothing is committed here."""

    def __init__(self, connection: sqlite3.Connection, framework: str, version: str) -> None:
        self.connection, self.framework, self.version = connection, framework, version
        (last,) = connection.execute("SELECT coalesce(max(batch), 0) FROM framework").fetchone()
        self.batch = int(last) + 1
        self.concepts: dict[str, str] = {}  # key → kind
        self.hops: set[tuple[str, str, str]] = set()  # as read, one for each mapping
        self.hop_rows: set[tuple[str, str, str, str]] = set()  # as stored, one for each end
        self.ratings: set[tuple[str, str]] = set()
        self.complete: set[str] = set()

    def write(self, row: Row) -> None:
        """Write one row."""
        if isinstance(row, Entry):
            self._concept(row)
        elif isinstance(row, Hop):
            self._hop(row)
        elif isinstance(row, Rating):
            self._rating(row)
        elif isinstance(row, Anchor):
            values = (identity_of(row.skill), row.value, row.text)
            self.connection.execute("INSERT OR REPLACE INTO anchor VALUES (?, ?, ?)", values)
        else:
            self.complete.add(row.kind)

    def _concept(self, entry: Entry) -> None:
        key = identity_of(entry.id)
        query = "SELECT framework, batch FROM concept WHERE key = ?"
        owner, batch = self.connection.execute(query, (key,)).fetchone() or ("", MENTIONED)
        if batch != MENTIONED and (entry.mention or owner != self.framework):
            return  # no package may rename what another framework owns
        if key in self.concepts and not entry.aliases and not entry.type:
            return  # a relation table repeats what the concept table said in full
        if not entry.mention:
            self.concepts[key] = entry.kind
        self._store(key, entry, MENTIONED if entry.mention else self.batch)

    def _store(self, key: str, entry: Entry, batch: int) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO concept VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?)",
            (key, entry.id, entry.label, self.framework, self.version, entry.kind, entry.code, entry.type,
             entry.statement, entry.successor, batch),
        )  # fmt: skip
        self.connection.execute("DELETE FROM label WHERE key = ?", (key,))
        for position, label in enumerate((entry.label, *entry.aliases)):
            values = (key, folded(label), label, position == 0)
            self.connection.execute("INSERT OR IGNORE INTO label VALUES (?, ?, ?, ?)", values)

    def _hop(self, hop: Hop) -> None:
        """Both ends know of it."""
        self.hops.add((hop.source, hop.target, hop.relation))
        for seen in (turned(hop), hop):
            key = (identity_of(seen.source), seen.target, seen.relation.value, seen.origin)
            self.hop_rows.add(key)
            values = (*key, self.framework, self.version, self.batch)
            self.connection.execute("INSERT OR REPLACE INTO hop VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def _rating(self, rating: Rating) -> None:
        key = identity_of(rating.occupation)
        self.ratings.add((key, rating.skill))
        self.connection.execute(
            "INSERT OR REPLACE INTO rating VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (key, rating.skill, rating.relation, rating.importance, rating.level, rating.suppressed,
             rating.not_relevant, self.framework, self.batch),
        )  # fmt: skip

    def replace_older(self) -> int:
        """Drop older hops and ratings; keep older concepts as retired, for credentials still name them.

        Returns how many were retired. A file that brings skills alone leaves the occupations as they were.
        """
        older = (self.framework, self.batch)
        if self.hops:
            self.connection.execute("DELETE FROM hop WHERE framework = ? AND batch <> ?", older)
        if self.ratings:
            self.connection.execute("DELETE FROM rating WHERE framework = ? AND batch <> ?", older)
        query = (
            "UPDATE concept SET retired_in = ?"
            " WHERE framework = ? AND batch NOT IN (0, ?) AND kind = ? AND retired_in = ''"
        )
        return sum(
            self.connection.execute(query, (self.version, *older, kind)).rowcount for kind in self.complete
        )

    def record(self, source: str, sha256: str, at: str) -> None:
        """Say where the framework came from."""
        values = (self.framework, self.version, source, sha256, at, self.batch)
        self.connection.execute("INSERT OR REPLACE INTO framework VALUES (?, ?, ?, ?, ?, ?)", values)

    def missing(self) -> int:
        """How many rows were written and are not in the database: anything but 0 is a fault."""
        stored = 0
        for query in (
            "SELECT count(*) FROM concept WHERE batch = ?",
            "SELECT count(*) FROM hop WHERE batch = ?",
            "SELECT count(*) FROM rating WHERE batch = ?",
        ):
            stored += int(self.connection.execute(query, (self.batch,)).fetchone()[0])
        return len(self.concepts) + len(self.hop_rows) + len(self.ratings) - stored
