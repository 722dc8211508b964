"""Report on one source: read it, make the checks, judge what it holds, conclude (ARCHITECTURE §7).

Each check is told as a `Step` when it begins and when it is made; reading belongs to the first, structure.
What follows from the members alone is told at the end. A result that was told is never revised.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from verifier import formats, hosted
from verifier.checks import checked, reference_of
from verifier.context import Context, Outer
from verifier.errors import (
    InternalError,
    NotACredential,
    TooLarge,
    Unreachable,
    Unreadable,
    VerifierError,
    plain,
)
from verifier.flow import Fetch, Purpose, Run, Step
from verifier.formats import links
from verifier.given import Linked, Source
from verifier.model import Credential, JsonObject, Kind, Member
from verifier.report import (
    CHECK_NAMES,
    SEVERITY,
    CheckResult,
    Finding,
    Outcome,
    Report,
    Verdict,
    conclude,
    not_checked,
)

LINK_ACCEPT = (
    "application/json",
    "application/ld+json",
    "application/vc+ld+json",
    "text/html",
    "image/png",
    "*/*",
)


def report_of(source: Source, context: Context) -> Run[Report]:
    yield _step("structure", source.name, context)
    if isinstance(source, Linked):
        return (yield from _report_of_link(source.url, source.url, context))
    return (yield from _report_of_bytes(source.data, source.filename, context))


def _report_of_bytes(data: bytes, name: str, context: Context) -> Run[Report]:
    digest = hashlib.sha256(data).hexdigest()
    try:
        credential = formats.read(data, context.policy.limits)
    except Unreadable as error:
        report = yield from _nothing_read(name, context, Verdict.UNREADABLE, error.finding())
    except Exception as error:  # a fault of ours in a parser
        fault = InternalError(reference_of(error)).finding()
        report = yield from _nothing_read(name, context, Verdict.INDETERMINATE, fault)
    else:
        report = yield from _judge(credential, name, context)
    return replace(report, sha256=digest)


def _report_of_link(url: str, name: str, context: Context) -> Run[Report]:
    """The credential behind a link: the address itself, or the document that a share page stands for."""
    waiting, asked = [*links.machine_readable(url), url], set[str]()
    problem: VerifierError = NotACredential("a link to nothing")
    while waiting and len(asked) < 4:  # a share page, its alternate, and one hop more
        address = waiting.pop(0)
        if address in asked:
            continue
        asked.add(address)
        try:
            fetched = yield Fetch(url=address, purpose=Purpose.SOURCE, accept=LINK_ACCEPT)
        except Unreachable as error:
            problem = error
            continue
        if "html" in fetched.content_type:
            waiting += links.find_in_html(fetched.body, fetched.url)
            problem = NotACredential("a web page that points to no credential")
            continue
        return (yield from _report_of_bytes(fetched.body, name, context))
    verdict = Verdict.UNREADABLE if isinstance(problem, Unreadable) else Verdict.INDETERMINATE
    return (yield from _nothing_read(name, context, verdict, problem.finding()))


def without_credential(name: str, context: Context, verdict: Verdict, finding: Finding) -> Report:
    """A report on something that could not be read: every check is listed as not made."""
    results = (
        CheckResult.of("structure", [finding]),
        *(
            CheckResult.of(check, [not_checked("could not be read, so nothing was checked")])
            for check in _names(context)[1:]
        ),
    )
    return Report(
        source=name,
        verdict=verdict,
        code=finding.code,
        credential=None,
        results=results,
        at=context.now,
        policy=context.policy.name,
    )


def _nothing_read(name: str, context: Context, verdict: Verdict, finding: Finding) -> Run[Report]:
    """`without_credential`, told."""
    report = without_credential(name, context, verdict, finding)
    yield from _told(report.results, name, context)
    return report


# ----------------------------------------------------------------------------------------- telling


def _step(check: str, name: str, context: Context, result: CheckResult | None = None) -> Step:
    return Step(source=name, path=context.path, checks=_names(context), check=check, result=result)


def _told(results: Iterable[CheckResult], name: str, context: Context) -> Iterator[Step]:
    for result in results:
        yield _step(result.check, name, context, result)


def steps_of(report: Report, context: Context) -> Iterator[Step]:
    """The steps of a report whose results are all known at once, from the beginning."""
    yield _step("structure", report.source, context)
    yield from _told(report.results, report.source, context)


# ----------------------------------------------------------------------------------------- judging


def _names(context: Context) -> tuple[str, ...]:
    return CHECK_NAMES if context.request is not None else CHECK_NAMES[:-1]


def _judge(credential: Credential, name: str, context: Context) -> Run[Report]:
    if credential.kind is Kind.ARCHIVE:
        contained = yield from _members(credential, name, context)
        if contained and all(inner.verdict is Verdict.UNREADABLE for inner in contained):
            finding = NotACredential("a collection of files none of which is a credential").finding()
            report = yield from _nothing_read(name, context, Verdict.UNREADABLE, finding)
            return replace(report, contained=contained)
        results = tuple(_worst(check, contained) for check in _names(context))
        yield from _told(results, name, context)
        return _concluded(credential, name, context, results, contained)
    if credential.kind is Kind.PRESENTATION:
        return (yield from _judge_presentation(credential, name, context))
    credential = yield from hosted.completed(credential, context)
    results = yield from _results(credential, name, context, _names(context))
    # Members about another person than the record are judged by the record's subjects, or its presenter.
    around = context.outer
    inner = replace(context, outer=Outer(credential=credential, holder=around.holder if around else None))
    contained = yield from _members(credential, name, inner)
    return _concluded(credential, name, context, results, contained)


def _judge_presentation(credential: Credential, name: str, context: Context) -> Run[Report]:
    """The presentation's own proof and answer; everything else it has only through its members."""
    own = [
        "structure",
        *(["proof"] if credential.proofs else []),
        *(["presentation"] if context.request else []),
    ]
    made = {result.check: result for result in (yield from _results(credential, name, context, own))}
    outer = _presented(made, credential, context.outer)
    contained = yield from _members(credential, name, replace(context, outer=outer))
    results = tuple(made.get(check) or _worst(check, contained) for check in _names(context))
    yield from _told((result for result in results if result.check not in made), name, context)
    return _concluded(credential, name, context, results, contained)


def _presented(made: dict[str, CheckResult], credential: Credential, around: Outer | None) -> Outer:
    """What the members are presented in; who wraps the presentation of another answers for its members."""
    if around is not None and around.holder is not None:
        return replace(around, credential=credential)
    holder = _proved_holder(made.get("proof"), credential)
    fresh = "presentation" in made and made["presentation"].outcome is Outcome.PASSED
    return Outer(credential=credential, holder=holder, fresh=fresh and holder is not None)


def _proved_holder(proof: CheckResult | None, credential: Credential) -> str | None:
    """Who presented it, where the proof of the presentation shows it."""
    if proof is None or proof.outcome is not Outcome.PASSED:
        return None
    owners = {value for finding in proof.findings for key, value in finding.detail if key == "owner"}
    return credential.holder or (owners.pop() if len(owners) == 1 else None)


def _results(
    credential: Credential, name: str, context: Context, checks: Sequence[str]
) -> Run[tuple[CheckResult, ...]]:
    made: dict[str, CheckResult] = {}
    for check in checks:
        if made:  # the first began when reading began
            yield _step(check, name, context)
        made[check] = yield from checked(check, credential, replace(context, made=dict(made)))
        yield _step(check, name, context, made[check])
    return tuple(made.values())


def _members(credential: Credential, name: str, context: Context) -> Run[tuple[Report, ...]]:
    found = []
    for place, member in enumerate(credential.contains):
        inner = replace(context, path=(*context.path, place))
        found.append((yield from _report_of_member(member, f"{name}/{member.name}", inner)))
    return tuple(found)


def _report_of_member(member: Member, source: str, context: Context) -> Run[Report]:
    yield _step("structure", source, context)
    limits = context.policy.limits
    if len(context.path) > limits.nesting:
        finding = TooLarge("nesting of credentials", f"{limits.nesting} levels").finding()
        return (yield from _nothing_read(source, context, Verdict.UNREADABLE, finding))
    if member.url is not None:
        return (yield from _report_of_link(member.url, source, context))
    try:
        credential = formats.read_member(member, limits)
    except Unreadable as error:
        return (yield from _nothing_read(source, context, Verdict.UNREADABLE, error.finding()))
    except Exception as error:  # a fault of ours in a parser
        fault = InternalError(reference_of(error)).finding()
        return (yield from _nothing_read(source, context, Verdict.INDETERMINATE, fault))
    return (yield from _judge(credential, source, context))


def _worst(check: str, contained: tuple[Report, ...]) -> CheckResult:
    """The worst that `check` said of the members; an unreadable one could not be checked."""
    findings = [
        _of_unreadable(inner) if inner.verdict is Verdict.UNREADABLE and check != "structure" else finding
        for inner in contained
        for result in inner.results
        if result.check == check
        for finding in result.findings
        if SEVERITY[finding.outcome] == SEVERITY[result.outcome]
    ]
    return CheckResult.of(check, findings or [not_checked("holds no credential", code="empty_container")])


def _of_unreadable(inner: Report) -> Finding:
    """What the other checks of a container say of a member whose structure could not be read."""
    return Finding(
        outcome=Outcome.INDETERMINATE,
        code="member_unreadable",
        message="holds something that could not be read, so that nothing of it was checked",
        detail=(("member", plain(inner.source)), ("code", inner.code)),
    )


def _concluded(
    credential: Credential,
    name: str,
    context: Context,
    results: tuple[CheckResult, ...],
    contained: tuple[Report, ...],
) -> Report:
    names = _names(context)
    accepted = {check: outcomes for check, outcomes in context.policy.accepted.items() if check in names}
    weighed = tuple(
        inner for inner, member in zip(contained, credential.contains, strict=True) if member.weighs
    )
    own_verdict, own_code = conclude(results, (), accepted=accepted)
    verdict, code = conclude(results, weighed if context.policy.weigh_contained else (), accepted=accepted)
    return Report(
        source=name,
        verdict=verdict,
        code=code,
        credential=credential,
        results=results,
        contained=contained,
        at=context.now,
        policy=context.policy.name,
        proved=_proved(credential, results),
        own_verdict=own_verdict,
        own_code=own_code,
    )


def _proved(credential: Credential, results: tuple[CheckResult, ...]) -> JsonObject | None:
    """What the issuer's proof covers: all of the document, once structure, proof and issuer have passed."""
    outcomes = {result.check: result.outcome for result in results}
    if credential.kind is not Kind.CREDENTIAL:
        return None
    if any(outcomes.get(check) is not Outcome.PASSED for check in ("structure", "proof", "issuer")):
        return None
    return {term: value for term, value in credential.document.items() if term != "proof"}
