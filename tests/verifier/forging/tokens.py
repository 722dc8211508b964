"""What a forger does to a token: its header, its payload, its signature, its disclosures, its key binding."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tests.issuing import Issuer, Json
from tests.issuing_keys import b64url
from tests.issuing_proofs import compact_json, disclosure
from tests.verifier.forging.scene import EMPLOYER, PINNED, SD_CLAIMS, STRANGER, TOKENS, WALLET, Scene

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
OTHER_CURVE = Issuer.with_did_key("Stranger", "P-256")  # a stranger with a key of the right kind


def _in_the_name_of(issuer: Issuer) -> Issuer:
    return replace(OTHER_CURVE, did=issuer.did, method=issuer.method)


def unfolded(part: str) -> Any:
    """The JSON in one part of a token."""
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def _with(scene: Scene, *, header: Json | None = None, payload: Json | None = None, **parts: str) -> Scene:
    """Parts of the token replaced, the signature left as it was."""
    old_header, old_payload, signature = scene.upload.split(".")
    new_header = b64url(compact_json(unfolded(old_header) | header)) if header else old_header
    new_payload = b64url(compact_json(unfolded(old_payload) | payload)) if payload else old_payload
    return scene.uploading(f"{new_header}.{new_payload}.{parts.get('signature', signature)}")


def _signed(scene: Scene, *, header: Json | None = None, **claims: Any) -> Scene:
    """Signed anew by the college, with other members."""
    return scene.uploading(TOKENS.jwt(TOKENS.credential(), header=header, **claims))


# ------------------------------------------------------------------------------------- header


def algorithm_none(scene: Scene) -> Scene:
    return _with(scene, header={"alg": "none"}, signature="")


def algorithm_none_in_disguise(scene: Scene) -> Scene:
    return _with(scene, header={"alg": "nOnE"}, signature="")


def signature_taken_away(scene: Scene) -> Scene:
    return _with(scene, signature="")


def public_key_as_secret(scene: Scene) -> Scene:
    header = b64url(compact_json({"alg": "HS256", "typ": "vc+jwt", "kid": TOKENS.method}))
    signing_input = f"{header}.{scene.upload.split('.')[1]}"
    mac = hmac.digest(compact_json(TOKENS.key.jwk), signing_input.encode(), hashlib.sha256)
    return scene.uploading(f"{signing_input}.{b64url(mac)}")


def algorithm_of_another_key(scene: Scene) -> Scene:
    return _with(scene, header={"alg": "EdDSA"})


def own_key_in_the_header(scene: Scene) -> Scene:
    return scene.uploading(
        _in_the_name_of(TOKENS).jwt(TOKENS.credential(), header={"jwk": OTHER_CURVE.key.jwk})
    )


def key_at_an_address_in_the_header(scene: Scene) -> Scene:
    header = {"jku": "https://attacker.example/keys", "x5u": "https://attacker.example/chain"}
    return scene.uploading(_in_the_name_of(TOKENS).jwt(TOKENS.credential(), header=header))


def key_at_an_address_alone(scene: Scene) -> Scene:
    """No `kid`: only the forger's own address says which key."""
    header = {"kid": None, "jku": "https://attacker.example/keys"}
    return scene.uploading(_in_the_name_of(TOKENS).jwt(TOKENS.credential(), header=header))


def key_of_a_stranger(scene: Scene) -> Scene:
    return scene.uploading(STRANGER.jwt(TOKENS.credential()))


def key_in_another_folder(scene: Scene) -> Scene:
    return _signed(scene, header={"kid": "../../../dev/null"})


def demand_unknown(scene: Scene) -> Scene:
    return _signed(scene, header={"crit": ["insist"], "insist": True})


def payload_not_encoded(scene: Scene) -> Scene:
    return _signed(scene, header={"crit": ["b64"], "b64": False})


def token_for_logging_in(scene: Scene) -> Scene:
    return _signed(scene, header={"typ": "at+jwt"})


def header_member_twice(scene: Scene) -> Scene:
    header = b64url(b'{"alg":"ES256","alg":"none","typ":"vc+jwt"}')
    return scene.uploading(".".join([header, *scene.upload.split(".")[1:]]))


# ------------------------------------------------------------------------------------- payload, signature


def claim_changed(scene: Scene) -> Scene:
    return _with(scene, payload={"name": "Doctor of Everything"})


def issuer_of_the_token_differs(scene: Scene) -> Scene:
    return _signed(scene, iss=STRANGER.did)


def subject_of_the_token_differs(scene: Scene) -> Scene:
    return _signed(scene, sub=STRANGER.did)


def identifier_of_the_token_differs(scene: Scene) -> Scene:
    return _signed(scene, jti="urn:uuid:00000000-0000-4000-8000-000000000009")


def end_of_the_token_differs(scene: Scene) -> Scene:
    return _signed(scene, exp=4_000_000_000)


def end_of_the_token_a_text(scene: Scene) -> Scene:
    return _signed(scene, exp="4000000000")


def token_ran_out(scene: Scene) -> Scene:
    document = TOKENS.credential(validUntil=None)
    return scene.uploading(TOKENS.jwt(document, exp=1_788_000_000))


def token_not_yet_valid(scene: Scene) -> Scene:
    document = TOKENS.credential(validFrom=None, validUntil=None)
    return scene.uploading(TOKENS.jwt(document, nbf=4_000_000_000))


def undated_disclosed(scene: Scene, **claims: Any) -> Scene:
    """A W3C credential as an SD-JWT, whose dates are those of the token (VC-JOSE-COSE §3.2)."""
    document = TOKENS.credential(validFrom=None, validUntil=None, **claims)
    return scene.uploading(TOKENS.sd_jwt(document, ["name"], header={"typ": "vc+sd-jwt"}))


def disclosing_token_ran_out(scene: Scene) -> Scene:
    return undated_disclosed(scene, exp=1_788_000_000)


def disclosing_token_not_yet_valid(scene: Scene) -> Scene:
    return undated_disclosed(scene, nbf=4_000_000_000)


def token_with_a_status_of_its_own(scene: Scene) -> Scene:
    status = {"status_list": {"idx": 5, "uri": "https://tokens.example/nowhere"}}
    return scene.uploading(TOKENS.jwt(TOKENS.credential(), status=status))


def token_with_an_unknown_status(scene: Scene) -> Scene:
    return scene.uploading(TOKENS.jwt(TOKENS.credential(), status={"attestation": {}}))


def two_sets_of_claims(scene: Scene) -> Scene:
    forged: Any = {"credentialSubject": {"id": STRANGER.did, "achievement": "Doctor of Everything"}}
    return scene.uploading(TOKENS.jwt(TOKENS.vc11(name=None), "1.1", **forged))


def presentation_beside(scene: Scene) -> Scene:
    inner: Any = {"vp": {"type": ["VerifiablePresentation"]}}
    return scene.uploading(TOKENS.jwt(TOKENS.vc11(name=None), "1.1", **inner))


def signature_of_zeros(scene: Scene) -> Scene:
    return _with(scene, signature=b64url(bytes(64)))


def signature_of_the_order(scene: Scene) -> Scene:
    return _with(scene, signature=b64url(P256_ORDER.to_bytes(32, "big") * 2))


def signature_in_der(scene: Scene) -> Scene:
    raw = base64.urlsafe_b64decode(scene.upload.split(".")[2] + "==")
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    return _with(scene, signature=b64url(der))


def padded(scene: Scene) -> Scene:
    return scene.uploading(scene.upload + "==")


def fourth_part(scene: Scene) -> Scene:
    return scene.uploading(scene.upload + ".e30")


# ------------------------------------------------------------------------------------- disclosures


def _parts(scene: Scene) -> tuple[str, list[str], str]:
    jws, *disclosures, key_binding = scene.upload.split("~")
    return jws, disclosures, key_binding


def _bound(presented: str, *, holder: Any = WALLET, **changes: str) -> str:
    given = {"audience": EMPLOYER, "nonce": "n-1", "at": "2026-09-01T08:59:00Z", **changes}
    return str(holder.bound(presented, **given))


def _disclosing(scene: Scene, jws: str, disclosures: list[str]) -> Scene:
    return scene.uploading(_bound("~".join([jws, *disclosures, ""])))


def disclosure_changed(scene: Scene) -> Scene:
    jws, disclosures, _ = _parts(scene)
    return _disclosing(scene, jws, [disclosure("title", "Doctor of Everything"), *disclosures[1:]])


def disclosure_added(scene: Scene) -> Scene:
    jws, disclosures, _ = _parts(scene)
    return _disclosing(scene, jws, [*disclosures, disclosure("honours", "summa cum laude")])


def disclosure_twice(scene: Scene) -> Scene:
    jws, disclosures, _ = _parts(scene)
    return _disclosing(scene, jws, [*disclosures, disclosures[0]])


def disclosure_of_no_shape(scene: Scene) -> Scene:
    jws, disclosures, _ = _parts(scene)
    return _disclosing(scene, jws, [*disclosures, b64url(b'["salt only"]')])


def disclosed_end_of_validity(scene: Scene) -> Scene:
    hidden = PINNED.sd_jwt({**SD_CLAIMS, "exp": 4_000_000_000}, ["exp"], holder=WALLET)
    return scene.uploading(_bound(hidden))


def type_missing(scene: Scene) -> Scene:
    claims = {name: value for name, value in SD_CLAIMS.items() if name != "vct"}
    return scene.uploading(_bound(PINNED.sd_jwt(claims, ["title"], holder=WALLET)))


def degree_ran_out(scene: Scene) -> Scene:
    return scene.uploading(
        _bound(PINNED.sd_jwt({**SD_CLAIMS, "exp": 1_788_000_000}, ["title"], holder=WALLET))
    )


def degree_of_a_stranger(scene: Scene) -> Scene:
    return scene.uploading(_bound(_in_the_name_of(PINNED).sd_jwt(SD_CLAIMS, ["title"], holder=WALLET)))


def degree_without_signature(scene: Scene) -> Scene:
    jws, disclosures, _ = _parts(scene)
    _, payload, _ = jws.split(".")
    none = b64url(compact_json({"alg": "none", "typ": "dc+sd-jwt"}))
    return _disclosing(scene, f"{none}.{payload}.", disclosures)


def degree_as_another_token(scene: Scene) -> Scene:
    return scene.uploading(_bound(PINNED.sd_jwt(SD_CLAIMS, ["title"], holder=WALLET, header={"typ": "JWT"})))


# ------------------------------------------------------------------------------------- key binding


def _presented(scene: Scene) -> str:
    return str(scene.upload).rpartition("~")[0] + "~"


def binding_taken_away(scene: Scene) -> Scene:
    return scene.uploading(_presented(scene))


def binding_by_another(scene: Scene) -> Scene:
    return scene.uploading(_bound(_presented(scene), holder=STRANGER))


def binding_for_another_nonce(scene: Scene) -> Scene:
    return scene.uploading(_bound(_presented(scene), nonce="n-2"))


def binding_for_another_verifier(scene: Scene) -> Scene:
    return scene.uploading(_bound(_presented(scene), audience="https://other.example"))


def binding_of_last_year(scene: Scene) -> Scene:
    return scene.uploading(_bound(_presented(scene), at="2025-09-01T08:59:00Z"))


def binding_from_the_future(scene: Scene) -> Scene:
    return scene.uploading(_bound(_presented(scene), at="2027-09-01T08:59:00Z"))


def binding_of_fewer_disclosures(scene: Scene) -> Scene:
    jws, disclosures, key_binding = _parts(scene)
    return scene.uploading("~".join([jws, disclosures[0], key_binding]))


def binding_to_nobody(scene: Scene) -> Scene:
    return scene.uploading(_bound(PINNED.sd_jwt(SD_CLAIMS, ["title"])))
