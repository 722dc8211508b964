"""What each role may do, method by method, whatever the screen offered."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.access import LOCAL, Actor, Permission, Role
from dashboard.services import Given, Incoming, NotAllowed, RequirementRow, Services
from dashboard.services.guarding import NEEDS, Acting, Admit
from tests.dashboard.services.test_blind import texts

# Spelt out, so that whoever changes what a role may do changes it twice.
EVERYBODY = {"members.called", "work.waiting"}
READS_JOBS = {"jobs.rows", "jobs.sample_id", "jobs.detail", "jobs.file", "jobs.levels"}
DEMO = {"intake.load_sample", "intake.reset_sample", "intake.sample_clock"}
READS_TRUST = {
    *("issuers.rows", "issuers.get", "issuers.unlisted", "issuers.history", "issuers.file"),
    *("issuers.registries", "issuers.vocabularies", "proposals.rows"),
    *("activity.now", "activity.actors", "activity.checks_a_day", "addresses.rows"),
    *("activity.rows", "activity.verify", "exports.activity_csv", "receipts.key", "receipts.check"),
}
EXPORTS = {
    "papers.report",
    *("exports.candidates_csv", "exports.candidates_xlsx", "exports.candidate_csv", "exports.candidate_xlsx"),
    *("exports.comparison_csv", "exports.comparison_xlsx"),
    *("receipts.hand_out_credential", "receipts.hand_out_candidate", "receipts.fault"),
}
ALLOWED: dict[Role, set[str]] = {
    Role.RECRUITER: {
        *("work.progress", "work.items", "work.batches", "work.cancel", "work.resume", "work.wait"),
        *(
            "work.running",
            "work.presented",
            "work.checking",
            "work.count_due",
            "work.recheck",
            "work.due",
            "work.recheck_due",
            "work.recheck_applicant",
        ),
        *("exchanges.open", "exchanges.get", "exchanges.cancel", "exchanges.clock", "exchanges.is_sample"),
        *("exchanges.sample_wallet", "exchanges.accept", "exchanges.decline", "exchanges.refuse"),
        *("intake.receive", "intake.receive_table", "intake.pasted"),
        *(
            "candidates.rows",
            "candidates.behind",
            "candidates.alerts",
            "candidates.detail",
            "candidates.decide",
        ),
        *("candidates.row", "papers.copy", "systems.ler_rs", "systems.mapped"),
        *("systems.greenhouse", "systems.greenhouse_files", "systems.greenhouse_of"),
        *("candidates.confirm", "candidates.withdraw_confirmation", "candidates.reveal"),
        *("candidates.set_given", "candidates.set_applied", "candidates.move", "candidates.delete"),
        *("evidence.view", "evidence.raw", "evidence.report_json", "exports.raw_zip"),
        *DEMO,
        *EXPORTS,
        *READS_JOBS,
    },
    Role.ANALYST: {
        *("candidates.rows", "candidates.behind", "candidates.alerts", "candidates.compare", "evidence.view"),
        "work.checking",
        *("candidates.coverage", "candidates.impact"),
        *("exports.coverage_csv", "exports.groups_template", "exports.impact_csv"),
        *EXPORTS,
        *READS_JOBS,
    },
    Role.HIRING_MANAGER: {
        *(
            "candidates.rows",
            "candidates.behind",
            "candidates.alerts",
            "candidates.detail",
            "candidates.compare",
        ),
        *("candidates.row", "candidates.note", "evidence.view", "work.checking"),
        *DEMO,
        *READS_JOBS,
    },
    Role.ADMIN: {
        *("jobs.changes", "addresses.refresh"),
        *("jobs.problems", "jobs.touches", "jobs.create", "jobs.save", "jobs.delete", "jobs.suggest"),
        *("jobs.occupations", "jobs.propose", "jobs.draft"),
        *("proposals.put", "proposals.remove", "proposals.read", "proposals.approve", "proposals.withdraw"),
        *READS_TRUST,
        *READS_JOBS,
    },
    Role.AUDITOR: READS_TRUST,
}
METHODS = [(service, method) for service, needs in NEEDS.items() for method in needs]


def admit(actor: Actor) -> Admit:
    """Whoever is `actor`, for as long as the test runs."""

    def admitted(needed: Permission) -> Actor:
        if not actor.may(needed):
            raise NotAllowed(needed)
        return actor

    return admitted


def member(*roles: Role) -> Actor:
    return Actor.of("m1", "Example Person", roles)


@pytest.fixture(scope="module")
def calls() -> list[dict[str, Any]]:
    """What the recorded services were called with."""
    return []


@pytest.fixture(scope="module")
def recorded(sample: Services, calls: list[dict[str, Any]]) -> SimpleNamespace:
    """Services that take the same arguments and do nothing."""

    def recording(original: Callable[..., Any]) -> Callable[..., None]:
        @wraps(original)
        def method(_self: object, *_arguments: Any, **named: Any) -> None:
            calls.append(named)

        return method

    def stand_in(service: object) -> object:
        methods = {name: recording(method) for name, method in public(service)}
        return type(type(service).__name__, (), methods)()

    return SimpleNamespace(**{name: stand_in(service) for name, service in parts(sample)})


def parts(services: Services) -> Iterator[tuple[str, object]]:
    """Every service by name."""
    return ((name, one) for name, one in vars(services).items() if not name.startswith("_"))


def public(service: object) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The methods that a view can call, as plain functions."""
    functions = inspect.getmembers(type(service), inspect.isfunction)
    return ((name, function) for name, function in functions if not name.startswith("_"))


def test_every_method_of_every_service_names_the_permission_that_it_needs(sample: Services) -> None:
    there = {name: {method for method, _ in public(service)} for name, service in parts(sample)}
    assert {name: set(needs) for name, needs in NEEDS.items()} == there


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("service", "method"), METHODS, ids=".".join)
def test_a_role_may_do_exactly_what_is_written_down(
    recorded: SimpleNamespace, role: Role, service: str, method: str
) -> None:
    ask = getattr(getattr(Acting(recorded, admit(member(role))), service), method)
    if f"{service}.{method}" in ALLOWED[role] | EVERYBODY:
        ask()
        return
    with pytest.raises(NotAllowed):
        ask()


@pytest.mark.parametrize(("service", "method"), METHODS, ids=".".join)
def test_without_sign_in_everything_may_be_done(recorded: SimpleNamespace, service: str, method: str) -> None:
    getattr(getattr(Acting(recorded, admit(LOCAL)), service), method)()


def test_nobody_but_this_machine_changes_an_issuer_alone() -> None:
    everything = member(*Role)
    assert not everything.may(Permission.ALONE)
    assert LOCAL.may(Permission.ALONE)


def test_what_somebody_is_overrides_what_the_caller_says(sample: Services) -> None:
    """`actor`, `blind` and `names` are named everywhere: none of them can be slipped in by position."""
    for _, service in parts(sample):
        for _, function in public(service):
            for name, one in inspect.signature(function).parameters.items():
                if name in ("blind", "names", "actor") and function.__name__ != "ask_again":
                    assert one.kind is inspect.Parameter.KEYWORD_ONLY


def test_actor_always_means_who_asks(sample: Services) -> None:
    """A filter of that name would be overridden with whoever asks."""
    for _, service in parts(sample):
        for _, function in public(service):
            one = inspect.signature(function).parameters.get("actor")
            assert one is None or one.default in ("local", inspect.Parameter.empty)


@pytest.mark.parametrize(
    ("role", "said"),
    [(Role.ANALYST, {"blind": True}), (Role.HIRING_MANAGER, {"blind": False})],
)
def test_an_analyst_is_answered_blind_whatever_was_asked(
    recorded: SimpleNamespace, calls: list[dict[str, Any]], role: Role, said: dict[str, bool]
) -> None:
    Acting(recorded, admit(member(role))).candidates.compare(["a", "b"], blind=False)
    assert calls[-1] == said


@pytest.mark.parametrize(("role", "names"), [(Role.ANALYST, False), (Role.RECRUITER, True)])
def test_an_export_of_an_analyst_has_no_names_and_is_theirs_in_the_log(
    recorded: SimpleNamespace, calls: list[dict[str, Any]], role: Role, names: bool
) -> None:
    acting = Acting(recorded, admit(member(role)))
    acting.exports.candidates_csv(None, names=True, actor="somebody else")
    assert calls[-1] == {"names": names, "actor": "m1"}


def test_a_method_kept_from_before_is_judged_when_it_is_called(recorded: SimpleNamespace) -> None:
    here = [member(Role.RECRUITER)]

    def admitted(needed: Permission) -> Actor:
        return admit(here[-1])(needed)

    decide = Acting(recorded, admitted).candidates.decide
    decide("one")
    here.append(member())
    with pytest.raises(NotAllowed):
        decide("one")


@pytest.mark.parametrize("name", ["_core", "close", "open", "acting", "_workers"])
def test_what_lies_behind_the_services_is_out_of_reach(services: Services, name: str) -> None:
    acting = services.acting(admit(member(*Role)))
    with pytest.raises(AttributeError):
        getattr(acting, name)
    with pytest.raises((AttributeError, NotAllowed)):
        _ = acting.jobs._core
    with pytest.raises(AttributeError):
        _ = getattr(acting.jobs, "no_such_method")  # noqa: B009


def test_an_analyst_is_told_nobodys_name(services: Services) -> None:
    job = services.jobs.create("Analyst", [RequirementRow(skill_name="SQL")])
    for name in ("Zelda Quillfeather", "Yorick Quillfeather"):
        given = Given(name=name, emails=("zq@quill.example",))
        batch = services.intake.receive(
            [Incoming(filename=f"{name}.txt", data=name.encode())], job_id=job, given=given
        )
        services.work.wait(batch, 30)
    asked = services.acting(admit(member(Role.ANALYST)))
    rows = asked.candidates.rows(job)
    ids = [row.applicant_id for row in rows]
    answers = (
        rows,
        asked.candidates.alerts(job),
        asked.candidates.compare(ids, job_id=job, blind=False),
        asked.candidates.coverage(job),
        asked.exports.candidates_csv(job, names=True).data.decode(),
        asked.exports.candidate_csv(ids[0], names=True).data.decode(),
        asked.exports.comparison_csv(ids, job_id=job, names=True).data.decode(),
        asked.exports.groups_template(job).data.decode(),
        asked.receipts.hand_out_candidate(ids[0], names=True).data.decode(),
    )
    assert len(rows) == 2
    assert not [text for text in texts(answers) if "quill" in text.casefold()]
    assert "Quillfeather" in str(services.candidates.rows(job))  # who may know is told
