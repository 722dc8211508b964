"""Applicants with evidence that does not count, or not yet: each shows one reason."""

from __future__ import annotations

from sample_data import catalogue as c
from sample_data.applicant import Person, SampleFile, as_jwt, badge, by_did, by_email, revocable, signed
from sample_data.drawing import medal
from tests.issuing import bake_png, json_bytes


def dmitri() -> Person:
    name = "Dmitri Sample"
    document = c.UNIVERSITY.sign(badge(c.UNIVERSITY, by_did(name, c.STATISTICS_DIPLOMA), 203))
    subject = document["credentialSubject"]
    alignments = subject["achievement"]["alignment"]
    raised = {**subject["achievement"], "alignment": [*alignments[:-1], c.eqf(7)]}
    altered = {**document, "credentialSubject": {**subject, "achievement": raised}}
    return Person(
        name=name,
        line="Changed the level of a genuine credential from EQF 5 to EQF 7 after it was signed.",
        files=(
            SampleFile(
                name="statistics-altered.json",
                data=json_bytes(altered),
                verdict="failed",
                code="invalid_signature",
                about="was altered after it was signed",
            ),
            SampleFile(
                name="sql.json",
                data=signed(c.COLLEGE, by_did(name, c.SQL_COURSE), 104, credentialStatus=revocable(104)),
                about="is genuine, and counts",
            ),
        ),
    )


def elena() -> Person:
    name = "Elena Placeholder"
    return Person(
        name=name,
        line="Her college has withdrawn the credential: the status list says revoked.",
        files=(
            SampleFile(
                name="python-revoked.json",
                data=signed(c.COLLEGE, by_did(name, c.PYTHON_COURSE), 105, credentialStatus=revocable(105)),
                verdict="failed",
                code="revoked",
                about="was revoked by its issuer",
            ),
            SampleFile(
                name="data-analytics.jwt",
                data=as_jwt(c.POLYTECHNIC, by_did(name, c.ANALYTICS_DEGREE), 302),
                about="is a JWT signed with ES384",
            ),
        ),
    )


def farid() -> Person:
    name = "Farid Specimen"
    return Person(
        name=name,
        line="One certificate ended in June 2025, the other says no level: level unknown, never zero.",
        files=(
            SampleFile(
                name="sql-expired.json",
                data=signed(
                    c.TRAINING,
                    by_did(name, {**c.SQL_COURSE, "id": "https://harbour-training.example/achievements/sql"}),
                    14,
                    validFrom="2024-06-01T00:00:00Z",
                    validUntil="2025-06-01T00:00:00Z",
                ),
                verdict="failed",
                code="expired",
                about="has expired",
            ),
            SampleFile(
                name="statistics.json",
                data=signed(c.COLLEGE, by_email(name, c.COLLEGE_STATISTICS), 111),
                about="is genuine, but states no EQF level",
            ),
        ),
    )


def greta() -> Person:
    name = "Greta Fiktiv"
    return Person(
        name=name,
        line="Has a genuine badge from a bootcamp that is not on the employer's list.",
        files=(
            SampleFile(
                name="bootcamp.json",
                data=signed(c.BOOTCAMP, by_did(name, c.BOOTCAMP_BADGE), 1),
                verdict="indeterminate",
                code="issuer_unknown",
                about="is genuine, but nobody vouches for its issuer: add it with a reason and it counts",
            ),
        ),
    )


def hugo() -> Person:
    name = "Hugo Mustermann"
    return Person(
        name=name,
        line="Hands in a genuine credential that belongs to Ada Example.",
        files=(
            SampleFile(
                name="statistics.json",
                data=signed(c.UNIVERSITY, by_email("Ada Example", c.STATISTICS_DEGREE), 201),
                verdict="failed",
                code="other_subject",
                about="was issued to somebody else",
            ),
        ),
    )


def ines() -> Person:
    name = "Ines Ejemplo"
    status = c.TRAINING.status_entry(c.TRAINING_REVOCATIONS, 15)
    return Person(
        name=name,
        line="The status list of her badge does not answer: nobody can tell whether it still stands.",
        files=(
            SampleFile(
                name="visualisation.json",
                data=signed(
                    c.TRAINING,
                    by_did(name, c.VISUALISATION_BADGE, result=[c.reached("Beginner")]),
                    15,
                    credentialStatus=status,
                ),
                verdict="indeterminate",
                code="status_unreachable",
                about="names a status list that cannot be reached",
            ),
            SampleFile(
                name="dashboards.png",
                data=bake_png(
                    as_jwt(c.TRAINING, by_email(name, c.DASHBOARDS_BADGE), 16).strip(),
                    medal((0x7A, 0x2E, 0x5C)),
                ),
                about="is a badge picture with a JWT inside",
            ),
        ),
    )


def jonas() -> Person:
    name = "Jonas Modell"
    entries = [revocable(106), revocable(106, c.COLLEGE_SUSPENSIONS, "suspension")]
    return Person(
        name=name,
        line="The credential is suspended: not revoked, but not valid at present.",
        files=(
            SampleFile(
                name="sql-suspended.json",
                data=signed(c.COLLEGE, by_did(name, c.SQL_COURSE), 106, credentialStatus=entries),
                verdict="failed",
                code="suspended",
                about="is suspended in one of its two status lists",
            ),
        ),
    )


def keiko() -> Person:
    name = "Keiko Mihon"
    subject = {"type": ["AchievementSubject"], "achievement": c.PYTHON_COURSE}
    return Person(
        name=name,
        line="Has a badge that names no holder: it is genuine, but it could be anybody's.",
        files=(
            SampleFile(
                name="python-bearer.json",
                data=signed(c.COLLEGE, subject, 107),
                verdict="indeterminate",
                code="bearer",
                about="does not say whom it was issued to",
            ),
        ),
    )


def noor() -> Person:
    name = "Noor Template"
    return Person(
        name=name,
        line="One issuer is on the employer's list to be asked about, the other is refused.",
        files=(
            SampleFile(
                name="evening-course.json",
                data=signed(c.EVENING_SCHOOL, by_did(name, c.EVENING_COURSE), 1),
                verdict="indeterminate",
                code="issuer_ask",
                about="comes from an issuer about whom a colleague is to be asked",
            ),
            SampleFile(
                name="bought-diploma.json",
                data=signed(c.DIPLOMA_SHOP, by_did(name, c.BOUGHT_DIPLOMA), 1),
                verdict="failed",
                code="issuer_refused",
                about="comes from an issuer that the employer refuses",
            ),
        ),
    )
