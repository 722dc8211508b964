"""Everybody in the sample, by name. All of them are invented, and so is what they hand in."""

from __future__ import annotations

from collections.abc import Callable

from sample_data import doubted, proved
from sample_data.applicant import Person

PEOPLE: tuple[Callable[[], Person], ...] = (
    proved.ada,
    proved.bruno,
    proved.carla,
    doubted.dmitri,
    doubted.elena,
    doubted.farid,
    doubted.greta,
    doubted.hugo,
    doubted.ines,
    doubted.jonas,
    doubted.keiko,
    proved.liam,
    proved.maya,
    doubted.noor,
    proved.petra,
)
