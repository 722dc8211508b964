"""verify(on_step=…): whoever listens hears what the report will say, and has no say in it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.issuing import json_bytes, zip_of
from tests.verifier.forging.data_integrity import claim_changed
from tests.verifier.forging.scene import (
    COLLEGE,
    NOW,
    STRANGER,
    TOKENS,
    WALLET,
    badge,
    presented,
    record,
    revocable,
)
from verifier import (
    CheckResult,
    Limits,
    Linked,
    MemoryWeb,
    Policy,
    PresentationRequest,
    Report,
    Step,
    Uploaded,
    verify,
)
from verifier.flow import Fetch, Fetched
from verifier.report import CHECK_NAMES

FILE = "https://college.example/badge/1.json"
GOOD, FORGED = json_bytes(badge().upload), json_bytes(claim_changed(badge()).upload)
WEB = {**COLLEGE.served(), **TOKENS.served(), **revocable().web, FILE: GOOD}
DEEP = json_bytes(WALLET.presentation([WALLET.presentation([WALLET.presentation([badge().upload])])]))
UPLOADS = {
    "a badge": GOOD,
    "a forged badge": FORGED,
    "a badge with a status list": json_bytes(revocable().upload),
    "a badge of a stranger": json_bytes(STRANGER.sign(STRANGER.credential())),
    "a token": TOKENS.jwt(TOKENS.credential()).encode(),
    "a record with a badge in it": json_bytes(record().upload),
    "a presentation": json_bytes(presented().upload),
    "a presentation of a record": json_bytes(WALLET.presentation([record().upload])),
    "presentations deeper than is read": json_bytes(WALLET.presentation([json.loads(DEEP)])),
    "an archive with two files of one name": zip_of({"a.json": GOOD, "b/a.json": FORGED, "c.txt": b"?"}),
    "an archive without a credential": zip_of({"a.json": b"{}", "b.txt": b"hello"}),
    "a text with a link": FILE.encode(),
    "no credential": b"hello",
    "nothing": b"",
}
Made = dict[tuple[int, ...], dict[str, CheckResult]]


def judged(source: bytes | str, on_step: Callable[[Step], None] | None = None, **given: object) -> Report:
    return verify(
        Linked(source) if isinstance(source, str) else Uploaded(source, "upload"),
        trust=(COLLEGE.listed(), TOKENS.listed()),
        web=MemoryWeb(WEB),
        now=NOW,
        on_step=on_step,
        **given,  # type: ignore[arg-type]  # policy or request, by the test
    )


def told(steps: list[Step]) -> Made:
    """The results by path; a check told twice is a failure."""
    made: Made = defaultdict(dict)
    for step in steps:
        if step.result is not None:
            assert step.check not in made[step.path]
            made[step.path][step.check] = step.result
    return made


def reported(report: Report, path: tuple[int, ...] = ()) -> Made:
    """The results of a report and all in it, by path."""
    made = {path: {result.check: result for result in report.results}}
    for place, inner in enumerate(report.contained):
        made |= reported(inner, (*path, place))
    return made


def bytes_of(report: Report) -> bytes:
    return json.dumps(report.to_dict()).encode()


@pytest.mark.parametrize("name", UPLOADS)
@pytest.mark.parametrize("request_", [None, PresentationRequest(challenge="c")], ids=["plain", "asked"])
def test_the_listener_hears_exactly_the_results_of_the_report(
    name: str, request_: PresentationRequest | None
) -> None:
    steps: list[Step] = []
    report = judged(UPLOADS[name], steps.append, request=request_)
    assert told(steps) == reported(report)
    assert {step.source for step in steps} == {inner.source for inner in report.walk()}
    assert bytes_of(report) == bytes_of(judged(UPLOADS[name], request=request_))


@given(st.integers(min_value=0, max_value=len(GOOD) - 1), st.integers(min_value=0, max_value=255))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_told_as_it_is_reported(place: int, value: int) -> None:
    damaged = GOOD[:place] + bytes([value]) + GOOD[place + 1 :]
    steps: list[Step] = []
    report = judged(damaged, steps.append)
    assert told(steps) == reported(report)
    assert bytes_of(report) == bytes_of(judged(damaged))


def test_the_checks_of_a_credential_are_told_in_their_order_each_begun_before_it_is_made() -> None:
    steps: list[Step] = []
    judged(json_bytes(revocable().upload), steps.append)
    assert {step.checks for step in steps} == {CHECK_NAMES[:-1]}
    plain = [(step.check, step.result is not None) for step in steps if not step.asking]
    assert plain == [(check, made) for check in CHECK_NAMES[:-1] for made in (False, True)]


def test_an_address_is_told_while_it_is_asked_and_only_once() -> None:
    asked: list[str] = []

    class Watched:
        def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
            asked.append(heard[-1].asking)
            return MemoryWeb(WEB).fetch(wish, limits)

    heard: list[Step] = []
    verify(
        Uploaded(json_bytes(revocable().upload), "upload"),
        trust=(COLLEGE.listed(),),
        web=Watched(),
        now=NOW,
        on_step=heard.append,
    )
    assert asked == [step.asking for step in heard if step.asking]
    assert len(set(asked)) == len(asked) == 2
    assert [step.check for step in heard if step.asking] == ["proof", "status"]


def test_a_link_is_asked_for_while_its_structure_is_looked_at() -> None:
    steps: list[Step] = []
    judged(FILE, steps.append)
    assert [(step.check, step.asking) for step in steps[:2]] == [("structure", ""), ("structure", FILE)]


@pytest.mark.parametrize("name", UPLOADS)
@pytest.mark.parametrize("patience", [0, 1, 5])
def test_a_listener_that_raises_changes_nothing_and_is_not_told_any_more(name: str, patience: int) -> None:
    heard: list[Step] = []

    def tired(step: Step) -> None:
        heard.append(step)
        if len(heard) > patience:
            raise RuntimeError("no more")

    assert bytes_of(judged(UPLOADS[name], tired)) == bytes_of(judged(UPLOADS[name]))
    assert len(heard) <= patience + 1


def test_when_the_run_itself_fails_the_listener_hears_it_from_the_beginning() -> None:
    class Broken:
        def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
            raise ZeroDivisionError

    steps: list[Step] = []
    report = verify(Uploaded(GOOD, "upload"), web=Broken(), now=NOW, on_step=steps.append)
    assert report.code == "internal_error"
    began = max(place for place, step in enumerate(steps) if step.check == "structure" and not step.result)
    assert began > 0
    assert told(steps[began:]) == reported(report)


def test_a_step_names_the_place_of_what_it_is_about() -> None:
    steps: list[Step] = []
    report = judged(UPLOADS["a presentation of a record"], steps.append)
    assert {step.path: step.source for step in steps} == {
        (): report.source,
        (0,): report.contained[0].source,
        (0, 0): report.contained[0].contained[0].source,
    }


def test_a_policy_that_stays_offline_asks_nobody_and_is_told_the_same_way() -> None:
    steps: list[Step] = []
    report = judged(json_bytes(revocable().upload), steps.append, policy=Policy.offline())
    assert told(steps) == reported(report)
