"""What other systems import: the shapes they ask for, our findings in words, credentials that verify."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from dashboard.exports.ler_rs import Original, parted
from dashboard.exports.plain_text import plain
from dashboard.exports.recruiting_systems import COLUMNS, FIELDS, Applying, in_parts, mapping, rows
from dashboard.services import Download, Given, Incoming, Missing, Services
from dashboard.services.sample import read_sample
from dashboard.settings import CHECKOUT
from dashboard.store.tables import Blob
from verifier import Applicant, IssuerList, Policy, Uploaded, Verdict, verify

Json = dict[str, Any]


def person(services: Services, name: str) -> str:
    return next(row.applicant_id for row in services.candidates.rows() if row.name == name)


def record_of(services: Services, name: str) -> Json:
    record: Json = json.loads(services.systems.ler_rs(person(services, name)).data)
    return record


def table_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def files_of(download: Download) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(download.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def as_credential(record: Json) -> bytes:
    """The record in the wrapper that HR Open gives it, so that our own reader takes it."""
    wrapper = {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiableCredential"],
        "issuer": "Example Employer",
        "issuanceDate": "2026-09-01T09:00:00Z",
        "credentialSubject": record,
    }
    return json.dumps(wrapper).encode()


def test_the_credentials_inside_an_ler_rs_record_verify_again(sample: Services) -> None:
    world = read_sample(CHECKOUT / "sample_data")
    for name, inside in (("Ada Example", 5), ("Maya Testcase", 3), ("Dmitri Sample", 1)):
        record = record_of(sample, name)
        assert record["type"] == "http://schema.hropenstandards.org/4.5/recruiting/json/LER-RSType.json"
        [address] = record["communication"]["email"]
        report = verify(
            Uploaded(as_credential(record), "record.json"),
            policy=Policy.standard(),
            trust=(IssuerList.parse(world.issuers),),
            applicant=Applicant(emails=(address["address"],)),
            web=world.web,
            now=world.clock,
        )
        assert report.credential is not None
        assert report.credential.format == "ler_rs"
        proofs = [inner.check("proof").outcome.value for inner in report.contained]
        assert proofs == ["passed"] * inside
        assert report.verdict is not Verdict.VERIFIED  # nobody signed the record itself


def test_what_a_check_speaks_against_is_left_out_and_counted(sample: Services) -> None:
    record = record_of(sample, "Dmitri Sample")
    assert [entry["name"] for entry in record["certifications"]] == ["Working with SQL"]
    assert record["narratives"][0]["texts"][0]["lines"][-1].endswith(": 1.")
    assert "Statistics" not in json.dumps(record)
    nothing = record_of(sample, "Hugo Mustermann")
    assert not {"certifications", "skills"} & set(nothing)


def test_each_entry_says_what_was_found_and_when(sample: Services) -> None:
    [entry] = record_of(sample, "Greta Fiktiv")["certifications"]
    assert entry["issuingAuthority"]["name"].startswith(
        "did:"
    )  # nobody whom the employer knows calls it more
    assert entry["comments"] == ["Issuer not on your list (issuer_unknown), checked 2026-09-01T09:00:00Z"]
    record = record_of(sample, "Ada Example")
    lines = record["narratives"][0]["texts"][0]["lines"]
    assert "Checked under the policy “standard”; when, each entry says." in lines
    assert "Sample data, not for hiring." in lines
    skill = next(skill for skill in record["skills"] if skill["name"] == "Mathematics")
    assert skill["comments"] == [
        "Verified, level EQF 7: Certificate of Advanced Studies in Statistics by University of Musterstadt"
    ]


def test_only_verified_skills_are_skills(sample: Services) -> None:
    assert "skills" not in record_of(sample, "Greta Fiktiv")


@pytest.mark.parametrize(
    ("original", "kind"),
    [
        (Original(token="ey.a.b"), "data:application/vc+jwt,ey.a.b"),
        (Original(token="ey.a.b~c~"), "data:application/vc+sd-jwt,ey.a.b~c~"),
    ],
)
def test_a_token_stands_in_an_envelope(original: Original, kind: str) -> None:
    verification = original.verification()
    assert verification is not None
    assert (verification["type"], verification["id"]) == ("EnvelopedVerifiableCredential", kind)


def test_what_carries_no_proof_of_its_own_is_no_verification() -> None:
    assert Original(document={"id": "x"}).verification() is None
    assert Original().verification() is None


def test_greenhouse_gets_what_it_asks_for(sample: Services) -> None:
    table = table_of(sample.systems.greenhouse(sample.jobs.sample_id()).data)
    assert len(table) == 15
    dmitri = next(row for row in table if row["First name"] == "Dmitri")
    assert list(dmitri) == list(COLUMNS)
    assert (dmitri["Last name"], dmitri["Job"]) == ("Sample", "Data analyst")
    assert dmitri["Email"] == "dmitri.sample@applicants.example"
    assert dmitri["Skillproof files"] == "1 Verified, 1 Problem found"
    assert dmitri["Skillproof required met"] == "1 of 6"
    [one] = table_of(sample.systems.greenhouse_of(person(sample, "Dmitri Sample")).data)
    assert one == dmitri


def test_more_people_than_one_file_takes_come_in_several(
    sample: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.services.recruiting_systems.MOST_ROWS", 8)
    assert sample.systems.greenhouse_files(sample.jobs.sample_id()) == 2
    assert sample.systems.greenhouse_files("gone") == 1
    row = sample.candidates.rows()[0]
    one = Applying(row=row, given=Given(), job="x", policy="standard")
    parts = in_parts(rows([one] * 16_001))
    assert [len(part) for part in parts] == [8_000, 8_000, 1]
    assert [list(part.columns) for part in parts] == [list(COLUMNS)] * 3
    assert [len(part) for part in in_parts(rows([]))] == [0]


def test_two_files_of_greenhouse_come_in_one_zip(sample: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_parts, "__defaults__", (8,))
    files = files_of(sample.systems.greenhouse(sample.jobs.sample_id()))
    assert list(files) == ["greenhouse-1.csv", "greenhouse-2.csv", "SHA256SUMS"]
    assert [len(table_of(files[f"greenhouse-{number}.csv"])) for number in (1, 2)] == [8, 7]


@pytest.mark.parametrize("system", sorted(FIELDS))
def test_a_mapping_names_every_column_of_its_table(sample: Services, system: str) -> None:
    files = files_of(sample.systems.mapped(system, sample.jobs.sample_id()))
    said = json.loads(files["column-mapping.json"])
    head = next(csv.reader(io.StringIO(files["candidates.csv"].decode("utf-8-sig"))))
    assert said["system"] == system
    assert [entry["column"] for entry in said["columns"]] == head
    assert all(entry["field"] for entry in said["columns"][:5])
    assert json.loads(mapping(system, ["x"]))["columns"] == [{"column": "x", "field": ""}]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Example", ("Ada", "Example")),
        ("María del Carmen Muster", ("María del Carmen", "Muster")),
        ("Madonna", ("Madonna", "(none)")),
        ("", ("Candidate", "7F3A1B")),
        (" \t ", ("Candidate", "7F3A1B")),
    ],
)
def test_a_name_is_parted_as_those_systems_want(name: str, parts: tuple[str, str]) -> None:
    assert parted(name, "Candidate 7F3A1B") == parts


@given(st.text(max_size=50))
def test_no_word_of_a_name_is_lost(name: str) -> None:
    first, last = parted(name, "Candidate 1")
    kept = [word for word in f"{first} {last}".split() if word != "(none)"]
    assert kept == (plain(name, 1_000).split() or ["Candidate", "1"])


def test_hostile_texts_cannot_act_and_a_number_stays_one(services: Services) -> None:
    job = services.jobs.create("=cmd|calc")
    hostile = Given(name='=HYPERLINK("http://x.example")\u202e x', emails=("@SUM(1)",), phones=("+49 30 1",))
    files = [Incoming(filename="=1+1.json", data=b"{}")]
    services.work.wait(services.intake.receive(files, job_id=job, given=hostile), 30)
    one = services.candidates.rows(job)[0].applicant_id
    [row] = table_of(services.systems.greenhouse(job, reason="a test").data)
    assert row["First name"].startswith("'=HYPERLINK")
    assert (row["Job"], row["Email"], row["Phone"]) == ("'=cmd|calc", "'@SUM(1)", "0049 30 1")
    assert "\u202e" not in services.systems.ler_rs(one, reason="a test").data.decode()


def test_a_token_whose_file_is_no_longer_kept_is_told(loaded: Services) -> None:
    before = sum("verifications" in entry for entry in record_of(loaded, "Ada Example")["certifications"])
    with loaded._core.database.write() as session:
        session.execute(delete(Blob))
    after = record_of(loaded, "Ada Example")["certifications"]
    without = [entry for entry in after if "verifications" not in entry]
    assert before == len(after)
    assert without
    assert all("handed over beside this record" in entry["comments"][1] for entry in without)


def test_they_are_logged_with_names_and_nobody_is_missing(sample: Services) -> None:
    job = sample.jobs.sample_id()
    sample.systems.greenhouse(job)
    sample.systems.mapped("Lever", job)
    sample.systems.ler_rs(person(sample, "Ada Example"))
    logged = [line.detail["file"] for line in sample.activity.rows(action="export.made")[:3]]
    assert logged == ["ler-rs-with-names.json", "lever-with-names.zip", "greenhouse-with-names.csv"]
    with pytest.raises(Missing):
        sample.systems.ler_rs("gone")
