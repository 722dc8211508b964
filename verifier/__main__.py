"""`python -m verifier`: the command line.

Exit status: 0 verified, 1 failed, 2 could not be checked, 3 unreadable, 64 misuse; of several the worst.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from verifier import (
    Applicant,
    DccRegistry,
    IssuerList,
    JobRequirements,
    Linked,
    Match,
    Policy,
    Report,
    Uploaded,
    Verdict,
    extract_skills,
    match,
    verify_many,
)
from verifier.frameworks_command import database, frameworks
from verifier.reading import on_terminal
from verifier.skills.frameworks.store import Library
from verifier.trust.source import TrustSource

USAGE = 64  # EX_USAGE of sysexits.h; Click's own 2 would read as "could not be checked"
EXIT = {Verdict.VERIFIED: 0, Verdict.FAILED: 1, Verdict.INDETERMINATE: 2, Verdict.UNREADABLE: 3}
WORST_FIRST = (Verdict.UNREADABLE, Verdict.FAILED, Verdict.INDETERMINATE, Verdict.VERIFIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the options say."""

    trust: tuple[TrustSource, ...]
    applicant: Applicant | None
    policy: Policy
    job: JobRequirements | None
    at: datetime | None


@click.command(name="python -m verifier", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("sources", nargs=-1, required=True, metavar="FILE_OR_URL…")
@click.option("--json", "as_json", is_flag=True, help="Print the reports as JSON.")
@click.option(
    "--issuers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Your issuer list (JSON). May be given several times.",
)
@click.option("--registry", multiple=True, metavar="URL", help="A DCC known-issuer registry to ask.")
@click.option(
    "--applicant-email", multiple=True, metavar="ADDRESS", help="An e-mail address of the applicant."
)
@click.option("--applicant-did", multiple=True, metavar="DID", help="A DID of the applicant.")
@click.option("--applicant-name", metavar="NAME", help="The applicant's name.")
@click.option(
    "--job",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Lay the skills against this job (JSON).",
)
@click.option(
    "--policy", type=click.Choice(["standard", "strict", "archival"]), default="standard", show_default=True
)
@click.option("--offline", is_flag=True, help="Ask no address at all.")
@click.option("--at", metavar="TIME", help="Judge as of this time, e.g. 2026-09-01T09:00:00Z.")
def main(
    sources: tuple[str, ...],
    as_json: bool,
    issuers: tuple[Path, ...],
    registry: tuple[str, ...],
    applicant_email: tuple[str, ...],
    applicant_did: tuple[str, ...],
    applicant_name: str | None,
    job: Path | None,
    policy: str,
    offline: bool,
    at: str | None,
) -> None:
    """Verify credentials: files, https links, or - for standard input."""
    given = Given(
        trust=(*(_issuer_list(path) for path in issuers), *(_registry(url) for url in registry)),
        applicant=_applicant(applicant_did, applicant_email, applicant_name),
        policy=_policy(policy, offline=offline),
        job=_job(job),
        at=_time(at),
    )
    reports = tuple(
        verify_many(
            [_source(text) for text in sources],
            policy=given.policy,
            trust=given.trust,
            applicant=given.applicant,
            now=given.at,
        )
    )
    click.echo(_as_json(reports, given) if as_json else _as_text(reports, given))
    sys.exit(EXIT[min((report.verdict for report in reports), key=WORST_FIRST.index)])


def _source(text: str) -> Uploaded | Linked:
    if text == "-":
        return Uploaded(sys.stdin.buffer.read(), "standard input")
    if text.startswith(("https://", "http://")):
        return Linked(text)
    try:
        return Uploaded(Path(text).read_bytes(), Path(text).name)
    except OSError as error:
        raise click.UsageError(f"{text}: {error.strerror}") from error


def _issuer_list(path: Path) -> IssuerList:
    try:
        return IssuerList.parse(path.read_bytes())
    except ValueError as error:
        raise click.UsageError(f"{path}: {error}") from error


def _registry(url: str) -> DccRegistry:
    try:
        return DccRegistry(url)
    except ValueError as error:
        raise click.UsageError(f"--registry {url}: {error}") from error


def _job(path: Path | None) -> JobRequirements | None:
    if path is None:
        return None
    try:
        return JobRequirements.parse(path.read_bytes())
    except Exception as error:
        raise click.UsageError(f"{path}: {error}") from error


def _applicant(dids: Sequence[str], emails: Sequence[str], name: str | None) -> Applicant | None:
    if not (dids or emails or name):
        return None
    return Applicant(dids=tuple(dids), emails=tuple(emails), name=name)


def _policy(name: str, *, offline: bool) -> Policy:
    presets = {"standard": Policy.standard, "strict": Policy.strict, "archival": Policy.archival}
    return presets[name]().replace(offline_only=offline)


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.UsageError(f"--at {text}: not a time like 2026-09-01T09:00:00Z") from error
    if moment.tzinfo is None:
        raise click.UsageError(f"--at {text}: it needs a time zone, for instance Z")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise click.UsageError(f"--at {text}: not a time that can be told in UTC") from error


def _as_text(reports: Sequence[Report], given: Given) -> str:
    parts = [on_terminal(report) for report in reports]
    if given.job is not None:
        result = _matched(reports, given.job)
        rows = [f"  {row.standing.value:18} {row.sentence}" for row in result.requirements]
        parts.append("\n".join([f"{given.job.name}: {result.headline}", *rows]))
    return "\n\n".join(parts)


def _as_json(reports: Sequence[Report], given: Given) -> str:
    whole: dict[str, object] = {"reports": [report.to_dict() for report in reports]}
    if given.job is not None:
        whole["match"] = _match_dict(_matched(reports, given.job))
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _matched(reports: Sequence[Report], job: JobRequirements) -> Match:
    """What all reports together prove of `job`, with the frameworks that are installed here."""
    claims = [claim for report in reports for claim in extract_skills(report)]
    with closing(Library.open(database())) as library:
        return match(job, claims, frameworks=library)


def _match_dict(result: Match) -> dict[str, object]:
    return {
        "job": result.job.name,
        "headline": result.headline,
        "requirements": [
            {
                "requirement": row.requirement.id,
                "standing": row.standing.value,
                "sentence": row.sentence,
                "evidence": [{"source": claim.source, "pointer": claim.pointer} for claim in row.evidence],
            }
            for row in result.requirements
        ],
    }


def run(arguments: Sequence[str] | None = None) -> int:
    """The command with its exit status; every misuse is 64."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if words[:1] == ["frameworks"]:
            frameworks.main(args=words[1:], standalone_mode=False)
        else:
            main.main(args=words, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return USAGE
    except click.Abort:
        return 130  # 128 + SIGINT, as shells say
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else 1
    return 0


if __name__ == "__main__":
    sys.exit(run())
