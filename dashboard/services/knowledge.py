"""What is known about skills on this machine: the bundled frameworks, or those that were imported.

Kept once a process: it holds public frameworks and nothing about people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from sqlalchemy.orm import Session

from verifier import (
    Library,
    Linker,
    Report,
    Skill,
    SkillClaim,
    extract_skills,
    frameworks_file,
    infer_skills,
)

KNOWN = "frameworks"  # what a session of the store brings with it


class Knowledge:
    """A library, and what is worked out over it when it is first needed."""

    def __init__(self, library: Library) -> None:
        self.library = library

    @cached_property
    def linker(self) -> Linker:
        """For sentences; some seconds over the whole of ESCO, once."""
        return Linker.of(self.library)

    def skills_of(self, report: Report) -> tuple[SkillClaim, ...]:
        """What the credentials of `report` declare, and what may be read out of those that declare nothing.

        A reading is a suggestion of the sure kind; it stays INFERRED and counts for nothing until a person
        confirms it.
        """
        declared = extract_skills(report)
        speaking = {claim.credential_sha for claim in declared}
        read = infer_skills(report, self._sure)
        return (*declared, *(claim for claim in read if claim.credential_sha not in speaking))

    def _sure(self, text: str) -> Iterator[Skill]:
        return (suggestion.skill for suggestion in self.linker.suggest(text) if suggestion.sure)


def knowledge(home: Path) -> Knowledge:
    """Of the file that imports made in `home`; a later import is seen, for it is another file then."""
    file = frameworks_file(home)
    try:
        return _imported(file, file.stat().st_mtime_ns)
    except FileNotFoundError:
        return _bundled()


@lru_cache(maxsize=1)
def _bundled() -> Knowledge:
    return Knowledge(Library.bundled())


@lru_cache(maxsize=2)
def _imported(file: Path, written: int) -> Knowledge:
    return Knowledge(Library.open(file))


def library_of(session: Session) -> Library | None:
    """The library that the session's store was opened with; None where it was opened without."""
    ask: Callable[[], Knowledge] | None = session.info.get(KNOWN)
    return ask().library if ask else None
