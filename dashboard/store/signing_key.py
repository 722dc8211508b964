"""The key that this installation signs its receipts with: made on first use, in a file for its owner alone.

Ed25519 in PKCS #8; where the installation has a key for its files (SKILLPROOF_KEY), sealed with that.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAME = "receipt-key.pem"
SEALED = b"ENCRYPTED"  # in the first line of a PEM that a passphrase opens (RFC 7468 §11)


class SigningKeyUnusable(ValueError):
    """The file is there and is no key that could be used: nothing is signed, and no other key is made."""


def signing_key(home: Path, passphrase: str = "") -> Ed25519PrivateKey:
    """The key in `home`, made if there is none. Raises `SigningKeyUnusable`, `OSError`."""
    return kept_key(home, passphrase) or _made(home, passphrase)


def kept_key(home: Path, passphrase: str = "") -> Ed25519PrivateKey | None:
    """The key in `home`; None where nothing has been signed yet. Raises `SigningKeyUnusable`, `OSError`."""
    file = home / NAME
    if not file.exists():
        return None
    pem = file.read_bytes()
    sealed = SEALED in pem[:64]
    if sealed and not passphrase:
        raise SigningKeyUnusable(f"{file} is sealed with a SKILLPROOF_KEY that is not set")
    try:
        key = serialization.load_pem_private_key(pem, passphrase.encode() if sealed else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        reason = "does not open with this SKILLPROOF_KEY" if sealed else "is no private key in PEM"
        raise SigningKeyUnusable(f"{file} {reason}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningKeyUnusable(f"{file} is no Ed25519 key")
    return key


def _made(home: Path, passphrase: str) -> Ed25519PrivateKey:
    """A new key; of two processes that make one at once, both use the one that was there first."""
    seal: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        seal = serialization.BestAvailableEncryption(passphrase.encode())
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, seal
    )
    draft = home / f"{NAME}.{secrets.token_hex(4)}"
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, home / NAME)  # unlike a rename, never in another one's place
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
    key = kept_key(home, passphrase)
    assert key is not None
    return key
