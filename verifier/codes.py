"""Every code that a report can carry: `python -m verifier.codes > docs/codes.md`."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import verifier
from verifier.errors import Inconclusive, Refuted, Unreadable, VerifierError

# Findings that are no errors: they accuse nobody, or are the employer's own decision.
FINDINGS = {
    "answered_outside": ("not applicable", "lies inside a presentation, which is what answers the request"),
    "belongs_to_applicant": ("passed", "was issued to the applicant"),
    "current": ("passed", "is within its dates"),
    "empty_container": ("indeterminate", "holds no credential"),
    "hosted_copy_matches": ("passed", "says the same as the copy at its own address"),
    "issuer_accepted": ("passed", "comes from an issuer that a source of yours accepts"),
    "issuer_ask": ("indeterminate", "comes from an issuer that your list leaves to a person"),
    "issuer_name_differs": ("not applicable", "calls its issuer otherwise than your source does"),
    "issuer_out_of_scope": ("indeterminate", "comes from an issuer accepted for other credentials only"),
    "issuer_refused": ("failed", "comes from an issuer that a source of yours refuses"),
    "issuer_unknown": ("indeterminate", "comes from an issuer that is in none of your sources"),
    "issuer_withdrawn": ("failed", "comes from an issuer whose accreditation was withdrawn"),
    "key_authorized": ("passed", "is signed with a key that its issuer authorises"),
    "member_unreadable": ("indeterminate", "holds something that could not be read"),
    "no_applicant": ("not applicable", "was not compared with a person: none was given"),
    "no_dates": ("not applicable", "names no dates of validity"),
    "no_status": ("not applicable", "names no place where it could be revoked"),
    "status_may_be_withheld": (
        "not applicable",
        "shows no place where it could be revoked; its holder chose",
    ),
    "not_asked": ("not applicable", "was not asked for by a request"),
    "not_checked": ("indeterminate", "was not checked, because something before it failed"),
    "not_revoked": ("passed", "is still kept by its issuer and not marked as revoked"),
    "proof_of_another": ("not applicable", "also carries a proof by somebody else, which does not count"),
    "refresh_available": ("not applicable", "can be had anew from its issuer"),
    "request_answered": ("passed", "answers your request"),
    "sealed_by_issuer": ("passed", "is sealed with a certificate of its issuer"),
    "signature_valid": ("passed", "matches its signature"),
    "status_clear": ("passed", "is not revoked"),
    "verified": ("verified", "passed every check of the policy (the code of a whole report)"),
    "vouched_by_issuer": ("passed", "is vouched for by its issuer's own address"),
    "well_formed": ("passed", "has the shape of its format"),
}
_OUTCOMES = ((Unreadable, "unreadable"), (Refuted, "failed"), (Inconclusive, "indeterminate"))
_VALUE = re.compile(r"\{\d[^}]*\}")


def error_classes() -> tuple[type[VerifierError], ...]:
    """Every error class with a code of its own, in the order of the codes."""
    for module in pkgutil.walk_packages(verifier.__path__, "verifier."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: set[type[VerifierError]] = set()
    waiting: list[type[VerifierError]] = [VerifierError]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found |= {kind for kind in below if "code" in vars(kind)}
    return tuple(sorted(found, key=lambda kind: (kind.code, kind.__module__)))


def page() -> str:
    """The whole of docs/codes.md."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Codes"
    yield ""
    yield "Every finding of a report has a code. A code is stable: never renamed, never given a new meaning."
    yield "The sentence may change; it finishes “This credential …”. “…” stands for a value."
    yield "This page is generated: `python -m verifier.codes > docs/codes.md`."
    for root, outcome in _OUTCOMES:
        kinds = [kind for kind in error_classes() if issubclass(kind, root)]
        yield from (
            "",
            f"## {outcome.capitalize()}",
            "",
            "| code | this credential … | why |",
            "|---|---|---|",
        )
        for kind in kinds:
            yield f"| `{kind.code}` | {_plain(kind.sentence)} | {_why(kind)} |"
    yield from (
        "",
        "## Findings that are no errors",
        "",
        "| code | outcome | this credential … |",
        "|---|---|---|",
    )
    for code, (outcome, sentence) in sorted(FINDINGS.items()):
        yield f"| `{code}` | {outcome} | {sentence} |"


def _plain(sentence: str) -> str:
    return _VALUE.sub("…", sentence).replace("|", "\\|")


def _why(kind: type[VerifierError]) -> str:
    said = " ".join((vars(kind).get("__doc__") or "").split("\n\n")[0].split()).replace("|", "\\|")
    spec = f"[specification]({kind.spec})" if kind.spec else ""
    return " ".join(part for part in (said, spec) if part)


if __name__ == "__main__":
    print(page(), end="")
