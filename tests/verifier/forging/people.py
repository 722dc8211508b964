"""Trust, binding, presentations and records: who made it, whose it is, who shows it, what it stands in."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from tests.issuing import Issuer, Json
from tests.verifier.forging.scene import ANSWERING, COLLEGE, EMPLOYER, STRANGER, WALLET, Scene, held, unsigned
from verifier import Applicant, PresentationRequest

# ------------------------------------------------------------------------------------- trust


def issuer_refused(scene: Scene) -> Scene:
    return replace(scene, trust=(COLLEGE.listed("refuse"),))


def issuer_refused_by_one_of_two(scene: Scene) -> Scene:
    return replace(scene, trust=(COLLEGE.listed(), COLLEGE.listed("refuse")))


def issuer_left_to_a_person(scene: Scene) -> Scene:
    return replace(scene, trust=(COLLEGE.listed("ask"),))


def issuer_on_no_list(scene: Scene) -> Scene:
    return replace(scene, trust=(STRANGER.listed(),))


def issuer_that_looks_alike(scene: Scene) -> Scene:
    """A host one letter off, with the college's name on its badge."""
    fake = Issuer.with_did_web("Example College", "co11ege.example")
    upload = fake.sign(fake.credential())
    return replace(scene, upload=upload, web=fake.served(), trust=(COLLEGE.listed(),))


def issuer_below_a_trusted_host(scene: Scene) -> Scene:
    student = Issuer.with_did_web("Example College", "college.example:students:eve")
    return replace(
        scene, upload=student.sign(student.credential()), web=student.served(), trust=(COLLEGE.listed(),)
    )


def issuer_out_of_scope(scene: Scene) -> Scene:
    scope = {"types": ["*"], "achievement_types": ["BachelorDegree"], "valid_from": None, "valid_until": None}
    return replace(scene, trust=(COLLEGE.listed(scope=scope),))


def issuer_no_longer_accredited(scene: Scene) -> Scene:
    scope = {"types": ["*"], "achievement_types": ["*"], "valid_until": "2026-01-01T00:00:00Z"}
    return replace(scene, trust=(COLLEGE.listed(scope=scope),))


def issuer_vouches_for_itself(scene: Scene) -> Scene:
    upload = STRANGER.sign(STRANGER.credential(issuer={**STRANGER.profile(), "name": COLLEGE.name}))
    return replace(scene, upload=upload, trust=(COLLEGE.listed(),))


# ------------------------------------------------------------------------------------- binding


def _about(scene: Scene, **subject: Any) -> Scene:
    whole = {**COLLEGE.credential()["credentialSubject"], **subject}
    whole = {name: value for name, value in whole.items() if value is not None}
    return scene.uploading(COLLEGE.sign({**unsigned(scene.upload), "credentialSubject": whole}))


def identity(value: str, kind: str = "emailAddress", *, hashed: bool = True, salt: str = "s") -> Json:
    """An Open Badges 3.0 identity, hashed with its salt unless told otherwise."""
    digest = "sha256$" + hashlib.sha256((value + salt).encode()).hexdigest() if hashed else value
    entry: Json = {"type": "IdentityObject", "identityHash": digest, "identityType": kind, "hashed": hashed}
    return {**entry, "salt": salt} if hashed else entry


def other_person(scene: Scene) -> Scene:
    return _about(scene, id=STRANGER.did)


def other_address(scene: Scene) -> Scene:
    return _about(scene, id=None, identifier=[identity("eve@example.org")])


def salt_of_another(scene: Scene) -> Scene:
    entry = identity("ada@example.org", salt="s") | {"salt": "t"}
    return _about(scene, id=None, identifier=[entry])


def digest_of_another_kind(scene: Scene) -> Scene:
    digest = "md5$" + hashlib.md5(b"ada@example.orgs", usedforsecurity=False).hexdigest()
    return _about(scene, id=None, identifier=[identity("") | {"identityHash": digest}])


def plain_value_called_hashed(scene: Scene) -> Scene:
    return _about(scene, id=None, identifier=[identity("ada@example.org", hashed=False) | {"hashed": True}])


def name_alone(scene: Scene) -> Scene:
    return _about(scene, id=None, identifier=[identity("Ada", "name", hashed=False)])


def nobody_named(scene: Scene) -> Scene:
    return _about(scene, id=None)


def two_people_at_once(scene: Scene) -> Scene:
    return _about(scene, identifier=[identity("eve@example.org")])


def identifier_of_another_kind(scene: Scene) -> Scene:
    return _about(scene, id=None, identifier=[identity("4711", "studentId", hashed=False)])


def second_subject_of_another(scene: Scene) -> Scene:
    subject = COLLEGE.credential()["credentialSubject"]
    both = [subject, {**subject, "id": STRANGER.did}]
    return scene.uploading(COLLEGE.sign({**unsigned(scene.upload), "credentialSubject": both}))


# ------------------------------------------------------------------------------------- presentations


def _presenting(scene: Scene, members: list[Json | str], holder: Issuer = WALLET, **answers: Any) -> Scene:
    options = {**ANSWERING, **answers}
    return scene.uploading(holder.sign(holder.presentation(members), **options))


def answers_another_challenge(scene: Scene) -> Scene:
    return _presenting(scene, [COLLEGE.sign(held())], challenge="c-2")


def answers_another_verifier(scene: Scene) -> Scene:
    return _presenting(scene, [COLLEGE.sign(held())], domain="https://other.example")


def answers_no_challenge(scene: Scene) -> Scene:
    return _presenting(scene, [COLLEGE.sign(held())], challenge=None)


def answered_last_year(scene: Scene) -> Scene:
    return _presenting(scene, [COLLEGE.sign(held())], created="2025-09-01T08:59:00Z")


def presented_without_proof(scene: Scene) -> Scene:
    return scene.uploading(unsigned(scene.upload))


def presented_for_another_purpose(scene: Scene) -> Scene:
    return _presenting(scene, [COLLEGE.sign(held())], purpose="assertionMethod")


def presented_by_another(scene: Scene) -> Scene:
    return _presenting(scene, [COLLEGE.sign(held())], STRANGER)


def presented_in_the_name_of_another(scene: Scene) -> Scene:
    forged = {**WALLET.presentation([COLLEGE.sign(held())])}
    return scene.uploading(STRANGER.sign(forged, **ANSWERING))


def holder_left_out(scene: Scene) -> Scene:
    """Shown by a stranger who does not say who shows it: the key says."""
    return scene.uploading(
        STRANGER.sign(STRANGER.presentation([COLLEGE.sign(held())], holder=None), **ANSWERING)
    )


def presentation_wrapped_by_another(scene: Scene) -> Scene:
    """What its holder once showed to somebody else, shown anew by a stranger in a fresh presentation."""
    shown = WALLET.presentation([COLLEGE.sign(held())])
    taken = WALLET.sign(shown, **{**ANSWERING, "challenge": "c-2", "domain": "https://other.example"})
    return _presenting(scene, [taken], STRANGER)


def record_of_nobody_around(scene: Scene) -> Scene:
    """A badge about somebody else, shown in a record that names nobody."""
    document = COLLEGE.clr([COLLEGE.sign(held())])
    subject = {name: value for name, value in document["credentialSubject"].items() if name != "id"}
    record = COLLEGE.sign({**document, "credentialSubject": subject})
    return replace(_presenting(scene, [record], STRANGER), request=None)


def member_unsigned(scene: Scene) -> Scene:
    return _presenting(scene, [held()])


def member_altered(scene: Scene) -> Scene:
    return _presenting(scene, [{**COLLEGE.sign(held()), "name": "Doctor of Everything"}])


def member_exchanged(scene: Scene) -> Scene:
    other = COLLEGE.sign({**held(), "id": "urn:uuid:00000000-0000-4000-8000-000000000003"})
    return scene.uploading({**scene.upload, "verifiableCredential": [other]})


def member_unreadable(scene: Scene) -> Scene:
    return _presenting(scene, [COLLEGE.sign(held()), "eyJ0b2tlbiI6IG5vbmV9"])


def members_taken_out(scene: Scene) -> Scene:
    return _presenting(scene, [])


def asked_for_key_binding(scene: Scene) -> Scene:
    """A badge by itself where a presentation was demanded."""
    request = PresentationRequest(challenge="c-1", domain=EMPLOYER)
    return replace(scene, upload=COLLEGE.sign(held()), request=request)


def applicant_is_another(scene: Scene) -> Scene:
    return replace(scene, applicant=Applicant(dids=(STRANGER.did,)))


# ------------------------------------------------------------------------------------- records


def _recording(scene: Scene, *children: Json) -> Scene:
    return scene.uploading(COLLEGE.sign(COLLEGE.clr(children)))


def child_altered(scene: Scene) -> Scene:
    return _recording(scene, {**COLLEGE.sign(COLLEGE.credential()), "validUntil": "2099-01-01T00:00:00Z"})


def child_unsigned(scene: Scene) -> Scene:
    return _recording(scene, COLLEGE.credential())


def child_of_a_stranger(scene: Scene) -> Scene:
    return _recording(scene, STRANGER.sign(STRANGER.credential()))


def child_of_another_person(scene: Scene) -> Scene:
    return _recording(scene, COLLEGE.sign(COLLEGE.credential()), COLLEGE.sign(held()))


def child_expired(scene: Scene) -> Scene:
    return _recording(scene, COLLEGE.sign(COLLEGE.credential(validUntil="2026-08-01T00:00:00Z")))


def children_taken_out(scene: Scene) -> Scene:
    return _recording(scene)
