"""verify(): read → run the checks → report (ARCHITECTURE §7). The only place that looks at the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from verifier import net, reporting
from verifier.checks import reference_of
from verifier.context import Context
from verifier.errors import InternalError, Unreachable
from verifier.flow import Fetched, Flow, Purpose, Run, Step
from verifier.given import Applicant, Linked, PresentationRequest, Source, Uploaded
from verifier.policy import Policy
from verifier.proofs.canonical import Contexts
from verifier.report import Report, Verdict
from verifier.trust.source import TrustSource

Hear = Callable[[Step], None]


def verify(
    source: Source,
    *,
    policy: Policy | None = None,
    trust: Iterable[TrustSource] = (),
    applicant: Applicant | None = None,
    request: PresentationRequest | None = None,
    web: net.Web | None = None,
    now: datetime | None = None,
    on_step: Hear | None = None,
) -> Report:
    """Everything that can be said about `source` at `now`, as a `Report`.

    `on_step` is told of each check, in this thread, as it begins, asks an address and is made, for `source`
    and for what it contains. It has no say: one that raises is not told any more, and the report is the
    same as without it. A result that was told stands in the report, unless the run itself failed: then its
    first check begins again. The time that it takes counts towards `Limits.item_timeout`.

    Never raises for anything found in the input; `TypeError` and `ValueError` are for misuse: an unknown
    kind of source, a `now` without a time zone.
    """
    if not isinstance(source, Uploaded | Linked):
        raise TypeError(f"a source is Uploaded or Linked, not {type(source).__name__}")
    moment = clock(now)
    rules = policy or Policy.standard()
    context = Context(
        policy=rules,
        contexts=Contexts.of(rules.contexts),
        now=moment,
        trust=tuple(trust),
        applicant=applicant,
        request=request,
    )
    return _run(source, context, web, _unable_to_fail(on_step))


def clock(now: datetime | None) -> datetime:
    """`now` in UTC, or the clock's where none is given. Raises `ValueError` for a time without a zone."""
    moment = datetime.now(UTC) if now is None else now
    if moment.tzinfo is None:
        raise ValueError("now needs a time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("now lies beyond what UTC can tell") from error


def _run(source: Source, context: Context, web: net.Web | None, hear: Hear) -> Report:
    try:
        report, consulted = net.run(
            _asking_once(reporting.report_of(source, context), hear),
            web or default_web(),
            context.policy.limits,
            at=context.now,
            offline=context.policy.offline_only,
        )
    except Exception as error:  # the driver itself failed: still a report, never a verdict on the person
        fault = InternalError(reference_of(error)).finding()
        report = reporting.without_credential(source.name, context, Verdict.INDETERMINATE, fault)
        for step in reporting.steps_of(report, context):
            hear(step)
        return report
    return replace(report, consulted=consulted)


def _unable_to_fail(on_step: Hear | None) -> Hear:
    """`on_step` until it raises: whoever listens has no say in the verdict."""
    listening = [on_step] if on_step else []

    def hear(step: Step) -> None:
        try:
            for listener in listening:
                listener(step)
        except Exception:
            listening.clear()

    return hear


def not_verified(source: Source, policy: Policy, now: datetime, error: Exception) -> Report:
    """The report on a source whose worker died: our failure, INDETERMINATE."""
    context = Context(policy=policy, contexts=Contexts.of(policy.contexts), now=now)
    fault = InternalError(reference_of(error)).finding()
    return reporting.without_credential(source.name, context, Verdict.INDETERMINATE, fault)


@cache
def default_web() -> net.Web:
    """The network, with answers kept as long as SECURITY §3 allows; made when it is first needed."""
    return net.CachingWeb(net.HttpWeb())


def _asking_once(flow: Run[Report], hear: Hear) -> Flow[Report]:
    """Ask each address once in one run, so that all checks judge the same answer; tell of the steps."""
    answers: dict[tuple[Purpose, str], Fetched | Unreachable] = {}
    step: Step | None = None
    try:
        wish = next(flow)
        while True:
            if isinstance(wish, Step):
                hear(wish)
                step, wish = wish, next(flow)
                continue
            key = (wish.purpose, wish.url)
            if key not in answers:
                if step is not None:
                    hear(replace(step, asking=wish.url))
                try:
                    answers[key] = yield wish
                except Unreachable as error:
                    answers[key] = error
            answer = answers[key]
            wish = flow.throw(answer) if isinstance(answer, Unreachable) else flow.send(answer)
    except StopIteration as stop:
        report: Report = stop.value
        return report
