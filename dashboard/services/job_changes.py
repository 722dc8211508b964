"""What one version of a job did to the one before, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from dashboard.services.records import RequirementChange, RequirementRow

_UNSAID = {"requirement_id", "kept", "level_order", "level_label"}  # follow from what is said
_FIELDS = tuple(one.name for one in fields(RequirementRow) if one.name not in _UNSAID)


def changes(
    before: Sequence[RequirementRow], after: Sequence[RequirementRow]
) -> tuple[RequirementChange, ...]:
    """Lines added, changed and removed; a line is the same while it keeps its id."""
    known = {row.requirement_id: row for row in before if row.requirement_id}
    found = [_change(known.get(row.requirement_id), row) for row in after]
    kept = {row.requirement_id for row in after}
    gone = [
        RequirementChange(kind="removed", before=row, after=None)
        for row in before
        if row.requirement_id not in kept
    ]
    return tuple(one for one in (*found, *gone) if one is not None)


def _change(before: RequirementRow | None, after: RequirementRow) -> RequirementChange | None:
    if before is None:
        return RequirementChange(kind="added", before=None, after=after)
    differing = tuple(name for name in _FIELDS if getattr(before, name) != getattr(after, name))
    if not differing:
        return None
    return RequirementChange(kind="changed", before=before, after=after, fields=differing)
