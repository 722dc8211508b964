"""Official downloads into the verifier's own SQLite file: all of one, or nothing of it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from verifier.skills.frameworks import case_package, crosswalk, esco_csv, onet_text, rsd_json
from verifier.skills.frameworks.bundled import bundled_rows
from verifier.skills.frameworks.entries import FrameworkUnreadable, Row
from verifier.skills.frameworks.writing import SCHEMA_VERSION, Writer, create, version_of

Progress = Callable[[int], None]  # rows so far
PROGRESS_EVERY = 5_000  # rows between two calls
WAIT_SECONDS = 5.0  # for another import to end


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """One kind of download."""

    kind: str
    framework: str  # as `Library.versions` calls it
    read: Callable[[Path], Iterator[Row]]
    replaces: bool  # a new release replaces the old one; packages and descriptors add to what is there


IMPORTERS: Mapping[str, Importer] = MappingProxyType(
    {
        importer.kind: importer
        for importer in (
            Importer(kind="esco", framework="ESCO", read=esco_csv.read, replaces=True),
            Importer(kind="onet", framework="O*NET", read=onet_text.read, replaces=True),
            Importer(kind="crosswalk", framework="ESCO–O*NET crosswalk", read=crosswalk.read, replaces=True),
            Importer(kind="case", framework="CASE", read=case_package.read, replaces=False),
            Importer(kind="rsd", framework="RSD", read=rsd_json.read, replaces=False),
        )
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import brought, counted in the database after the commit."""

    framework: str
    version: str
    sha256: str  # of the file
    skills: int
    occupations: int
    hops: int
    ratings: int
    retired: int  # concepts of an older release that this one no longer has


def import_framework(
    kind: str,
    path: Path,
    database: Path,
    *,
    version: str = "",
    at: str = "",
    progress: Progress | None = None,
) -> Imported:
    """Read `path` into `database`, which is made and filled with the bundled subset if it is not there.

    `version` and `at` (a time as text) are recorded. Raises `FrameworkUnreadable`, naming file, row and
    column; then nothing of the file is in the database. `ValueError` for a kind that there is not.
    """
    importer = IMPORTERS.get(kind)
    if importer is None:
        raise ValueError(f"{kind} is none of {', '.join(IMPORTERS)}")
    digest = _digest(path)
    database.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(database, isolation_level=None, timeout=WAIT_SECONDS)) as connection:
        try:
            _prepare(connection, database)
            writer = Writer(connection, importer.framework, version or digest[:12] or path.name)
            for number, row in enumerate(importer.read(path), 1):
                writer.write(row)
                if progress is not None and number % PROGRESS_EVERY == 0:
                    progress(number)
            retired = writer.replace_older() if importer.replaces else 0
            writer.record(path.name, digest, at)
            imported = _counted(writer, path, digest, retired)
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    return imported


def _prepare(connection: sqlite3.Connection, database: Path) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
        version = version_of(connection)
    except sqlite3.OperationalError as error:
        reason = f"cannot be written now: {error}"
        raise FrameworkUnreadable(database.name, "the database", "", reason) from error
    except sqlite3.DatabaseError as error:
        reason = "is damaged: delete it and import again"
        raise FrameworkUnreadable(database.name, "the database", "", reason) from error
    if version == 0:
        fill(connection)
    elif version != SCHEMA_VERSION:
        reason = "was made by another release of the verifier: delete it and import again"
        raise FrameworkUnreadable(database.name, "the database", "", reason)


def fill(connection: sqlite3.Connection) -> None:
    """Make the tables, with the bundled subset in them."""
    create(connection)
    for framework, version, rows in bundled_rows():
        writer = Writer(connection, framework, version)
        for row in rows:
            writer.write(row)
        writer.record("bundled", "", "")


def _counted(writer: Writer, path: Path, digest: str, retired: int) -> Imported:
    if missing := writer.missing():
        raise FrameworkUnreadable(path.name, "the count", "", f"{missing} rows were read and are not stored")
    kinds = list(writer.concepts.values())
    return Imported(
        framework=writer.framework,
        version=writer.version,
        sha256=digest,
        skills=kinds.count("skill"),
        occupations=kinds.count("occupation"),
        hops=len(writer.hops),
        ratings=len(writer.ratings),
        retired=retired,
    )


def _digest(path: Path) -> str:
    if path.is_dir():
        return ""
    if not path.is_file():
        raise FrameworkUnreadable(path.name, "the file", "", "is not there")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
