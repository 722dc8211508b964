"""Reports made without cryptography, so that a test of the store can say what a verification gave."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from dashboard.services.sample import Sample
from dashboard.services.verifying import Verifying
from dashboard.settings import Settings
from verifier import CheckResult, Credential, Finding, Linked, Outcome, Report, Step, Uploaded, Verdict

AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
VERDICTS = {
    b"bad": (Verdict.FAILED, "invalid_signature"),
    b"far": (Verdict.INDETERMINATE, "status_unreachable"),
    b"new": (Verdict.INDETERMINATE, "issuer_unknown"),
    b"odd": (Verdict.UNREADABLE, "not_a_credential"),
}


def made(source: Uploaded | Linked, **_: Any) -> Report:
    """A report whose verdict is the first three letters of the file; anything else is verified."""
    data = source.data if isinstance(source, Uploaded) else source.url.encode()
    name = source.filename if isinstance(source, Uploaded) else source.url
    verdict, code = VERDICTS.get(data[:3], (Verdict.VERIFIED, "verified"))
    finding = Finding(outcome=Outcome.PASSED, code=code, message="was made for a test")
    return Report(
        source=name,
        verdict=verdict,
        code=code,
        credential=None
        if verdict is Verdict.UNREADABLE
        else Credential(format="open_badges_3", name=f"Badge {name}", document={"id": "urn:x"}),
        results=(CheckResult.of("proof", [finding]),),
        at=AT,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def slowly(seconds: float) -> Callable[..., Report]:
    """`made`, after a while."""

    def verify(source: Uploaded | Linked, **given: Any) -> Report:
        time.sleep(seconds)
        return made(source, **given)

    return verify


CHECKS = ("structure", "proof", "trust")


def step(check: str, *, path: tuple[int, ...] = (), asking: str = "", outcome: Outcome | None = None) -> Step:
    """One of `CHECKS`, begun, asking or made."""
    finding = Finding(outcome=outcome or Outcome.PASSED, code=f"{check}_code", message="is judged")
    return Step(
        source="Ada Canary.json",
        path=path,
        checks=CHECKS,
        check=check,
        asking=asking,
        result=CheckResult.of(check, [finding]) if outcome else None,
    )


class Turnstile:
    """A verification that tells of three checks, and waits in each until it is let through.

    Whoever lets it through says when: a test sees every state without a clock.
    """

    def __init__(self) -> None:
        self._begun, self._through = threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self, source: Uploaded | Linked, *, on_step: Callable[[Step], None], **given: Any) -> Report:
        for check in CHECKS:
            on_step(step(check))
            on_step(step(check, asking="https://college.example/status/1"))
            self._begun.release()
            assert self._through.acquire(timeout=30)
            on_step(step(check, outcome=Outcome.PASSED))
        return made(source, **given)

    def until_begun(self) -> None:
        """Block until the next check waits."""
        assert self._begun.acquire(timeout=30)

    def let_through(self, times: int = 1) -> None:
        """Answer so many checks, now or once they wait."""
        self._through.release(times)


def verifying(verify: Callable[..., Report] = made) -> Verifying:
    """A verification that calls `verify`."""
    return Verifying(settings=Settings.read(), sample=_no_sample, now=lambda: AT, verify=verify)


def _no_sample() -> Sample:
    raise AssertionError("this test has no sample")
