"""An issuer change needs two persons where people sign in."""

from __future__ import annotations

import json

import pytest

from dashboard.access import Actor, Role
from dashboard.services import (
    IssuerRow,
    Missing,
    NotAllowed,
    NoteRequired,
    SecondPersonNeeded,
    Services,
)
from tests.dashboard.services.test_guarding import admit

COLLEGE = IssuerRow(
    issuer_id="did:web:college.example",
    name="Example College",
    decision="accept",
    achievement_types=("Certificate",),
)


def admin(services: Services, actor_id: str) -> Services:
    return services.acting(admit(Actor.of(actor_id, actor_id, [Role.ADMIN])))


def test_a_proposal_changes_nothing_until_another_approves_it(services: Services) -> None:
    ada, bob = admin(services, "ada"), admin(services, "bob")
    proposal = ada.proposals.put(COLLEGE, reason="regional accreditation")
    assert services.issuers.rows() == ()
    with pytest.raises(SecondPersonNeeded):
        ada.proposals.approve(proposal)
    with pytest.raises(SecondPersonNeeded):
        ada.proposals.approve(proposal, actor="bob")  # forged: who asks is known
    assert services.issuers.rows() == ()
    bob.proposals.approve(proposal)
    [kept] = services.issuers.rows()
    assert (kept.decision, kept.reason, kept.approved_by) == ("accept", "regional accreditation", "bob")
    assert kept.achievement_types == ("Certificate",)
    assert services.proposals.rows() == ()
    assert [(row.action, row.actor) for row in services.activity.rows(action="issuer.")] == [
        ("issuer.accept", "bob"),
        ("issuer.approved", "bob"),
        ("issuer.proposed", "ada"),
    ]


def test_it_is_approved_once(services: Services) -> None:
    proposal = admin(services, "ada").proposals.put(COLLEGE, reason="why")
    admin(services, "bob").proposals.approve(proposal)
    with pytest.raises(Missing):
        admin(services, "bob").proposals.approve(proposal)


def test_no_role_changes_an_issuer_alone(services: Services) -> None:
    ada = admin(services, "ada")
    with pytest.raises(NotAllowed):
        ada.issuers.put(COLLEGE, reason="why", approver="bob")
    with pytest.raises(NotAllowed):
        ada.issuers.read(services.issuers.file().data, reason="why", approver="bob")
    services.issuers.put(COLLEGE, reason="why", approver="hr")
    with pytest.raises(NotAllowed):
        ada.issuers.remove(COLLEGE.issuer_id, reason="why")
    assert len(services.issuers.rows()) == 1


def test_a_removal_needs_two_as_well(services: Services) -> None:
    services.issuers.put(COLLEGE, reason="why", approver="hr")
    proposal = admin(services, "ada").proposals.remove(COLLEGE.issuer_id, reason="accreditation lost")
    [waiting] = services.proposals.rows()
    assert waiting.now is not None
    assert (waiting.now.decision, waiting.entry.decision) == ("accept", "removed")
    admin(services, "bob").proposals.approve(proposal)
    assert services.issuers.rows() == ()
    assert services.issuers.history(COLLEGE.issuer_id)[0].approved_by == "bob"


def test_a_list_is_proposed_entry_by_entry(services: Services) -> None:
    services.issuers.put(COLLEGE, reason="why", approver="hr")
    data = services.issuers.file().data
    services.issuers.remove(COLLEGE.issuer_id, reason="for the test")
    assert admin(services, "ada").proposals.read(data, reason="merger") == 1
    [waiting] = services.proposals.rows()
    admin(services, "bob").proposals.approve(waiting.proposal_id)
    [kept] = services.issuers.rows()
    assert (kept.name, kept.approved_by) == ("Example College", "bob")  # not the approver that the file names
    assert json.loads(services.issuers.file().data)["issuers"][0]["approved_by"] == "bob"


def test_a_proposal_can_be_withdrawn_and_both_stay_in_the_log(services: Services) -> None:
    proposal = admin(services, "ada").proposals.put(COLLEGE, reason="why")
    admin(services, "bob").proposals.withdraw(proposal)
    assert services.proposals.rows() == ()
    with pytest.raises(Missing):
        admin(services, "bob").proposals.approve(proposal)
    assert [row.action for row in services.activity.rows()] == ["issuer.withdrawn", "issuer.proposed"]


@pytest.mark.parametrize(("decision", "reason"), [("accept", " "), ("maybe", "why"), ("removed", "why")])
def test_what_could_not_be_saved_is_not_proposed(services: Services, decision: str, reason: str) -> None:
    entry = IssuerRow(issuer_id="did:web:college.example", name="", decision=decision)
    with pytest.raises((NoteRequired, ValueError)):
        admin(services, "ada").proposals.put(entry, reason=reason)
    assert services.proposals.rows() == ()
