"""The command line: its exit status is the worst of its reports, misuse is never mistaken for a verdict."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import verifier.verification
from tests.issuing import Issuer, json_bytes
from tests.issuing_documents import SUBJECT_ID
from tests.verifier.forging.scene import COLLEGE, badge, presented, record, revocable, unsigned
from verifier import MemoryWeb
from verifier.__main__ import run
from verifier.reading import on_terminal

COLLEGE_HERE = Issuer.with_did_key("College at Home")
AT = ("--at", "2026-09-01T09:00:00Z")
SCHEMA = json.loads((Path(verifier.verification.__file__).parent / "report.schema.json").read_text("utf-8"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of every verdict, and a network that holds the college alone."""
    web = MemoryWeb(
        {**COLLEGE.served(), **revocable().web, "https://college.example/1.json": json_bytes(badge().upload)}
    )
    monkeypatch.setattr(verifier.verification, "default_web", lambda: web)
    lines = [COLLEGE.entry(), COLLEGE_HERE.entry()]
    signed = COLLEGE_HERE.sign(COLLEGE_HERE.credential())
    files: dict[str, Any] = {
        "good.json": signed,
        "web.json": badge().upload,
        "forged.json": {**signed, "name": "Forged"},
        "unknown.json": Issuer.with_did_key("Nobody").sign(Issuer.with_did_key("Nobody").credential()),
        "issuers.json": {"version": 1, "name": "Our issuers", "issuers": lines},
        "record.json": record().upload,
        "presented.json": presented().upload,
        "unsigned.json": unsigned(badge().upload),
    }
    for name, document in files.items():
        (tmp_path / name).write_bytes(json_bytes(document))
    (tmp_path / "what.json").write_bytes(b"{]")
    return tmp_path


@pytest.fixture
def command(folder: Path) -> Callable[..., int]:
    """The command over files of `folder`, with the issuer list and the clock given."""

    def call(*arguments: str, issuers: bool = True) -> int:
        listed = ("--issuers", str(folder / "issuers.json")) if issuers else ()
        paths = [str(folder / word) if (folder / word).is_file() else word for word in arguments]
        return run([*listed, *AT, *paths])

    return call


@pytest.mark.parametrize(
    ("files", "status"),
    [
        (["good.json"], 0),
        (["forged.json"], 1),
        (["unknown.json"], 2),
        (["what.json"], 3),
        (["good.json", "web.json"], 0),
        (["good.json", "unknown.json"], 2),
        (["unknown.json", "forged.json"], 1),
        (["good.json", "forged.json", "unknown.json", "what.json"], 3),
    ],
)
def test_the_exit_status_is_the_worst_of_the_reports(
    command: Callable[..., int], files: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(*files) == status
    shown = capsys.readouterr().out
    assert all(f"{name}: " in shown for name in files)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("good.json", "--colour"),
        ("good.json", "--policy", "lenient"),
        ("good.json", "--at", "yesterday"),
        ("good.json", "--at", "2026-09-01"),
        ("good.json", "--at", "2026-09-01T09:00:00"),
        ("good.json", "--at", "0001-01-01T00:00:00+14:00"),
        ("good.json", "--at"),
        ("missing.json",),
        ("good.json", "--issuers", "missing.json"),
        ("good.json", "--issuers", "what.json"),
        ("good.json", "--job", "what.json"),
        ("good.json", "--job", "missing.json"),
        ("good.json", "--registry", "http://registry.example/"),
    ],
)
def test_misuse_is_64(
    command: Callable[..., int], arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(*arguments) == 64
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Error:" in shown.err


def test_help_is_no_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    assert "--applicant-email" in capsys.readouterr().out


def test_what_is_read_is_shown_line_by_line(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("record.json") == 0
    shown = capsys.readouterr().out
    assert "record.json: VERIFIED (verified)" in shown
    assert "    record.json/credential 1: Data Analysis: VERIFIED" in shown
    assert "✓ proof" in shown
    assert "asked https://college.example/.well-known/did.json" in shown


def test_nothing_in_a_document_can_drive_the_terminal() -> None:
    forged = {**badge().upload, "\x1b[2J\x1b[32mVERIFIED": "all is well"}
    report = replace(badge(), upload=forged).judged()
    assert any("\x1b" in finding.pointer for finding in report.check("structure").findings)
    assert "\x1b" not in on_terminal(report)


def test_an_unproved_claim_is_shown_as_a_claim(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    command("forged.json")
    shown = capsys.readouterr().out
    assert "it says: Forged" in shown
    assert "PROBLEM FOUND (invalid_signature)" in shown


@pytest.mark.parametrize("name", ["good.json", "forged.json", "what.json", "record.json", "presented.json"])
def test_json_is_that_of_the_schema(
    command: Callable[..., int], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command(name, "--json")
    whole = json.loads(capsys.readouterr().out)
    (report,) = whole["reports"]
    jsonschema.validate(report, SCHEMA)
    assert report["source"] == name


def test_offline_asks_nobody(command: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert command("good.json", "--offline") == 0
    assert command("web.json", "--offline") == 2
    assert "asked" not in capsys.readouterr().out.replace("was not asked", "")


def test_a_link_is_followed(command: Callable[..., int]) -> None:
    assert command("https://college.example/1.json") == 0
    assert command("https://college.example/2.json") == 2


def test_without_a_list_nobody_is_known(command: Callable[..., int]) -> None:
    assert command("good.json", issuers=False) == 2


def test_the_applicant_is_compared(command: Callable[..., int]) -> None:
    assert command("good.json", "--applicant-did", SUBJECT_ID) == 0
    assert command("good.json", "--applicant-did", COLLEGE.did) == 1
    assert command("good.json", "--applicant-email", "ada@example.org") == 2
    assert command("good.json", "--applicant-name", "Ada") == 2
    assert command("good.json", "--policy", "strict") == 2
    assert command("good.json", "--policy", "strict", "--applicant-did", SUBJECT_ID) == 0


def test_the_clock_can_be_set(folder: Path) -> None:
    arguments = ["--issuers", str(folder / "issuers.json"), str(folder / "good.json"), "--at"]
    assert run([*arguments, "2026-09-01T09:00:00+02:00"]) == 0
    assert run([*arguments, "2036-09-01T09:00:00Z"]) == 1


def test_standard_input_is_read(
    folder: Path,
    command: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO((folder / "good.json").read_bytes())))
    assert command("-") == 0
    assert "standard input: VERIFIED" in capsys.readouterr().out


def test_skills_are_laid_against_a_job(
    folder: Path, command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    requirement = {"id": "r1", "skill": {"id": "urn:skill:1", "name": "Data Analysis"}, "required": True}
    job = {"version": 1, "id": "analyst", "name": "Data analyst", "requirements": [requirement]}
    (folder / "job.json").write_bytes(json_bytes(job))
    assert command("good.json", "--job", "job.json") == 0
    assert "Data analyst: " in capsys.readouterr().out
    command("good.json", "--job", "job.json", "--json")
    whole = json.loads(capsys.readouterr().out)
    assert [row["requirement"] for row in whole["match"]["requirements"]] == ["r1"]


def test_a_job_is_matched_with_the_frameworks_that_are_installed(
    folder: Path,
    command: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SKILLPROOF_HOME", str(folder / "home"))
    descriptor = "https://osmt.example/api/skills/0a000000-aaaa-4bbb-8ccc-dddddddddddd"
    requirement = {"id": "r1", "skill": {"id": descriptor, "name": "Analyse figures"}, "required": True}
    job = {"version": 1, "id": "analyst", "name": "Data analyst", "requirements": [requirement]}
    (folder / "job.json").write_bytes(json_bytes(job))
    target = "https://skills.example/data-analysis"
    alignment = {"type": ["Alignment"], "targetName": "Data analysis", "targetUrl": target}
    plain = COLLEGE_HERE.credential()["credentialSubject"]["achievement"]
    aligned = COLLEGE_HERE.credential(achievement={**plain, "alignment": [alignment]})
    (folder / "aligned.json").write_bytes(json_bytes(COLLEGE_HERE.sign(aligned)))
    command("aligned.json", "--job", "job.json")
    assert "no_evidence" in capsys.readouterr().out
    skill = {"id": descriptor, "skillName": "Analyse figures", "alignments": [{"id": target}]}
    (folder / "rsd.json").write_bytes(json_bytes(skill))
    assert run(["frameworks", "import", "rsd", str(folder / "rsd.json")]) == 0
    command("aligned.json", "--job", "job.json")
    assert "related_only" in capsys.readouterr().out


def test_it_runs_as_a_module() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "verifier", "--colour"], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (64, "")
    assert "Traceback" not in ended.stderr
