"""Who may sign in, as what; and that the log can forget who it was."""

from __future__ import annotations

import pytest

from dashboard.access import Permission, Role
from dashboard.services import Missing, Services

RITA = {"issuer": "https://id.employer.example", "subject": "8f3c", "label": "Rita Roe"}


def test_a_member_has_what_any_of_their_roles_brings(services: Services) -> None:
    services.members.add(**RITA, roles=[Role.RECRUITER, Role.ADMIN])
    actor = services.members.actor("https://id.employer.example", "8f3c")
    assert actor is not None
    assert actor.may(Permission.DECIDE)
    assert actor.may(Permission.CHANGE_ISSUERS)
    assert not actor.may(Permission.COVERAGE)


@pytest.mark.parametrize(
    ("issuer", "subject"),
    [("https://id.employer.example/", "8f3c"), ("https://id.employer.example", "8F3C"), ("", "")],
)
def test_an_identity_is_compared_exactly(services: Services, issuer: str, subject: str) -> None:
    services.members.add(**RITA, roles=[Role.ADMIN])
    assert services.members.actor(issuer, subject) is None


def test_adding_again_replaces_the_roles_and_keeps_the_id(services: Services) -> None:
    first = services.members.add(**RITA, roles=[Role.ADMIN])
    again = services.members.add(**RITA, roles=[Role.AUDITOR], actor="console")
    assert again.member_id == first.member_id
    assert [row.roles for row in services.members.rows()] == [(Role.AUDITOR,)]
    assert [(row.action, row.actor) for row in services.activity.rows(action="member.")] == [
        ("member.changed", "console"),
        ("member.added", "local"),
    ]


@pytest.mark.parametrize("lacks", ["issuer", "subject", "label"])
def test_a_member_without_an_identity_or_a_label_is_refused(services: Services, lacks: str) -> None:
    with pytest.raises(ValueError, match="at least one role"):
        services.members.add(**{**RITA, lacks: ""}, roles=[Role.ADMIN])
    with pytest.raises(ValueError, match="at least one role"):
        services.members.add(**RITA, roles=[])
    assert not services.members.any()


def test_the_log_names_no_member_and_stays_whole_without_them(services: Services) -> None:
    rita = services.members.add(**RITA, roles=[Role.ADMIN])
    services.jobs.create("Analyst", actor=rita.member_id)
    assert services.members.called([rita.member_id]) == {rita.member_id: "Rita Roe"}
    assert {row.actor for row in services.activity.rows(who="Rita Roe")} == {rita.member_id}
    assert "Rita" not in str(services.activity.rows())
    services.members.remove(rita.member_id)
    assert services.members.actor(RITA["issuer"], RITA["subject"]) is None
    assert services.members.called([rita.member_id, "local"]) == {
        rita.member_id: rita.member_id,
        "local": "local",
    }
    assert services.activity.verify().intact
    with pytest.raises(Missing):
        services.members.remove(rita.member_id)
