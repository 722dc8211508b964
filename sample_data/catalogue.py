"""Who issues in the sample, what they certify, and the skills that the job asks for. All of it is invented.

Skill addresses, codes and labels are ESCO's and O*NET's own. This service uses the ESCO classification of the
European Commission. Includes O*NET 29.2 Database, USDOL/ETA, CC BY 4.0, modified.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.issuing import Issuer, Json

CLOCK = "2026-09-01T09:00:00Z"

COLLEGE = Issuer.with_did_web("Northfield State College", "northfield-college.example")
UNIVERSITY = Issuer.with_did_key("University of Musterstadt")
TRAINING = Issuer.with_did_web("Harbour Training", "harbour-training.example", "P-256")
POLYTECHNIC = Issuer.with_did_key("Fjordvik Polytechnic", "P-384")
BOOTCAMP = Issuer.with_did_key("Quickstart Bootcamp")  # genuine, and on nobody's list
EVENING_SCHOOL = Issuer.with_did_jwk("Old Town Evening School")  # on the list, to be asked about
DIPLOMA_SHOP = Issuer.with_did_key("Instant Diploma Service")  # on the list, refused

COLLEGE_REVOCATIONS = "https://northfield-college.example/status/revocation"
COLLEGE_SUSPENSIONS = "https://northfield-college.example/status/suspension"
UNIVERSITY_REVOCATIONS = "https://musterstadt-university.example/status/2021"
TRAINING_REVOCATIONS = "https://harbour-training.example/status/revocation"  # not served: it never answers


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillTerm:
    """A skill of a framework."""

    id: str
    name: str
    framework: str
    code: str = ""

    def alignment(self) -> Json:
        """As an Open Badges alignment (OB 3.0 §B.1.3)."""
        code = {"targetCode": self.code} if self.code else {}
        names = {"targetName": self.name, "targetUrl": self.id, "targetFramework": self.framework}
        return {"type": ["Alignment"], **names, **code}

    def wanted(self) -> Json:
        """As the job names it."""
        code = {"code": self.code} if self.code else {}
        return {"id": self.id, "name": self.name, "framework": self.framework, **code}


def esco(identifier: str, name: str) -> SkillTerm:
    """A skill of ESCO 1.2.0."""
    return SkillTerm(id=f"http://data.europa.eu/esco/skill/{identifier}", name=name, framework="ESCO")


def onet(element: str, name: str) -> SkillTerm:
    """An element of the O*NET content model."""
    address = f"https://www.onetonline.org/find/descriptor/result/{element}"
    return SkillTerm(id=address, name=name, framework="O*NET", code=element)


SQL = esco("598de5b0-5b58-4ea7-8058-a4bc4d18c742", "SQL")
PYTHON = esco("ccd0a1d9-afda-43d9-b901-96344886e14d", "Python (computer programming)")
STATISTICS = esco("382c11ed-20d5-4ae7-b60e-15fec527fa6c", "apply statistical analysis techniques")
VISUALISATION = esco("c3e36d05-8ae8-447f-bb2b-6f9409f85389", "deliver visual presentation of data")
DATA_QUALITY = esco("713fb616-118e-40bc-9366-4a69879a49d5", "implement data quality processes")
BUSINESS_INTELLIGENCE = esco("143769cb-b61e-47d8-a61e-eedfbec1016c", "business intelligence")
COMMUNICATION = esco("ff64e9fc-36dd-4035-872a-83aa41dc1ad9", "communicate with a non-scientific audience")
MATHEMATICS = onet("2.C.4.a", "Mathematics")
CRITICAL_THINKING = onet("2.A.2.a", "Critical Thinking")

RUBRIC = "https://harbour-training.example/rubrics/visualisation"
RUBRIC_LEVELS = ("Beginner", "Capable", "Proficient", "Expert")  # lowest first


def eqf(level: int) -> Json:
    """An alignment to a level of the European Qualifications Framework."""
    return {
        "type": ["Alignment"],
        "targetName": f"EQF level {level}",
        "targetUrl": f"http://data.europa.eu/snb/eqf/{level}",
        "targetFramework": "European Qualifications Framework",
    }


def achievement(address: str, name: str, text: str, skills: tuple[SkillTerm, ...], level: int = 0) -> Json:
    """What is certified (OB 3.0 §B.1.1): a certificate, aligned to `skills` and perhaps to an EQF level."""
    aligned = [skill.alignment() for skill in skills] + ([eqf(level)] if level else [])
    return {
        "id": address,
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": name,
        "description": text,
        "criteria": {"narrative": "Passes a supervised examination and a graded project."},
        "alignment": aligned,
    }


def level_id(name: str) -> str:
    """The address of the rubric's level `name`."""
    return f"{RUBRIC}#{name.lower()}"


def with_rubric(base: Json) -> Json:
    """`base` with a rubric of four levels, the lowest first (OB 3.0 §B.1.22, §B.1.23)."""
    levels = [
        {
            "id": level_id(name),
            "type": ["RubricCriterionLevel"],
            "name": name,
            "level": name,
            "points": str(points),
        }
        for points, name in enumerate(RUBRIC_LEVELS, start=1)
    ]
    description = {
        "id": RUBRIC,
        "type": ["ResultDescription"],
        "name": "Visualisation rubric",
        "resultType": "RubricCriterionLevel",
        "rubricCriterionLevel": levels,
        "alignment": [VISUALISATION.alignment()],
    }
    return {**base, "resultDescription": [description]}


def reached(name: str) -> Json:
    """The result that a person reached the rubric's level `name` (OB 3.0 §B.1.21)."""
    return {"type": ["Result"], "resultDescription": RUBRIC, "achievedLevel": level_id(name)}


def _of(host: str, slug: str) -> str:
    return f"https://{host}.example/achievements/{slug}"


SQL_COURSE = achievement(
    _of("northfield-college", "sql"), "Working with SQL", "Queries and designs relational databases.", (SQL,)
)
PYTHON_COURSE = achievement(
    _of("northfield-college", "python"), "Python for Analysts", "Writes and tests analysis code.", (PYTHON,)
)
COLLEGE_STATISTICS = achievement(
    _of("northfield-college", "statistics"),
    "Introduction to Statistics",
    "Describes data and tests hypotheses.",
    (STATISTICS, MATHEMATICS),
)
STATISTICS_DEGREE = achievement(
    _of("musterstadt-university", "statistics"),
    "Certificate of Advanced Studies in Statistics",
    "Plans, runs and explains statistical analyses.",
    (STATISTICS, MATHEMATICS),
    level=7,
)
STATISTICS_DIPLOMA = achievement(
    _of("musterstadt-university", "applied-statistics"),
    "Diploma in Applied Statistics",
    "Runs standard statistical analyses under guidance.",
    (STATISTICS, MATHEMATICS),
    level=5,
)
ANALYTICS_DEGREE = achievement(
    _of("fjordvik-polytechnic", "data-analytics"),
    "Bachelor Certificate in Data Analytics",
    "Turns raw data into answers.",
    (SQL, STATISTICS, DATA_QUALITY),
    level=6,
)
VISUALISATION_BADGE = with_rubric(
    achievement(
        _of("harbour-training", "visualisation"),
        "Data Visualisation",
        "Chooses, draws and explains charts.",
        (VISUALISATION,),
    )
)
QUALITY_BADGE = achievement(
    _of("harbour-training", "data-quality"),
    "Data Quality in Practice",
    "Finds and mends defects in data.",
    (DATA_QUALITY, COMMUNICATION),
)
TRAINING_PYTHON = achievement(
    _of("harbour-training", "python"), "Python Foundations", "Writes small programs.", (PYTHON,)
)
DASHBOARDS_BADGE = achievement(
    _of("harbour-training", "dashboards"),
    "Dashboards and Business Intelligence",
    "Builds dashboards that people use.",
    (BUSINESS_INTELLIGENCE, CRITICAL_THINKING),
)
BOOTCAMP_BADGE = achievement(
    _of("quickstart-bootcamp", "data-analyst"),
    "Data Analyst in Twelve Weeks",
    "An intensive course with a final project.",
    (SQL, PYTHON, VISUALISATION),
)
EVENING_COURSE = achievement(
    _of("old-town-evening-school", "sql"), "Evening Course in SQL", "Ten evenings of SQL.", (SQL,)
)
BOUGHT_DIPLOMA = achievement(
    _of("instant-diploma", "everything"),
    "Master of Data Everything",
    "No attendance needed.",
    (SQL, PYTHON, STATISTICS),
    level=7,
)


def job() -> Json:
    """The job that everybody in the sample applies for."""
    visual = {
        "scheme": f"rubric:{RUBRIC}",
        "value": level_id("Capable"),
        "label": "Capable",
        "order": [level_id(name) for name in RUBRIC_LEVELS],
    }
    rows = [
        (SQL, True, 3, None),
        (PYTHON, True, 3, None),
        (STATISTICS, True, 3, {"scheme": "EQF", "value": "6"}),
        (VISUALISATION, True, 2, visual),
        (DATA_QUALITY, True, 2, None),
        (MATHEMATICS, True, 1, None),
        (COMMUNICATION, False, 2, None),
        (BUSINESS_INTELLIGENCE, False, 1, None),
        (CRITICAL_THINKING, False, 1, None),
    ]
    requirements = [
        {
            "id": f"r{number}",
            "skill": skill.wanted(),
            "required": required,
            "weight": weight,
            "minimum_level": level,
        }
        for number, (skill, required, weight, level) in enumerate(rows, start=1)
    ]
    return {"version": 1, "id": "data-analyst", "name": "Data analyst", "requirements": requirements}


def issuer_list() -> Json:
    """The employer's list (ARCHITECTURE §5), with one issuer refused and one to be asked about."""
    entries = [
        COLLEGE.entry(reason="regional accreditation (sample)"),
        UNIVERSITY.entry(reason="public university (sample)"),
        TRAINING.entry(reason="training partner since 2024 (sample)", scope=_scope("2024-01-01T00:00:00Z")),
        POLYTECHNIC.entry(reason="public polytechnic (sample)"),
        EVENING_SCHOOL.entry("ask", reason="accreditation is being looked into (sample)"),
        DIPLOMA_SHOP.entry("refuse", reason="sells diplomas without teaching (sample)"),
    ]
    return {"version": 1, "name": "Sample employer's issuers", "issuers": entries}


def _scope(valid_from: str) -> Json:
    return {"types": ["*"], "achievement_types": ["*"], "valid_from": valid_from, "valid_until": None}
