"""What a forger does to a badge and its proof."""

from __future__ import annotations

import unicodedata
from typing import Any

from tests.issuing import Issuer
from tests.issuing_keys import multibase
from tests.verifier.forging.scene import COLLEGE, STRANGER, Scene, unsigned


def edited(scene: Scene, **changes: Any) -> Scene:
    """Changed after signing."""
    return scene.uploading({**scene.upload, **changes})


def proof_edited(scene: Scene, **changes: Any) -> Scene:
    """The proof changed after signing; None takes a member away."""
    proof = {**scene.upload["proof"], **changes}
    return edited(scene, proof={name: value for name, value in proof.items() if value is not None})


def resigned(scene: Scene, signer: Issuer = COLLEGE, **changes: Any) -> Scene:
    """Changed, then signed anew."""
    document = {**unsigned(scene.upload), **changes}
    return scene.uploading(signer.sign({name: v for name, v in document.items() if v is not None}))


# ------------------------------------------------------------------------------------- the document


def claim_changed(scene: Scene) -> Scene:
    return edited(scene, name="Doctor of Everything")


def end_moved(scene: Scene) -> Scene:
    return edited(scene, validUntil="2099-01-01T00:00:00Z")


def end_taken_away(scene: Scene) -> Scene:
    return scene.uploading({name: v for name, v in scene.upload.items() if name != "validUntil"})


def undefined_term_added(scene: Scene) -> Scene:
    return edited(scene, honours="summa cum laude")


def undefined_type_added(scene: Scene) -> Scene:
    return edited(scene, type=[*scene.upload["type"], "DoctorateOfHonour"])


def undefined_term_in_the_subject(scene: Scene) -> Scene:
    return edited(scene, credentialSubject={**scene.upload["credentialSubject"], "rank": "first of 900"})


def index_added(scene: Scene) -> Scene:
    return edited(scene, credentialSubject={**scene.upload["credentialSubject"], "@index": "first of 900"})


def moved_into_a_graph(scene: Scene) -> Scene:
    return scene.uploading({**scene.upload, "name": "Forged", "@graph": [unsigned(scene.upload)]})


def terms_swapped(scene: Scene) -> Scene:
    swap = {"name": "https://schema.org/description", "description": "https://schema.org/name"}
    return edited(scene, **{"@context": [*scene.upload["@context"], swap]})


def context_of_a_stranger(scene: Scene) -> Scene:
    return edited(scene, **{"@context": [*scene.upload["@context"], "https://attacker.example/context"]})


def base_context_last(scene: Scene) -> Scene:
    return edited(scene, **{"@context": scene.upload["@context"][::-1]})


def relative_id_added(scene: Scene) -> Scene:
    return edited(scene, evidence=[{"@id": "proof-of-genius", "type": ["Evidence"]}])


def spelled_otherwise(scene: Scene) -> Scene:
    signed = COLLEGE.sign(unsigned(scene.upload) | {"name": "Café"})
    return scene.uploading({**signed, "name": unicodedata.normalize("NFD", "Café")})


def issuers_two(scene: Scene) -> Scene:
    return resigned(scene, issuer=[COLLEGE.profile(), STRANGER.profile()])


def type_taken_away(scene: Scene) -> Scene:
    return resigned(scene, type=["OpenBadgeCredential"])


def subject_emptied(scene: Scene) -> Scene:
    return resigned(scene, credentialSubject=[])


def verified_already(scene: Scene) -> Scene:
    return edited(scene, verified=True)


# ------------------------------------------------------------------------------------- the proof


def proof_taken_away(scene: Scene) -> Scene:
    return scene.uploading(unsigned(scene.upload))


def proof_list_emptied(scene: Scene) -> Scene:
    return edited(scene, proof=[])


def proof_null(scene: Scene) -> Scene:
    return edited(scene, proof=None)


def proof_a_text(scene: Scene) -> Scene:
    return edited(scene, proof="signed, the College")


def proof_of_another_badge(scene: Scene) -> Scene:
    other = COLLEGE.sign(COLLEGE.credential(name="Another badge"))
    return edited(scene, proof=other["proof"])


def value_of_another_signature(scene: Scene) -> Scene:
    return proof_edited(scene, proofValue=multibase(bytes(64)))


def value_in_another_base(scene: Scene) -> Scene:
    return proof_edited(scene, proofValue="u" + scene.upload["proof"]["proofValue"][1:])


def value_taken_away(scene: Scene) -> Scene:
    return proof_edited(scene, proofValue=None)


def method_taken_away(scene: Scene) -> Scene:
    return proof_edited(scene, verificationMethod=None)


def note_in_the_proof(scene: Scene) -> Scene:
    return proof_edited(scene, note="checked by the ministry")


def suite_relabelled_jcs(scene: Scene) -> Scene:
    return proof_edited(scene, cryptosuite="eddsa-jcs-2022")


def suite_relabelled_rdfc(scene: Scene) -> Scene:
    return proof_edited(scene, cryptosuite="eddsa-rdfc-2022")


def suite_for_another_key(scene: Scene) -> Scene:
    return proof_edited(scene, cryptosuite="ecdsa-rdfc-2019")


def suite_unknown(scene: Scene) -> Scene:
    return proof_edited(scene, cryptosuite="magic-2030")


def proof_type_unknown(scene: Scene) -> Scene:
    return proof_edited(scene, type="MagicSignature2030")


def suite_of_2018(scene: Scene) -> Scene:
    return proof_edited(scene, type="Ed25519Signature2018")


def purpose_changed(scene: Scene) -> Scene:
    return proof_edited(scene, proofPurpose="authentication")


def purpose_authentication(scene: Scene) -> Scene:
    return scene.uploading(COLLEGE.sign(unsigned(scene.upload), purpose="authentication"))


def made_tomorrow(scene: Scene) -> Scene:
    return scene.uploading(COLLEGE.sign(unsigned(scene.upload), created="2027-09-02T00:00:00Z"))


def made_at_no_time(scene: Scene) -> Scene:
    return scene.uploading(COLLEGE.sign(unsigned(scene.upload), "eddsa-jcs-2022", created="last week"))


def proof_ran_out(scene: Scene) -> Scene:
    return scene.uploading(COLLEGE.sign(unsigned(scene.upload), expires="2026-08-01T00:00:00Z"))


def second_proof_broken(scene: Scene) -> Scene:
    first, second = scene.upload["proof"]
    return edited(scene, proof=[first, {**second, "proofValue": first["proofValue"]}])


def second_proof_unknown(scene: Scene) -> Scene:
    first, second = scene.upload["proof"]
    return edited(scene, proof=[first, {**second, "cryptosuite": "magic-2030"}])


def own_proof_broken_strangers_good(scene: Scene) -> Scene:
    both = STRANGER.sign(scene.upload)["proof"][-1]
    broken = {**scene.upload["proof"], "proofValue": multibase(bytes(64))}
    return edited(scene, proof=[both, broken])


def proofs_by_the_hundred(scene: Scene) -> Scene:
    return edited(scene, proof=[scene.upload["proof"]] * 100)


def first_link_taken_away(scene: Scene) -> Scene:
    return edited(scene, proof=[scene.upload["proof"][1]])


def first_link_changed(scene: Scene) -> Scene:
    first, second = scene.upload["proof"]
    return edited(scene, proof=[{**first, "created": "2026-07-01T00:00:00Z"}, second])
