"""Applicants whose evidence counts, in every kind of file and at different levels."""

from __future__ import annotations

from sample_data import catalogue as c
from sample_data.applicant import (
    Person,
    SampleFile,
    as_jwt,
    badge,
    by_did,
    by_email,
    holder,
    revocable,
    signed,
)
from sample_data.drawing import RIBBON_VIEW, medal, ribbon
from tests.issuing import Json, bake_png, bake_svg, json_bytes, zip_of
from tests.issuing_proofs import STATUS_2021, compact_json


def ada() -> Person:
    name = "Ada Example"
    return Person(
        name=name,
        line="Has everything the job requires, in four kinds of file from three issuers.",
        files=(
            SampleFile(
                name="sql.json",
                data=signed(c.COLLEGE, by_did(name, c.SQL_COURSE), 101, credentialStatus=revocable(101)),
                about="is an Open Badge 3.0 with a status list in which it still stands",
            ),
            SampleFile(
                name="python.jwt",
                data=as_jwt(c.COLLEGE, by_did(name, c.PYTHON_COURSE), 102),
                about="is an Open Badge 3.0 as a JWT",
            ),
            SampleFile(
                name="statistics.json",
                data=signed(c.UNIVERSITY, by_email(name, c.STATISTICS_DEGREE), 201),
                about="is bound by a hashed e-mail address and stands at EQF level 7",
            ),
            *_pictures_of(name),
        ),
    )


def _pictures_of(name: str) -> tuple[SampleFile, ...]:
    visual = by_did(name, c.VISUALISATION_BADGE, result=[c.reached("Proficient")])
    png = compact_json(c.TRAINING.sign(badge(c.TRAINING, visual, 11)))
    svg = compact_json(c.TRAINING.sign(badge(c.TRAINING, by_email(name, c.QUALITY_BADGE), 12)))
    return (
        SampleFile(
            name="visualisation.png",
            data=bake_png(png, medal((0x1F, 0x4E, 0x79))),
            about="is a badge picture with the credential inside, and a rubric level",
        ),
        SampleFile(
            name="data-quality.svg",
            data=bake_svg(svg, ribbon("Data Quality in Practice", "#2a6f4e"), RIBBON_VIEW),
            about="is a drawn badge with the credential inside",
        ),
    )


def bruno() -> Person:
    name = "Bruno Muster"
    return Person(
        name=name,
        line="Has four of six: no proof of visualisation or mathematics.",
        files=(
            SampleFile(
                name="data-analytics.json",
                data=signed(c.POLYTECHNIC, by_did(name, c.ANALYTICS_DEGREE), 301),
                about="is signed with a P-384 key and stands at EQF level 6",
            ),
            SampleFile(
                name="python.jwt",
                data=as_jwt(c.TRAINING, by_did(name, c.TRAINING_PYTHON), 13),
                about="is a JWT signed with ES256",
            ),
        ),
    )


def carla() -> Person:
    name = "Carla Beispiel"
    subject = by_did(name, c.STATISTICS_DIPLOMA)
    older = c.UNIVERSITY.vc11(
        id="https://musterstadt-university.example/credentials/applied-statistics/202",
        name=None,
        credentialSubject=subject,
        credentialStatus=c.UNIVERSITY.status_entry_2021(c.UNIVERSITY_REVOCATIONS, 202),
    )
    contexts = [*older["@context"], STATUS_2021]
    return Person(
        name=name,
        line="Statistics is proved, but at EQF level 5 where the job asks for 6: level short.",
        files=(
            SampleFile(
                name="applied-statistics.json",
                data=json_bytes(c.UNIVERSITY.sign({**older, "@context": contexts}, "Ed25519Signature2020")),
                about="is a credential of the older data model 1.1 with Ed25519Signature2020",
            ),
            SampleFile(
                name="python.json",
                data=signed(c.COLLEGE, by_email(name, c.PYTHON_COURSE), 103, credentialStatus=revocable(103)),
                about="is bound by a hashed e-mail address",
            ),
        ),
    )


def liam() -> Person:
    name = "Liam Demo"
    visual = by_did(name, c.VISUALISATION_BADGE, result=[c.reached("Capable")])
    members = {
        "sql.json": signed(c.COLLEGE, by_did(name, c.SQL_COURSE), 108, credentialStatus=revocable(108)),
        "visualisation.json": signed(c.TRAINING, visual, 17),
        "more/data-analytics.jwt": as_jwt(c.POLYTECHNIC, by_did(name, c.ANALYTICS_DEGREE), 303),
    }
    old = signed(
        c.TRAINING,
        by_did(name, c.TRAINING_PYTHON),
        18,
        validFrom="2024-01-10T00:00:00Z",
        validUntil="2026-01-10T00:00:00Z",
    )
    return Person(
        name=name,
        line="Hands in ZIP files of several credentials; one of them has an expired one among them.",
        files=(
            SampleFile(
                name="credentials.zip", data=zip_of(members), about="holds three credentials, all good"
            ),
            SampleFile(
                name="older.zip",
                data=zip_of(
                    {
                        "python-expired.json": old,
                        "data-quality.json": signed(c.TRAINING, by_did(name, c.QUALITY_BADGE), 19),
                    }
                ),
                verdict="failed",
                code="expired",
                about="holds one good credential and one that has expired; each keeps its own verdict",
            ),
        ),
    )


def maya() -> Person:
    name = "Maya Testcase"
    owner = {"id": holder(name).did, "type": ["ClrSubject"]}
    children = [
        c.UNIVERSITY.sign(badge(c.UNIVERSITY, by_did(name, c.STATISTICS_DEGREE), 204)),
        c.COLLEGE.sign(badge(c.COLLEGE, by_did(name, c.PYTHON_COURSE), 109)),
    ]
    record = c.UNIVERSITY.clr(
        children,
        id="https://musterstadt-university.example/records/204",
        name="Comprehensive Learner Record",
        credentialSubject={**owner, "verifiableCredential": children},
    )
    return Person(
        name=name,
        line="Has a learner record (CLR 2.0) with two badges of two issuers inside.",
        files=(
            SampleFile(
                name="record.json",
                data=json_bytes(c.UNIVERSITY.sign(record)),
                about="is a Comprehensive Learner Record whose members are verified one by one",
            ),
        ),
    )


def petra() -> Person:
    name = "Petra Dummy"
    wallet = holder(name)
    members: list[Json | str] = [
        c.COLLEGE.sign(badge(c.COLLEGE, by_did(name, c.SQL_COURSE), 110)),
        c.TRAINING.jwt(badge(c.TRAINING, by_did(name, c.QUALITY_BADGE), 20)),
    ]
    presentation = wallet.sign(
        wallet.presentation(members),
        purpose="authentication",
        challenge="sample-challenge",
        domain="https://employer.example",
    )
    return Person(
        name=name,
        line="Presents two credentials from a wallet, signed by herself.",
        files=(
            SampleFile(
                name="presentation.json",
                data=json_bytes(presentation),
                about="is a presentation of a badge and a JWT, signed with the holder's own key",
            ),
        ),
    )
