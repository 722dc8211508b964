"""What a version changes, line by line; names of skills may come from outside and stay text."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import grids, wording
from dashboard.components import frame
from dashboard.services import RequirementChange, RequirementRow
from dashboard.wording import N_, _

KINDS = {"added": N_("+ {skill}"), "removed": N_("− {skill}"), "changed": N_("{skill}: {what}")}


def told(changes: Sequence[RequirementChange], *, key: str) -> None:
    """Draw one line for each change."""
    if changes:
        frame.text("\n".join(sentence(one) for one in changes), key=f"changes-{key}", look="muted")


def sentence(change: RequirementChange) -> str:
    """ "+ SQL", "− SQL" or "Mathematics: level EQF 5 → EQF 6, licence off → on"."""
    row = change.after or change.before
    what = ""
    if change.before and change.after:
        what = ", ".join(_field(name, change.before, change.after) for name in _shown(change.fields))
    name = grids.requirement_text(row) if row else ""
    return _(KINDS[change.kind]).format(skill=name or _("a line without a skill"), what=what)


def _shown(fields: Sequence[str]) -> list[str]:
    """Another scale is seen by its level."""
    return [name for name in fields if name != "level_scheme" or "level_value" not in fields]


def _field(name: str, before: RequirementRow, after: RequirementRow) -> str:
    word = _(wording.ROW_FIELDS.get(name, name))
    return f"{word} {_value(name, before)} → {_value(name, after)}"


def _value(name: str, row: RequirementRow) -> str:
    if name in ("level_value", "level_scheme"):
        return grids.level_text(row) or "–"
    if name == "issuer_tier":
        return _(wording.TIERS.get(row.issuer_tier, row.issuer_tier))
    if name == "required":
        return _("required") if row.required else _("preferred")
    if name == "issuers":
        return ", ".join(row.issuers) or _("any")
    value = getattr(row, name)
    if isinstance(value, bool):
        return _("on") if value else _("off")
    return str(value or "–")
