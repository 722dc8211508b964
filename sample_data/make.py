"""Makes everything in this folder anew, byte for byte the same: `python sample_data/make.py [FOLDER]`.

The keys come from `tests/issuing_keys.py`. They are demo keys: public, and made for nothing else.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:
    sys.path.insert(
        0, str(HERE.parent)
    )  # run as a script: `tests` and `sample_data` stand in the folder above

from sample_data import catalogue, wallet  # noqa: E402 – the path has to be set first
from sample_data.applicant import Person, email, holder  # noqa: E402
from sample_data.people import PEOPLE  # noqa: E402
from tests.issuing import json_bytes  # noqa: E402
from tests.issuing_keys import Json  # noqa: E402

README = """# Sample data

Fifteen invented applicants for one invented job, **Data analyst**, with credentials of seven invented
issuers. Nobody here exists. Every key is a demo key that follows from a public seed: the signatures prove
nothing about anyone.
Nothing needs a network: the clock stands at {clock}, and `web.json` says which file answers which address.

| file | what it is |
|---|---|
| `applicants.json` | the people, their files, and the verdict and code that each file must get |
| `applicants/<person>/` | what each person hands in |
| `issuers.json` | the employer's list: four accepted, one to be asked about, one refused |
| `job.json` | six required and three preferred skills, in ESCO and O*NET terms |
| `web.json`, `web/` | the documents of did:web issuers and the status lists; one list is missing on purpose |
| `wallet/` | the wallet of the demo holder, who answers where no phone is at hand, with the demo key |
| `make.py` | makes all of it anew, byte for byte the same: `python sample_data/make.py` |

## The people

{people}

This service uses the ESCO classification of the European Commission.
Includes O*NET 29.2 Database, USDOL/ETA, CC BY 4.0, modified.
"""


def served() -> dict[str, bytes]:
    """Every address that has to answer. One status list is left out on purpose: it cannot be reached."""
    college, university = catalogue.COLLEGE, catalogue.UNIVERSITY
    revocations, suspensions = catalogue.COLLEGE_REVOCATIONS, catalogue.COLLEGE_SUSPENSIONS
    older = university.status_list_2021(catalogue.UNIVERSITY_REVOCATIONS, [7])
    return {
        **college.served(),
        **catalogue.TRAINING.served(),
        revocations: json_bytes(college.sign(college.status_list(revocations, [7, 105]))),
        suspensions: json_bytes(college.sign(college.status_list(suspensions, [106], purpose="suspension"))),
        catalogue.UNIVERSITY_REVOCATIONS: json_bytes(university.sign(older, "Ed25519Signature2020")),
    }


def applicant(person: Person) -> Json:
    """One person as a line of `applicants.json`."""
    return {
        "id": person.slug,
        "name": person.name,
        "dids": [holder(person.name).did],
        "emails": [email(person.name)],
        "explanation": person.line,
        "files": [
            {
                "path": f"applicants/{person.slug}/{file.name}",
                "explanation": f"This file {file.about}.",
                "verdict": file.verdict,
                "code": file.code,
            }
            for file in person.files
        ],
    }


def readme(people: list[Person]) -> bytes:
    """The page that explains each person in a line."""
    lines = "\n".join(f"- **{person.name}** – {person.line}" for person in people)
    return README.format(clock=catalogue.CLOCK, people=lines).encode()


def everything() -> dict[str, bytes]:
    """All files of the sample by their path in this folder."""
    people = [make() for make in PEOPLE]
    named = {url: f"web/{url.removeprefix('https://').replace('/', '_')}" for url in served()}
    files = {named[url]: body for url, body in served().items()}
    for person in people:
        files |= {f"applicants/{person.slug}/{file.name}": file.data for file in person.files}
    about = "Invented people; every key is a demo key."
    roll = {"version": 1, "about": about, "clock": catalogue.CLOCK, "job": "job.json"}
    return {
        **files,
        **wallet.files(),
        "applicants.json": json_bytes({**roll, "applicants": [applicant(person) for person in people]}),
        "issuers.json": json_bytes(catalogue.issuer_list()),
        "job.json": json_bytes(catalogue.job()),
        "web.json": json_bytes(named),
        "README.md": readme(people),
    }


def write(folder: Path) -> None:
    """Everything into `folder`."""
    for path, data in everything().items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
