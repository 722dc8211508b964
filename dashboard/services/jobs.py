"""Jobs and their requirements; every save is a version."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.services import job_sources
from dashboard.services.core import Core, found, new_id, plain
from dashboard.services.job_changes import changes
from dashboard.services.levels import choices
from dashboard.services.records import (
    JobDetail,
    JobDraft,
    JobRow,
    LevelChoice,
    OccupationRow,
    RequirementChange,
    RequirementRow,
    SkillSuggestion,
    VersionRow,
)
from dashboard.services.requirements import (
    Stored,
    job_json,
    numbered,
    parsed,
    problems_of,
    row_of,
    stored_requirements,
)
from dashboard.services.standing import restate_stale
from dashboard.services.suggesting import suggest
from dashboard.services.values import Download
from dashboard.store.tables import ApplicantRecord, Vacancy, VacancyVersion
from verifier import VerifierError, write_job_posting, write_requirements_csv

RESTATED_AT_ONCE = 100  # people laid against a new version before the save returns: some 0.3 s


class Jobs:
    """The employer's vacancies."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def rows(self) -> tuple[JobRow, ...]:
        """All jobs, newest first."""
        people = (
            select(ApplicantRecord.vacancy_id, func.count().label("people"))
            .group_by(ApplicantRecord.vacancy_id)
            .subquery()
        )
        query = (
            select(Vacancy, VacancyVersion.requirements, people.c.people)
            .join(
                VacancyVersion,
                (VacancyVersion.vacancy_id == Vacancy.id) & (VacancyVersion.version == Vacancy.version),
            )
            .outerjoin(people, people.c.vacancy_id == Vacancy.id)
            .order_by(Vacancy.created_at.desc(), Vacancy.id)
        )
        with self._core.database.read() as session:
            return tuple(_job_row(*row) for row in session.execute(query))

    def sample_id(self) -> str | None:
        """The sample's job, if it is loaded."""
        with self._core.database.read() as session:
            return session.scalar(select(Vacancy.id).where(Vacancy.sample))

    def detail(self, job_id: str, *, version: int | None = None) -> JobDetail:
        """One job at one version (None: the current). Raises `Missing`."""
        with self._core.database.read() as session:
            return job_detail(session, job_id, version=version)

    def problems(self, requirements: Sequence[RequirementRow]) -> tuple[tuple[int, str], ...]:
        """What is wrong, as (row index, code); empty: may be saved.

        Codes: `skill_missing`, `skill_id_invalid`, `duplicate`, `level_incomplete`, `age_invalid`,
        `tier_invalid`.
        """
        return problems_of(requirements)

    def changes(
        self, before: Sequence[RequirementRow], after: Sequence[RequirementRow]
    ) -> tuple[RequirementChange, ...]:
        """What a save would change."""
        return changes(before, after)

    def levels(self, requirements: Sequence[RequirementRow]) -> tuple[LevelChoice, ...]:
        """The levels that a line may ask for: of common scales, and of those that the job uses."""
        return choices(requirements)

    def touches(self, job_id: str) -> int:
        """How many people a save would touch."""
        with self._core.database.read() as session:
            return _people(session, job_id)

    def create(self, title: str, requirements: Sequence[RequirementRow] = (), *, actor: str = "local") -> str:
        """A new job: its id. Raises `ValueError` for a blank title or rows with problems."""
        _judge(title, requirements)
        with self._core.database.write() as session:
            return create_job(self._core, session, title, numbered(requirements, ()), actor=actor)

    def save(
        self,
        job_id: str,
        requirements: Sequence[RequirementRow],
        *,
        title: str | None = None,
        note: str = "",
        actor: str = "local",
    ) -> int:
        """Save a new version and lay everybody against it: the version. Raises `ValueError`, `Missing`."""
        with self._core.database.write() as session:
            job = found(session.get(Vacancy, job_id), "job")
            _judge(job.title if title is None else title, requirements)
            stored = numbered(requirements, stored_requirements(session, job))
            job.title = job.title if title is None else plain(title.strip())
            job.version += 1
            add_version(self._core, session, job, stored, note=note, actor=actor)
            version = job.version
            session.flush()
            restate_stale(session, limit=RESTATED_AT_ONCE)
        self._core.wake.set()  # whoever is left is laid against it in the background
        return version

    def delete(self, job_id: str, *, actor: str = "local") -> None:
        """Delete a job that nobody applied to. Raises `ValueError` while it has people, `Missing`."""
        with self._core.database.write() as session:
            if _people(session, job_id):
                raise ValueError("people have applied for this job")
            session.delete(found(session.get(Vacancy, job_id), "job"))
            self._core.log(session, actor, "job.deleted", job_id)

    def suggest(self, text: str, *, limit: int = 5) -> tuple[SkillSuggestion, ...]:
        """Skills that `text` may mean; empty where there is nothing to suggest from."""
        return suggest(self._core, text, limit=limit)

    def occupations(
        self, text: str = "", *, framework: str = "", limit: int = 20
    ) -> tuple[OccupationRow, ...]:
        """Occupations of ESCO and O*NET (or one of them) that read like `text`."""
        return job_sources.occupations(self._core, text, framework=framework, limit=limit)

    def propose(self, occupation_id: str) -> JobDraft:
        """A job that an occupation suggests, not saved. Raises `ValueError` with a sentence."""
        return job_sources.of_occupation(self._core, occupation_id)

    def draft(self, data: bytes, filename: str = "") -> JobDraft:
        """A job out of a file, not saved: our JSON, a JobPosting, CSV, Excel.

        Raises `ValueError` with a sentence that names row and column where a table is wrong.
        """
        return job_sources.of_file(self._core, data, filename)

    def file(self, job_id: str, form: str = "json") -> Download:
        """The job as a file that `draft` takes: `json` (`python -m verifier --job` too), `csv`, `posting`."""
        with self._core.database.read() as session:
            job = found(session.get(Vacancy, job_id), "job")
            data = job_json(job.id, job.title, job.version, stored_requirements(session, job))
        if form == "csv":
            table = write_requirements_csv(parsed(data).requirements)
            return Download(filename=f"job-{job_id}.csv", mime="text/csv", data=table)
        if form == "posting":
            advert = write_job_posting(parsed(data))
            return Download(filename=f"job-{job_id}.jsonld", mime="application/ld+json", data=advert)
        return Download(filename=f"job-{job_id}.json", mime="application/json", data=data)


def _people(session: Session, job_id: str) -> int:
    return session.scalar(select(func.count()).where(ApplicantRecord.vacancy_id == job_id)) or 0


def job_detail(session: Session, job_id: str, *, version: int | None = None) -> JobDetail:
    """One job at one version (None: the current). Raises `Missing`."""
    job = found(session.get(Vacancy, job_id), "job")
    versions = session.scalars(
        select(VacancyVersion)
        .where(VacancyVersion.vacancy_id == job_id)
        .order_by(VacancyVersion.version.desc())
    ).all()
    wanted = version or job.version
    chosen = found(next((one for one in versions if one.version == wanted), None), "version")
    return JobDetail(
        job_id=job.id,
        title=job.title,
        version=chosen.version,
        requirements=tuple(row_of(stored) for stored in chosen.requirements),
        versions=tuple(_version_row(one, before) for one, before in zip_longest(versions, versions[1:])),
        sample=job.sample,
    )


def create_job(
    core: Core, session: Session, title: str, stored: list[Stored], *, actor: str, sample: bool = False
) -> str:
    """Add a job with its first version in the caller's transaction: its id."""
    now = core.now()
    job = Vacancy(
        id=new_id(), title=plain(title.strip()), version=1, sample=sample, created_at=now, updated_at=now
    )
    session.add(job)
    session.flush()
    add_version(core, session, job, stored, note="", actor=actor)
    return job.id


def add_version(
    core: Core, session: Session, job: Vacancy, stored: list[Stored], *, note: str, actor: str
) -> None:
    """Keep the requirements as the job's current version, once the verifier has taken them."""
    try:
        parsed(job_json(job.id, job.title, job.version, stored))
    except VerifierError as error:
        raise ValueError(f"This job {error}.") from error
    now = core.now()
    job.updated_at = now
    session.add(
        VacancyVersion(
            vacancy_id=job.id,
            version=job.version,
            requirements=stored,
            note=plain(note, 1_000),
            actor=actor,
            at=now,
        )
    )
    core.log(session, actor, "job.saved", job.id, version=str(job.version), requirements=str(len(stored)))


def _judge(title: str, requirements: Sequence[RequirementRow]) -> None:
    if not title.strip():
        raise ValueError("a job needs a title")
    problems = problems_of(requirements)
    if problems:
        raise ValueError(f"row {problems[0][0] + 1}: {problems[0][1]}")


def _job_row(job: Vacancy, requirements: list[Stored], people: int | None) -> JobRow:
    return JobRow(
        job_id=job.id,
        title=job.title,
        version=job.version,
        requirements=len(requirements),
        people=people or 0,
        sample=job.sample,
        updated_at=job.updated_at,
    )


def _version_row(version: VacancyVersion, before: VacancyVersion | None) -> VersionRow:
    lines = [row_of(stored) for stored in version.requirements]
    earlier = [row_of(stored) for stored in before.requirements] if before else None
    return VersionRow(
        version=version.version,
        at=version.at,
        actor=version.actor,
        requirements=len(version.requirements),
        note=version.note,
        changes=() if earlier is None else changes(earlier, lines),
    )
