"""Where a job may come from: an occupation of ESCO or O*NET, an advert, a table, a file of our own.

All give a draft that a person edits; nothing is saved here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from dashboard.services.core import Core, plain
from dashboard.services.knowledge import knowledge
from dashboard.services.records import FreeText, JobDraft, OccupationRow
from dashboard.services.requirements import rows_of
from dashboard.services.suggesting import suggest
from verifier import (
    JobRequirements,
    VerifierError,
    propose,
    read_job_posting,
    read_requirements_csv,
    read_requirements_excel,
)

FRAMEWORKS = ("ESCO", "O*NET")  # those that know what an occupation asks for
EXCEL = b"PK\x03\x04"
SUGGESTED = 5  # skills for one text
MAX_TEXTS = 20  # of one advert
DRAFT = "draft"  # the id of a job that has none yet


def occupations(core: Core, text: str, *, framework: str, limit: int) -> tuple[OccupationRow, ...]:
    """Occupations whose name reads like `text`; "" for the first of all."""
    library = knowledge(core.settings.home).library
    if text.strip():
        alike = library.search(text, kind="occupation", limit=4 * limit)
        found = [one for one in alike if framework in ("", one.framework)]
    else:
        found = [one for name in FRAMEWORKS if framework in ("", name) for one in library.occupations(name)]
    return tuple(
        OccupationRow(occupation_id=one.id, label=one.label, framework=one.framework, code=one.code)
        for one in found[:limit]
    )


def of_occupation(core: Core, occupation_id: str) -> JobDraft:
    """What the occupation asks for. Raises `ValueError` with a sentence where nothing is known of it."""
    try:
        proposal = propose(knowledge(core.settings.home).library, occupation_id, job_id=DRAFT)
    except VerifierError as error:
        raise ValueError(f"This job {error}.") from error
    return JobDraft(
        title=plain(proposal.job.name), requirements=rows_of(proposal.job), notes=dict(proposal.notes)
    )


def of_file(core: Core, data: bytes, filename: str) -> JobDraft:
    """Of a job file or advert in JSON, a CSV or an Excel sheet. Raises `ValueError` with a sentence."""
    title = plain(filename.replace("\\", "/").rpartition("/")[2].rpartition(".")[0])
    try:
        if data.startswith(EXCEL):
            return _of_rows(title, read_requirements_excel(data))
        if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
            return _of_json(core, data)
        return _of_rows(title, read_requirements_csv(data))
    except VerifierError as error:
        raise ValueError(f"This file {error}.") from error


def _of_rows(title: str, requirements: Iterable[Any]) -> JobDraft:
    job = JobRequirements(id=DRAFT, name=title, requirements=tuple(requirements))
    return JobDraft(title=title, requirements=rows_of(job), notes={})


def _of_json(core: Core, data: bytes) -> JobDraft:
    if _is_job(data):
        job = JobRequirements.parse(data)
        return JobDraft(title=plain(job.name), requirements=rows_of(job), notes={})
    advert = read_job_posting(data)
    texts = tuple(
        FreeText(field=field, text=plain(text, 4_000), suggestions=suggest(core, text, limit=SUGGESTED))
        for field, text in advert.texts[:MAX_TEXTS]
    )
    return JobDraft(title=plain(advert.job.name), requirements=rows_of(advert.job), notes={}, texts=texts)


def _is_job(data: bytes) -> bool:
    """Whether it is a job of ours rather than an advert; what is wrong with it its own reader says."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return True
    return isinstance(value, dict) and "requirements" in value and not {"@type", "@graph"} & value.keys()
