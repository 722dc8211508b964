"""Keys: one value for one key, and no key that a stranger could have made (RFC 7517, 7518, 8037; CID 1.0)."""

from __future__ import annotations

import base64
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import base58
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import MalformedKey, UnsupportedKey, VerifierError, WeakKey
from verifier.proofs import encoding, keys

ED25519 = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32))).public_key().public_bytes_raw()
P256 = ec.derive_private_key(3**80, ec.SECP256R1()).public_key()
RSA = rsa.generate_private_key(65537, 2048).public_key()

# RFC 8032: every encoding, canonical or not, of the eight points of small order.
SMALL_ORDER = [
    "00" * 32,
    "00" * 31 + "80",
    "01" + "00" * 31,
    "01" + "00" * 30 + "80",
    "ec" + "ff" * 30 + "7f",
    "ec" + "ff" * 31,
    "ed" + "ff" * 30 + "7f",
    "ee" + "ff" * 31,
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
]


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def okp(raw: bytes = ED25519, **more: Any) -> dict[str, Any]:
    return {"kty": "OKP", "crv": "Ed25519", "x": b64(raw), **more}


def ec_jwk(**more: Any) -> dict[str, Any]:
    numbers = P256.public_numbers()
    x, y = (b64(number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y, **more}


def rsa_jwk(bits: int = 2048, **more: Any) -> dict[str, Any]:
    n = RSA.public_numbers().n if bits == 2048 else (1 << bits - 1) + 1
    return {"kty": "RSA", "n": b64(n.to_bytes((bits + 7) // 8, "big")), "e": "AQAB", **more}


def multikey(prefix: str, raw: bytes) -> str:
    return "z" + base58.b58encode(bytes.fromhex(prefix) + raw).decode()


def test_the_same_key_is_equal_however_it_is_written() -> None:
    methods: list[dict[str, Any]] = [
        {"type": "Multikey", "publicKeyMultibase": multikey("ed01", ED25519)},
        {"type": "Ed25519VerificationKey2020", "publicKeyMultibase": multikey("ed01", ED25519)},
        {"type": "Ed25519VerificationKey2018", "publicKeyBase58": base58.b58encode(ED25519).decode()},
        {"type": "JsonWebKey", "publicKeyJwk": okp()},
        {"type": ["JsonWebKey2020"], "publicKeyJwk": okp()},
    ]
    for method in methods:
        key = keys.from_verification_method(method)
        assert (key.kind, key.raw) == ("Ed25519", ED25519)


def test_pem_and_hex_are_read_where_old_documents_use_them() -> None:
    pem = RSA.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    method = {"type": "CryptographicKey", "publicKeyPem": pem.decode()}
    assert keys.from_verification_method(method).key == RSA
    secp = ec.derive_private_key(5, ec.SECP256K1()).public_key()
    point = secp.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
    method = {"type": "EcdsaSecp256k1VerificationKey2019", "publicKeyHex": point.hex()}
    assert keys.from_verification_method(method).kind == "secp256k1"


@pytest.mark.parametrize("encoded", SMALL_ORDER)
def test_a_point_of_small_order_is_weak(encoded: str) -> None:
    with pytest.raises(WeakKey):
        keys.from_jwk(okp(bytes.fromhex(encoded)))
    with pytest.raises(WeakKey):
        keys.from_multikey(multikey("ed01", bytes.fromhex(encoded)))


def test_a_point_encoded_beyond_the_field_is_malformed() -> None:
    with pytest.raises(MalformedKey):
        keys.from_jwk(okp((2**255 - 19 + 3).to_bytes(32, "little")))


@pytest.mark.parametrize("bits", [512, 1024, 2047])
def test_a_short_rsa_modulus_is_weak(bits: int) -> None:
    with pytest.raises(WeakKey):
        keys.from_jwk(rsa_jwk(bits))


@pytest.mark.parametrize("jwk", [rsa_jwk(8193), rsa_jwk(e=b64(b"\x01" * 9))])
def test_an_rsa_key_that_is_only_work_is_not_used(jwk: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedKey):
        keys.from_jwk(jwk)


@pytest.mark.parametrize(
    "jwk",
    [
        {},
        {"kty": "oct", "k": "AAAA"},
        okp(d="AAAA"),
        ec_jwk(d="AAAA"),
        rsa_jwk(p="AAAA"),
        okp(x="AAAA"),
        okp(x=5),
        okp(x=b64(ED25519) + "="),
        ec_jwk(y=b64(bytes(32))),
        ec_jwk(x="AAAA"),
        {"kty": "EC", "crv": "P-256", "x": ec_jwk()["x"]},
        {**ec_jwk(), "kty": "RSA"},
        rsa_jwk(n="A" * 5000),
        rsa_jwk(e="AQ"),
        rsa_jwk(e="Ag"),
        okp(use="enc"),
        okp(use=["sig"]),
        okp(key_ops=["sign"]),
        okp(key_ops=[]),
        okp(alg="HS256"),
        okp(alg=5),
        ec_jwk(alg="ES224"),
        rsa_jwk(alg="RSA1_5"),
    ],
)
def test_a_jwk_that_is_not_a_public_key_for_signatures_is_malformed(jwk: dict[str, Any]) -> None:
    with pytest.raises(MalformedKey):
        keys.from_jwk(jwk)


@pytest.mark.parametrize(
    "jwk",
    [
        okp(crv="X25519"),
        okp(crv="Ed448"),
        ec_jwk(crv="P-224"),
        {"kty": "AKP", "alg": "ML-DSA-44", "pub": "AA"},
        ec_jwk(crv=["P-256"]),
    ],
)
def test_an_unknown_kind_of_key_is_neither_a_yes_nor_a_no(jwk: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedKey):
        keys.from_jwk(jwk)


def test_a_jwk_keeps_its_restriction_to_one_algorithm() -> None:
    assert keys.from_jwk(okp(alg="EdDSA", use="sig", key_ops=["verify"])).algorithm == "EdDSA"
    assert keys.from_jwk(ec_jwk()).algorithm is None


@pytest.mark.parametrize("prefix", ["ec01", "ea01", "ee01", "8324"])
def test_a_registered_key_that_cannot_be_used_here_is_unsupported(prefix: str) -> None:
    with pytest.raises(UnsupportedKey):
        keys.from_multikey(multikey(prefix, b"\x99" * 32))


@pytest.mark.parametrize("prefix", ["ffff", "9fdd", ""])
def test_what_is_no_kind_of_public_key_is_malformed(prefix: str) -> None:
    with pytest.raises(MalformedKey):
        keys.from_multikey(multikey(prefix, b"\x99" * 32))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "z",
        "u" + b64(b"\xed\x01" + ED25519),
        "z0OIl",
        multikey("ed01", ED25519) + " ",
        multikey("ed01", ED25519[:-1]),
        multikey("8024", ED25519),
        multikey("8024", b"\x02" + b"\xff" * 32),
        multikey("8524", b"\x30\x00"),
        multikey("eb01", bytes(95)),
        multikey("d1d603", b"not JSON"),
        multikey("d1d603", b'{"kty": "OKP"}'),
    ],
)
def test_a_damaged_multikey_is_malformed(text: str) -> None:
    with pytest.raises(MalformedKey):
        keys.from_multikey(text)


def test_a_jwk_in_canonical_json_may_stand_in_a_multikey() -> None:
    canonical = json.dumps(okp(), sort_keys=True, separators=(",", ":")).encode()
    assert keys.from_multikey(multikey("d1d603", canonical)).raw == ED25519


def test_a_very_long_base58_text_costs_nothing() -> None:
    start = time.thread_time()  # of this thread alone: a busy machine is no failure
    with pytest.raises(MalformedKey):
        keys.from_multikey("z" + "2" * 300_000)
    assert time.thread_time() - start < 1  # second; to decode it takes half a minute


@pytest.mark.parametrize(
    "method",
    [
        {"type": "Multikey"},
        {"type": "Multikey", "publicKeyMultibase": multikey("ed01", ED25519), "publicKeyJwk": okp()},
        {"type": "Multikey", "publicKeyMultibase": 5},
        {"type": "JsonWebKey", "publicKeyJwk": "text"},
        {"type": "JsonWebKey", "publicKeyJwk": okp(), "privateKeyJwk": {}},
        {"type": "Multikey", "publicKeyMultibase": multikey("ed01", ED25519), "secretKeyMultibase": "z1"},
        {
            "type": "Ed25519VerificationKey2020",
            "publicKeyMultibase": multikey("8024", b"\x02" + b"\x01" * 32),
        },
        {"type": "Ed25519VerificationKey2018", "publicKeyBase58": "0"},
        {"type": "Ed25519VerificationKey2018", "publicKeyHex": "zz"},
        {"type": "Multikey", "publicKeyBase58": base58.b58encode(ED25519).decode()},
        {"type": "RsaVerificationKey2018", "publicKeyPem": "-----BEGIN PRIVATE KEY-----"},
        {"type": "RsaVerificationKey2018", "publicKeyPem": "x" * 20_000},
    ],
)
def test_a_method_with_no_key_or_several_is_malformed(method: dict[str, Any]) -> None:
    with pytest.raises(MalformedKey):
        keys.from_verification_method(method)


@pytest.mark.parametrize("type_", ["X25519KeyAgreementKey2020", None, 5, {}, []])
def test_a_method_of_another_type_is_unsupported(type_: object) -> None:
    with pytest.raises(UnsupportedKey):
        keys.from_verification_method({"type": type_, "publicKeyMultibase": multikey("ed01", ED25519)})


def test_a_certificate_gives_its_subjects_key() -> None:
    private = ec.derive_private_key(11, ec.SECP384R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Example College (demo key)")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder(name, name, private.public_key(), 1, start, start + timedelta(days=1))
    ).sign(private, hashes.SHA384())
    assert keys.from_certificate(certificate).kind == "P-384"


@given(st.dictionaries(st.sampled_from(["kty", "crv", "x", "y", "n", "e", "alg", "use"]), st.text()))
def test_only_verifier_errors_escape_from_a_jwk(jwk: dict[str, Any]) -> None:
    with pytest.raises(VerifierError):
        keys.from_jwk(jwk)


@given(st.text())
def test_only_verifier_errors_escape_from_a_multikey(text: str) -> None:
    with pytest.raises(VerifierError):
        keys.from_multikey("z" + text)


# ------------------------------------------------------------------------------------- encodings


@given(st.binary(max_size=100))
def test_every_byte_string_has_exactly_one_base64url_text(data: bytes) -> None:
    text = b64(data)
    assert encoding.base64url(text) == data
    for other in (text + "=", text + " ", "\n" + text):
        with pytest.raises(encoding.Undecodable):
            encoding.base64url(other)


@pytest.mark.parametrize("text", ["A", "AB", "AAB", "A+A", "A/A", "ＡA"])
def test_stray_bits_and_other_alphabets_are_not_base64url(text: str) -> None:
    with pytest.raises(encoding.Undecodable):
        encoding.base64url(text)


@pytest.mark.parametrize("text", ["A", "AA=", "A A=", "AA-_", "===="])
def test_damage_is_not_standard_base64(text: str) -> None:
    with pytest.raises(encoding.Undecodable):
        encoding.base64_standard(text)


def test_multibase_says_its_encoding() -> None:
    assert encoding.multibase("z2") == b"\x01"
    assert encoding.multibase("uAQ") == b"\x01"
    for text in ("", "mAQ==", "Z2"):
        with pytest.raises(encoding.Undecodable):
            encoding.multibase(text)


# ------------------------------------------------------------------------------------- vectors


@pytest.mark.shared
def test_no_wycheproof_key_that_is_bad_is_read(shared_cases: Path) -> None:
    path = shared_cases / "standards/wycheproof/jwk/wycheproof-json_web_key_test.json"
    seen = 0
    for group in json.loads(path.read_text())["testGroups"]:
        published = group.get("public") or group["private"]
        for jwk in published.get("keys", [published]):
            # Sets that mix a good key with a secret are for the reader of key sets (`dids.jwks`).
            if "public" in group or jwk["kty"] == "oct":
                seen += 1
                with pytest.raises((MalformedKey, WeakKey)):
                    keys.from_jwk(jwk)
    assert seen >= 10
