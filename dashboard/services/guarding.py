"""The services for one person: every method asks for its permission, whatever the screen offered.

A forged widget event or an address typed by hand reaches no further than the buttons of its role. A method
that is not in `NEEDS` is allowed to nobody.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache, wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from dashboard.access import Actor, Permission
from dashboard.services.refusals import NotAllowed

FACTS = frozenset({"offline", "can_draw", "public_url", "address"})  # of the installation, about nobody
if TYPE_CHECKING:
    from dashboard.services.facade import Services

Admit = Callable[[Permission], Actor]  # who asks, if they may; raises `NotAllowed`

NEEDS: Mapping[str, Mapping[str, Permission]] = MappingProxyType(
    {
        "work": {
            "progress": Permission.VERIFY,
            "presented": Permission.VERIFY,
            "waiting": Permission.COLLEAGUES,  # a count over everybody: screens wait for it
            "items": Permission.VERIFY,
            "batches": Permission.VERIFY,
            "cancel": Permission.VERIFY,
            "resume": Permission.VERIFY,
            "recheck": Permission.VERIFY,
            "running": Permission.VERIFY,
            "checking": Permission.READ_EVIDENCE,
            "count_due": Permission.VERIFY,
            "due": Permission.VERIFY,
            "recheck_due": Permission.VERIFY,
            "recheck_applicant": Permission.VERIFY,
            "wait": Permission.VERIFY,
            "ask_again": Permission.ALONE,  # in another service's transaction
        },
        "intake": {
            "load_sample": Permission.DEMO,
            "reset_sample": Permission.DEMO,
            "sample_clock": Permission.DEMO,
            "receive": Permission.VERIFY,
            "receive_table": Permission.VERIFY,
            "pasted": Permission.VERIFY,
        },
        "exchanges": {
            "open": Permission.VERIFY,
            "get": Permission.VERIFY,
            "cancel": Permission.VERIFY,
            "clock": Permission.VERIFY,
            "is_sample": Permission.VERIFY,
            "sample_wallet": Permission.VERIFY,
            "accept": Permission.VERIFY,  # of the demo holder; a wallet comes by its own route
            "decline": Permission.VERIFY,
            "refuse": Permission.VERIFY,
        },
        "candidates": {
            "rows": Permission.READ_PEOPLE,
            "behind": Permission.READ_PEOPLE,
            "row": Permission.READ_PERSON,
            "alerts": Permission.READ_PEOPLE,
            "detail": Permission.READ_PERSON,
            "compare": Permission.COMPARE,
            "coverage": Permission.COVERAGE,
            "impact": Permission.COVERAGE,
            "decide": Permission.DECIDE,
            "confirm": Permission.DECIDE,
            "withdraw_confirmation": Permission.DECIDE,
            "note": Permission.NOTE,
            "reveal": Permission.REVEAL,
            "set_given": Permission.CHANGE_PERSON,
            "set_applied": Permission.CHANGE_PERSON,
            "move": Permission.CHANGE_PERSON,
            "delete": Permission.CHANGE_PERSON,
        },
        "evidence": {
            "view": Permission.READ_EVIDENCE,
            "raw": Permission.READ_FILES,
            "report_json": Permission.READ_FILES,
        },
        "jobs": {
            "rows": Permission.READ_JOBS,
            "sample_id": Permission.READ_JOBS,
            "detail": Permission.READ_JOBS,
            "file": Permission.READ_JOBS,
            "levels": Permission.READ_JOBS,
            "changes": Permission.CHANGE_JOBS,
            "problems": Permission.CHANGE_JOBS,
            "touches": Permission.CHANGE_JOBS,
            "create": Permission.CHANGE_JOBS,
            "save": Permission.CHANGE_JOBS,
            "delete": Permission.CHANGE_JOBS,
            "suggest": Permission.CHANGE_JOBS,
            "occupations": Permission.CHANGE_JOBS,
            "propose": Permission.CHANGE_JOBS,
            "draft": Permission.CHANGE_JOBS,
        },
        "issuers": {
            "rows": Permission.READ_ISSUERS,
            "get": Permission.READ_ISSUERS,
            "unlisted": Permission.READ_ISSUERS,
            "history": Permission.READ_ISSUERS,
            "file": Permission.READ_ISSUERS,
            "registries": Permission.READ_ISSUERS,
            "vocabularies": Permission.READ_ISSUERS,
            "put": Permission.ALONE,
            "remove": Permission.ALONE,
            "read": Permission.ALONE,
            "strike": Permission.ALONE,
            "ask_again": Permission.ALONE,
        },
        "addresses": {"rows": Permission.READ_ISSUERS, "refresh": Permission.CHANGE_ISSUERS},
        "proposals": {
            "rows": Permission.READ_ISSUERS,
            "put": Permission.CHANGE_ISSUERS,
            "remove": Permission.CHANGE_ISSUERS,
            "read": Permission.CHANGE_ISSUERS,
            "approve": Permission.CHANGE_ISSUERS,
            "withdraw": Permission.CHANGE_ISSUERS,
        },
        "activity": {
            "rows": Permission.READ_LOG,
            "actors": Permission.READ_LOG,
            "checks_a_day": Permission.READ_LOG,
            "verify": Permission.READ_LOG,
            "now": Permission.READ_LOG,
        },
        "exports": {
            "candidates_csv": Permission.EXPORT,
            "candidates_xlsx": Permission.EXPORT,
            "candidate_csv": Permission.EXPORT,
            "candidate_xlsx": Permission.EXPORT,
            "comparison_csv": Permission.EXPORT,
            "comparison_xlsx": Permission.EXPORT,
            "coverage_csv": Permission.COVERAGE,
            "groups_template": Permission.COVERAGE,
            "impact_csv": Permission.COVERAGE,
            "activity_csv": Permission.READ_LOG,
            "raw_zip": Permission.READ_FILES,
        },
        "papers": {"report": Permission.EXPORT, "copy": Permission.EXPORT_NAMES},
        "systems": {
            "greenhouse": Permission.EXPORT_NAMES,
            "greenhouse_files": Permission.EXPORT_NAMES,
            "greenhouse_of": Permission.EXPORT_NAMES,
            "mapped": Permission.EXPORT_NAMES,
            "ler_rs": Permission.EXPORT_NAMES,
        },
        "receipts": {
            "key": Permission.READ_RECEIPTS,
            "check": Permission.READ_RECEIPTS,
            "fault": Permission.EXPORT,
            "hand_out_credential": Permission.EXPORT,
            "hand_out_candidate": Permission.EXPORT,
            "of_credential": Permission.ALONE,  # not logged, with every address
            "of_candidate": Permission.ALONE,
        },
        "members": {
            "called": Permission.COLLEAGUES,
            "rows": Permission.ALONE,
            "any": Permission.ALONE,
            "actor": Permission.ALONE,
            "add": Permission.ALONE,
            "remove": Permission.ALONE,
        },
    }
)


def acting(services: Services, admit: Admit) -> Services:
    """`services` for whoever `admit` lets in."""
    return cast("Services", Acting(services, admit))


class Acting:
    """All services for one person. Nothing else of them is in reach."""

    def __init__(self, services: object, admit: Admit) -> None:
        self._services, self._admit = services, admit

    def __getattr__(self, name: str) -> Any:
        if name in FACTS:
            return getattr(self._services, name)
        if name not in NEEDS:
            raise AttributeError(name)
        return Guarded(getattr(self._services, name), NEEDS[name], self._admit)


class Guarded:
    """One service for one person."""

    def __init__(self, service: object, needs: Mapping[str, Permission], admit: Admit) -> None:
        self._service, self._needs, self._admit = service, needs, admit

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in FACTS:
            return getattr(self._service, name)
        method, needed, admit = getattr(self._service, name), self._needs.get(name), self._admit
        if needed is None:
            raise NotAllowed(name)

        @wraps(method)
        def guarded(*arguments: Any, **named: Any) -> Any:
            # Asked when it is called: a callback or a download may come long after it was drawn.
            return method(*arguments, **{**named, **_said(_parameters_of(method), admit(needed))})

        return guarded


def _said(takes: frozenset[str], actor: Actor) -> dict[str, Any]:
    """What the person's standing decides, over whatever the caller says."""
    said: dict[str, Any] = {"actor": actor.id} if "actor" in takes else {}
    if "blind" in takes and not actor.may(Permission.NAMES):
        said["blind"] = True
    if "names" in takes and not actor.may(Permission.EXPORT_NAMES):
        said["names"] = False
    return said


def _parameters_of(method: Callable[..., Any]) -> frozenset[str]:
    """Of the function behind a method: a method is another object each time it is looked up."""
    return _parameters(getattr(method, "__func__", method))


@cache
def _parameters(function: Callable[..., Any]) -> frozenset[str]:
    return frozenset(inspect.signature(function).parameters)
