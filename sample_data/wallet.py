"""The demo holder: an invented person whose wallet answers in the demo, with a demo key."""

from __future__ import annotations

from sample_data import catalogue as c
from sample_data.applicant import by_did, holder, revocable, signed
from tests.issuing import Json, json_bytes
from tests.issuing_keys import b64url

GIVEN, FAMILY = "Wanda", "Vorlage"
NAME = f"{GIVEN} {FAMILY}"
LINE = "Answers from a wallet in this demo, with a key of her own."
LEARNING = "urn:eu.europa.ec.eudi:learning:credential:1"  # the type that the EU's wallet gives it


def _learning_credential() -> str:
    """An SD-JWT VC bound to her key; she discloses all of it."""
    claims = {
        "vct": LEARNING,
        "sub": holder(NAME).did,
        "issuing_authority": c.COLLEGE.name,
        "issuing_country": "US",
        "date_of_issuance": "2026-06-30",
        "date_of_expiry": "2031-06-30",
        "given_name": GIVEN,
        "family_name": FAMILY,
        "achievement_title": "Micro-credential in Data Analysis",
        "achievement_description": "Queries data, describes it and explains what it says.",
        "learning_outcomes": [c.SQL.name, c.STATISTICS.name],
        "level_of_learning_experience": 6,
    }
    hidden = ("given_name", "family_name", "learning_outcomes")
    return c.COLLEGE.sd_jwt(claims, hidden, holder=holder(NAME))


def files() -> dict[str, bytes]:
    """Her wallet, by path in this folder."""
    return {
        "wallet/learning-credential.sd-jwt": _learning_credential().encode() + b"\n",
        "wallet/sql.json": signed(
            c.COLLEGE, by_did(NAME, c.SQL_COURSE), 109, credentialStatus=revocable(109)
        ),
        "wallet/statistics.json": signed(c.UNIVERSITY, by_did(NAME, c.STATISTICS_DEGREE), 204),
        "wallet/wallet.json": json_bytes(_wallet()),
    }


def _wallet() -> Json:
    private = holder(NAME).key.private.private_bytes_raw()  # type: ignore[union-attr]  # an Ed25519 key
    return {
        "about": "An invented person; the key is a demo key: public, and made for nothing else.",
        "name": NAME,
        "explanation": LINE,
        "did": holder(NAME).did,
        "verification_method": holder(NAME).method,
        "jwk": {**holder(NAME).key.jwk, "d": b64url(private)},
        "credentials": ["wallet/sql.json", "wallet/statistics.json"],
        "sd_jwt": "wallet/learning-credential.sd-jwt",
    }
