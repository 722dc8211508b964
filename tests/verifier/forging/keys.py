"""What a forger does about the issuer's key and the document it stands in; and about the dates."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

from tests.issuing import Json, json_bytes
from tests.issuing_keys import multibase
from tests.verifier.forging.data_integrity import resigned
from tests.verifier.forging.scene import COLLEGE, STRANGER, Scene
from verifier import Answer

# ------------------------------------------------------------------------------------- the key


def issuer_renamed(scene: Scene) -> Scene:
    """Signed by a stranger in the name of the college."""
    return resigned(scene, STRANGER)


def key_in_the_fragment(scene: Scene) -> Scene:
    signer = replace(STRANGER, method=f"{COLLEGE.did}#{STRANGER.key.multikey}")
    return resigned(scene, signer)


def key_of_small_order(scene: Scene) -> Scene:
    """The identity as key, R the identity, S zero: it fits every message (RFC 8032 §8.9)."""
    did = "did:key:" + multibase(b"\xed\x01" + b"\x01" + bytes(31))
    upload = {**scene.upload, "issuer": {**COLLEGE.profile(), "id": did}}
    method = f"{did}#{did.removeprefix('did:key:')}"
    proof = {
        **scene.upload["proof"],
        "verificationMethod": method,
        "proofValue": multibase(b"\x01" + bytes(63)),
    }
    anyone = replace(COLLEGE, did=did, method=method)
    return replace(scene, upload={**upload, "proof": proof}, trust=(anyone.listed(),))


def _document(scene: Scene, **changes: Any) -> Scene:
    return scene.serving(did=json_bytes(COLLEGE.did_document(**changes)))


def _method(scene: Scene, **changes: Any) -> Scene:
    methods: list[Json] = deepcopy(COLLEGE.did_document()["verificationMethod"])
    return _document(scene, verificationMethod=[{**methods[0], **changes}])


def key_for_logging_in(scene: Scene) -> Scene:
    return _document(scene, assertionMethod=[])


def key_revoked_before(scene: Scene) -> Scene:
    return _method(scene, revoked="2026-01-01T00:00:00Z")


def key_expired_before(scene: Scene) -> Scene:
    return _method(scene, expires="2026-01-01T00:00:00Z")


def key_of_another_controller(scene: Scene) -> Scene:
    return _method(scene, controller=STRANGER.did)


def key_named_twice(scene: Scene) -> Scene:
    methods = COLLEGE.did_document()["verificationMethod"]
    other = {**methods[0], "publicKeyMultibase": STRANGER.key.multikey}
    return _document(scene, verificationMethod=[methods[0], other])


def key_of_another(scene: Scene) -> Scene:
    return _method(scene, publicKeyMultibase=STRANGER.key.multikey)


def document_of_another(scene: Scene) -> Scene:
    return _document(scene, id=STRANGER.did)


def keys_taken_down(scene: Scene) -> Scene:
    return scene.serving(did=Answer(status=503))


def keys_replaced_by_a_page(scene: Scene) -> Scene:
    return scene.serving(did=Answer(body=b"<html>parked</html>", content_type="text/html"))


# ------------------------------------------------------------------------------------- the dates


def expired(scene: Scene) -> Scene:
    return resigned(scene, validUntil="2026-08-31T00:00:00Z")


def not_yet_valid(scene: Scene) -> Scene:
    return resigned(scene, validFrom="2027-01-01T00:00:00Z")


def ends_before_it_begins(scene: Scene) -> Scene:
    return resigned(scene, validUntil="2026-06-01T00:00:00Z")


def end_without_a_zone(scene: Scene) -> Scene:
    return resigned(scene, validUntil="2031-06-30T00:00:00")


def end_on_no_day(scene: Scene) -> Scene:
    return resigned(scene, validUntil="2031-02-30T00:00:00Z")
