"""Icon, word and colour of everything that has an outcome: always all three (SCREENS §2, §12).

Colour names are those of Streamlit's theme; `.streamlit/config.toml` gives them the hues below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.wording.catalogue import N_, _

Colour = Literal["green", "red", "yellow", "blue", "gray"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one outcome looks."""

    icon: str
    word: str
    colour: Colour

    @property
    def label(self) -> str:
        """Icon and word, e.g. "✓ Verified"."""
        return f"{self.icon} {_(self.word)}"


# text, tint, solid: the Okabe–Ito hue with a darker twin for text on light, a lighter one on dark.
LIGHT: dict[Colour, tuple[str, str, str]] = {
    "green": ("#00735C", "#E3F4F0", "#009E73"),
    "red": ("#A63D00", "#FAEDE3", "#D55E00"),
    "yellow": ("#7A5600", "#FCF4E3", "#E69F00"),
    "blue": ("#0B5CAD", "#E3EFF7", "#0072B2"),
    "gray": ("#5F6368", "#EDEEEE", "#5F6368"),
}
DARK: dict[Colour, tuple[str, str, str]] = {
    "green": ("#5CD6B4", "#10332E", "#009E73"),
    "red": ("#FFA072", "#3B2617", "#D55E00"),
    "yellow": ("#E8B93E", "#3E3317", "#E69F00"),
    "blue": ("#6CB6FF", "#102A3B", "#0072B2"),
    "gray": ("#AEB4BB", "#2C3035", "#8A9097"),
}
GROUND = {"light": "#FFFFFF", "dark": "#14181D"}
INK = {"light": "#1B1F24", "dark": "#E6E9ED"}  # of plain text, as in the theme

MARKS: dict[str, Look] = {
    "verified": Look(icon="✓", word=N_("Verified"), colour="green"),
    "problem": Look(icon="✗", word=N_("Problem found"), colour="red"),
    "not_checked": Look(icon="?", word=N_("Could not check"), colour="yellow"),
    "issuer_unknown": Look(icon="!", word=N_("Issuer not on your list"), colour="blue"),
    "unreadable": Look(icon="–", word=N_("Not readable"), colour="gray"),
    "pending": Look(icon="…", word=N_("Waiting"), colour="gray"),
    "running": Look(icon="→", word=N_("Being checked"), colour="gray"),
}
OUTCOMES: dict[str, Look] = {
    "passed": Look(icon="✓", word=N_("passed"), colour="green"),
    "failed": Look(icon="✗", word=N_("failed"), colour="red"),
    "indeterminate": Look(icon="?", word=N_("could not check"), colour="yellow"),
    "unproved": Look(icon="–", word=N_("the file says so, nothing proves it"), colour="gray"),
    "not_applicable": Look(icon="–", word=N_("does not apply"), colour="gray"),
}
# The seven words of a requirement, best first.
STATES: dict[str, Look] = {
    "met": Look(icon="✓", word=N_("Met"), colour="green"),
    "level_short": Look(icon="↓", word=N_("Level short"), colour="red"),
    "level_unknown": Look(icon="?", word=N_("Level unknown"), colour="yellow"),
    "related_only": Look(icon="≈", word=N_("Related only"), colour="yellow"),
    "claimed": Look(icon="!", word=N_("Claimed"), colour="blue"),
    "rejected_evidence": Look(icon="✗", word=N_("Rejected evidence"), colour="red"),
    "no_evidence": Look(icon="–", word=N_("No evidence"), colour="gray"),
}
# What was established about a person; no colour, for colour means a verdict.
DECISIONS: dict[str, str] = {
    "undecided": N_("Undecided"),
    "shortlisted": N_("Shortlisted"),
    "on_hold": N_("On hold"),
    "declined": N_("Declined"),
}
ISSUER_DECISIONS: dict[str, str] = {
    "accept": N_("Accept"),
    "ask": N_("Ask a person"),
    "refuse": N_("Refuse"),
    "removed": N_("Removed"),
}


def mark(name: str) -> Look:
    """The look of a mark; one that is not known here is "could not check", never a yes."""
    return MARKS.get(name, MARKS["not_checked"])


def outcome(name: str) -> Look:
    """The look of a check's outcome."""
    return OUTCOMES.get(name, OUTCOMES["indeterminate"])


def state(name: str) -> Look:
    """The look of a requirement's state."""
    return STATES.get(name, STATES["no_evidence"])


def palette(theme: str | None) -> dict[Colour, tuple[str, str, str]]:
    """Text, tint and solid hue by colour name, for what Streamlit's theme does not reach."""
    return DARK if theme == "dark" else LIGHT
