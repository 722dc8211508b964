"""Skills out of a report: every claim carries the verdict of the report that it stands in.

Generic over `model.Alignment`: where each format keeps its skills is known to that format's parser.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from verifier.model import Achievement, Alignment, Credential, JsonObject, Level
from verifier.report import Outcome, Report, Verdict
from verifier.skills.claim import IssuerTier, Link, Skill, SkillClaim, keys_of
from verifier.skills.frameworks import UNKNOWN, Concept, identify, identity_of
from verifier.skills.frameworks.identity import MAX_URI_CHARS
from verifier.skills.levels import level_in_label
from verifier.skills.repetition import Family, without_repetition

MAX_NAME_CHARS = 1_000  # as `Limits.key_chars`: of names, codes and frameworks that are kept
MAX_CLAIMS = 20_000  # as many as `Limits.json_nodes` lets through with room; bounds every later loop
_ADDRESS_FIELDS = ("targetUrl", "id", "url", "@id")


def extract_skills(report: Report) -> tuple[SkillClaim, ...]:
    """The skills that `report` and every report inside it speak of, each stamped with its own verdict.

    Claims of a report that FAILED are among them: rejected evidence is shown, never hidden. A skill on a
    child counts once even if the parent aligns to it too; copies in other wrappings count once.
    """
    return tuple(without_repetition(_families(report, report.code)))[:MAX_CLAIMS]


def _families(report: Report, code: str) -> list[Family]:
    """Every report with what it claims, the outermost first."""
    inside: list[Family] = []
    below: list[SkillClaim] = []
    for inner in report.contained:
        family, *deeper = _families(inner, code)
        inside += [family, *deeper]
        below += [*family.own, *family.below]
    associations = report.credential.associations if report.credential else ()
    own = tuple(claims_from(report, code, _declared))
    return [Family(own=own, below=tuple(below), associations=associations), *inside]


def _declared(achievement: Achievement) -> tuple[Alignment, ...]:
    return achievement.alignments


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stamp:
    """What all claims of one report have in common."""

    report: Report
    credential: Credential
    report_code: str
    sha: str
    issuer_id: str
    issuer_name: str
    tier: IssuerTier
    self_issued: bool
    failures: tuple[str, ...]


def claims_from(
    report: Report, code: str, alignments_of: Callable[[Achievement], Iterable[Alignment]]
) -> list[SkillClaim]:
    """The claims of `report` alone, from the alignments that `alignments_of` finds in each achievement.

    `code` is that of the outermost report.
    """
    credential = report.credential
    if credential is None or report.verdict is Verdict.UNREADABLE:
        return []
    name, tier = _recognition(report)
    issuer_id = credential.issuer.id if credential.issuer else ""
    stamp = _Stamp(
        report=report,
        credential=credential,
        report_code=code,
        sha=_sha(credential.document) or report.sha256,
        issuer_id=issuer_id,
        issuer_name=name,
        tier=tier,
        self_issued=bool(issuer_id) and any(subject.id == issuer_id for subject in credential.subjects),
        failures=tuple(
            result.findings[0].code for result in report.results if result.outcome is Outcome.FAILED
        ),
    )
    claims = []
    for achievement in credential.achievements:
        level = achievement.level or _level_among(achievement.alignments)
        for alignment in alignments_of(achievement):
            if (claim := _claim(stamp, achievement, alignment, level)) is not None:
                claims.append(claim)
    return claims


def _claim(
    stamp: _Stamp, achievement: Achievement, alignment: Alignment, qualification_level: Level | None
) -> SkillClaim | None:
    skill, link, level = _read(alignment)
    if not keys_of(skill):
        return None
    report, credential = stamp.report, stamp.credential
    return SkillClaim(
        skill=skill,
        link=link,
        level=level,
        qualification_level=qualification_level,
        pointer=_pointer(credential.document, alignment),
        place=alignment.place,
        achievement=achievement.name,
        achievement_id=achievement.id,
        verdict=report.own_verdict or report.verdict,
        code=(report.own_code or report.code) if report.own_verdict else report.code,
        failures=stamp.failures,
        report_code=stamp.report_code,
        source=report.source,
        credential_id=credential.id,
        credential_sha=stamp.sha,
        issuer_id=stamp.issuer_id,
        issuer_name=stamp.issuer_name,
        issuer_tier=stamp.tier,
        issued=credential.issued or credential.valid_from,
        valid_until=credential.valid_until,
        checked_at=report.at,
        assessed=achievement.assessed,
        identity_verified=achievement.identity_verified,
        self_issued=stamp.self_issued or alignment.place == "self_asserted",
        failed_result=alignment.failed,
    )


def _read(alignment: Alignment) -> tuple[Skill, Link, Level | None]:
    """The skill, how it is named, and its level as far as the document says it."""
    concept = identify(alignment)
    declared = bool(alignment.target_url or alignment.target_code)
    known = concept.framework if concept.framework != UNKNOWN else ""
    skill = Skill(
        id=_spelling((alignment.target_url or "").strip(), concept.id or ""),
        code=(concept.code or alignment.target_code or "")[:MAX_NAME_CHARS] or None,
        name=alignment.target_name.strip()[:MAX_NAME_CHARS],
        framework=(known or (alignment.target_framework or "").strip())[:MAX_NAME_CHARS],
        kind=concept.kind,
    )
    return skill, Link.DECLARED if declared else Link.LABEL, alignment.level or _level_of(concept, alignment)


def _spelling(written: str, known: str) -> str | None:
    """The identifier as the document wrote it, unless the framework knows the same thing by another one."""
    if len(written) > MAX_URI_CHARS:
        return None  # no framework has such an identifier
    if written and (not known or identity_of(written) == identity_of(known)):
        return written
    return known or None


def _level_of(concept: Concept, alignment: Alignment) -> Level | None:
    if concept.framework == "EQF" and concept.code:
        return Level(scheme="EQF", value=concept.code, label=alignment.target_name, pointer=alignment.pointer)
    if concept.framework == "DigComp":
        return level_in_label(alignment.target_name, "DigComp", alignment.pointer)
    return None


def _level_among(alignments: tuple[Alignment, ...]) -> Level | None:
    """The EQF level that the achievement itself is aligned to, if there is only one (SKILLS §4 row 8)."""
    levels = {
        level.value: level
        for alignment in alignments
        if alignment.place == "achievement"
        and (concept := identify(alignment)).framework == "EQF"
        and (level := _level_of(concept, alignment)) is not None
    }
    return next(iter(levels.values())) if len(levels) == 1 else None


def _recognition(report: Report) -> tuple[str, IssuerTier]:
    """The issuer's name and tier as the trust check found them; a FAILED or missing check gives neither."""
    try:
        trust = report.check("trust")
    except KeyError:
        return "", IssuerTier.UNKNOWN
    if trust.outcome is Outcome.FAILED:
        return "", IssuerTier.REFUSED
    if trust.outcome is not Outcome.PASSED:
        return "", IssuerTier.UNKNOWN
    facts = [dict(finding.detail) for finding in trust.findings if finding.outcome is Outcome.PASSED]
    name = next((fact["issuer"] for fact in facts if fact.get("issuer")), "")
    accredited = any(fact.get("tier") == IssuerTier.ACCREDITED for fact in facts)
    return name, IssuerTier.ACCREDITED if accredited else IssuerTier.RECOGNISED


def _sha(document: JsonObject) -> str:
    if not document:
        return ""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _pointer(document: JsonObject, alignment: Alignment) -> str:
    """Pointer to the very value that names the skill, where the parser pointed at the object around it."""
    node = resolve(document, alignment.pointer)
    if isinstance(node, dict) and alignment.target_url:
        wanted = identity_of(alignment.target_url)
        for name in _ADDRESS_FIELDS:
            if isinstance(node.get(name), str) and identity_of(node[name]) == wanted:
                return f"{alignment.pointer}/{name}"
    return alignment.pointer


def resolve(document: object, pointer: str) -> object:
    """What an RFC 6901 pointer leads to, or None where it leads nowhere."""
    node = document
    for part in pointer.split("/")[1:]:
        token = part.replace("~1", "/").replace("~0", "~")
        if isinstance(node, dict):
            node = node.get(token)
        elif isinstance(node, list) and token.isascii() and token.isdigit() and int(token) < len(node):
            node = node[int(token)]
        else:
            return None
    return node
