"""Every code that the verifier can answer with has words, an owner and a next step."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest

from dashboard import wording
from dashboard.wording import Owner
from verifier import VerifierError


def error_classes(root: type[VerifierError]) -> Iterator[type[VerifierError]]:
    for child in root.__subclasses__():
        yield child
        yield from error_classes(child)


CLASSES = {
    cls for cls in error_classes(VerifierError) if not inspect.isabstract(cls) and hasattr(cls, "code")
}
CODES = sorted({cls.code for cls in CLASSES})
# Findings that no exception raises.
FOUND = [
    "issuer_unknown",
    "issuer_refused",
    "issuer_ask",
    "issuer_out_of_scope",
    "not_checked",
    "empty_container",
]


def test_there_are_codes_to_look_at() -> None:
    assert len(CODES) > 60


@pytest.mark.parametrize("code", [*CODES, *FOUND])
def test_a_code_has_a_sentence_an_owner_and_a_next_step(code: str) -> None:
    told = wording.CODES[code]
    assert told.headline
    assert told.sentence.endswith((".", "!", "?"))
    assert told.step.endswith(".")
    assert told.owner in Owner
    assert told.owner is not Owner.NOBODY
    assert told.whose == wording.OWNERS[told.owner]


@pytest.mark.parametrize(
    "code", [code for code in wording.CODES if wording.CODES[code].owner is Owner.CANDIDATE]
)
def test_where_the_candidate_can_settle_it_a_message_is_ready(code: str) -> None:
    text = wording.message(wording.CODES[code], "badge.png")
    assert "badge.png" in text
    assert "{" not in text


@pytest.mark.parametrize(
    ("code", "untrue"),
    [
        ("too_old", "in force"),
        ("refresh_available", "in force"),
        ("seal_certificate_expired", "in force"),
        ("result_failed", "in force"),
        ("not_assessed", "level"),
        ("self_issued", "issuer gave it"),
        ("assessment_unknown", "signature"),
        ("status_list_unusable", "signature"),
        ("key_not_authorized", "does not match"),
    ],
)
def test_a_message_tells_the_candidate_nothing_that_was_not_found(code: str, untrue: str) -> None:
    assert untrue not in wording.message(wording.CODES[code], "badge.png")


def test_every_message_that_is_named_exists() -> None:
    assert {told.ask for told in wording.CODES.values() if told.ask} <= set(wording.MESSAGES)


@pytest.mark.parametrize(
    ("outcome", "headline"),
    [
        ("failed", "Problem found"),
        ("unreadable", "Not readable"),
        ("indeterminate", "Could not check"),
        ("passed", "Passed"),
        ("something new", "Could not check"),
    ],
)
def test_an_unknown_code_falls_back_on_its_outcome(outcome: str, headline: str) -> None:
    assert wording.said("of_a_later_version", outcome).headline == headline


def test_an_unknown_code_is_never_good_news() -> None:
    for outcome in ("failed", "unreadable", "indeterminate", ""):
        assert wording.said("of_a_later_version", outcome).owner is not Owner.NOBODY


def test_a_message_does_not_accuse() -> None:
    for text in wording.MESSAGES.values():
        assert not {"fake", "forged", "fraud", "tampered"} & set(text.lower().split())
