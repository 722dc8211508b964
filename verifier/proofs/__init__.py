"""Proofs and the cryptographic suites that can be checked. Registered is not allowed: the policy decides."""

from __future__ import annotations

from types import MappingProxyType

from verifier.errors import UnsupportedSuite
from verifier.proofs.bbs_2023 import BBS_2023
from verifier.proofs.cryptosuite import Cryptosuite
from verifier.proofs.ecdsa import ECDSA_JCS_2019, ECDSA_RDFC_2019
from verifier.proofs.ecdsa_sd import ECDSA_SD_2023
from verifier.proofs.eddsa import ED25519_SIGNATURE_2020, EDDSA_JCS_2022, EDDSA_RDFC_2022
from verifier.proofs.legacy import (
    ECDSA_SECP256K1_SIGNATURE_2019,
    ED25519_SIGNATURE_2018,
    JSON_WEB_SIGNATURE_2020,
    RSA_SIGNATURE_2018,
)

__all__ = ["CRYPTOSUITES", "SELECTIVE", "lookup"]

_SUITES: tuple[Cryptosuite, ...] = (
    EDDSA_RDFC_2022,
    EDDSA_JCS_2022,
    ECDSA_RDFC_2019,
    ECDSA_JCS_2019,
    ECDSA_SD_2023,
    BBS_2023,
    ED25519_SIGNATURE_2020,
    ED25519_SIGNATURE_2018,
    RSA_SIGNATURE_2018,
    ECDSA_SECP256K1_SIGNATURE_2019,
    JSON_WEB_SIGNATURE_2020,
)

# Under these the holder derives a proof over what they choose to show.
SELECTIVE = frozenset({ECDSA_SD_2023.name, BBS_2023.name})

CRYPTOSUITES = MappingProxyType({suite.name: suite for suite in _SUITES})


def lookup(name: str) -> Cryptosuite:
    """The suite called `name`. Raises `UnsupportedSuite`: what cannot be checked is never a yes."""
    if suite := CRYPTOSUITES.get(name):
        return suite
    raise UnsupportedSuite(name)
