"""`python -m dashboard`: the commands beside the server, and what the environment decides."""

from __future__ import annotations

import importlib.util
import socket
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from click.testing import CliRunner
from streamlit import config
from streamlit.runtime.secrets import Secrets

from dashboard import __main__ as command
from dashboard import session
from dashboard.services import Services
from dashboard.settings import MAX_WORKERS, WORKERS, Settings
from dashboard.store import Database
from tests.dashboard.finished import with_sample
from verifier import data_folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that the environment names."""
    monkeypatch.setenv("SKILLPROOF_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command.main, arguments)
    return result.exit_code, result.output


def test_backup_doctor_and_restore_work_together(home: Path, tmp_path: Path) -> None:
    services = with_sample(home)
    head = services.activity.verify().head
    assert run("backup", str(tmp_path / "copy.db"))[0] == 0  # while it is in use
    assert run("restore", str(tmp_path / "copy.db")) == (1, "Error: Skillproof is running: stop it first\n")
    services.close()
    (home / "skillproof.db").unlink()
    code, said = run("restore", str(tmp_path / "copy.db"))
    assert (code, said) == (0, "Restored.\n")
    code, said = run("doctor")
    assert code == 0
    assert head[:16] in said
    assert "27 done" in said
    assert "BAD" not in said


def test_doctor_misses_a_verdict_without_its_report(home: Path) -> None:
    services = Services.open()
    services.work.wait(services.intake.load_sample(), 60)
    services.close()
    with closing(sqlite3.connect(home / "skillproof.db")) as store, store:
        store.execute("UPDATE items SET report_id = NULL WHERE position = 0")
        store.execute("UPDATE items SET report_id = 'gone' WHERE position = 1")
    code, said = run("doctor")
    assert code == 1
    assert "BAD  verdicts: 2 items without their report" in said


def test_doctor_names_nobody(home: Path) -> None:
    services = with_sample(home)
    services.close()
    said = run("doctor")[1]
    assert not any(word in said for word in ("Ada", "Example", "applicants.example"))


def test_doctor_tells_of_a_broken_log(home: Path) -> None:
    services = Services.open()
    services.jobs.create("Analyst")
    services.close()
    with closing(sqlite3.connect(home / "skillproof.db")) as connection:
        connection.execute("UPDATE log SET actor = 'nobody'")
        connection.commit()
    code, said = run("doctor")
    assert code == 1
    assert "BAD  activity log: broken at line 1" in said


def test_a_receipt_is_checked_again_without_the_store(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = with_sample(home)
    one = next(row.applicant_id for row in services.candidates.rows() if row.name == "Dmitri Sample")
    made = services.receipts.of_candidate(one)
    services.close()
    file, forged = tmp_path / "receipt.json", tmp_path / "forged.json"
    file.write_bytes(made.data)
    forged.write_bytes(made.data.replace(b"invalid_signature", b"verified"))
    [badge, *_] = sorted((Settings.read().sample_data / "applicants").glob("dmitri*/*"))
    code, said = run("receipt", str(file), str(badge))
    assert code == 0
    assert "UNALTERED" in said
    assert "which is this installation" in said
    assert f"{badge.name}: the file that was checked, with the outcome" in said
    assert "SAMPLE DATA" in said
    assert run("doctor")[1].count(made.signer) == 1
    monkeypatch.setenv("SKILLPROOF_HOME", str(tmp_path / "elsewhere"))
    assert run("receipt", str(file))[0] == 2
    assert run("receipt", str(file), "--key", made.signer)[0] == 0
    code, said = run("receipt", str(file), "--key", "did:key:z6MkOther")
    assert (code, "NOT the key you named" in said) == (1, True)
    code, said = run("receipt", str(file), str(forged), "--key", made.signer)
    assert (code, "NOT a file that this receipt is about" in said) == (1, True)
    code, said = run("receipt", str(forged), "--key", made.signer)
    assert (code, said.startswith("✗ ALTERED: it does not match its signature")) == (1, True)
    assert run("receipt", str(badge))[0] == 3
    assert not (tmp_path / "elsewhere").exists()


def test_doctor_tells_of_a_receipt_key_that_others_can_read(home: Path) -> None:
    services = Services.open()
    services.receipts.key()
    services.close()
    assert "ok   receipt key: did:key:" in run("doctor")[1]
    (home / "receipt-key.pem").chmod(0o644)
    assert "BAD  receipt key:" in run("doctor")[1]
    (home / "receipt-key.pem").write_bytes(b"no key")
    assert "is no private key in PEM" in run("doctor")[1]


def test_doctor_before_the_first_start_changes_nothing(home: Path) -> None:
    assert run("doctor")[0] == 0
    assert not home.exists()


def test_a_damaged_store_is_not_served(home: Path) -> None:
    home.mkdir()
    (home / "skillproof.db").write_bytes(b"not a database" * 999)
    code, said = run("--no-browser")
    assert code == 1
    assert "restore FILE" in said
    assert run("doctor")[0] == 1


def test_a_free_port_is_found_when_the_usual_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(command, "PORT", taken.getsockname()[1])
        assert command._free_port() != command.PORT


def test_the_environment_decides(tmp_path: Path) -> None:
    settings = Settings.read(
        environ={
            "SKILLPROOF_HOME": str(tmp_path),
            "SKILLPROOF_OFFLINE": "1",
            "SKILLPROOF_REGISTRIES": "https://a.example/r.json https://b.example/r.json",
            "SKILLPROOF_WORKERS": "9999",
            "SKILLPROOF_KEEP_RAW": "0",
        }
    )
    assert settings.home == tmp_path.resolve()
    assert settings.database_url == f"sqlite:///{tmp_path.resolve() / 'skillproof.db'}"
    assert (settings.offline, settings.keep_raw, settings.workers) == (True, False, MAX_WORKERS)
    assert len(settings.registries) == 2
    plain = Settings.read(environ={"SKILLPROOF_WORKERS": "many"})
    assert (plain.workers, plain.offline, plain.keep_raw) == (WORKERS, False, True)


def test_each_kind_of_machine_has_its_folder() -> None:
    home = Path.home()
    assert data_folder("linux", {}) == home / ".local" / "share" / "skillproof"
    assert data_folder("linux", {"XDG_DATA_HOME": "/data"}) == Path("/data/skillproof")
    assert data_folder("darwin", {}) == home / "Library" / "Application Support" / "skillproof"
    assert data_folder("win32", {"LOCALAPPDATA": "/local"}) == Path("/local/skillproof")


def test_store_and_imported_frameworks_lie_in_one_folder(tmp_path: Path) -> None:
    for environ in ({"SKILLPROOF_HOME": str(tmp_path)}, {}):
        assert Settings.read(environ=environ).home == data_folder(sys.platform, environ).resolve()


def test_a_mistyped_key_opens_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLPROOF_KEY", "not a key")
    code, said = run("--no-browser")
    assert (code, said) == (1, "Error: SKILLPROOF_KEY is not base64. Nothing was opened.\n")
    assert not (home / "skillproof.db").exists()


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("SKILLPROOF_HOME", str(tmp_path / "file" / "home"))
    code, said = run("--no-browser")
    assert code == 1
    assert "cannot be opened" in said


def test_the_first_member_is_made_on_the_machine_itself_and_logged(home: Path) -> None:
    who = ("--issuer", "https://id.employer.example", "--subject", "8f3c", "--label", "Rita Roe")
    code, said = run("member", "add", *who, "--role", "admin", "--role", "recruiter")
    assert (code, said.split("  ")[1]) == (0, "Rita Roe: admin, recruiter\n")
    member_id = said.split("  ")[0]
    assert run("member", "list")[1] == (
        f"{member_id}  Rita Roe: admin, recruiter  (https://id.employer.example 8f3c)\n"
    )
    assert run("member", "remove", "nobody")[0] == 1
    assert run("member", "remove", member_id)[0] == 0
    assert run("member", "list") == (0, "")
    services = Services.open()
    logged = [(row.action, row.actor, row.subject) for row in services.activity.rows()]
    assert logged == [("member.removed", "console", member_id), ("member.added", "console", member_id)]
    assert services.activity.verify().intact
    services.close()


def test_a_role_that_there_is_not_is_refused(home: Path) -> None:
    who = ("--issuer", "https://id.employer.example", "--subject", "8f3c", "--label", "Rita Roe")
    assert run("member", "add", *who, "--role", "owner")[0] == 2
    assert run("member", "add", *who)[0] == 2


def test_the_store_is_judged_once_and_open_before_anybody_comes(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large store the judging takes seconds; a second one would be the first visitor's to wait for."""
    judged: list[Database] = []

    def whole(database: Database) -> tuple[str, ...]:
        judged.append(database)
        return ()

    monkeypatch.setattr(Database, "integrity", whole)
    monkeypatch.setattr(command, "server", lambda _settings: SimpleNamespace(run=lambda config: None))
    monkeypatch.setattr(command, "_load", lambda: None)
    assert run("--no-browser")[0] == 0
    assert session.store().work.batches() == ()
    assert len(judged) == 1
    session.store().close()


def test_a_store_with_members_is_not_served_without_sign_in(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "server", lambda _settings: pytest.fail("it was served"))
    who = ("--issuer", "https://id.employer.example", "--subject", "8f3c", "--label", "Rita Roe")
    run("member", "add", *who, "--role", "admin")
    code, said = run("--no-browser")
    assert code == 1
    assert "no [auth] in secrets.toml says how they sign in" in said


@pytest.mark.parametrize(
    ("secrets", "sentence"),
    [
        ("[auth]\nredirect_uri = 'x'\n", "lacks cookie_secret"),
        ("[auth\n", "cannot be read"),
        (
            "[auth]\nredirect_uri = 'http://localhost:8501/oauth2callback'\n"
            "cookie_secret = 'a made-up secret of a test, long enough'\n"
            "client_id = 'a'\nclient_secret = 'b'\n"
            "server_metadata_url = 'https://id.employer.example/.well-known/openid-configuration'\n",
            "the extra `auth` is not installed",
        ),
    ],
    ids=["incomplete", "malformed", "without the extra"],
)
def test_sign_in_that_cannot_work_is_not_served(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secrets: str, sentence: str
) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text(secrets)
    monkeypatch.setattr(st, "secrets", Secrets())
    monkeypatch.setattr(command, "server", lambda _settings: pytest.fail("it was served"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    before = st.get_option("secrets.files")
    config.set_option("secrets.files", [str(file)])
    try:
        code, said = run("--no-browser")
    finally:
        config.set_option("secrets.files", before)
    assert code == 1
    assert sentence in said
