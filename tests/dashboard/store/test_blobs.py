"""Files are sealed where there is a key, and open only with that key and in their own place."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dashboard.services import Incoming, Missing, Services
from dashboard.store import Database, blobs
from dashboard.store.blobs import KeyUnusable
from dashboard.store.tables import Blob
from tests.dashboard.services.making import verifying

KEY = base64.b64encode(b"demo key, sealing nothing at all").decode()
OTHER = base64.b64encode(b"another demo key, 32 bytes long.").decode()
DATA = b"the file of somebody"
SHA = hashlib.sha256(DATA).hexdigest()


def opened(folder: Path, key: str) -> Database:
    database = Database(f"sqlite:///{folder / 'store.db'}", key=key)
    database.open()
    return database


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """The folder of a store with one sealed file."""
    database = opened(tmp_path, KEY)
    with database.write() as session:
        blobs.keep(session, SHA, DATA)
    database.close()
    return tmp_path


@pytest.mark.parametrize(("key", "found"), [(KEY, DATA), (OTHER, None), ("", None)])
def test_a_sealed_file_opens_with_its_own_key_alone(sealed: Path, key: str, found: bytes | None) -> None:
    database = opened(sealed, key)
    with database.read() as session:
        assert blobs.read(session, SHA) == found
    database.close()
    assert DATA not in (sealed / "store.db").read_bytes()


def test_a_file_in_anothers_place_does_not_open(sealed: Path) -> None:
    database = opened(sealed, KEY)
    with database.write() as session:
        moved = session.get_one(Blob, SHA)
        session.add(Blob(sha256="0" * 64, size=moved.size, data=moved.data, sealed=True))
    with database.read() as session:
        assert blobs.read(session, "0" * 64) is None
    database.close()


def test_files_from_before_the_key_still_open(tmp_path: Path) -> None:
    database = opened(tmp_path, "")
    with database.write() as session:
        blobs.keep(session, SHA, DATA)
    database.close()
    database = opened(tmp_path, KEY)
    with database.read() as session:
        assert blobs.read(session, SHA) == DATA
    database.close()


@pytest.mark.parametrize("key", ["short", "not base64 at all!", base64.b64encode(b"x" * 31).decode()])
def test_a_mistyped_key_is_refused(key: str) -> None:
    with pytest.raises(KeyUnusable):
        blobs.vault(key)


def test_files_are_dropped_when_their_time_is_over_and_verdicts_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noon: datetime
) -> None:
    monkeypatch.setenv("SKILLPROOF_RETENTION_DAYS", "30")
    services = Services.open(tmp_path, verifying=verifying(), now=lambda: noon)
    batch = services.intake.receive([Incoming(filename="a.json", data=DATA)])
    services.work.wait(batch)
    [row] = services.work.items(batch)
    assert services.evidence.view(row.item_id).raw_until == noon + timedelta(days=30)
    services.close()
    services = Services.open(tmp_path, verifying=verifying(), now=lambda: noon + timedelta(days=31))
    with pytest.raises(Missing):
        services.evidence.raw(row.item_id)
    assert services.evidence.view(row.item_id).card.verdict == "verified"
    assert services.evidence.view(row.item_id).raw_until == noon
    [line] = services.activity.rows(action="file.dropped")
    assert line.detail == {"files": "1"}
    services.close()
