"""Every screen in every state: each cell of the table says what a person must be able to read there.

A screen or a state that is added fails here until it has its cells; a cell that makes no sense says why.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import Services
from tests.dashboard.finished import with_sample
from tests.dashboard.views import stores
from tests.dashboard.views.cells import CELLS, STATES, Senseless
from tests.dashboard.views.conftest import ROOT
from tests.dashboard.views.places import PLACES, addresses, newcomer, open_place
from tests.dashboard.views.seeing import said, shown

NONSENSE = (
    "<img src=x onerror=alert(1)>",
    "' OR 1=1 --",
    "\0\x1b[31m\u202e",
    "9" * 5_000,
    "../../etc/passwd",
    "-1",
    "a,b,c,d,e,f,g",
    "0123456789abcdef.0.-1",
)
VIEWS = sorted((ROOT / "dashboard" / "views").glob("*.py"))
PARAMETERS = (
    "job",
    "batch",
    "id",
    "ids",
    "cred",
    "issuer",
    "req",
    "show",
    "only",
    "blind",
    "page",
    "exchange",
)


class Walk:
    """One browser on the stores of all states, and what their links name."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._gate = folder, threading.Event()
        self._built: dict[str, Services] = {}
        self._app: AppTest | None = None

    def services(self, state: str) -> Services:
        """The store of a state; those of links and faults are looked at on the sample."""
        build: dict[str, Callable[[Path], Services]] = {
            "empty": stores.empty,
            "nobody": stores.nobody,
            "loading": lambda home: stores.loading(home, self._gate),
            "offline": stores.offline,
            "unread": stores.unread,
            "one": stores.one,
            "many": stores.many,
        }
        name = state if state in build else "sample"
        if name not in self._built:
            self._built[name] = build.get(name, with_sample)(self._folder / name)
        return self._built[name]

    def browser(self, place: str) -> AppTest:
        """One that has the app open; the parts of a screen remember which of them was chosen last."""
        if self._app is None or PLACES[place].part:
            self._app = newcomer()
        return self._app

    def close(self) -> None:
        self._gate.set()
        for services in self._built.values():
            services.close()


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    opened = Walk(tmp_path_factory.mktemp("states"))
    yield opened
    opened.close()


def named(state: str, services: Services) -> dict[str, str]:
    """What the links of a state name."""
    there = addresses(services)
    if state == "gone":
        return {**dict.fromkeys(there, "0123456789abcdef"), "ids": "0123456789abcdef," + there["id"]}
    if state == "empty":
        return {name: value or "0123456789abcdef" for name, value in there.items()}
    return there


def broken(state: str, services: Services) -> Any:
    """The services as they answer in that state."""
    if state == "fault":
        return stores.Faulty(services, lambda _path: KeyError("Ada Example"))
    return stores.Faulty(services, stores.unavailable) if state == "busy" else services


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("place", PLACES)
def test_the_table_has_a_cell_for_every_screen_in_every_state(place: str, state: str) -> None:
    assert CELLS[state].keys() == PLACES.keys()
    assert CELLS[state][place]


def test_the_table_knows_every_screen_and_every_part_of_one(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {place.view for place in PLACES.values()} == {f"views/{path.name}" for path in VIEWS}
    monkeypatch.setattr(session, "store", lambda: walk.services("empty"))
    trust = shown(open_place(newcomer(), "issuers", {}))
    parts = {place.part for place in PLACES.values()} - {""}
    assert parts == {one.text.lower().split()[0] for one in trust if one.field == "options.content"}


@pytest.mark.parametrize(
    ("state", "place"),
    [(s, p) for s in STATES for p in PLACES if not isinstance(CELLS[s][p], Senseless)],
)
def test_a_screen_says_what_a_person_needs(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, state: str, place: str
) -> None:
    services = walk.services(state)
    links = named(state, services)
    monkeypatch.setattr(session, "store", lambda: broken(state, services))
    app = walk.browser(place)
    text = said(open_place(app, place, links))
    cell = CELLS[state][place]
    assert not isinstance(cell, Senseless)
    assert [sentence for sentence in cell if sentence not in text] == []
    assert "Traceback" not in text
    assert state not in ("fault", "busy") or "Ada Example" not in text


@pytest.mark.parametrize("place", PLACES)
def test_a_link_full_of_nonsense_shows_the_screen_or_says_what_is_wrong(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    services = walk.services("nonsense")
    monkeypatch.setattr(session, "store", lambda: services)
    app = walk.browser(place)
    for turn in range(0, len(NONSENSE), 2):
        values = {name: NONSENSE[(turn + n) % len(NONSENSE)] for n, name in enumerate(PARAMETERS)}
        if "exchange" in PLACES[place].names:
            del values["batch"]  # a screen of its own, and the first that is looked for
        text = said(open_place(app, place, values, **values))
        assert "We failed" not in text
        assert "The store did not answer" not in text
