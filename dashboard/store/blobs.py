"""Files as they were handed in, under the digest of their bytes; sealed where the installation has a key.

Sealed means AES-256-GCM (NIST SP 800-38D) with a fresh nonce before the text and the digest as associated
data: a file moved to another's place does not open.
"""

from __future__ import annotations

import base64
import binascii
import os
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dashboard.store.tables import Batch, Blob, Item

KEY_BYTES = 32
NONCE_BYTES = 12  # what GCM is made for (SP 800-38D §8.2)
VAULT = "vault"  # where a session finds the key


class KeyUnusable(ValueError):
    """SKILLPROOF_KEY is not 32 bytes in base64."""


def vault(key: str) -> AESGCM | None:
    """The cipher for `key`; None for no key. Raises `KeyUnusable`: mistyped must not mean unsealed."""
    if not key:
        return None
    try:
        raw = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError) as error:
        raise KeyUnusable("SKILLPROOF_KEY is not base64") from error
    if len(raw) != KEY_BYTES:
        raise KeyUnusable(f"SKILLPROOF_KEY is not {KEY_BYTES} bytes")
    return AESGCM(raw)


def keep(session: Session, sha256: str, data: bytes) -> None:
    """Keep `data` once, sealed where there is a key."""
    if session.get(Blob, sha256) is not None:
        return
    cipher: AESGCM | None = session.info.get(VAULT)
    stored = data
    if cipher is not None:
        nonce = os.urandom(NONCE_BYTES)
        stored = nonce + cipher.encrypt(nonce, data, sha256.encode())
    session.add(Blob(sha256=sha256, size=len(data), data=stored, sealed=cipher is not None))
    session.flush()


def read(session: Session, sha256: str) -> bytes | None:
    """The bytes; None where they are no longer kept, or sealed with a key that is not here."""
    blob = session.get(Blob, sha256)
    if blob is None or not blob.sealed:
        return blob.data if blob else None
    cipher: AESGCM | None = session.info.get(VAULT)
    if cipher is None:
        return None
    try:
        return cipher.decrypt(blob.data[:NONCE_BYTES], blob.data[NONCE_BYTES:], sha256.encode())
    except InvalidTag:
        return None


def drop_unwanted(session: Session, handed_in_before: datetime) -> int:
    """Drop the files that were handed in before a moment and by nobody since: how many."""
    wanted = (
        select(Item.sha256)
        .join(Batch, Batch.id == Item.batch_id)
        .where(Batch.sample | (Batch.created_at >= handed_in_before) | (Item.state != "done"))
    )
    old = session.scalars(select(Blob.sha256).where(Blob.sha256.not_in(wanted))).all()
    session.execute(delete(Blob).where(Blob.sha256.in_(old)))
    return len(old)
