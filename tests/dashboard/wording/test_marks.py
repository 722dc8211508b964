"""Icon, word and colour: always all three, readable, and the same in the theme as here."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dashboard import wording
from dashboard.services import Mark
from dashboard.wording.marks import DARK, GROUND, LIGHT

ROOT = Path(__file__).resolve().parent.parent.parent.parent
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", list(LIGHT))
def test_the_words_of_a_pill_can_be_read(theme: str, colour: wording.Colour) -> None:
    text, tint, _solid = wording.palette(theme)[colour]
    assert contrast(text, tint) >= 4.5
    assert contrast(text, GROUND[theme]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", list(LIGHT))
def test_the_theme_has_the_same_colours(theme: str, colour: wording.Colour) -> None:
    told = THEME[theme]
    shown = (told[f"{colour}TextColor"], told[f"{colour}BackgroundColor"], told[f"{colour}Color"])
    assert shown == wording.palette(theme)[colour]
    assert told["backgroundColor"] == GROUND[theme]


def test_every_mark_has_an_icon_and_a_word_of_its_own() -> None:
    looks = [wording.mark(mark) for mark in Mark]
    assert len({look.icon for look in looks}) == len(looks)
    assert len({look.word for look in looks}) == len(looks)


def test_could_not_check_is_never_drawn_as_a_yes_or_a_no() -> None:
    colours = {wording.mark("verified").colour, wording.mark("problem").colour}
    assert wording.mark("not_checked").colour not in colours
    assert wording.outcome("indeterminate").colour not in colours


@pytest.mark.parametrize("unknown", ["", "approved", "of_a_later_version"])
def test_what_is_not_known_is_never_green(unknown: str) -> None:
    assert wording.mark(unknown).colour != "green"
    assert wording.outcome(unknown).colour != "green"
    assert wording.state(unknown).colour != "green"


def test_dark_and_light_name_the_same_colours() -> None:
    assert set(LIGHT) == set(DARK)
