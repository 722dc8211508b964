"""How long each question of a screen takes: `python -m tests.benchmarks.people [people]`.

Asked for: with 10,000 people a grid under 1.5 s, a filter under 0.5 s, a click under 1.5 s, on two cores. The
people are the verified sample, copied row by row into a store of its own that is deleted afterwards.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, inspect, select
from sqlalchemy.orm import Session

from dashboard import frames
from dashboard.services import CandidateRow, DecisionWord, Services
from dashboard.services.core import new_id
from dashboard.settings import DATABASE_NAME
from dashboard.store import Database
from dashboard.store.tables import (
    ApplicantRecord,
    ClaimRecord,
    CredentialRecord,
    Item,
    ReportRecord,
    Standing,
)

AT_ONCE = 500  # people copied in one transaction
REPEATS = 3  # the best of so many is told
TABLES = (ApplicantRecord, Standing, Item, ReportRecord, CredentialRecord, ClaimRecord)
Rows = dict[type, list[dict[str, Any]]]


def columns(row: Any, **changes: Any) -> dict[str, Any]:
    """The columns of `row`, some of them changed; a numbered row gets a new number."""
    values = {column.key: getattr(row, column.key) for column in inspect(row).mapper.column_attrs}
    if isinstance(values.get("id"), int):
        del values["id"]
    return {**values, **changes}


def of_person(session: Session, person: ApplicantRecord) -> list[Any]:
    """Everything that the store holds of one person, items before what points at them."""
    mine = {table: select(table).where(table.applicant_id == person.id) for table in (Standing, Item)}
    rows: list[Any] = [person, *session.scalars(mine[Standing]), *session.scalars(mine[Item])]
    items = select(Item.id).where(Item.applicant_id == person.id)
    for table in (ReportRecord, CredentialRecord, ClaimRecord):
        rows += session.scalars(select(table).where(table.item_id.in_(items)))
    return rows


def copied(rows: list[Any], number: int) -> Iterator[tuple[type, dict[str, Any]]]:
    """One more person like that, no sample any more: every id anew, every reference kept."""
    renamed = {row.id: new_id() for row in rows if isinstance(getattr(row, "id", None), str)}
    for row in rows:
        names = ("id", "applicant_id", "item_id", "report_id")
        changes: dict[str, Any] = {
            name: renamed[value] for name in names if (value := getattr(row, name, None)) in renamed
        }
        if isinstance(row, ApplicantRecord):
            changes |= {"pseudonym": f"Candidate {changes['id'][:6].upper()}", "sample": False, "line": ""}
            changes["created_at"] = row.created_at + timedelta(milliseconds=number)
        if isinstance(row, Item):
            changes["position"] = number
        yield type(row), columns(row, **changes)


def fill(database: Database, people: int) -> None:
    """Copy the sample's people until there are so many."""
    with database.read() as session:
        models = [of_person(session, person) for person in session.scalars(select(ApplicantRecord)).all()]
    for start in range(len(models), people, AT_ONCE):
        rows: Rows = {table: [] for table in TABLES}
        for number in range(start, min(start + AT_ONCE, people)):
            for table, values in copied(models[number % len(models)], number):
                rows[table].append(values)
        with database.write() as session:
            for table in TABLES:
                session.execute(insert(table), rows[table])


def groups_of(rows: Sequence[CandidateRow]) -> bytes:
    """A table for the impact panel that puts everybody into one of two groups."""
    lines = (f"{row.applicant_id},{'ab'[number % 2]}\n" for number, row in enumerate(rows))
    return ("person,group\n" + "".join(lines)).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a screen asks."""

    name: str
    ask: Callable[[], object]


def questions(services: Services, job: str) -> list[Question]:
    rows = services.candidates.rows(job)
    ids = [row.applicant_id for row in rows]
    batch = services.work.batches()[0].batch_id
    cred = services.candidates.detail(ids[len(ids) // 2]).credentials[0].cred
    occupation = services.jobs.occupations("network technician")[0].occupation_id
    groups = groups_of(rows)
    asked: dict[str, Callable[[], object]] = {
        "candidates: rows": lambda: services.candidates.rows(job),
        "candidates: frame": lambda: frames.candidates(rows, names=True),
        "candidates: CSV": lambda: services.exports.candidates_csv(job),
        "candidate": lambda: services.candidates.detail(ids[len(ids) // 2]),
        "evidence": lambda: services.evidence.view(cred),
        "candidate, blind": lambda: services.candidates.detail(ids[len(ids) // 2], blind=True),
        "evidence, blind": lambda: services.evidence.view(cred, blind=True),
        "compare five": lambda: services.candidates.compare(ids[:5]),
        "compare five, blind": lambda: services.candidates.compare(ids[:5], blind=True),
        "alerts": services.candidates.alerts,
        "due for a re-check": services.work.due,
        "coverage": lambda: services.candidates.coverage(job),
        "progress": lambda: services.work.progress(batch),
        "a page of items": lambda: services.work.items(batch, limit=100),
        "issuers": services.issuers.rows,
        "unlisted issuers": services.issuers.unlisted,
        "activity": services.activity.rows,
        "skill suggestions": lambda: services.jobs.suggest("statistics"),
        "occupation as a job": lambda: services.jobs.propose(occupation),
        "impact panel": lambda: services.candidates.impact(job, groups),
        "decide": lambda: services.candidates.decide(ids[0], DecisionWord.ON_HOLD, "benchmark"),
        "save a job": lambda: services.jobs.save(job, services.jobs.detail(job).requirements),
    }
    return [Question(name=name, ask=ask) for name, ask in asked.items()]


def best_of(ask: Callable[[], object]) -> float:
    """Milliseconds of the quickest try."""
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        ask()
        times.append(time.perf_counter() - begun)
    return min(times) * 1_000


def main(people: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        services = Services.open(Path(folder))
        services.work.wait(services.intake.load_sample(), 120)
        database = Database(f"sqlite:///{Path(folder) / DATABASE_NAME}")
        fill(database, people)
        database.close()
        job = services.jobs.sample_id()
        if job is None:
            raise SystemExit("the sample has no job")
        print(f"| question, {people:,} people | ms |\n|---|---:|")
        for question in questions(services, job):
            print(f"| {question.name} | {best_of(question.ask):,.0f} |", flush=True)
        services.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
