"""What happens to the list in which a badge could be revoked, and to the entry that points there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.issuing import Issuer, Json, json_bytes
from tests.verifier.forging.scene import COLLEGE, LIST_URL, STRANGER, Scene, unsigned
from verifier import Answer


def listing(scene: Scene, document: Json, signer: Issuer | None = COLLEGE) -> Scene:
    """The list replaced, signed unless there is no signer."""
    return scene.serving(listed=json_bytes(signer.sign(document) if signer else document))


def pointing(scene: Scene, **changes: Any) -> Scene:
    """One entry, changed, under a new signature."""
    entry = COLLEGE.status_entry(LIST_URL, 7, **changes)
    return scene.uploading(COLLEGE.sign({**unsigned(scene.upload), "credentialStatus": entry}))


def revoked(scene: Scene) -> Scene:
    return listing(scene, COLLEGE.status_list(LIST_URL, [7]))


def second_entry_revoked(scene: Scene) -> Scene:
    return listing(scene, COLLEGE.status_list(LIST_URL, [8]))


def suspended(scene: Scene) -> Scene:
    return listing(
        pointing(scene, purpose="suspension"), COLLEGE.status_list(LIST_URL, [7], purpose="suspension")
    )


def list_served_by_a_stranger(scene: Scene) -> Scene:
    return listing(scene, STRANGER.status_list(LIST_URL), STRANGER)


def list_in_the_name_of_the_college(scene: Scene) -> Scene:
    return listing(scene, COLLEGE.status_list(LIST_URL), STRANGER)


def list_unsigned(scene: Scene) -> Scene:
    return listing(scene, COLLEGE.status_list(LIST_URL), None)


def list_altered(scene: Scene) -> Scene:
    signed = COLLEGE.sign(COLLEGE.status_list(LIST_URL, [7]))
    clear = COLLEGE.status_list(LIST_URL)["credentialSubject"]
    return listing(scene, {**signed, "credentialSubject": clear}, None)


def list_of_another_address(scene: Scene) -> Scene:
    return listing(scene, COLLEGE.status_list("https://college.example/status/2"))


def list_of_another_kind(scene: Scene) -> Scene:
    return listing(scene, COLLEGE.credential())


def list_too_short(scene: Scene) -> Scene:
    return listing(scene, COLLEGE.status_list(LIST_URL, size=64))


def list_out_of_date(scene: Scene) -> Scene:
    return listing(scene, {**COLLEGE.status_list(LIST_URL), "validUntil": "2026-08-01T00:00:00Z"})


def list_of_tomorrow(scene: Scene) -> Scene:
    return listing(scene, {**COLLEGE.status_list(LIST_URL), "validFrom": "2027-08-01T00:00:00Z"})


def list_cut_off(scene: Scene) -> Scene:
    document = COLLEGE.status_list(LIST_URL)
    subject = document["credentialSubject"]
    return listing(
        scene, {**document, "credentialSubject": {**subject, "encodedList": subject["encodedList"][:400]}}
    )


def list_for_another_purpose(scene: Scene) -> Scene:
    return listing(scene, COLLEGE.status_list(LIST_URL, purpose="suspension"))


def list_of_unknown_words(scene: Scene) -> Scene:
    signed = COLLEGE.sign(COLLEGE.status_list(LIST_URL))
    contexts = [*signed["@context"], "https://attacker.example/list"]
    return listing(scene, {**signed, "@context": contexts}, None)


def host_down(scene: Scene) -> Scene:
    return scene.serving(listed=Answer(status=503))


def host_gone(scene: Scene) -> Scene:
    return replace(scene, web={})


def host_slow(scene: Scene) -> Scene:
    return scene.serving(listed=Answer(delay=60.0))


def host_answers_with_a_page(scene: Scene) -> Scene:
    return scene.serving(listed=Answer(body=b"<!doctype html><p>moved</p>", content_type="text/html"))


def host_answers_with_other_json(scene: Scene) -> Scene:
    return scene.serving(listed=b"[]")


def host_is_this_machine(scene: Scene) -> Scene:
    return scene.serving(listed=Answer(addresses=(("127.0.0.1",),)))


def host_leads_to_this_machine(scene: Scene) -> Scene:
    return scene.serving(listed=Answer(status=302, redirect="https://127.0.0.1/status"))


def address_without_encryption(scene: Scene) -> Scene:
    return pointing(scene, statusListCredential="http://college.example/status/1")


def address_of_the_metadata_service(scene: Scene) -> Scene:
    return pointing(scene, statusListCredential="https://169.254.169.254/latest/meta-data")


def address_missing(scene: Scene) -> Scene:
    return pointing(scene, statusListCredential=None)


def index_out_of_range(scene: Scene) -> Scene:
    return pointing(scene, statusListIndex="131072")


def index_below_zero(scene: Scene) -> Scene:
    return pointing(scene, statusListIndex="-1")


def index_in_other_digits(scene: Scene) -> Scene:
    return pointing(scene, statusListIndex="٥")


def index_with_a_sign(scene: Scene) -> Scene:
    return pointing(scene, statusListIndex="+5")


def index_with_a_space(scene: Scene) -> Scene:
    return pointing(scene, statusListIndex=" 5")


def index_endless(scene: Scene) -> Scene:
    return pointing(scene, statusListIndex="9" * 6000)


def entry_taken_away(scene: Scene) -> Scene:
    return scene.uploading({name: v for name, v in scene.upload.items() if name != "credentialStatus"})


def entry_of_unknown_type(scene: Scene) -> Scene:
    """Signed over its JSON as it stands, where an unknown type escapes no signature."""
    entry = COLLEGE.status_entry(LIST_URL, 7, type="MagicStatus2030")
    document = {**unsigned(scene.upload), "credentialStatus": entry}
    return scene.uploading(COLLEGE.sign(document, "eddsa-jcs-2022"))


def entries_by_the_dozen(scene: Scene) -> Scene:
    entries = [COLLEGE.status_entry(LIST_URL, index) for index in range(10, 40)]
    return scene.uploading(COLLEGE.sign({**unsigned(scene.upload), "credentialStatus": entries}))
