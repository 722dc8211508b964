"""The key of an installation: made once, private, and never replaced without being asked."""

from __future__ import annotations

import stat
import sys
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from dashboard.store.signing_key import NAME, SigningKeyUnusable, kept_key, signing_key


def raw(key: object) -> bytes:
    return key.public_key().public_bytes_raw()  # type: ignore[attr-defined, no-any-return]


def test_it_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    assert kept_key(tmp_path) is None
    first = signing_key(tmp_path)
    assert raw(signing_key(tmp_path)) == raw(first)
    assert [file.name for file in tmp_path.iterdir()] == [NAME]
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


def test_a_key_of_the_installation_seals_it(tmp_path: Path) -> None:
    first = signing_key(tmp_path, "a passphrase")
    assert b"ENCRYPTED" in (tmp_path / NAME).read_bytes()
    assert raw(signing_key(tmp_path, "a passphrase")) == raw(first)
    for passphrase in ("", "another"):
        with pytest.raises(SigningKeyUnusable):
            signing_key(tmp_path, passphrase)


def test_an_unsealed_key_stays_usable_once_files_are_sealed(tmp_path: Path) -> None:
    assert raw(signing_key(tmp_path)) == raw(signing_key(tmp_path, "a passphrase"))


def test_what_is_no_key_is_not_overwritten(tmp_path: Path) -> None:
    curve = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for content in (b"", b"not a key", curve):
        (tmp_path / NAME).write_bytes(content)
        with pytest.raises(SigningKeyUnusable):
            signing_key(tmp_path)
        assert (tmp_path / NAME).read_bytes() == content


def test_two_at_once_get_one_key(tmp_path: Path) -> None:
    found: list[bytes] = []
    together = threading.Barrier(8)

    def make() -> None:
        together.wait()
        found.append(raw(signing_key(tmp_path)))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
