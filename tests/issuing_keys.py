"""Demo keys from fixed seeds: every key in this repository is made here, and none protects anything.

A key follows from its own name, or, for RSA, is one fixed PEM: whoever reads this can sign with all of them.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal

import base58
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

Kind = Literal["Ed25519", "P-256", "P-384", "RSA"]
Json = dict[str, Any]
Private = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

# CID 1.0 §2.2.2: the two bytes before a Multikey, the varint of the multicodec's number.
MULTICODEC = {"Ed25519": b"\xed\x01", "P-256": b"\x80\x24", "P-384": b"\x81\x24"}
CURVES: dict[str, ec.EllipticCurve] = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1()}
HASHES: dict[str, hashes.HashAlgorithm] = {"P-256": hashes.SHA256(), "P-384": hashes.SHA384()}
BYTES = {"P-256": 32, "P-384": 48}
ALGORITHMS = {"Ed25519": "EdDSA", "P-256": "ES256", "P-384": "ES384", "RSA": "RS256"}  # RFC 7518, RFC 8037

# An RSA key cannot be had from a seed. This is a demo key: public, worthless, made for these tests.
DEMO_RSA_PEM = b"""-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDIrh1qfnZqlbbO
o+13Moea8tCDobU46uwsr85z32cYFvIrRVDb7IJqU+gXm1fuRE29NYzfMrcklOFu
FlbE0KD9RyWo9ju/NELh42deTKLwdpRvPuauzLTdKjoHJtv05SiUNzg3rhOUzE9d
wPdaDpXc7I6aInW4DLxldqpD405yZcuDG5XzELVul3ak31LFSEtRQLc/XQmLbawa
iLaLZh6L7svEuA8FQsehnL8YLqSY1DK9y41vVgmWeo0Dy3EFe5IvomhoLLm0jN2G
32aDnMbncogp51QKcG6XGuU2ywgLz423Uf4pieNfKeFxjmWTFtjX0zyUP5Xg/hLJ
6KzxW/3BAgMBAAECggEAC9UqYlxdDplPy1zilFfsI4CEN3K6PQYrEVJ3baEjUsoN
kuwWIbWPFgZnBbdQ5rlrzQeCjCmRH2zQ4v0ZtiaoC28dwxnruXEzLV8LegWySNPx
GiMfFnj3BCBohgHuT8EQVLbxz2Sp/mjSmDBX1V1NTFa9bMyx3L2RgTkPPowBVODd
bbrj4jm0Mt58+hDE4myRYY5KrX6zx5EwOh+eofASckTaYBjDxny9WCkGDVm4U+S9
e3WEqCo4JLww+UrZDNV2HFvTJgvMrosmgEkutYwtJidb0lcALX6kY0x3kmFIuNY5
hR16kHYXMuK7z12WjYwQvD91ml+bBwyIVSviRV7uDQKBgQDt06Iv5aaplj1HZJ+g
HSkHeY0ifNtxQj9LoKpAUDDjJbvmO83RV79aZINbMp6WFusgpCc1d/4BUJ2plZPX
MgPaf6Jr3uNmy50bYvvBlJYTgOs8O5ve4n5qYHlo2MxKydsH/a0YIZ1+1nMEFL3I
7A0MDnXjfMthUAg1PU2eVnaJBQKBgQDYA9H/isRMTMVzZn2tLa6OclBGpo6xn+LA
YgeeQg0ToK0dfB6rGnDwIqiFrNYNgZdclUtdTbkqPqcY9dKdo80dganc+j5DCYq1
zkBK+EaAXhCUzrCErM09Z/qU8FjdBAQ7kiCKBBqXHb6Nl9DVJ0EIRfs6Q5x1LmVA
00t653dOjQKBgQCIAdqjt5q7Ky86L+JVp7d6DdpXmb3JJJCcCHK0uudqT38IaLUI
fjzxTcANHIKy5MJsdVPy8P8y805m2CKnE3Q+tXVGaT304IalTdMZ3oaA+t4MIS6/
pRmUbj2gZzNVpeB7zmf5/+dYzP0TnWT3jX7coTxr70dEDIfVIozL+zhonQKBgEsr
mSpKCeFbXeK4qcdX/ESJtzG+yC07rFayRmBmL9LCuTtnc+yq+N430VkjOiHdFOUc
9urzHxp6Tv+6m55L4BcChi/lzUDa0zBNI8Zy+2W0ViTSgE7LK2jRBDxMH0BaI3bv
dO9SWkZ4DVWMnRlv3YuZfsFZwdptWMLkRIHyhmwJAoGATwj/+yA39wYX4IOYLviB
NV8LzSewxSLvQCYQY7UkzOoh6D4JNMYMxucqdWpJnBRGO7xyLvzpOKTdH97Lh1wc
LKD5esVx2sOSsTspfZZpCJWr+5bMJ6tkubQ2VuzsxkQDAeBPmO+xTHF1DEVtCXNb
Cfxbru33eBHCfq8rkoE69Vc=
-----END PRIVATE KEY-----
"""


def b64url(data: bytes) -> str:
    """Base64url without padding (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def multibase(data: bytes) -> str:
    """Base58btc with its prefix (CID 1.0 §2.4)."""
    return "z" + str(base58.b58encode(data).decode())


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A demo key that signs."""

    kind: Kind
    private: Private = field(repr=False)

    @classmethod
    def demo(cls, kind: Kind, seed: str) -> SigningKey:
        """The key of `kind` that `seed` names; the same on every machine."""
        digest = hashlib.sha512(f"skillproof demo key: {kind} {seed}".encode()).digest()
        if kind == "Ed25519":
            return cls(kind=kind, private=ed25519.Ed25519PrivateKey.from_private_bytes(digest[:32]))
        if kind == "RSA":
            loaded = load_pem_private_key(DEMO_RSA_PEM, password=None)
            assert isinstance(loaded, rsa.RSAPrivateKey)
            return cls(kind=kind, private=loaded)
        # 31 or 47 bytes stay below the order of the curve, so no seed has to be refused.
        scalar = int.from_bytes(digest[: BYTES[kind] - 1], "big")
        return cls(kind=kind, private=ec.derive_private_key(scalar, CURVES[kind]))

    def sign(self, data: bytes) -> bytes:
        """Ed25519, or ECDSA as r‖s with a deterministic nonce (RFC 6979); RSA is for `sign_jws` only."""
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return self.private.sign(data)
        if isinstance(self.private, rsa.RSAPrivateKey):
            raise TypeError("no Data Integrity suite signs with RSA")
        der = self.private.sign(data, ec.ECDSA(HASHES[self.kind], deterministic_signing=True))
        r, s = decode_dss_signature(der)
        size = BYTES[self.kind]
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    def sign_jws(self, data: bytes, alg: str) -> bytes:
        """A JWS signature (RFC 7518 §3.3–3.5, RFC 8037 §3.1); PS256 alone is not deterministic."""
        if not isinstance(self.private, rsa.RSAPrivateKey):
            return self.sign(data)
        if alg == "PS256":
            pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
            return self.private.sign(data, pss, hashes.SHA256())
        return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())

    @property
    def algorithm(self) -> str:
        """The JWS algorithm that belongs to this kind."""
        return ALGORITHMS[self.kind]

    @property
    def multikey(self) -> str:
        """The public half as `publicKeyMultibase` (CID 1.0 §2.2.2)."""
        public = self.private.public_key()
        if isinstance(public, ed25519.Ed25519PublicKey):
            return multibase(MULTICODEC[self.kind] + public.public_bytes(Encoding.Raw, PublicFormat.Raw))
        if isinstance(public, rsa.RSAPublicKey):
            raise TypeError("this project's issuers publish RSA keys as JWK only")
        point = public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        return multibase(MULTICODEC[self.kind] + point)

    @property
    def jwk(self) -> Json:
        """The public half as a JWK (RFC 7517)."""
        public = self.private.public_key()
        if isinstance(public, ed25519.Ed25519PublicKey):
            raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
            return {"kty": "OKP", "crv": "Ed25519", "x": b64url(raw)}
        if isinstance(public, rsa.RSAPublicKey):
            numbers = public.public_numbers()
            return {"kty": "RSA", "n": b64url(_big_endian(numbers.n)), "e": b64url(_big_endian(numbers.e))}
        point = public.public_numbers()
        size = BYTES[self.kind]
        x, y = point.x.to_bytes(size, "big"), point.y.to_bytes(size, "big")
        return {"kty": "EC", "crv": self.kind, "x": b64url(x), "y": b64url(y)}


def _big_endian(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")
